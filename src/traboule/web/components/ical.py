"""Dates for somebody's own calendar (RFC 5545): events with their time zone, the same uid at every change.

Titles hold no word that gives away why somebody comes, and no name but a first name: calendars are shared.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from icalendar import Calendar, Event, vDuration

PRODUCT = "-//Traboule//Traboule//EN"
# How often a calendar may ask again.
ASK_AGAIN = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Gathering:
    """What goes into the calendar. ``sequence`` grows with every change; ``changed_at`` is the last one."""

    uid: str
    sequence: int
    title: str
    text: str
    place: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    changed_at: datetime
    cancelled: bool = False


def calendar_text(gathering: Gathering) -> bytes:
    """Return the file. A cancelled date has METHOD:CANCEL: a calendar that reads it strikes the date out."""
    calendar = _calendar("CANCEL" if gathering.cancelled else "PUBLISH")
    calendar.add_component(_event(gathering))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def feed_text(gatherings: Iterable[Gathering], *, name: str) -> bytes:
    """Return a calendar to subscribe to: all events, cancelled ones struck out, asked for every few hours.

    The same events give the same bytes: nothing in it comes from the clock.
    """
    calendar = _calendar("PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(ASK_AGAIN))
    shown = list(gatherings)
    for gathering in shown:
        event = _event(gathering)
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    if shown:
        first = min(gathering.starts_at for gathering in shown).date()
        last = max(gathering.ends_at for gathering in shown).date()
        # A whole year on either side: every change of the clocks that could matter is told.
        calendar.add_missing_timezones(first.replace(month=1, day=1), date(last.year + 2, 1, 1))
    return bytes(calendar.to_ical())


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _event(gathering: Gathering) -> Event:
    zone = ZoneInfo(gathering.timezone)
    event = Event()
    event.add("uid", f"{gathering.uid}@traboule")
    event.add("sequence", gathering.sequence)
    event.add("dtstamp", gathering.changed_at.astimezone(UTC))
    event.add("last-modified", gathering.changed_at.astimezone(UTC))
    event.add("dtstart", gathering.starts_at.astimezone(zone))
    event.add("dtend", gathering.ends_at.astimezone(zone))
    event.add("summary", gathering.title)
    event.add("description", gathering.text)
    event.add("location", gathering.place)
    event.add("status", "CANCELLED" if gathering.cancelled else "CONFIRMED")
    return event


def calendar_file(gathering: Gathering, name: str = "date.ics") -> HttpResponse:
    """Answer with the file."""
    kind = "text/calendar; charset=utf-8"
    return HttpResponse(
        calendar_text(gathering),
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
