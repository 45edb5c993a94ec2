"""What branches spent, year by year: typed sums, with the approved expenses of mentors where they lack."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.db.models.functions import ExtractYear

from traboule.apps.branches.models import Branch
from traboule.apps.expenses.enums import ExpenseState
from traboule.apps.expenses.models import ExpenseClaim
from traboule.apps.indicators.models import YearCost
from traboule.kernel.indicators import Facts
from traboule.kernel.indicators.costs import years_missing

MONEY = (ExpenseState.APPROVED, ExpenseState.PAID)


@dataclass(frozen=True, slots=True)
class Spent:
    """One year of a branch: the typed row, the expenses that are added to it, and the sum, in cents."""

    row: YearCost
    added: int

    @property
    def cents(self) -> int:
        """What is shared over duos."""
        return self.row.cents + self.added


def spent_by(branches: Collection[Branch]) -> dict[int, dict[int, Spent]]:
    """Return branch → year → what was spent, in two queries; whoever calls has authorised."""
    paid = _expenses_of(branches)
    found: dict[int, dict[int, Spent]] = defaultdict(dict)
    rows = YearCost.everywhere.filter(branch__in=branches).select_related("written_by").order_by("year")
    for row in rows:
        added = 0 if row.with_expenses else paid.get((row.branch_id, row.year), 0)
        found[row.branch_id][row.year] = Spent(row, added)
    return found


def years_written(branch: Branch) -> frozenset[int]:
    """Return the years of which a sum is typed; whoever calls has authorised."""
    return frozenset(YearCost.everywhere.filter(branch=branch).values_list("year", flat=True))


def missing_years(facts: Facts, written: Collection[int], as_of: date) -> tuple[int, ...]:
    """Return years that are over, in which an ended duo ran and of which no sum is typed."""
    return years_missing(written, facts.duos, as_of)


def _expenses_of(branches: Collection[Branch]) -> dict[tuple[int, int], int]:
    rows = ExpenseClaim.everywhere.filter(branch__in=branches, state__in=MONEY).order_by()
    years = rows.annotate(year=ExtractYear("spent_on")).values_list("branch", "year")
    return {(branch, year): cents or 0 for branch, year, cents in years.annotate(Sum("amount"))}
