"""What information sessions hold about people, field by field."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.models.sessions import Attendance, Booking, InfoSession
from traboule.apps.people.enums import Role
from traboule.core.fields import Basis, Category, Erasure, Retention, declare_alike, declare_not_personal

_TEAM = (Role.COORDINATOR.value, Role.DIRECTOR.value, Role.ADMINISTRATOR.value)


def declare_fields() -> None:
    """Declare the fields of information sessions."""
    declare_not_personal(InfoSession, "describes a meeting, not the people who come")
    coming = _("To keep a place at an information session and to remind of it")
    names = ["person", "application", "side", "first_name", "last_name", "email", "phone", "language"]
    kept = Retention.SESSION_90_DAYS
    declare_alike(
        Booking, names, Category.CONTACT, coming, basis=Basis.CONSENT, readers=_TEAM, retention=kept
    )
    clock = ["state", "made_at", "changed_at", "offer_ends_at"]
    declare_alike(Booking, clock, Category.FOLLOW_UP, coming, basis=Basis.CONSENT, readers=_TEAM)
    declare_not_personal(Booking, "a number or a meeting", "session", "place", "sequence", "uid")
    came = _("To know who heard what the programme is")
    marks = ["booking", "state", "marked_at", "received_at", "client_key"]
    declare_alike(Attendance, marks, Category.FOLLOW_UP, came, readers=_TEAM)
    declare_alike(Attendance, ["marked_by"], Category.FOLLOW_UP, came, readers=_TEAM, erasure=Erasure.UNLINK)
