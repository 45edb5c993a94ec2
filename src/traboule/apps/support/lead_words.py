"""What the lead for concerns is told by mail: that something waits. No name, no content, no word of what."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.messages.kinds import Kind, register_kind

EXAMPLE = {"first_name": "Claire", "branch": "Lyon"}
_KINDS = (
    Kind(
        code="concern.new",
        title=_("To the lead: something waits"),
        subject=_("Something waits for you in Traboule"),
        body=_(
            "Hello %(first_name)s,\n\nSomething confidential waits for you in Traboule (%(branch)s). "
            "Please sign in and answer by the next working day."
        ),
        example=EXAMPLE,
        owed=True,
        confidential=True,
    ),
    Kind(
        code="concern.late",
        title=_("To the lead: something is late"),
        subject=_("Something still waits for you in Traboule"),
        body=_(
            "Hello %(first_name)s,\n\nSomething confidential is past its day in Traboule (%(branch)s). "
            "Please sign in today."
        ),
        example=EXAMPLE,
        owed=True,
        confidential=True,
    ),
)


def register_kinds() -> None:
    """Add them to what can be said."""
    for kind in _KINDS:
        register_kind(kind)
