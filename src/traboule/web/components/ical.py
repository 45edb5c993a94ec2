"""A date for somebody's own calendar (RFC 5545): one event with its time zone, the same uid at every change.

Titles hold no word that gives away why somebody comes, and no name but a first name: calendars are shared.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from icalendar import Calendar, Event

PRODUCT = "-//Traboule//Traboule//EN"


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
    zone = ZoneInfo(gathering.timezone)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if gathering.cancelled else "PUBLISH")
    event = Event()
    event.add("uid", f"{gathering.uid}@traboule")
    event.add("sequence", gathering.sequence)
    event.add("dtstamp", gathering.changed_at.astimezone(UTC))
    event.add("dtstart", gathering.starts_at.astimezone(zone))
    event.add("dtend", gathering.ends_at.astimezone(zone))
    event.add("summary", gathering.title)
    event.add("description", gathering.text)
    event.add("location", gathering.place)
    event.add("status", "CANCELLED" if gathering.cancelled else "CONFIRMED")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def calendar_file(gathering: Gathering, name: str = "date.ics") -> HttpResponse:
    """Answer with the file."""
    kind = "text/calendar; charset=utf-8"
    return HttpResponse(
        calendar_text(gathering),
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
