"""Everything that is open about somebody: who owns it, by when, and when the person hears from us."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login, Person
from traboule.apps.steps.enums import Closing
from traboule.core.scope import Scoped


class OpenStep(Scoped):
    """One thing to do. ``key`` names it (kind and object), so that it is open at most once at a time."""

    SEE = Permission.TODAY_SEE

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="steps")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(max_length=120)
    rank = models.PositiveSmallIntegerField(_("harm of waiting"), default=60)
    text = models.CharField(_("what to do"), max_length=200, blank=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    owner = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="open_steps"
    )
    opened_at = models.DateTimeField(_("open since"))
    due_on = models.DateField(_("by when"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="steps_closed"
    )
    closing = models.CharField(_("how it ended"), max_length=10, choices=Closing.choices, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(
                fields=["branch", "key"], condition=Q(closed_at=None), name="step_open_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closing="") | Q(closed_at__gte=F("opened_at")),
                name="step_closed_after_it_was_opened",
            ),
        ]
        indexes = [
            models.Index(
                fields=["branch", "due_on"], condition=Q(closed_at=None), name="step_open_by_due_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
