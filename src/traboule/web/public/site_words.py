"""What the public pages say before a branch says it in its own words: short, warm, translated."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from traboule.apps.branches.enums import SitePart


def _welcome() -> list[str]:
    return [_("Two lives, one way forward.")]


def _lead() -> list[str]:
    return [_("Somebody with a long working life meets somebody who looks for work.")]


def _about() -> list[str]:
    return [
        _("People over 50 pass on what they know about work."),
        _("Young people who are new here, aged 18 to 33, use it to find their place."),
        _("The two meet two hours a week, for six months. Our team stays beside them."),
        _("People choose, not a computer. You both say yes, or there is no duo. It costs nothing."),
    ]


def _mentor() -> list[str]:
    return [
        _("You are over 50 and you know working life. That is all we ask."),
        _("Come to an information session first. Then we talk, and we train you: eight half days."),
        _("You give two hours a week for six months. You are never alone: the team and other mentors help."),
    ]


def _mentee() -> list[str]:
    return [
        _("You are 18 to 33, you are new here, and you look for work or training."),
        _("Your mentor knows working life. You meet two hours a week, for six months."),
        _("Together you look for work, write your CV, practise for interviews, meet people."),
        _("Everything is free. We never ask you for money. You may stop at any time."),
    ]


def _contact() -> list[str]:
    return [
        _("Write to us or call us, in the language you like."),
        _("You have no e-mail? Come by, or ask an adviser to call us."),
    ]


DEFAULTS: dict[str, Callable[[], list[str]]] = {
    SitePart.WELCOME: _welcome,
    SitePart.LEAD: _lead,
    SitePart.ABOUT: _about,
    SitePart.MENTOR: _mentor,
    SitePart.MENTEE: _mentee,
    SitePart.CONTACT: _contact,
}


def mentor_steps() -> list[str]:
    """Return the way of a mentor, in a few words a step."""
    return [
        _("Information session"),
        _("A talk with us"),
        _("Training: eight half days"),
        _("You meet your mentee"),
        _("Six months together"),
    ]


def mentee_steps() -> list[str]:
    """Return the way of a mentee, in a few words a step."""
    return [
        _("You write to us"),
        _("A talk with us"),
        _("We look for your mentor"),
        _("You meet, with us"),
        _("Six months together"),
    ]
