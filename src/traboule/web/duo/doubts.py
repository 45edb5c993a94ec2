"""What is wrong with a log or a plan, in words that say what was expected."""

from django.utils.translation import gettext

from traboule.apps.duos.actions import DuoRests, MeetingMoved, NotAhead, OutsideDuo
from traboule.apps.duos.queries.meeting_words import say_length
from traboule.kernel.lifecycle import IllegalMove
from traboule.kernel.rhythm import Doubt, Implausible

REFUSALS = (DuoRests, NotAhead, OutsideDuo, MeetingMoved, IllegalMove, Implausible)


def doubt(wrong: Implausible) -> str:
    """Say why a log cannot be, or is asked back."""
    said = {"found": say_length(wrong.minutes), "most": say_length(wrong.most)}
    if wrong.doubt is Doubt.BEFORE_START:
        return gettext("This day lies before your duo began.")
    if wrong.doubt is Doubt.AFTER_END:
        return gettext("This day lies after the end of your duo.")
    if wrong.doubt is Doubt.IN_FUTURE:
        return gettext("This day has not come yet. You can say it afterwards.")
    if wrong.doubt is Doubt.TOO_SHORT:
        return gettext("That is very short. The least is %(most)s.") % said
    if wrong.doubt is Doubt.DAY_TOO_LONG:
        return gettext("That makes %(found)s on one day. At most %(most)s are possible.") % said
    if wrong.doubt is Doubt.WEEK_TOO_LONG:
        return gettext("That makes %(found)s in one week. We expect about 2 h, and at most %(most)s.") % said
    return gettext("That makes %(found)s in one week. We expect about 2 h. Is it right?") % said


def refusal(wrong: Exception) -> str:
    """Say why a meeting cannot be planned, moved or logged."""
    if isinstance(wrong, Implausible):
        return doubt(wrong)
    if isinstance(wrong, DuoRests):
        return gettext("Your duo rests at the moment. Nothing is planned.")
    if isinstance(wrong, NotAhead):
        return gettext("Choose a time that is still to come, within a year.")
    if isinstance(wrong, OutsideDuo):
        return gettext("This day lies before your duo began.")
    if isinstance(wrong, MeetingMoved):
        return gettext("This meeting has a new time. Please write about that one.")
    return gettext("This has changed meanwhile. Please look again.")


def field_of(wrong: Exception) -> str | None:
    """Which field of a log an error belongs to; None: the whole form."""
    if not isinstance(wrong, Implausible):
        return None
    lengths = (Doubt.TOO_SHORT, Doubt.DAY_TOO_LONG, Doubt.WEEK_TOO_LONG, Doubt.WEEK_LONG)
    return "minutes" if wrong.doubt in lengths else "outcome"
