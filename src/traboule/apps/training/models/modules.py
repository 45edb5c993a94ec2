"""Modules of the initial training, and how much is asked before a mentor is ready."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch, ProgrammeVersion
from traboule.apps.people.enums import Permission
from traboule.apps.training.enums import ModuleKind
from traboule.apps.training.shipped import BY_CODE
from traboule.core.scope import Scoped


class Module(Scoped):
    """A half-day of training. A shipped one without a title of its own is said in every language."""

    SEE = Permission.TRAINING_SEE

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="modules")
    version = models.ForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="modules")
    number = models.PositiveSmallIntegerField(_("number"))
    code = models.SlugField(max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=120, blank=True)
    goal = models.CharField(_("goal"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=ModuleKind.choices)
    material = models.TextField(_("material"), blank=True)
    link = models.URLField(_("link to the material"), blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["branch", "version", "number"], name="module_number_once"),
            models.CheckConstraint(condition=Q(kind__in=ModuleKind.values), name="module_kind_is_legal"),
            models.CheckConstraint(condition=~Q(code="", title=""), name="module_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.said_title

    @property
    def said_title(self) -> str:
        """The branch's own title, else the shipped one in the reader's language."""
        return self.title or (str(BY_CODE[self.code].title) if self.code in BY_CODE else self.code)

    @property
    def said_goal(self) -> str:
        """The branch's own goal, else the shipped one in the reader's language."""
        return self.goal or (str(BY_CODE[self.code].goal) if self.code in BY_CODE else "")


class ReadinessRule(Scoped):
    """How much is asked of a mentor in a branch, under a version of the programme."""

    SEE = Permission.TRAINING_SEE

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="readiness_rules")
    version = models.ForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="readiness_rules")
    modules = models.PositiveSmallIntegerField(_("modules"), default=8)
    references = models.PositiveSmallIntegerField(_("references"), default=2)
    safeguarding = models.BooleanField(_("safeguarding check"), default=True)
    exchange_days = models.PositiveSmallIntegerField(_("days between two exchanges"), default=61)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["branch", "version"], name="readiness_rule_once"),
            models.CheckConstraint(condition=Q(modules__lte=40), name="readiness_modules_at_most_40"),
            models.CheckConstraint(condition=Q(references__lte=5), name="readiness_references_at_most_5"),
            models.CheckConstraint(
                condition=Q(exchange_days__gte=7, exchange_days__lte=366), name="readiness_exchange_7_to_366"
            ),
        ]

    def __str__(self) -> str:
        return f"readiness rule {self.branch_id}"
