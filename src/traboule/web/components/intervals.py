"""Shares with their 95 % interval, drawn on a line from 0 to 100 %. Lengths are SVG units."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

LEFT, WIDTH, ROW, TOP = 20.0, 600.0, 76.0, 40.0


@dataclass(frozen=True, slots=True)
class Interval:
    """One share: its words, its point and the ends of its interval."""

    name: str
    value: float
    low: float
    high: float
    y: float

    @property
    def text_y(self) -> float:
        """Where the words above the line stand."""
        return self.y - 18

    def x(self, share: float) -> float:
        """Where a share lies."""
        return round(LEFT + WIDTH * share, 1)

    @property
    def from_x(self) -> float:
        """Lower end."""
        return self.x(self.low)

    @property
    def at_x(self) -> float:
        """The share itself."""
        return self.x(self.value)

    @property
    def length(self) -> float:
        """Length of the interval."""
        return round(WIDTH * (self.high - self.low), 1)

    @property
    def bar_y(self) -> float:
        """Upper edge of the bar."""
        return self.y - 8


@dataclass(frozen=True, slots=True)
class Intervals:
    """All of them, and the lines of the scale."""

    rows: tuple[Interval, ...]
    ticks: tuple[tuple[float, int], ...]

    @property
    def height(self) -> float:
        """Height of the picture."""
        return TOP + ROW * len(self.rows) + 20

    @property
    def foot(self) -> float:
        """Where the scale is written."""
        return self.height - 4

    @property
    def base(self) -> float:
        """Where the lines of the scale end."""
        return self.height - 30


def intervals(shares: Sequence[tuple[str, Any]]) -> Intervals | None:
    """Draw (words, share with `value`, `low`, `high`); None when there is nothing to draw."""
    if not shares:
        return None
    rows = tuple(
        Interval(name, share.value, share.low, share.high, TOP + ROW * number + 16)
        for number, (name, share) in enumerate(shares)
    )
    ticks = tuple((LEFT + WIDTH * part / 4, part * 25) for part in range(5))
    return Intervals(rows, ticks)
