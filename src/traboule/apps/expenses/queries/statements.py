"""The year of a volunteer in sums: what was paid back, what was given to the association."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from traboule.apps.branches.models import Branch
from traboule.apps.expenses.enums import ExpenseKind, ExpenseState
from traboule.apps.expenses.models import ExpenseClaim
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise


@dataclass(frozen=True, slots=True)
class KindSum:
    """One kind of expense in a year; money in cents."""

    kind: str
    claims: int
    km: int
    paid: int
    waived: int


@dataclass(frozen=True, slots=True)
class YearStatement:
    """The year of one volunteer. What is approved and not paid yet belongs to the year when it is paid."""

    person: Person
    year: int
    kinds: list[KindSum]

    @property
    def paid(self) -> int:
        """Everything that was paid back."""
        return sum(row.paid for row in self.kinds)

    @property
    def waived(self) -> int:
        """Everything that was given up."""
        return sum(row.waived for row in self.kinds)


def statement_of(person: Person, year: int) -> YearStatement:
    """Return the year of a volunteer. The caller has proven who reads."""
    rows = _settled(year).filter(person=person).order_by().values("kind")
    found = {row["kind"]: row for row in rows.annotate(**_sums(), km_sum=Sum("km"), number=Count("pk"))}
    kinds = [
        KindSum(kind, row["number"], row["km_sum"] or 0, row["paid"] or 0, row["given"] or 0)
        for kind in ExpenseKind.values
        if (row := found.get(kind))
    ]
    return YearStatement(person, year, kinds)


def year_of_branch(*, actor: Actor, branch: Branch, year: int) -> QuerySet[Any, dict[str, Any]]:
    """Return one row a volunteer: names, ``paid`` and ``given`` in cents, by name."""
    authorise(actor, Permission.EXPENSES_SEE, branch.pk)
    rows = _settled(year).filter(branch=branch).order_by()
    by_person = rows.values("person_id", "person__first_name", "person__last_name").annotate(**_sums())
    return by_person.order_by("person__last_name", "person__first_name", "person_id")


def years_of_branch(branch_id: int) -> list[int]:
    """Return the years in which something was settled, the latest first."""
    rows = ExpenseClaim.everywhere.filter(branch=branch_id).order_by()
    paid = rows.filter(state=ExpenseState.PAID).datetimes("paid_at", "year")
    given = rows.filter(state=ExpenseState.WAIVED).dates("spent_on", "year")
    return sorted({day.year for day in (*paid, *given)}, reverse=True)


def find_volunteer(*, actor: Actor, branch: Branch, pk: int) -> Person:
    """Return a volunteer with expenses in a branch. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.EXPENSES_SEE, branch.pk)
    rows = Person.everywhere.filter(branch=branch, pk=pk, mentor__isnull=False)
    person = rows.select_related("branch__organisation").first()
    if person is None:
        raise NotVisible
    return person


def _settled(year: int) -> QuerySet[ExpenseClaim]:
    """What was paid in a year, and what was given up for expenses of that year."""
    return ExpenseClaim.everywhere.filter(
        Q(state=ExpenseState.PAID, paid_at__year=year) | Q(state=ExpenseState.WAIVED, spent_on__year=year)
    )


def _sums() -> dict[str, Any]:
    return {
        "paid": Sum("amount", filter=Q(state=ExpenseState.PAID)),
        "given": Sum("amount", filter=Q(state=ExpenseState.WAIVED)),
    }
