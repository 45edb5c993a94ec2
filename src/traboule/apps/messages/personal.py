"""What this app holds about people, field by field."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Role
from traboule.core.fields import Category, declare_alike, declare_not_personal

_TEAM = (Role.COORDINATOR.value, Role.DIRECTOR.value, Role.ADMINISTRATOR.value)


def declare_fields() -> None:
    """Declare every field of this app."""
    names = [field.name for field in Message._meta.local_fields if field.name not in ("id", "branch")]
    reaching = _("To reach the person in their language, the way they chose")
    declare_alike(Message, names, Category.CONTACT, reaching, readers=_TEAM)
    declare_not_personal(Message, "names the branch", "branch")
