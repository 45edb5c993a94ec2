"""What mentees read when they are asked after the end: short, with a link, and a no is fine."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.messages.kinds import register_kind
from traboule.apps.support.support_kinds import short_kind

ASKED, REMINDER = "follow_up.asked", "follow_up.reminder"
KINDS = (ASKED, REMINDER)

_KINDS = (
    (
        ASKED,
        _("After the end: how are things now?"),
        _("How are things now?"),
        _("What are you doing now? Three taps. Only the team reads it. A no is fine."),
    ),
    (
        REMINDER,
        _("After the end: a reminder"),
        _("How are things now?"),
        _("We asked what you are doing now. Three taps, or say no. Both are fine."),
    ),
)


def register_kinds() -> None:
    """Add them to what can be said."""
    for code, title, subject, text in _KINDS:
        register_kind(short_kind(code, title, subject, text, True))
