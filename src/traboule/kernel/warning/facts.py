"""The dated facts of one duo, as they were known on one day. Days are calendar days of the branch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from traboule.kernel.rhythm import Rhythm, monday_of, planned_slots


class Side(StrEnum):
    """Whose fact it is."""

    MENTOR = "mentor"
    MENTEE = "mentee"


class Kind(StrEnum):
    """What makes a week one that nobody expects a meeting of."""

    PAUSE = "pause"
    AWAY = "away"
    SUBSTITUTE = "substitute"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class Span:
    """Known days, both included, on which the alarms rest; `side` says who is away."""

    kind: Kind
    first: date
    last: date
    side: str = ""

    def holds(self, day: date) -> bool:
        """Whether it covers a day."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Week:
    """A week of which a meeting is expected: its Monday, and the day of the rhythm, or its Sunday."""

    monday: date
    due: date
    is_fixed: bool

    @property
    def days(self) -> tuple[date, ...]:
        """Its seven days."""
        return tuple(self.monday + timedelta(days=number) for number in range(7))


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened to one side on a day; `value` is the mean of a rating in hundredths."""

    side: str
    day: date
    value: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the warning looks at. What lies after `today` is left out by whoever gathers it."""

    today: date
    started_on: date
    ends_on: date
    weeks: tuple[Week, ...] = ()
    held: frozenset[date] = frozenset()
    undelivered: tuple[Mark, ...] = ()
    delivered: tuple[Mark, ...] = ()
    asked: tuple[Mark, ...] = ()  # questions without an answer
    answered: tuple[Mark, ...] = ()
    ratings: tuple[Mark, ...] = ()
    talks: tuple[Mark, ...] = ()  # the team spoke with this side
    steps_ahead: frozenset[date] = frozenset()
    steps_said: frozenset[date] = frozenset()
    spans: tuple[Span, ...] = ()

    @property
    def last_held(self) -> date | None:
        """The day of the last meeting that took place."""
        return max((day for day in self.held if day <= self.today), default=None)


FREE_DAYS = 3
"""A week without a fixed day is excused by so many days on which one of the two was away."""


def due_weeks(
    rhythms: Iterable[Rhythm], *, first: date, last: date, zone: ZoneInfo, count: int
) -> tuple[Week, ...]:
    """The last `count` weeks whose meeting was due from `first` to `last`, the oldest first.

    Each week has one: on the day of the rhythm that holds, or by its Sunday where there is no fixed day.
    """
    start = max(first, monday_of(last) - timedelta(weeks=count))
    fixed = {slot.week: slot.day for slot in planned_slots(rhythms, first=start, last=last, zone=zone)}
    found = []
    monday = monday_of(start)
    while monday <= last:
        due = fixed.get(monday, monday + timedelta(days=6))
        if first <= due <= last:
            found.append(Week(monday, due, monday in fixed))
        monday += timedelta(weeks=1)
    return tuple(found[-count:])


def is_excused(week: Week, spans: Iterable[Span]) -> bool:
    """Whether no meeting is expected of a week: its fixed day is covered, or three days of a free one."""
    if week.is_fixed:
        return any(span.holds(week.due) for span in spans)
    kept = list(spans)
    return sum(any(span.holds(day) for span in kept) for day in week.days) >= FREE_DAYS
