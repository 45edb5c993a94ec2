"""The figures of a branch as they were worked out last: what dashboards read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.core.scope import Scoped


class BranchSnapshot(Scoped):
    """One cohort of a branch: a quarter ("2026-Q1"), or everybody (""). Counts of groups, no row of anybody.

    ``state`` names the audit chain before the facts were read (``core.remember.state_of``): another state
    means that something was written since. ``data`` is what ``queries.slices`` makes. It can be thrown away
    and made again from the rest of the database, so it is no record of its own and is not audited.
    """

    SEE = Permission.FIGURES_SEE

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="snapshots")
    cohort = models.CharField(_("cohort"), max_length=10, blank=True)
    as_of = models.DateField(_("as of"))
    state = models.CharField(_("state of the audit chain"), max_length=64, blank=True)
    made_at = models.DateTimeField(_("made"))
    data = models.JSONField(_("figures"))

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["branch", "cohort"]
        constraints = [
            models.UniqueConstraint(fields=["branch", "cohort"], name="snapshot_once_a_cohort"),
        ]

    def __str__(self) -> str:
        return f"{self.branch_id} {self.cohort} {self.as_of}"
