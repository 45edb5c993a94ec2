"""Tokens with which a program of somebody else reads one branch for one purpose."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.access.enums import Purpose
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login
from traboule.core.scope import Scoped


class ApiToken(Scoped):
    """One token; only the digest of its secret is kept. ``hint``: its last four characters, to tell it apart.

    ``receiver`` names who reads: tokens for one receiver and purpose give the same rows the same pseudonyms.
    """

    SEE = Permission.API_SEE

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="api_tokens")
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose.choices)
    receiver = models.CharField(_("who reads"), max_length=120)
    digest = models.CharField(_("digest of the secret"), max_length=64, unique=True)
    hint = models.CharField(_("end of the secret"), max_length=4)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(Login, on_delete=models.SET_NULL, related_name="+", null=True)
    last_day = models.DateField(_("last day"))
    stopped_at = models.DateTimeField(_("stopped"), null=True)
    stopped_by = models.ForeignKey(Login, on_delete=models.SET_NULL, related_name="+", null=True)
    used_on = models.DateField(_("last used"), null=True)

    class Meta:
        verbose_name = _("key of a program")
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["branch", "-made_at"], name="api_token_by_branch")]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values), name="api_token_purpose_is_legal"
            ),
            models.CheckConstraint(condition=~Q(receiver=""), name="api_token_names_who_reads"),
            models.CheckConstraint(
                condition=Q(stopped_at=None) | Q(stopped_at__gte=F("made_at")),
                name="api_token_stops_after_it_was_made",
            ),
            models.CheckConstraint(
                condition=Q(used_on=None) | Q(used_on__lte=F("last_day")), name="api_token_is_used_in_time"
            ),
        ]

    def __str__(self) -> str:
        return f"token …{self.hint}"

    def is_alive(self, today: date) -> bool:
        """Whether it opens something on a day of its branch."""
        return self.stopped_at is None and today <= self.last_day
