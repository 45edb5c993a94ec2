"""Clocks around a dated gathering: when to remind, how long a freed place is kept for somebody.

People live by the clock on the wall: "two days before, at ten" means ten on the wall, also when the clocks
change in between. Instants go in and come out as UTC.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

EVENING = time(18, 0)
MORNING = time(8, 0)
DAYS_AHEAD = 2
SHORTEST_NOTICE = timedelta(hours=1)
"""Who starts before nine is reminded the evening before: an hour is the least that helps."""

LONGEST_OFFER = timedelta(hours=24)
LATEST_OFFER = timedelta(hours=2)
"""Nobody is offered a place that is less than two hours away."""


def wall_clock(day_of: datetime, at: time, zone: ZoneInfo, *, days: int = 0) -> datetime:
    """The instant at which the clock on the wall shows `at`, `days` from the local day of `day_of`.

    An hour that the change skips is the same number of minutes after the change; of an hour that comes twice,
    the first is meant.
    """
    day = day_of.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def two_days_before(starts_at: datetime, zone: ZoneInfo) -> datetime:
    """The first reminder: two days before, at the same time on the wall, but between 8 and 18 o'clock."""
    at = starts_at.astimezone(zone).time().replace(tzinfo=None, fold=0)
    return wall_clock(starts_at, min(max(at, MORNING), EVENING), zone, days=-DAYS_AHEAD)


def morning_of(starts_at: datetime, zone: ZoneInfo) -> datetime:
    """The second reminder: at eight on the day, or at 18 the evening before if that leaves under an hour."""
    morning = wall_clock(starts_at, MORNING, zone)
    if starts_at - morning >= SHORTEST_NOTICE:
        return morning
    return wall_clock(starts_at, EVENING, zone, days=-1)


def offer_ends(now: datetime, starts_at: datetime) -> datetime | None:
    """Until when a freed place is kept: a day, at most half of the time left; None: too late to offer."""
    left = starts_at - now
    return None if left < LATEST_OFFER else now + min(LONGEST_OFFER, left / 2)
