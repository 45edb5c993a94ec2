"""The last weeks of a duo, and who starts again: days and shares, without names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from traboule.kernel.calendar import months_after, working_day
from traboule.kernel.calibration import Share, wilson

LAST_WEEKS = timedelta(days=14)
LONGEST_EXTENSION = timedelta(weeks=26)
WELL_BEING_MONTHS = (2, 4)
RENEWAL_MONTHS = 6
"""How long after the end of a duo a new one counts as starting again. A choice of this house: the published
figure names no window."""
SMALLEST_GROUP = 5
"""Answers of fewer people than this are not shown as a figure: somebody could be recognised."""


def closing_talk_day(ends_on: date) -> date:
    """The day of the closing talk: a working day one week before the end, in the last two weeks."""
    return min(working_day(ends_on - timedelta(days=7)), ends_on)


def talk_is_near(ends_on: date, today: date) -> bool:
    """Say whether the last two weeks have begun."""
    return today >= ends_on - LAST_WEEKS


@dataclass(frozen=True, slots=True)
class Renewal:
    """Of `closed` mentors whose window is closed, `again` started again; of `not_due` it cannot be said yet.

    `share` is None while no window is closed.
    """

    share: Share | None
    again: int
    closed: int
    not_due: int
    months: int


def renewal(
    ended: Iterable[tuple[int, date]],
    started: Mapping[int, Iterable[date]],
    today: date,
    months: int = RENEWAL_MONTHS,
) -> Renewal:
    """Who started again within `months` after their first duo ended.

    Each mentor counts once, by the first end. A new duo counts if it starts on the day of that end or later,
    and no later than `months` after it. Whoever started again before the window closed still waits for the
    window: else the quick ones alone would count, and the share would be too high.
    """
    first: dict[int, date] = {}
    for mentor, day in ended:
        first[mentor] = min(day, first.get(mentor, day))
    closed = {mentor: day for mentor, day in first.items() if renewal_is_due(day, today, months)}
    again = sum(is_again(day, started.get(mentor, ()), months) for mentor, day in closed.items())
    share = wilson(again, len(closed)) if closed else None
    return Renewal(share, again, len(closed), len(first) - len(closed), months)


def renewal_is_due(ended: date, today: date, months: int = RENEWAL_MONTHS) -> bool:
    """Whether it can be said of a mentor whose first duo ended on `ended`: the window has closed."""
    return months_after(ended, months) < today


def is_again(ended: date, started: Iterable[date], months: int = RENEWAL_MONTHS) -> bool:
    """Whether one of the duos started from the day of that end to the last day of the window."""
    last = months_after(ended, months)
    return any(ended <= begun <= last for begun in started)
