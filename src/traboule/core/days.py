"""From an instant, which an edge read from the clock, to the calendar day of a place."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def local_day(now: datetime, timezone: str) -> date:
    """Return the calendar day of ``now`` in ``timezone`` (a name such as Europe/Paris)."""
    return now.astimezone(ZoneInfo(timezone)).date()
