"""What mentors hear of a gathering: short, first name only, a link with two buttons."""

# said to: everybody

from django.utils.translation import gettext_lazy as _

from traboule.apps.messages.kinds import Kind, register_kind

EXAMPLE = {
    "first_name": "Anne",
    "day": "9 December 2026",
    "hour": "18:00",
    "place": "La Duchère",
    "branch": "Lyon",
    "link": "https://example.org/l/abc/",
}

KINDS = (
    Kind(
        "exchange.invited",
        _("Exchange between mentors: invitation"),
        _("Mentors meet on %(day)s: will you come?"),
        _(
            "Hello %(first_name)s,\n\nmentors of your group meet and talk about what they live through.\n\n"
            "%(day)s, %(hour)s\n%(place)s\n\nI come, or I cannot: %(link)s\n\nThe team in %(branch)s"
        ),
        _("%(first_name)s, mentors meet on %(day)s, %(hour)s, %(place)s. Will you come? %(link)s"),
        example=EXAMPLE,
    ),
    Kind(
        "exchange.cancelled",
        _("Exchange between mentors: cancelled"),
        _("Cancelled: mentors do not meet on %(day)s"),
        _(
            "Hello %(first_name)s,\n\nthe meeting of mentors on %(day)s does not take place.\n\n"
            "You will hear of a new date.\n\nThe team in %(branch)s"
        ),
        _("%(first_name)s, mentors do not meet on %(day)s. A new date follows."),
        example=EXAMPLE,
    ),
)


def register_kinds() -> None:
    """Register the kinds of message of the exchange of practice."""
    for kind in KINDS:
        register_kind(kind)
