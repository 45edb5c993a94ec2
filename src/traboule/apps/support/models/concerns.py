"""Concern files (safeguarding): a few people read them, and each reading is logged."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login, Person
from traboule.apps.support.enums import Result
from traboule.core.scope import Scoped


class Concern(Scoped):
    """Somebody is worried. `person` told it by link or from their place, or `told_by` of the team did.

    `paused_duo`: the duo rests by the team; neither of the two is told why.
    """

    SEE = Permission.CONCERNS_SEE

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="concerns")
    duo = models.ForeignKey(Duo, null=True, blank=True, on_delete=models.SET_NULL, related_name="concerns")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="concerns_told"
    )
    told_by = models.ForeignKey(Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(_("what was told"), max_length=6_000, blank=True)
    told_at = models.DateTimeField(_("told"))
    answer_due_on = models.DateField(_("first answer by"))
    answered_at = models.DateTimeField(_("first answer"), null=True, blank=True)
    next_on = models.DateField(_("next step on"), null=True, blank=True)
    paused_duo = models.BooleanField(_("the duo rests by the team"), default=False)
    reminded_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    result = models.CharField(_("result"), max_length=20, choices=Result, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-told_at", "-pk"]
        indexes = [models.Index(fields=["branch", "closed_at"], name="concern_open_of_branch")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, result="") | Q(closed_at__isnull=False, result__in=Result.values),
                name="concern_closed_says_its_result",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("told_at")), name="concern_closed_after_told"
            ),
        ]

    def __str__(self) -> str:
        return f"concern {self.pk}"


class ConcernEntry(Scoped):
    """What was done, by whom, and what comes next by when; written once."""

    SCOPE_PATH = "concern__branch_id"
    SEE = Permission.CONCERNS_SEE

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="entries")
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(_("what was done"), max_length=6_000, blank=True)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_on = models.DateField(_("by when"), null=True, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"entry {self.pk} of concern {self.concern_id}"
