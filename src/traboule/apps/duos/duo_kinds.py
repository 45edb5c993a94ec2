"""What is said to the two at the start of a duo: short, first names only, no sensitive word."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.messages.kinds import Kind, register_kind

_EXAMPLE = {
    "first_name": "Selam",
    "other": "Anne",
    "when": "Tuesday 9 December, 10:00",
    "where": "La Duchère, 25 avenue Rosa Parks, 69009 Lyon",
    "place": "La Duchère",
    "branch": "Lyon",
    "link": "https://traboule.example/l/abc/",
}

_KINDS = (
    Kind(
        code="first_meeting.booked",
        title=_("The first meeting of three"),
        subject=_("You meet %(other)s: %(when)s"),
        body=_(
            "Hello %(first_name)s,\n\nYou meet %(other)s for the first time. Somebody of the team is there."
            "\n\nWhen: %(when)s\nWhere: %(where)s\n\nCan you come? Tell us here: %(link)s\n\n"
            "The team in %(branch)s"
        ),
        sms=_("Hello %(first_name)s, you meet %(other)s on %(when)s. %(place)s. Can you come? %(link)s"),
        example=_EXAMPLE,
    ),
    Kind(
        code="agreement.sign",
        title=_("The agreement: read and sign"),
        subject=_("Your agreement is ready"),
        body=_(
            "Hello %(first_name)s,\n\nHere is what you and %(other)s agree on. Please read it and sign it:\n"
            "%(link)s\n\nSomething is not right? Do not sign. Call us.\n\nThe team in %(branch)s"
        ),
        sms=_("Hello %(first_name)s, your agreement with %(other)s: read and sign here. %(link)s %(branch)s"),
        example=_EXAMPLE,
    ),
    Kind(
        code="agreement.copy",
        title=_("The agreement is signed: a copy"),
        subject=_("Your copy of the agreement"),
        body=_(
            "Hello %(first_name)s,\n\nEverybody has signed. Here is your copy:\n%(link)s\n\n"
            "Keep it well. You find it on your page too.\n\nThe team in %(branch)s"
        ),
        sms=_("Hello %(first_name)s, everybody has signed. Your copy: %(link)s %(branch)s"),
        example=_EXAMPLE,
    ),
)


def register_kinds() -> None:
    """Add them to what can be said."""
    for kind in _KINDS:
        register_kind(kind)
