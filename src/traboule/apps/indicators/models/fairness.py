"""The monthly look at whether the path is the same for everybody, and what directors wrote about it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login
from traboule.core.scope import Scoped

NOTE_LENGTH = 1000


class FairnessLook(Scoped):
    """The comparisons of a branch as they stood in one month (``month``: its first day).

    ``data`` is what ``queries.fairness`` makes: rates of groups with small numbers hidden, no row of anybody.
    """

    SEE = Permission.FAIRNESS_SEE

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="fairness_looks")
    month = models.DateField(_("month"))
    as_of = models.DateField(_("as of"))
    made_at = models.DateTimeField(_("made"))
    data = models.JSONField(_("figures"))

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-month", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["branch", "month"], name="fairness_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="fairness_month_by_its_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.branch_id} {self.month:%Y-%m}"


class FairnessNote(Scoped):
    """What a director saw in it and what the branch does; another one is added, none is changed."""

    SEE = Permission.FAIRNESS_WRITE  # words of the team, for the team
    SCOPE_PATH = "look__branch_id"

    look = models.ForeignKey(FairnessLook, on_delete=models.PROTECT, related_name="notes")
    seen = models.TextField(_("what we saw"), max_length=NOTE_LENGTH)
    doing = models.TextField(_("what we do"), max_length=NOTE_LENGTH)
    written_by = models.ForeignKey(Login, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(_("written"))

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(seen="") & ~Q(doing=""), name="fairness_note_says_both"),
        ]

    def __str__(self) -> str:
        return f"{self.look_id} {self.written_at}"
