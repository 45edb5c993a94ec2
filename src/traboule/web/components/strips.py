"""Weeks of duos as pictures: a thin strip for a wall of many, and one with its check-ins and milestones.

One path a state keeps a wall of forty strips light. Lengths are SVG units.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from traboule.kernel.calendar import week_number

STEP, CELL, HIGH = 14, 11, 22
STATES = ("held", "moved", "missed", "paused", "open", "planned", "ahead")


@dataclass(frozen=True, slots=True)
class Thin:
    """Weeks in one row: a path for each state, and where the week that runs stands (0: nowhere)."""

    paths: tuple[tuple[str, str], ...]
    width: int
    now_x: int


def thin(weeks: Sequence[str], *, now: int, total: int) -> Thin:
    """Draw the weeks lived so far and those ahead."""
    states = [*weeks, *["ahead"] * (total - len(weeks))][:total]
    found = ((state, _path(states, state)) for state in STATES)
    return Thin(
        tuple((state, path) for state, path in found if path),
        total * STEP + 6,
        STEP * (now - 1) + 2 if now else 0,
    )


def _path(states: Sequence[str], wanted: str) -> str:
    return "".join(
        f"M{4 + n * STEP} 6h{CELL}v{HIGH}h-{CELL}z" for n, state in enumerate(states) if state == wanted
    )


@dataclass(frozen=True, slots=True)
class Dot:
    """Something dated beside the weeks: its day, what became of it, its words."""

    day: date
    state: str
    text: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark in the picture: where its middle is, and what became of it."""

    x: float
    state: str


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One week of the table below the picture."""

    number: int
    first: date
    last: date
    state: str
    is_now: bool
    check_ins: tuple[Dot, ...]
    milestones: tuple[Dot, ...]
    away: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DuoStrip:
    """A duo as a strip: the weeks, a row of check-ins, a row of milestones, a line for each absence."""

    thin: Thin
    months: tuple[tuple[float, int], ...]
    check_ins: tuple[Placed, ...]
    milestones: tuple[Placed, ...]
    away: tuple[tuple[float, float], ...]
    rows: tuple[WeekRow, ...]
    counts: Mapping[str, int]
    total: int
    now: int

    @property
    def width(self) -> int:
        """Width of the picture."""
        return self.thin.width


def duo_strip(
    weeks: Sequence[str],
    *,
    started_on: date,
    now: int,
    total: int,
    planned: Iterable[date] = (),
    check_ins: Sequence[Dot] = (),
    milestones: Sequence[Dot] = (),
    away: Sequence[tuple[date, date, str]] = (),
) -> DuoStrip:
    """Draw a duo. `weeks` as they were lived; `planned`: days of meetings ahead; `away`: first, last, who."""
    ahead = {week_number(started_on, day) for day in planned}
    states = [
        *weeks[:total],
        *("planned" if number in ahead else "ahead" for number in range(len(weeks) + 1, total + 1)),
    ]
    last = started_on + timedelta(weeks=total)
    inside = [
        (max(first, started_on), min(end, last))
        for first, end, _who in away
        if first < last and end >= started_on
    ]
    return DuoStrip(
        thin(states, now=now, total=total),
        _months(total),
        _placed(check_ins, started_on, total),
        _placed(milestones, started_on, total),
        tuple(
            (_x(first, started_on), max(6.0, _x(end, started_on) - _x(first, started_on)))
            for first, end in inside
        ),
        tuple(
            _row(n, state, started_on, now, check_ins, milestones, away) for n, state in enumerate(states, 1)
        ),
        {state: states.count(state) for state in STATES},
        total,
        now,
    )


def _x(day: date, started_on: date) -> float:
    return round(3 + (day - started_on).days * STEP / 7, 1)


def _months(total: int) -> tuple[tuple[float, int], ...]:
    """Where each month begins, counted from 1: a month is a sixth of twenty-six weeks."""
    count = max(1, round(total / 26 * 6))
    return tuple((round(4 + STEP * total * n / count, 1), n + 1) for n in range(count))


def _placed(dots: Iterable[Dot], started_on: date, total: int) -> tuple[Placed, ...]:
    """Those that fall into the weeks drawn."""
    kept = (dot for dot in dots if 0 <= (dot.day - started_on).days < 7 * total + 14)
    most = total * STEP + 0.0
    return tuple(Placed(min(most, _x(dot.day, started_on) + 1), dot.state) for dot in kept)


def _row(
    number: int,
    state: str,
    started_on: date,
    now: int,
    check_ins: Sequence[Dot],
    milestones: Sequence[Dot],
    away: Sequence[tuple[date, date, str]],
) -> WeekRow:
    first = started_on + timedelta(weeks=number - 1)
    last = first + timedelta(days=6)
    return WeekRow(
        number,
        first,
        last,
        state,
        number == now,
        tuple(dot for dot in check_ins if first <= dot.day <= last),
        tuple(dot for dot in milestones if first <= dot.day <= last),
        tuple(dict.fromkeys(who for begins, ends, who in away if begins <= last and ends >= first)),
    )
