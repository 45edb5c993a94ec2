"""What this app holds about people, field by field."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.messages.models import Beat, Message, NextNews, Stop, Wording
from traboule.apps.people.enums import Role
from traboule.core.fields import Category, Erasure, declare_alike, declare_not_personal

_TEAM = (Role.COORDINATOR.value, Role.DIRECTOR.value, Role.ADMINISTRATOR.value)
_MACHINERY = ("branch", "uid", "attempts", "lease", "leased_until", "again")


def declare_fields() -> None:
    """Declare every field of this app."""
    names = [field.name for field in Message._meta.local_fields if field.name not in ("id", *_MACHINERY)]
    reaching = _("To reach the person in their language, the way they chose")
    declare_alike(Message, names, Category.CONTACT, reaching, readers=_TEAM)
    declare_not_personal(Message, "how far the sending is", *_MACHINERY)
    waiting = _("To say when they hear from us next, and to keep it")
    declare_alike(
        NextNews, ("person", "next_on", "last_on", "asked_on"), Category.FOLLOW_UP, waiting, readers=_TEAM
    )
    writing = _("To know who worded a text")
    declare_alike(
        Wording, ("changed_by",), Category.FOLLOW_UP, writing, readers=_TEAM, erasure=Erasure.UNLINK
    )
    declare_not_personal(
        Wording, "words for everybody", "branch", "kind", "language", "subject", "body", "sms", "changed_at"
    )
    declare_not_personal(Stop, "a digest of an address: nobody can be found by it")
    declare_not_personal(Beat, "says how the program runs")
