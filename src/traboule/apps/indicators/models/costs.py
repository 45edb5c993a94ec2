"""What a branch spent in a year, typed from its accounts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login
from traboule.core.scope import Scoped

MOST_CENTS = 10**11


class YearCost(Scoped):
    """All that a branch spent in one calendar year that is over, in cents, and where that is written.

    ``with_expenses``: what mentors got back is in it; else it is added from the approved expenses.
    """

    SEE = Permission.FIGURES_SEE

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="year_costs")
    year = models.PositiveSmallIntegerField(_("year"))
    cents = models.PositiveBigIntegerField(_("spent, cents"))
    with_expenses = models.BooleanField(_("with the expenses of mentors"), default=True)
    source = models.CharField(_("where it is written"), max_length=200)
    written_by = models.ForeignKey(Login, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(_("written"))

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["branch", "year"], name="year_cost_once_a_year"),
            models.CheckConstraint(condition=Q(year__gte=1990, year__lte=2199), name="year_cost_of_a_year"),
            models.CheckConstraint(
                condition=Q(cents__gte=1, cents__lte=MOST_CENTS), name="year_cost_is_an_amount"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="year_cost_says_its_source"),
        ]

    def __str__(self) -> str:
        return f"{self.branch_id} {self.year}"
