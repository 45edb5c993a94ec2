"""What this app holds about people, field by field: the row stays for the figures, nobody stands in it."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.followups.models import FollowUp, FollowUpSetting
from traboule.apps.people.enums import Role
from traboule.core.fields import Category, Erasure, declare_alike, declare_not_personal

_TEAM = (Role.COORDINATOR.value, Role.DIRECTOR.value, Role.ADMINISTRATOR.value)


def declare_fields() -> None:
    """Declare every field of this app."""
    asked = ("person", "month", "due_on", "state", "why_not", "asked_at", "by_hand", "reminders", "calls")
    told = ("tried_at", "through", "heard_from", "now", "leads", "since", "hours", "ask_again")
    when = ("answered_at", "done_at", "closed_at", "noted_by")
    declare_alike(
        FollowUp,
        (*asked, *told, *when),
        Category.FOLLOW_UP,
        _("To know what became of mentees, and to be paid for it"),
        readers=_TEAM,
        erasure=Erasure.UNLINK,
    )
    declare_not_personal(FollowUp, "names the branch, the duo and the outcome", "branch", "duo", "outcome")
    declare_not_personal(FollowUpSetting, "how a branch asks", "branch", "months")
