"""The secret address under which somebody's calendar reads the meetings of their duos."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login, Person
from traboule.core.scope import Scoped


class CalendarFeed(Scoped):
    """One address of one person; only the digest of its secret is kept. A new one stops the one before.

    `shown` is the digest of what was handed out last and `shown_at` when that had changed: calendars that ask
    by date are told the truth, whatever it was that changed. `read_on` tells the owner whether it works.
    """

    SCOPE_PATH = "person__branch_id"
    SEE = Permission.DUOS_SEE

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="calendar_feeds")
    digest = models.CharField(_("digest of the secret"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(Login, on_delete=models.SET_NULL, related_name="+", null=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True)
    read_on = models.DateField(_("last read by a calendar"), null=True)
    shown = models.CharField(_("digest of the content"), max_length=64, blank=True)
    shown_at = models.DateTimeField(_("content changed"), null=True)

    class Meta:
        verbose_name = _("calendar address")
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=Q(stopped_at=None), name="one_calendar_address_a_person"
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None) | Q(stopped_at__gte=F("made_at")),
                name="calendar_address_stops_after_it_was_made",
            ),
        )

    def __str__(self) -> str:
        return f"calendar address of {self.person_id}"
