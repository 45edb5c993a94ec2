"""What is said to the two about a proposal: short, first names only, no sensitive word."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.messages.kinds import Kind, register_kind

_EXAMPLE = {
    "first_name": "Selam",
    "other": "Anne",
    "branch": "Lyon",
    "link": "https://traboule.example/l/abc/",
}

_KINDS = (
    Kind(
        code="proposal.ask",
        title=_("A proposal: read and answer"),
        subject=_("We may have found somebody for you"),
        body=_(
            "Hello %(first_name)s,\n\nWe may have found somebody for you. Read who it is, and tell us:\n"
            "%(link)s\n\nYou may say no. A no does no harm.\n\nThe team in %(branch)s"
        ),
        sms=_("Hello %(first_name)s, we may have found somebody for you. Yes or no: %(link)s %(branch)s"),
        example=_EXAMPLE,
    ),
    Kind(
        code="proposal.reminder",
        title=_("A proposal waits for an answer"),
        subject=_("Have you read our proposal?"),
        body=_(
            "Hello %(first_name)s,\n\nOur proposal waits for you:\n%(link)s\n\n"
            "Yes, no, or a call first: every answer is good.\n\nThe team in %(branch)s"
        ),
        sms=_("Hello %(first_name)s, our proposal waits. Yes, no, or a call first: %(link)s %(branch)s"),
        example=_EXAMPLE,
    ),
    Kind(
        code="proposal.accepted",
        title=_("Both said yes: a duo"),
        subject=_("%(other)s said yes too"),
        body=_(
            "Hello %(first_name)s,\n\n%(other)s said yes too. You are a duo now.\n\n"
            "We write to you soon with a date for the first meeting. Your page: %(link)s\n\n"
            "The team in %(branch)s"
        ),
        sms=_("Hello %(first_name)s, %(other)s said yes too. A first date follows. %(link)s %(branch)s"),
        example=_EXAMPLE,
    ),
    Kind(
        code="proposal.goes_on",
        title=_("It did not work out: we look again"),
        subject=_("We look again for you"),
        body=_(
            "Hello %(first_name)s,\n\nThis time it did not work out. It is not because of you.\n\n"
            "You keep your place, and we look again today.\n\nThe team in %(branch)s"
        ),
        sms=_("Hello %(first_name)s, it did not work out, not because of you. We look again. %(branch)s"),
        example=_EXAMPLE,
    ),
)


def register_kinds() -> None:
    """Add them to what can be said."""
    for kind in _KINDS:
        register_kind(kind)
