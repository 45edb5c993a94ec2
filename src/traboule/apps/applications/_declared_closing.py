"""What a closing branch holds about people, field by field."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.models import BranchClosing, ClosingPerson
from traboule.apps.people.enums import Role
from traboule.core.fields import Category, Erasure, declare_alike, declare_not_personal

_TEAM = (Role.COORDINATOR.value, Role.DIRECTOR.value, Role.ADMINISTRATOR.value)


def declare_fields() -> None:
    """Declare the fields of closings."""
    closing = _("To tell people that a branch closes, and to leave nobody alone")
    staff = ("contact", "decided_by")
    declare_alike(BranchClosing, staff, Category.FOLLOW_UP, closing, readers=_TEAM, erasure=Erasure.UNLINK)
    dates = ("branch", "closes_on", "decided_at", "told_at", "undone_at")
    declare_not_personal(BranchClosing, "says when a branch closes", *dates)
    said = ("person", "told_at", "answer", "answered_at", "moved_to")
    declare_alike(ClosingPerson, said, Category.FOLLOW_UP, closing, readers=_TEAM)
    declare_not_personal(ClosingPerson, "names the closing", "closing")
