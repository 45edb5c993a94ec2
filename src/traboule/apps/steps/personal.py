"""What this app holds about people, field by field."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import Role
from traboule.apps.steps.models import OpenStep
from traboule.core.fields import Category, Erasure, declare_alike, declare_not_personal

_TEAM = (Role.COORDINATOR.value, Role.DIRECTOR.value, Role.ADMINISTRATOR.value)


def declare_fields() -> None:
    """Declare every field of this app."""
    following = _("To follow up and to keep promises")
    names = ("person", "kind", "text", "opened_at", "due_on", "closed_at", "closing")
    declare_alike(OpenStep, names, Category.FOLLOW_UP, following, readers=_TEAM)
    staff = ("owner", "closed_by")
    declare_alike(OpenStep, staff, Category.FOLLOW_UP, following, readers=_TEAM, erasure=Erasure.UNLINK)
    declare_not_personal(
        OpenStep, "says where a step belongs", "branch", "key", "rank", "subject_type", "subject_id"
    )
