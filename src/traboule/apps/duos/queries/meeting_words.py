"""A meeting in words, in the language that is spoken now: when, where, how often, how long."""

# said to: everybody

from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from traboule.apps.applications.queries.sessions import say_when
from traboule.apps.duos.enums_meetings import How
from traboule.apps.messages.words import said_hour
from traboule.apps.people.enums import Day

__all__ = ["say_length", "say_rhythm", "say_when", "say_where"]


def say_where(planned: Any) -> str:
    """Return where they meet, or in which way; ``planned`` is a meeting or a rhythm."""
    if planned.how != How.IN_PERSON:
        return str(How(planned.how).label)
    return planned.place or gettext("at your usual place")


def say_rhythm(rhythm: Any) -> str:
    """Return a rhythm in words: "every week: Tuesday, 10:00"."""
    if rhythm is None or rhythm.weekday is None:
        return gettext("no fixed day: you agree each time")
    said = {"day": Day(rhythm.weekday).label, "hour": said_hour(datetime.combine(rhythm.since, rhythm.at))}
    return gettext("every week: %(day)s, %(hour)s") % said


def say_length(minutes: int) -> str:
    """Return a length as people say it: "1 h 30"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return gettext("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return gettext("%(hours)s h") % {"hours": hours}
    return gettext("%(hours)s h %(minutes)s") % {"hours": hours, "minutes": f"{rest:02}"}
