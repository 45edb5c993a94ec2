"""What is said to the two about their meetings: short, first names only, no sensitive word."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.messages.kinds import Kind, register_kind

EXAMPLE = {
    "first_name": "Anne",
    "other": "Selam",
    "when": "Tuesday 9 December, 10:00",
    "where": "La Duchère",
    "rhythm": "every week: Tuesday, 10:00",
    "link": "https://example.org/l/abcd/",
}

_KINDS = (
    Kind(
        code="meeting.log",
        title=_("Meeting: how was it?"),
        subject=_("Did you meet %(other)s?"),
        body=_(
            "Hello %(first_name)s,\n\nYou planned to meet %(other)s: %(when)s.\n\n"
            "Did you meet? It takes 20 seconds, without a password:\n%(link)s\n\nThank you."
        ),
        sms=_("Hello %(first_name)s, did you meet %(other)s? %(when)s. 20 seconds: %(link)s"),
        example=EXAMPLE,
    ),
    Kind(
        code="meeting.tomorrow",
        title=_("Meeting: reminder the day before"),
        subject=_("Tomorrow with %(other)s"),
        body=_(
            "Hello %(first_name)s,\n\nTomorrow you meet %(other)s.\n\nWhen: %(when)s\nWhere: %(where)s\n\n"
            "You do not want this reminder? Say it on your page."
        ),
        sms=_("Hello %(first_name)s, you meet %(other)s: %(when)s. %(where)s"),
        example=EXAMPLE,
    ),
    Kind(
        code="meeting.planned",
        title=_("Meeting: planned"),
        subject=_("You meet %(other)s: %(when)s"),
        body=_(
            "Hello %(first_name)s,\n\nA meeting with %(other)s is planned.\n\n"
            "When: %(when)s\nWhere: %(where)s"
        ),
        sms=_("Hello %(first_name)s, you meet %(other)s: %(when)s. %(where)s"),
        example=EXAMPLE,
    ),
    Kind(
        code="meeting.moved",
        title=_("Meeting: moved"),
        subject=_("New time with %(other)s: %(when)s"),
        body=_(
            "Hello %(first_name)s,\n\nYour meeting with %(other)s has a new time.\n\n"
            "When: %(when)s\nWhere: %(where)s"
        ),
        sms=_("Hello %(first_name)s, new time with %(other)s: %(when)s. %(where)s"),
        example=EXAMPLE,
    ),
    Kind(
        code="meeting.cancelled",
        title=_("Meeting: cancelled"),
        subject=_("No meeting with %(other)s this time"),
        body=_(
            "Hello %(first_name)s,\n\nThe meeting with %(other)s does not take place: %(when)s.\n\n"
            "You can plan another one on your page."
        ),
        sms=_("Hello %(first_name)s, the meeting with %(other)s does not take place: %(when)s."),
        example=EXAMPLE,
    ),
    Kind(
        code="meeting.rhythm",
        title=_("Meeting: your rhythm"),
        subject=_("When you meet %(other)s"),
        body=_(
            "Hello %(first_name)s,\n\nThis is when you meet %(other)s: %(rhythm)s.\n\nWhere: %(where)s\n\n"
            "You can change it on your page."
        ),
        sms=_("Hello %(first_name)s, you meet %(other)s: %(rhythm)s. %(where)s"),
        example=EXAMPLE,
    ),
)


def register_kinds() -> None:
    """Add them to what can be said."""
    for kind in _KINDS:
        register_kind(kind)
