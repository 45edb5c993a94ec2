"""What people are told about check-ins, absences and who stands in: short, first names only."""

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from traboule.apps.messages.kinds import Kind, register_kind

EXAMPLE = {
    "first_name": "Selam",
    "other": "Anne",
    "from": "01/12",
    "until": "21/12",
    "branch": "Lyon",
    "link": "https://example.org/l/abcd/",
}
_SIGNED = _("The team in %(branch)s")
_HELLO = _("Hello %(first_name)s,")


def short_kind(
    code: str,
    title: Promise | str,
    subject: Promise | str,
    text: Promise | str,
    link: bool,
    example: dict[str, str] = EXAMPLE,
) -> Kind:
    """One sentence or two between greeting and signature; the same words make the short form."""
    address = "\n\n%(link)s" if link else ""
    body = format_lazy("{}\n\n{}{}\n\n{}", _HELLO, text, address, _SIGNED)
    sms = format_lazy("{} {}{} %(branch)s", _HELLO, text, " %(link)s" if link else "")
    return Kind(code=code, title=title, subject=subject, body=body, sms=sms, example=example)


_KINDS = (
    short_kind(
        "checkin.asked",
        _("Check-in: three questions"),
        _("How are you?"),
        _("How is it going with %(other)s? Three questions. Only the team reads your answers."),
        True,
    ),
    short_kind(
        "pulse.asked",
        _("How it goes between the two"),
        _("Three taps for you"),
        _("How do you get on with %(other)s? A few taps are enough. %(other)s does not see it."),
        True,
    ),
    short_kind(
        "pulse.reminder",
        _("How it goes between the two: a reminder"),
        _("Three taps for you"),
        _("We asked you how it goes. You may answer or skip it. It is the last reminder."),
        True,
    ),
    short_kind(
        "absence.noted",
        _("Away: it is noted"),
        _("You are away: it is noted"),
        _("You are away from %(from)s to %(until)s. Until then we do not remind you of anything."),
        False,
    ),
    short_kind(
        "absence.other",
        _("The other is away"),
        _("%(other)s is away for a while"),
        _("%(other)s is away from %(from)s to %(until)s. You need not do anything."),
        False,
    ),
    short_kind(
        "substitute.mentee",
        _("Somebody stands in: to the mentee"),
        _("%(other)s is there for you meanwhile"),
        _("From %(from)s to %(until)s, %(other)s meets you instead. Your mentor comes back afterwards."),
        False,
    ),
    short_kind(
        "substitute.mentor",
        _("Somebody stands in: to the mentor"),
        _("%(other)s stands in for you"),
        _("From %(from)s to %(until)s, %(other)s stands in for you. Have a good time."),
        False,
    ),
    short_kind(
        "substitute.asked",
        _("Somebody stands in: to who stands in"),
        _("You stand in: thank you"),
        _("From %(from)s to %(until)s you are there for %(other)s. You see their page during these days."),
        True,
    ),
    short_kind(
        "substitute.ended",
        _("Standing in has ended"),
        _("Thank you for standing in"),
        _("You were there for %(other)s. It is over now. Thank you."),
        False,
    ),
    short_kind(
        "substitute.returned",
        _("Standing in has ended: to the mentee"),
        _("Your mentor goes on with you"),
        _("%(other)s was there for you meanwhile. Now your mentor goes on with you."),
        False,
    ),
    short_kind(
        "duo.team_calls",
        _("The team calls"),
        _("The team will call you"),
        _("Your meetings rest for now. Somebody of the team will call you."),
        False,
    ),
)


def register_kinds() -> None:
    """Add them to what can be said."""
    for kind in _KINDS:
        register_kind(kind)
