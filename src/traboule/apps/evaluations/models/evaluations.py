"""What a comparison said: figures of groups, never a row of a person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.evaluations.models.plans import EvaluationPlan
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login
from traboule.core.scope import Scoped


class Evaluation(Scoped):
    """One look at the data under one plan. ``file_digest``: SHA-256 of the file or of the typed counts.

    ``figures``: what ``actions.computing`` returns, as JSON. The file itself was read and let go of.
    """

    SEE = Permission.EVALUATIONS_SEE

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="evaluations")
    plan = models.ForeignKey(EvaluationPlan, on_delete=models.PROTECT, related_name="evaluations")
    look = models.PositiveSmallIntegerField(_("which look"))
    file_digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    n_treated = models.PositiveIntegerField(_("took part"))
    n_comparison = models.PositiveIntegerField(_("to compare with"), null=True)
    n_dropped = models.PositiveIntegerField(_("left out for a missing value"), default=0)
    is_supported = models.BooleanField(_("the comparison carries an estimate"))
    figures = models.JSONField(_("figures"))
    run_by = models.ForeignKey(Login, null=True, on_delete=models.SET_NULL, related_name="+")
    run_at = models.DateTimeField(_("computed"))

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-run_at", "-pk"]
        indexes = [models.Index(fields=["branch", "-run_at"], name="evaluation_by_branch")]
        constraints = [
            models.UniqueConstraint(fields=["plan", "file_digest"], name="evaluation_once_a_file"),
            models.UniqueConstraint(fields=["plan", "look"], name="evaluation_looks_are_counted"),
            models.CheckConstraint(condition=Q(look__gte=1), name="evaluation_looks_from_1"),
            models.CheckConstraint(condition=~Q(file_digest=""), name="evaluation_names_its_file"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}, {self.look}"
