"""Claims: of one volunteer, of a branch, and what a volunteer may still ask for this year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from traboule.apps.branches.models import Branch
from traboule.apps.expenses.enums import COUNTED, ExpenseState
from traboule.apps.expenses.models import BankDetails, ExpenseClaim
from traboule.apps.expenses.queries.rates import rates_on
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise
from traboule.kernel.expenses import Rates, Used

OWN_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Purse:
    """What a volunteer sees: their claims, what they used this year, the rates, the masked account."""

    claims: list[ExpenseClaim]
    used: Used
    rates: Rates
    bank: str
    years: list[int]


def used_by(person_id: int, day: date, *, but: int | None = None, states: Iterable[str] = COUNTED) -> Used:
    """Return what counts against the ceilings of the year of ``day``, without the claim ``but``."""
    rows = ExpenseClaim.everywhere.filter(person=person_id, spent_on__year=day.year, state__in=list(states))
    rows = rows.exclude(pk=but) if but else rows
    found = rows.aggregate(
        km_year=Sum("km"),
        flat_day=Sum("amount", filter=Q(is_flat=True, spent_on=day)),
        flat_year=Sum("amount", filter=Q(is_flat=True)),
        real_year=Sum("amount", filter=Q(is_flat=False, km=None)),
    )
    return Used(**{name: value or 0 for name, value in found.items()})


def own_purse(person: Person, today: date) -> Purse:
    """Return the purse of a volunteer. The caller has proven who reads: a link or a sign-in."""
    rows = ExpenseClaim.everywhere.filter(person=person).select_related("proof", "branch")
    claims = list(rows[:OWN_SHOWN])
    bank = BankDetails.everywhere.filter(person=person).first()
    return Purse(
        claims=claims,
        used=used_by(person.pk, today),
        rates=rates_on(person.branch.country, today),
        bank=bank.masked if bank else "",
        years=sorted({claim.spent_on.year for claim in claims}, reverse=True),
    )


def own_claim(person: Person, pk: int) -> ExpenseClaim | None:
    """Return one claim of a volunteer, or None. The caller has proven who reads."""
    rows = ExpenseClaim.everywhere.filter(person=person, pk=pk).select_related("proof", "branch", "person")
    return rows.first()


def open_claims(person_id: int) -> QuerySet[ExpenseClaim]:
    """Return the claims of a volunteer that wait for the team, or for an answer of the volunteer."""
    waiting = (ExpenseState.SENT, ExpenseState.ASKED_BACK)
    return ExpenseClaim.everywhere.filter(person=person_id, state__in=waiting).order_by()


def waiting_claims(person_id: int) -> dict[str, int]:
    """Return how many open claims of a volunteer are in which state."""
    rows = open_claims(person_id)
    return dict(rows.values_list("state").annotate(number=Count("pk")))


def claims_of(*, actor: Actor, branch: Branch, state: str = "") -> QuerySet[ExpenseClaim]:
    """Return the claims of a branch, the longest waiting first. Raises NotVisible, NotAllowed."""
    authorise(actor, Permission.EXPENSES_SEE, branch.pk)
    rows = ExpenseClaim.objects.visible_to(actor).filter(branch=branch).select_related("person", "proof")
    if state in ExpenseState.values:
        rows = rows.filter(state=state)
    return rows.order_by("sent_at", "pk") if state == ExpenseState.SENT else rows.order_by("-sent_at", "-pk")


def counts_of(*, actor: Actor, branch: Branch) -> dict[str, tuple[int, int]]:
    """Return how many claims are in which state, and what they come to in cents."""
    authorise(actor, Permission.EXPENSES_SEE, branch.pk)
    rows = ExpenseClaim.objects.visible_to(actor).filter(branch=branch).order_by().values_list("state")
    return {
        state: (number, total) for state, number, total in rows.annotate(n=Count("pk"), total=Sum("amount"))
    }


def find_claim(
    *, actor: Actor, branch: Branch, pk: int, permission: Permission = Permission.EXPENSES_SEE
) -> ExpenseClaim:
    """Return one claim. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, permission, branch.pk)
    rows: Any = ExpenseClaim.objects.visible_to(actor, permission).filter(branch=branch, pk=pk)
    claim: ExpenseClaim | None = rows.select_related(
        "branch", "person", "proof", "decided_by", "sent_by", "line__batch"
    ).first()
    if claim is None:
        raise NotVisible
    return claim
