"""Conditions that somebody let go, and the human act that makes a mentor ready."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login, Person
from traboule.core.scope import Scoped
from traboule.kernel.readiness import NEVER_WAIVED, Condition


class ConditionWaiver(Scoped):
    """A condition that somebody let go for one mentor, with the reason."""

    SCOPE_PATH = "person__branch_id"
    SEE = Permission.TRAINING_SEE

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="condition_waivers")
    condition = models.CharField(_("condition"), max_length=20)
    reason = models.CharField(_("why"), max_length=300)
    waived_at = models.DateTimeField(_("waived"))
    waived_by = models.ForeignKey(Login, on_delete=models.PROTECT, related_name="conditions_waived")

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["person", "condition"], name="condition_waived_once"),
            models.CheckConstraint(
                condition=Q(condition__in=[str(c) for c in Condition if c not in NEVER_WAIVED]),
                name="condition_may_be_waived",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="condition_waived_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.condition} of {self.person_id}"


class Declaration(Scoped):
    """A person of the team declared a mentor ready; `conditions` is what stood on the page then."""

    SCOPE_PATH = "person__branch_id"
    SEE = Permission.TRAINING_SEE

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="declarations")
    declared_by = models.ForeignKey(Login, on_delete=models.PROTECT, related_name="declared_ready")
    declared_at = models.DateTimeField(_("declared"))
    conditions = models.JSONField(_("conditions"), default=list)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_because = models.CharField(_("why it ended"), max_length=40, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-declared_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="declared_ready_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("declared_at")),
                name="declaration_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"declaration {self.pk}"
