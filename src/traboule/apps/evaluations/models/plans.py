"""What will be compared and how, written down before anybody has seen the data."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.evaluations.enums import GradeChoice, MethodChoice
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login
from traboule.core.scope import Scoped

MOST_LOOKS = 10
RATE_UNIT = 10_000
"""Rates are stored in ten-thousandths, so that the text of a plan has one way to be written."""


class EvaluationPlan(Scoped):
    """A question with its grade, columns and method. Once registered it stands: a change is a new version.

    ``wording`` is what was hashed (canonical JSON), ``digest`` its SHA-256. ``after_data``: an earlier
    version had a result already when this one was registered.
    """

    SEE = Permission.EVALUATIONS_SEE

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="evaluation_plans")
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    why_changed = models.CharField(_("why it changes"), max_length=300, blank=True)
    question = models.CharField(_("question"), max_length=300)
    who = models.CharField(_("who took part"), max_length=300)
    grade = models.CharField(_("grade of comparison"), max_length=12, choices=GradeChoice.choices)
    outcome = models.CharField(_("outcome"), max_length=80, blank=True)
    treatment = models.CharField(_("column of who took part"), max_length=80, blank=True)
    covariates = models.JSONField(_("what was known before"), default=list)
    followed = models.CharField(_("column of who was followed"), max_length=80, blank=True)
    method = models.CharField(_("method"), max_length=20, choices=MethodChoice.choices, blank=True)
    looks = models.PositiveSmallIntegerField(_("how often one will look"), default=1)
    rate = models.PositiveIntegerField(_("published rate, ten-thousandths"), null=True)
    rate_n = models.PositiveIntegerField(_("people behind the published rate"), null=True)
    rate_source = models.CharField(_("where it is published"), max_length=300, blank=True)
    wording = models.TextField(_("text that was hashed"), blank=True)
    digest = models.CharField(_("SHA-256"), max_length=64, blank=True)
    after_data = models.BooleanField(_("changed after a result was known"), default=False)
    written_by = models.ForeignKey(Login, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(_("written"))
    registered_at = models.DateTimeField(_("registered"), null=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(fields=["branch", "-written_at"], name="evaluation_plan_by_branch")]
        constraints = [
            models.CheckConstraint(condition=Q(grade__in=GradeChoice.values), name="plan_grade_is_legal"),
            models.CheckConstraint(
                condition=(Q(registered_at=None) & Q(digest="") & Q(wording=""))
                | (Q(registered_at__isnull=False) & ~Q(digest="") & ~Q(wording="")),
                name="plan_registered_with_its_hash",
            ),
            models.CheckConstraint(
                condition=Q(registered_at=None)
                | Q(grade=GradeChoice.PUBLISHED, rate__isnull=False) & ~Q(rate_source="")
                | ~Q(grade=GradeChoice.PUBLISHED)
                & ~Q(method="")
                & (~Q(treatment="") | Q(method=MethodChoice.STANDARDISATION)),
                name="plan_registered_says_how",
            ),
            models.CheckConstraint(
                condition=Q(rate=None) | Q(rate__lte=RATE_UNIT), name="plan_rate_up_to_100_per_cent"
            ),
            models.CheckConstraint(
                condition=Q(looks__gte=1, looks__lte=MOST_LOOKS), name="plan_looks_1_to_10"
            ),
            models.CheckConstraint(
                condition=(Q(replaces=None) & Q(version=1))
                | (Q(replaces__isnull=False) & Q(version__gte=2) & ~Q(why_changed="")),
                name="plan_later_version_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} ({self.version})"

    @property
    def is_registered(self) -> bool:
        """Whether it stands."""
        return self.registered_at is not None

    @property
    def takes_totals(self) -> bool:
        """Whether the others are known by totals only, not by rows."""
        return self.method == MethodChoice.STANDARDISATION

    @property
    def columns(self) -> list[str]:
        """Columns of the comparison file, in the order in which they are read."""
        return [self.treatment, self.outcome, *self.covariates, *([self.followed] if self.followed else [])]

    @property
    def published(self) -> float | None:
        """The published rate, 0 to 1."""
        return None if self.rate is None else self.rate / RATE_UNIT
