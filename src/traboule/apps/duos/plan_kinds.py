"""What is said to a mentee about her plan: short, first name only, no name of an employer in a subject."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.messages.kinds import Kind, register_kind

EXAMPLE = {
    "first_name": "Selam",
    "mentor": "Anne",
    "when": "Tuesday 9 December, 10:00",
    "where": "12 rue de la Barre, 69002 Lyon",
    "link": "https://example.org/l/abcd/",
}

_KINDS = (
    Kind(
        code="plan.interview_tomorrow",
        title=_("Reminder, the day before a job interview"),
        subject=_("Your interview: %(when)s"),
        body=_(
            "Hello %(first_name)s,\n\nYour interview comes soon.\n\nWhen: %(when)s\nWhere: %(where)s\n\n"
            "Has it moved? Change it here: %(link)s\n\nWe think of you."
        ),
        sms=_("Hello %(first_name)s, your interview: %(when)s. Has it moved? %(link)s"),
        example=EXAMPLE,
    ),
    Kind(
        code="plan.interview_today",
        title=_("Reminder, shortly before a job interview"),
        subject=_("Good luck: %(when)s"),
        body=_(
            "Hello %(first_name)s,\n\nYour interview is soon.\n\nWhen: %(when)s\nWhere: %(where)s\n\n"
            "Afterwards, tell us how it went: %(link)s\n\nGood luck!"
        ),
        sms=_("Hello %(first_name)s, good luck for your interview: %(when)s. Your plan: %(link)s"),
        example=EXAMPLE,
    ),
    Kind(
        code="plan.suggested",
        title=_("The mentor suggests something for the plan"),
        subject=_("%(mentor)s has an idea for your plan"),
        body=_(
            "Hello %(first_name)s,\n\n%(mentor)s has an idea for your plan. You decide.\n\n"
            "Read it here: %(link)s"
        ),
        sms=_("Hello %(first_name)s, %(mentor)s has an idea for your plan. You decide: %(link)s"),
        example=EXAMPLE,
    ),
)


def register_kinds() -> None:
    """Add them to what can be said."""
    for kind in _KINDS:
        register_kind(kind)
