"""When a duo meets: its rhythm, the meetings that follow, the weeks without one, what is plausible.

People live by the clock on the wall: a duo that meets on Tuesdays at ten meets at ten before and after the
clocks change. Instants go out as UTC; days are calendar days of the branch; weeks run from Monday to Sunday.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import count
from zoneinfo import ZoneInfo

from traboule.kernel.calendar import week_number

MINUTES = 120
"""Two hours a week for six months (OECD Youth Policy Toolkit)."""
SHORTEST, LONGEST = 5, 600
"""A meeting of less than five minutes is a greeting; more than ten hours in a day is a slip of the finger."""
MOST_A_DAY = 10 * 60
ASK_BACK_A_WEEK = 12 * 60
MOST_A_WEEK = 30 * 60
SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Rhythm:
    """From the day `since` on: every `weekday` (0 Monday), wall time `at`; None: free."""

    since: date
    weekday: int | None
    at: time | None
    minutes: int = MINUTES

    def __post_init__(self) -> None:
        if (self.weekday is None) != (self.at is None):
            raise ValueError("a rhythm has a weekday and a time, or neither")
        if self.weekday is not None and not 0 <= self.weekday <= SUNDAY:
            raise ValueError("weekdays run from 0 (Monday) to 6 (Sunday)")


@dataclass(frozen=True, slots=True)
class Slot:
    """One meeting that the rhythm asks for: the Monday of its week, its day, its instant and its length."""

    week: date
    day: date
    at: datetime
    minutes: int


def monday_of(day: date) -> date:
    """The Monday of the week that holds `day`."""
    return day - timedelta(days=day.weekday())


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which the clock on the wall shows `at` on `day`.

    An hour that the change skips is the same number of minutes after the change; of an hour that comes twice,
    the first is meant.
    """
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def planned_slots(rhythms: Iterable[Rhythm], *, first: date, last: date, zone: ZoneInfo) -> tuple[Slot, ...]:
    """The meetings that the rhythms ask for from `first` to `last`, both included; at most one a week.

    The rhythm that holds on a day is the latest one that has begun. Changed in mid-week, the first day wins.
    """
    known = sorted(rhythms, key=lambda rhythm: rhythm.since)
    weekdays = {rhythm.weekday for rhythm in known}
    found: dict[date, Slot] = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day.weekday() not in weekdays:
            continue
        holds = next((rhythm for rhythm in reversed(known) if rhythm.since <= day), None)
        if holds is None or holds.at is None or holds.weekday != day.weekday():
            continue
        slot = Slot(monday_of(day), day, instant(day, holds.at, zone), holds.minutes)
        found.setdefault(slot.week, slot)
    return tuple(found.values())


def weeks_without(started_on: date, met: Iterable[date], last: date) -> tuple[int, ...]:
    """Weeks of the duo, counted from 1, that lie wholly before or on `last` and hold no day of `met`."""
    held = {week_number(started_on, day) for day in met}
    whole = max(0, ((last - started_on).days + 1) // 7)
    return tuple(week for week in range(1, whole + 1) if week not in held)


def minutes_by_week(started_on: date, met: Iterable[tuple[date, int]]) -> Mapping[int, int]:
    """Week of the duo → minutes spent together, for the weeks in which they met."""
    found: dict[int, int] = {}
    for day, minutes in met:
        week = week_number(started_on, day)
        found[week] = found.get(week, 0) + minutes
    return dict(sorted(found.items()))


def suggestions(
    planned: datetime, *, now: datetime, zone: ZoneInfo, taken: Sequence[date] = (), number: int = 3
) -> tuple[datetime, ...]:
    """Other times for a meeting: the same time on the wall on the next free days, no Sunday, none past."""
    local = planned.astimezone(zone)
    first = max(local.date(), now.astimezone(zone).date()) + timedelta(days=1)
    at = local.time().replace(tzinfo=None, fold=0)
    days = (first + timedelta(days=ahead) for ahead in count())
    free = (day for day in days if day.weekday() != SUNDAY and day not in taken)
    return tuple(instant(next(free), at, zone) for _ in range(number))


class Doubt(StrEnum):
    """What is wrong with a logged length or day; the page says it in words, with what was expected."""

    BEFORE_START = "before_start"
    AFTER_END = "after_end"
    IN_FUTURE = "in_future"
    TOO_SHORT = "too_short"
    DAY_TOO_LONG = "day_too_long"
    WEEK_TOO_LONG = "week_too_long"
    WEEK_LONG = "week_long"


class Implausible(ValueError):
    """A log that cannot be, or (`asks_back`) one that is kept only if it is said twice.

    `minutes` is what the day or week would hold, `most` what was expected at most.
    """

    def __init__(self, doubt: Doubt, *, minutes: int = 0, most: int = 0) -> None:
        super().__init__(f"{doubt}: {minutes} minutes, at most {most}" if most else str(doubt))
        self.doubt = doubt
        self.minutes = minutes
        self.most = most

    @property
    def asks_back(self) -> bool:
        """Whether saying it a second time is enough."""
        return self.doubt is Doubt.WEEK_LONG


def check_day(day: date, *, started_on: date, ended_on: date | None, today: date) -> None:
    """Refuse a day before the duo began, after it ended, or that has not come. Raises Implausible."""
    if day < started_on:
        raise Implausible(Doubt.BEFORE_START)
    if day > today:
        raise Implausible(Doubt.IN_FUTURE)
    if ended_on is not None and day > ended_on:
        raise Implausible(Doubt.AFTER_END)


def check_minutes(
    day: date, minutes: int, *, others: Iterable[tuple[date, int]] = (), is_sure: bool = False
) -> None:
    """Refuse a length that the day or the week cannot hold. `others`: what the duo logged besides.

    Up to 10 hours a day; more than 12 hours a week is asked back unless `is_sure`; 30 hours never pass.
    Raises Implausible.
    """
    known = list(others)
    in_day = minutes + sum(spent for when, spent in known if when == day)
    in_week = minutes + sum(spent for when, spent in known if monday_of(when) == monday_of(day))
    if minutes < SHORTEST:
        raise Implausible(Doubt.TOO_SHORT, minutes=minutes, most=SHORTEST)
    if in_week >= MOST_A_WEEK:
        raise Implausible(Doubt.WEEK_TOO_LONG, minutes=in_week, most=ASK_BACK_A_WEEK)
    if in_day > MOST_A_DAY:
        raise Implausible(Doubt.DAY_TOO_LONG, minutes=in_day, most=MOST_A_DAY)
    if in_week > ASK_BACK_A_WEEK and not is_sure:
        raise Implausible(Doubt.WEEK_LONG, minutes=in_week, most=ASK_BACK_A_WEEK)
