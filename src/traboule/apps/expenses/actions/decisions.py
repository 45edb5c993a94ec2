"""A second person approves, refuses with a reason, or asks back. Never about their own money."""

from datetime import datetime, timedelta

from django.db import transaction

from traboule.apps.expenses.actions._shared import record, step_key
from traboule.apps.expenses.actions.claims import CeilingReached
from traboule.apps.expenses.enums import ACCEPTED
from traboule.apps.expenses.models import ExpenseClaim
from traboule.apps.expenses.queries.claims import used_by
from traboule.apps.expenses.queries.rates import rates_on
from traboule.apps.expenses.rules import NotYourOwn, human
from traboule.apps.messages.actions import tell
from traboule.apps.people.actions.own import my_place_address
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login
from traboule.apps.steps.actions import close_steps
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.core.scope import locked
from traboule.kernel.expenses import Asked, judge
from traboule.kernel.lifecycle import EXPENSE

TELL_UNTIL = timedelta(days=30)
_TELLS = {"refuse": "expense.refused", "ask_back": "expense.asked_back"}


class ReasonMissing(ValueError):
    """A no and a question need words."""


@transaction.atomic
def decide_claim(*, claim: ExpenseClaim, move: str, reason: str, by: Actor, now: datetime) -> ExpenseClaim:
    """Make one of the moves approve, refuse, ask_back. What is given up is accepted and never paid.

    Raises NotYourOwn, HumanNeeded, ReasonMissing, IllegalMove, CeilingReached; NotVisible, NotAllowed.
    """
    authorise(by, Permission.EXPENSES_APPROVE, claim.branch_id)
    decider = human(by)
    locked(claim.person)  # two who approve for one volunteer come one after the other: the sums hold
    row = locked(claim)
    own = Login.objects.filter(pk=decider).values_list("person_id", flat=True).first()
    if own == row.person_id or row.sent_by_id == decider:
        raise NotYourOwn
    if move in _TELLS and not reason.strip():
        raise ReasonMissing
    if move == "approve":
        _refuse_over(row)
    before = row.state
    row.state = EXPENSE.after(before, "accept_waiver" if move == "approve" and row.waives else move)
    row.decided_at, row.decided_by_id = now, decider
    row.reason = reason.strip() if move in _TELLS else ""
    row.save(update_fields=["state", "decided_at", "decided_by", "reason"])
    close_steps(branch=claim.branch, key=step_key(row), by=by, now=now)
    record(row, row.state, by, now, {"before": before})
    if move in _TELLS:
        _tell(row, _TELLS[move], by, now)
    return row


def _refuse_over(row: ExpenseClaim) -> None:
    """Each fitted when it was sent; two records that became one, or new rates, may not fit together."""
    used = used_by(row.person_id, row.spent_on, but=row.pk, states=ACCEPTED)
    asked = Asked(row.amount, row.km or 0, row.is_flat)
    verdict = judge(asked, used, rates_on(row.branch.country, row.spent_on))
    if verdict.over:
        raise CeilingReached(verdict)


def _tell(row: ExpenseClaim, kind: str, by: Actor, now: datetime) -> None:
    person = row.person
    tell(
        branch=row.branch,
        kind=kind,
        event=f"expense:{row.pk}:{row.decided_at:%Y-%m-%dT%H:%M:%S}",
        values={
            "first_name": person.first_name,
            "branch": row.branch.name,
            "reason": row.reason,
            "link": my_place_address(person=person, now=now),
        },
        by=by,
        now=now,
        person=person,
        not_after=now + TELL_UNTIL,
    )
