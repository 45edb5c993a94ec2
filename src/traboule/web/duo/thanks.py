"""What a log served, said at once: the number of the meeting, the hours together, what came of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, ngettext

from traboule.apps.duos.enums_meetings import Happened, MeetingState
from traboule.apps.duos.queries.meeting_words import say_length, say_when
from traboule.apps.duos.queries.meetings import COUNTED, diary


@dataclass(frozen=True, slots=True)
class Thanks:
    """A heading and up to three short sentences."""

    title: str
    lines: tuple[str, ...]


def thanks(duo: Any, meeting: Any, outcome: str, now: datetime) -> Thanks:
    """Return what to say after a log."""
    if outcome == Happened.MISSED:
        return Thanks(gettext("Thank you for telling us."), (gettext("It happens. Next time it will work."),))
    if outcome == Happened.MOVED:
        if meeting.state == MeetingState.PLANNED and meeting.planned_at > now:
            when = say_when(meeting.planned_at, duo.branch.timezone)
            return Thanks(gettext("It is moved."), (when, gettext("Both of you get a message.")))
        return Thanks(gettext("Thank you for telling us."), (gettext("Find a new time soon."),))
    found = diary(duo, now)
    if meeting.state != MeetingState.HELD:
        return Thanks(gettext("Thank you."), (gettext("It is written down."),))
    number = [entry.meeting.pk for entry in found.held].index(meeting.pk) + 1
    return Thanks(gettext("Thank you."), tuple(_lines(number, found)))


def _lines(number: int, found: Any) -> list[str]:
    lines = [
        gettext("That is meeting %(number)s.") % {"number": number},
        gettext("%(hours)s together.") % {"hours": say_length(found.minutes)},
    ]
    served = [(code, found.served[code]) for code in COUNTED if found.served[code]]
    lines += [_times(str(code), count) for code, count in served[:2]]
    return lines


def _times(code: str, count: int) -> str:
    words = {
        "applications": ngettext(
            "%(count)s time for applications.", "%(count)s times for applications.", count
        ),
        "interview": ngettext("%(count)s time for interviews.", "%(count)s times for interviews.", count),
        "cv": ngettext("%(count)s time for the CV.", "%(count)s times for the CV.", count),
        "letters": ngettext("%(count)s time for letters.", "%(count)s times for letters.", count),
    }
    return words[code] % {"count": count}
