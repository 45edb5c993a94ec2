"""Pictures along time: shares that met an event by month, and limits of several looks at data.

Arithmetic on plain values; words come from the templates. Lengths are SVG units.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LEFT, RIGHT, TOP, BASE, HEIGHT = 74.0, 620.0, 30.0, 290.0, 340.0
DASHES = ("", "12 6", "3 6")
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """One curve: its path, how it is dashed, and the band of its interval ("" where none is drawn)."""

    name: str
    path: str
    dash: str
    band: str = ""


@dataclass(frozen=True, slots=True)
class Steps:
    """Curves on one scale: months across, shares upwards in per cent."""

    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, int], ...]
    levels: tuple[tuple[float, int], ...]
    height: float = HEIGHT
    base: float = BASE


def _x(value: float, most: float) -> float:
    return round(LEFT + (RIGHT - LEFT) * value / most, 1)


def _y(share: float, top: float) -> float:
    return round(BASE - (BASE - TOP) * min(share / top, 1.0), 1)


def steps(
    found: Sequence[tuple[str, Sequence[tuple[float, float, float, float]]]],
    *,
    most: int,
    until: Sequence[float] = (),
) -> Steps:
    """Draw (name, [(month, share, low, high)]) up to ``most`` months; the band of a curve that is alone.

    ``until``: the month at which each line ends, where that is earlier.
    """
    alone = len(found) == 1
    ends = until or [float(most)] * len(found)
    lines = tuple(
        Line(
            name,
            _staircase([(month, share) for month, share, _, _ in points], most, ends[number]),
            DASHES[number % len(DASHES)],
            _band(points, most) if alone else "",
        )
        for number, (name, points) in enumerate(found)
    )
    ticks = tuple((_x(month, most), month) for month in range(0, most + 1, 3))
    levels = tuple((_y(part / 100, 1.0), part) for part in (0, 25, 50, 75, 100))
    return Steps(lines, ticks, levels)


def _corners(points: Sequence[Point], most: float, end: float) -> list[Point]:
    """Each share holds until the next step, the last one until ``end``."""
    kept = [point for point in points if point[0] <= end]
    found: list[Point] = []
    for number, (month, share) in enumerate(kept):
        until = kept[number + 1][0] if number + 1 < len(kept) else end
        found += [(_x(month, most), _y(share, 1.0)), (_x(until, most), _y(share, 1.0))]
    return found


def _drawn(corners: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in corners)


def _staircase(points: Sequence[Point], most: float, end: float) -> str:
    return _drawn(_corners(points, most, end))


def _band(points: Sequence[tuple[float, float, float, float]], most: float) -> str:
    upper = _corners([(month, high) for month, _, _, high in points], most, most)
    lower = _corners([(month, low) for month, _, low, _ in points], most, most)
    return _drawn([*upper, *reversed(lower)]) + "Z"


@dataclass(frozen=True, slots=True)
class Look:
    """One look: where its limit lies, and where what was found, if anything."""

    number: int
    x: float
    limit_y: float
    found_y: float | None


@dataclass(frozen=True, slots=True)
class Looks:
    """The limits of planned looks as a line, with what was found; upwards in standard errors."""

    rows: tuple[Look, ...]
    path: str
    levels: tuple[tuple[float, int], ...]
    height: float = HEIGHT
    base: float = BASE


def looks(found: Sequence[tuple[float, float | None]]) -> Looks:
    """Draw (limit, what was found in standard errors or None) of each planned look."""
    top = max(max(limit, value or 0.0) for limit, value in found) * 1.1
    wide = len(found) + 1
    rows = tuple(
        Look(number, _x(number, wide), _y(limit, top), None if value is None else _y(value, top))
        for number, (limit, value) in enumerate(found, start=1)
    )
    levels = tuple((_y(level, top), level) for level in range(int(top) + 1))
    return Looks(rows, _drawn([(row.x, row.limit_y) for row in rows]), levels)
