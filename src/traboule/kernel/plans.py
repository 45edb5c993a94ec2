"""Dates of a plan: when milestones are due, when an interview is reminded of, what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from traboule.kernel.gatherings import EVENING, MORNING, morning_of, wall_clock

SUNDAY = 6


class Dated(StrEnum):
    """What may come next in a plan; on one day, the first of these comes first."""

    INTERVIEW = "interview"
    MILESTONE = "milestone"
    JOB_ENDS = "job_ends"


@dataclass(frozen=True, slots=True)
class Point:
    """A dated thing of a plan: its kind, its day and the number of its row."""

    kind: Dated
    day: date
    id: int


def next_of(points: Iterable[Point], today: date) -> Point | None:
    """Return the first point from `today` on; None: there is no next step."""
    ahead = [point for point in points if point.day >= today]
    order = list(Dated)
    return min(ahead, key=lambda point: (point.day, order.index(point.kind), point.id), default=None)


def due_days(start: date, days: int, count: int) -> tuple[date, ...]:
    """Days of `count` milestones, one every `days` days after `start`. Raises ValueError below one day."""
    if days < 1:
        raise ValueError("milestones are at least one day apart")
    return tuple(start + timedelta(days=days * number) for number in range(1, count + 1))


def day_before(starts_at: datetime, zone: ZoneInfo) -> datetime:
    """The first reminder of an interview: the day before at the same time on the wall, between 8 and 18.

    Nobody is written to on a Sunday: what begins on a Monday is said on Saturday.
    """
    local = starts_at.astimezone(zone)
    at = min(max(local.time().replace(tzinfo=None, fold=0), MORNING), EVENING)
    days = 2 if (local - timedelta(days=1)).weekday() == SUNDAY else 1
    return wall_clock(starts_at, at, zone, days=-days)


def reminders_of(starts_at: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Both reminders of an interview, in UTC: the day before, and the same morning."""
    return day_before(starts_at, zone), morning_of(starts_at, zone)
