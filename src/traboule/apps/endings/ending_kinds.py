"""What people are told when a duo rests, goes on, ends or begins again: short, humane, blaming nobody."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.messages.kinds import register_kind
from traboule.apps.support.support_kinds import EXAMPLE, short_kind

_EXAMPLE = {**EXAMPLE, "day": "26/03/2027"}

_KINDS = (
    (
        "duo.pausing",
        _("A duo rests"),
        _("Your meetings rest for a while"),
        _("Your meetings with %(other)s rest from %(day)s. You need not do anything."),
        False,
    ),
    (
        "duo.going_on",
        _("A duo goes on"),
        _("Your meetings go on"),
        _("Your meetings with %(other)s go on. Thank you for your patience."),
        False,
    ),
    (
        "ending.mentee_change",
        _("Change of mentor: to the mentee"),
        _("You get another mentor"),
        _(
            "You and %(other)s do not go on together. That happens, and it is nobody’s fault."
            " You come first for a new mentor. Your plan stays yours."
        ),
        False,
    ),
    (
        "ending.mentor_change",
        _("Change of mentor: to the mentor"),
        _("Your duo ends"),
        _(
            "You and %(other)s do not go on together. That happens, and it is nobody’s fault."
            " Somebody builds on what you began. Your place is free again. Thank you."
        ),
        False,
    ),
    (
        "ending.early",
        _("A duo ends before its day"),
        _("Your duo ends"),
        _(
            "You and %(other)s stop meeting as a duo. It is nobody’s fault."
            " What you did together counts. Thank you."
        ),
        False,
    ),
    (
        "ending.done",
        _("A duo is done"),
        _("Your time as a duo is done"),
        _("You and %(other)s went the whole way together. Thank you, and all the best."),
        False,
    ),
    (
        "ending.word",
        _("Why it ended: asked of one side"),
        _("One question for you"),
        _("Why did it end, as you see it? Only the team reads your answer. %(other)s never does."),
        True,
    ),
    (
        "extension.asked",
        _("Going on longer: both are asked"),
        _("Go on together a little longer?"),
        _("Do you want to go on with %(other)s until %(day)s? Say yes or no. A no does no harm."),
        True,
    ),
    (
        "extension.agreed",
        _("Going on longer: agreed"),
        _("You go on together"),
        _("You and %(other)s go on until %(day)s."),
        False,
    ),
    (
        "extension.stays",
        _("Going on longer: it stays as it was"),
        _("It stays as you agreed"),
        _("It stays as you agreed. You and %(other)s meet until %(day)s."),
        False,
    ),
    (
        "mentor.onward",
        _("After a duo: what comes next"),
        _("What comes next for you?"),
        _(
            "Your duo with %(other)s is over. What did it bring you, and what comes next?"
            " Rest is an answer too."
        ),
        True,
    ),
    (
        "mentor.again",
        _("Asked again after a rest"),
        _("What comes next for you?"),
        _("You wished to hear from us again around now. What comes next for you?"),
        True,
    ),
    (
        "certificate.ready",
        _("The certificate is ready"),
        _("Your certificate is ready"),
        _("Your certificate is ready. It says what you did together."),
        True,
    ),
    (
        "wellbeing.asked",
        _("How the mentor is"),
        _("How are you as a mentor?"),
        _("How are you as a mentor? Three taps. Only the team reads it."),
        True,
    ),
)


def register_kinds() -> None:
    """Add them to what can be said."""
    for code, title, subject, text, link in _KINDS:
        register_kind(short_kind(code, title, subject, text, link, _EXAMPLE))
