"""What is said to people who book an information session: short, first name only, no sensitive word."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.messages.kinds import Kind, register_kind

EXAMPLE = {
    "first_name": "Selam",
    "when": "Tuesday 9 December, 10:00",
    "where": "La Duchère, 25 avenue Rosa Parks, 69009 Lyon",
    "place": "La Duchère",
    "until": "Monday 8 December, 10:00",
    "why": "The room is closed that day.",
    "dates": "Tuesday 16 December, 10:00",
    "link": "https://example.org/l/abcd/",
}

_KINDS = (
    Kind(
        code="session.booked",
        title=_("A place at an information session"),
        subject=_("See you on %(when)s"),
        body=_(
            "Hello %(first_name)s,\n\nYou have a place at the information session.\n\n"
            "When: %(when)s\nWhere: %(where)s\n\nTo move or to cancel: %(link)s\n\n"
            "We look forward to meeting you."
        ),
        sms=_("Hello %(first_name)s, see you on %(when)s. %(place)s. To change: %(link)s"),
        example=EXAMPLE,
    ),
    Kind(
        code="session.waiting",
        title=_("On the waiting list of an information session"),
        subject=_("You are on the waiting list for %(when)s"),
        body=_(
            "Hello %(first_name)s,\n\nThe information session of %(when)s is full. "
            "You are on the waiting list.\n\n"
            "We write as soon as a place is free. You can take another date here: %(link)s"
        ),
        sms=_("Hello %(first_name)s, %(when)s is full. You are on the waiting list. Other dates: %(link)s"),
        example=EXAMPLE,
    ),
    Kind(
        code="session.offered",
        title=_("A place is free: will you come?"),
        subject=_("A place is free on %(when)s"),
        body=_(
            "Hello %(first_name)s,\n\nA place is free at the information session of %(when)s.\n\n"
            "Where: %(where)s\n\nPlease say yes or no here: %(link)s\n\n"
            "We keep the place for you until %(until)s."
        ),
        sms=_("Hello %(first_name)s, a place is free on %(when)s. Yes or no, until %(until)s: %(link)s"),
        example=EXAMPLE,
    ),
    Kind(
        code="session.reminder",
        title=_("Reminder, two days before an information session"),
        subject=_("In two days: %(when)s"),
        body=_(
            "Hello %(first_name)s,\n\nWe meet in two days.\n\nWhen: %(when)s\nWhere: %(where)s\n\n"
            "You cannot come? Tell us here: %(link)s"
        ),
        sms=_("Hello %(first_name)s, we meet on %(when)s. %(place)s. To change: %(link)s"),
        example=EXAMPLE,
    ),
    Kind(
        code="session.today",
        title=_("Reminder, shortly before an information session"),
        subject=_("See you soon: %(when)s"),
        body=_(
            "Hello %(first_name)s,\n\nWe meet soon.\n\nWhen: %(when)s\nWhere: %(where)s\n\n"
            "You cannot come? Tell us here: %(link)s"
        ),
        sms=_("Hello %(first_name)s, see you soon: %(when)s. %(place)s. To change: %(link)s"),
        example=EXAMPLE,
    ),
    Kind(
        code="session.changed",
        title=_("An information session changes its time or place"),
        subject=_("Please note: now %(when)s"),
        body=_(
            "Hello %(first_name)s,\n\nThe information session has changed. You keep your place.\n\n"
            "New time: %(when)s\nWhere: %(where)s\n\nThis does not suit you? Tell us here: %(link)s"
        ),
        sms=_("Hello %(first_name)s, please note the change: %(when)s. %(place)s. To change: %(link)s"),
        example=EXAMPLE,
    ),
    Kind(
        code="session.cancelled",
        title=_("An information session does not take place"),
        subject=_("Cancelled: %(when)s"),
        body=_(
            "Hello %(first_name)s,\n\nThe information session of %(when)s does not take place. "
            "We are sorry.\n\n"
            "%(why)s\n\nYou can take another date here: %(link)s"
        ),
        sms=_("Hello %(first_name)s, %(when)s is cancelled. We are sorry. Other dates: %(link)s"),
        example=EXAMPLE,
    ),
    Kind(
        code="session.unbooked",
        title=_("A booking is cancelled"),
        subject=_("Your place on %(when)s is free again"),
        body=_(
            "Hello %(first_name)s,\n\nYour booking for %(when)s is cancelled. Thank you for telling us.\n\n"
            "You can take another date here: %(link)s"
        ),
        sms=_("Hello %(first_name)s, your booking for %(when)s is cancelled. Other dates: %(link)s"),
        example=EXAMPLE,
    ),
    Kind(
        code="session.lapsed",
        title=_("An offered place went to the next person"),
        subject=_("Another date?"),
        body=_(
            "Hello %(first_name)s,\n\nWe did not hear from you, so the place of %(when)s "
            "went to the next person.\n\n"
            "You are still welcome. Take another date here: %(link)s"
        ),
        sms=_("Hello %(first_name)s, the place of %(when)s is gone. Other dates: %(link)s"),
        example=EXAMPLE,
    ),
    Kind(
        code="session.missed",
        title=_("We missed you at the information session"),
        subject=_("We missed you"),
        body=_(
            "Hello %(first_name)s,\n\nWe missed you at the information session. It happens.\n\n"
            "Next dates: %(dates)s\n\nTake one here: %(link)s"
        ),
        sms=_("Hello %(first_name)s, we missed you. Other dates: %(link)s"),
        example=EXAMPLE,
    ),
)


def register_kinds() -> None:
    """Add them to what can be said."""
    for kind in _KINDS:
        register_kind(kind)
