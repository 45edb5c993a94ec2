"""Somebody of the team looked at a duo that the early warning named, and said why nothing is needed now."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.duos.models import Duo
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login
from traboule.apps.support.warning_enums import NotNeeded
from traboule.core.scope import Scoped


class Look(Scoped):
    """The warning of a duo rests until a day, or until a new fact. `seen`: the reasons as they were then.

    One is in force per duo; the next one, or taking it back, ends it.
    """

    SCOPE_PATH = "duo__branch_id"
    SEE = Permission.DUOS_SEE

    duo = models.ForeignKey(Duo, on_delete=models.CASCADE, related_name="looks")
    reason = models.CharField(_("not needed because"), max_length=20, choices=NotNeeded)
    until_on = models.DateField(_("rests until"))
    rules = models.CharField(_("version of the rules"), max_length=10)
    # [[code, side, newest day or ""], …]
    seen = models.JSONField(_("reasons seen"), default=list)
    looked_at = models.DateTimeField(_("looked at"))
    looked_by = models.ForeignKey(Login, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-looked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=NotNeeded.values), name="look_reason_is_coded"),
            models.UniqueConstraint(fields=["duo"], condition=Q(ended_at=None), name="look_in_force_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("looked_at")), name="look_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"look {self.pk} at duo {self.duo_id}"
