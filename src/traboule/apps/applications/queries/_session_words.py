"""Dates, hours and places of a session in the words of one reader, by the clock of the branch."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as written
from django.utils.translation import gettext, pgettext

from traboule.apps.applications.models import InfoSession
from traboule.apps.messages.words import said_hour


def say_when(moment: datetime, timezone: str) -> str:
    """Say an instant by the clock of a branch, in the active language: "Tuesday 9 December, 10:00"."""
    # Without its zone: the hour is already that of the branch, and dateformat would turn it once more.
    local = moment.astimezone(ZoneInfo(timezone)).replace(tzinfo=None)
    # Translators: Django date format; l = weekday, j = day, F = month.
    day = written(local, pgettext("date format", "l j F"))
    # Translators: Django time format; H = hour, i = minutes. French: H \h i
    hour = said_hour(local)
    return gettext("%(day)s, %(hour)s") % {"day": day, "hour": hour}


def say_place(session: InfoSession) -> str:
    """Say where in a text message: the name of the place. Address and room stand behind its link."""
    return session.room.venue.name if session.room is not None else gettext("online")


def say_where(session: InfoSession, *, to_all: bool = False) -> str:
    """Say where a session is: room, address to join online, or both; ``to_all`` hides that address."""
    parts = []
    if session.room is not None:
        parts.append(f"{session.room.venue.name} ({session.room.name}), {session.room.venue.full_address}")
    if session.online_url and to_all:
        parts.append(gettext("online"))
    elif session.online_url:
        parts.append(gettext("online: %(address)s") % {"address": session.online_url})
    return " · ".join(parts)
