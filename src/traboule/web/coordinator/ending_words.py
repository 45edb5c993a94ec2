"""Changes and endings in words: steps of today, the ways to end, the guide of the closing talk."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from traboule.apps.endings.enums import EndingStep

STEP_WORDS: dict[str, tuple[str, Promise]] = {
    EndingStep.CLOSING_TALK: ("waiting", _("Closing talk to hold")),
    EndingStep.ASKED_AGAIN: ("info", _("Asked again after a rest")),
    EndingStep.OTHER_ROLE: ("info", _("Wishes another role: call")),
    EndingStep.WANTS_TALK: ("urgent", _("Mentor would like to talk: call")),
}
STEP_PAGES: dict[str, str] = {
    EndingStep.CLOSING_TALK: "closing_talk",
    EndingStep.ASKED_AGAIN: "mentor_choice",
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to end a duo: what its page says."""

    title: Promise
    lede: Promise
    act: Promise
    done: Promise


WAYS: dict[str, Way] = {
    "done": Way(
        _("Close the duo"),
        _("The time is done. Both are told and thanked; the mentor is asked what comes next."),
        _("Close the duo"),
        _("Closed. Both are told, and the mentor is asked what comes next."),
    ),
    "early": Way(
        _("End before the day"),
        _("It is nobody’s fault. Both are told so, and each is asked why, apart from the other."),
        _("End the duo"),
        _("Ended. Both are told, and each is asked why."),
    ),
    "change": Way(
        _("Change of mentor"),
        _(
            "A normal act. The mentee comes first for a new mentor and keeps the plan;"
            " the mentor has the place back."
        ),
        _("Change the mentor"),
        _("Done. The mentee is back in the pool and comes first. Both are told."),
    ),
}
# What to talk about at the end, in this order.
GUIDE: tuple[Promise, ...] = (
    _("How did you begin, and where are you now? Let the mentee speak first."),
    _("Open the plan: what is reached, what goes on, with whom?"),
    _("What helped? What would you do otherwise?"),
    _("What does the mentee need now, and who gives it?"),
    _("Do you want to stay in touch? Both decide freely, and a no is fine."),
    _("Say goodbye to the programme: papers, keys, photos, what stays between you."),
    _("Alone with the mentor: how are you, and what comes next? Rest, again, another role, or stop."),
    _("Alone with the mentee: may we ask you later how it goes?"),
)
