"""A volunteer sends what they spent, answers a question about it, or takes it back."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from traboule.apps.expenses.actions._shared import DECIDE_STEP, login_id, record, step_key
from traboule.apps.expenses.enums import ExpenseKind
from traboule.apps.expenses.models import ExpenseClaim, ExpenseProof
from traboule.apps.expenses.queries.claims import used_by
from traboule.apps.expenses.queries.rates import rates_on
from traboule.apps.expenses.rules import may_act_for
from traboule.apps.people.actions.contact import touch
from traboule.apps.people.models import Login, Person
from traboule.apps.steps.actions import close_steps, open_step
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.permissions import NotVisible
from traboule.core.scope import locked
from traboule.core.uploads import CheckedFile, put_in
from traboule.kernel.expenses import Asked, Rates, Verdict, cents_of_km, judge
from traboule.kernel.lifecycle import EXPENSE

DECIDE_WITHIN = timedelta(days=10)
RANK = 65
OLDEST = timedelta(days=365)
MOST_CENTS = 1_000_000


class CeilingReached(Exception):
    """The claim does not fit under a ceiling, or its country knows no such rate; carries the verdict."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict.over))
        self.verdict = verdict


class WrongDay(ValueError):
    """In the future, or more than a year ago."""


class NoAmount(ValueError):
    """Neither an amount nor kilometres, or more than one claim may hold."""


class NoWaiver(ValueError):
    """The country of the branch knows no giving up of costs."""


@transaction.atomic
def send_claim(
    *,
    person: Person,
    kind: ExpenseKind,
    fields: Mapping[str, Any],
    proof: CheckedFile | None,
    by: Actor,
    now: datetime,
    again: ExpenseClaim | None = None,
) -> tuple[ExpenseClaim, Verdict]:
    """Send a claim, or the one that was asked back once more; return it and which ceiling comes close.

    ``fields``: spent_on, amount (cents) or km, waives, about. Without a proof the amount is flat. Raises
    CeilingReached, WrongDay, NoAmount, NoWaiver; IllegalMove for a claim that nobody asked back.
    """
    may_act_for(by, person.pk, _own_id(by), person.branch_id)
    _same_person(person, again)
    locked(person)  # two phones of one volunteer come one after the other: the sums below hold
    day: date = fields["spent_on"]
    today = local_day(now, person.branch.timezone)
    if not today - OLDEST <= day <= today:
        raise WrongDay
    rates = rates_on(person.branch.country, day)
    claim = locked(again) if again else ExpenseClaim(branch=person.branch, person=person)
    kept = again is not None and hasattr(again, "proof")
    if again is not None:
        claim.state = EXPENSE.after(claim.state, "send_again")
    _fill(claim, kind, fields, rates, flat=proof is None and not kept)
    verdict = judge(
        Asked(claim.amount, claim.km or 0, claim.is_flat), used_by(person.pk, day, but=claim.pk), rates
    )
    if verdict.over:
        raise CeilingReached(verdict)
    claim.sent_at, claim.sent_by_id = now, login_id(by)
    claim.decided_at, claim.decided_by, claim.reason = None, None, ""
    claim.save()
    _keep_proof(claim, proof, now)
    _ask_to_decide(claim, by, now)
    record(claim, "sent_again" if again else "sent", by, now, {"kind": str(kind), "waives": claim.waives})
    return claim, verdict


@transaction.atomic
def withdraw_claim(*, claim: ExpenseClaim, by: Actor, now: datetime) -> ExpenseClaim:
    """Take a claim back that nobody decided yet. Raises IllegalMove."""
    may_act_for(by, claim.person_id, _own_id(by), claim.branch_id)
    row = locked(claim)
    row.state = EXPENSE.after(row.state, "withdraw")
    row.save(update_fields=["state"])
    close_steps(branch=claim.branch, key=step_key(row), by=by, now=now)
    record(row, "withdrawn", by, now, {})
    return row


def _own_id(by: Actor) -> int | None:
    own = login_id(by)
    return Login.objects.filter(pk=own).values_list("person_id", flat=True).first() if own else None


def _same_person(person: Person, again: ExpenseClaim | None) -> None:
    if again is not None and again.person_id != person.pk:
        raise NotVisible


def _fill(
    claim: ExpenseClaim, kind: ExpenseKind, fields: Mapping[str, Any], rates: Rates, flat: bool
) -> None:
    """Write kind, day, amount and what follows from them on a claim."""
    by_km = kind == ExpenseKind.KILOMETRES
    km = fields.get("km") if by_km else None
    if by_km and rates.km_rate is None:
        raise CeilingReached(judge(Asked(0, km or 1), used_by(claim.person_id, fields["spent_on"]), rates))
    amount = cents_of_km(km or 0, rates.km_rate or 0) if by_km else fields.get("amount") or 0
    if not 1 <= amount <= MOST_CENTS:
        raise NoAmount
    if fields.get("waives") and not rates.may_waive:
        raise NoWaiver
    claim.kind, claim.spent_on, claim.amount = kind, fields["spent_on"], amount
    claim.km, claim.km_rate = km, rates.km_rate if by_km else None
    claim.is_flat = flat and not by_km
    claim.waives, claim.about = bool(fields.get("waives")), str(fields.get("about", "")).strip()


def _keep_proof(claim: ExpenseClaim, proof: CheckedFile | None, now: datetime) -> None:
    if proof is None:
        return
    found = ExpenseProof.everywhere.filter(claim=claim).first()
    row = found or ExpenseProof(claim=claim)
    old = (row.file.storage, str(row.file.name)) if found else None
    put_in(row, proof, now)
    row.name = f"proof-{claim.pk}.{proof.kind}"  # what a phone called it may say too much
    row.save()
    if old:
        storage, name = old
        transaction.on_commit(lambda: storage.delete(name))


def _ask_to_decide(claim: ExpenseClaim, by: Actor, now: datetime) -> None:
    touch(claim.person_id, now)
    open_step(
        branch=claim.branch,
        kind=DECIDE_STEP,
        key=step_key(claim),
        by=by,
        now=now,
        person=claim.person,
        due_on=local_day(now, claim.branch.timezone) + DECIDE_WITHIN,
        rank=RANK,
        subject_type="expenseclaim",
        subject_id=claim.pk,
    )
