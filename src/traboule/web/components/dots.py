"""A figure on one line: a dot, its interval, its bounds, and the published figure. Lengths are SVG units."""

from collections.abc import Sequence
from dataclasses import dataclass

LEFT, WIDTH = 20.0, 600.0
ROOM = 1.15  # how far the scale goes beyond the greatest number, where it has no end of its own


@dataclass(frozen=True, slots=True)
class Scale:
    """From where to where the line goes."""

    low: float
    high: float

    def x(self, value: float) -> float:
        """Where a number lies; what is beyond the line lies at its end."""
        share = (value - self.low) / (self.high - self.low)
        return round(LEFT + WIDTH * min(1.0, max(0.0, share)), 1)


@dataclass(frozen=True, slots=True)
class Dot:
    """Where everything of one figure lies; None: there is none."""

    scale: Scale
    at_x: float
    interval: tuple[float, float] | None
    bounds: tuple[float, float] | None
    mark_x: float | None

    @property
    def diamond(self) -> str:
        """The published figure as an SVG path."""
        return "" if self.mark_x is None else f"M{self.mark_x:g} 14l11 14l-11 14l-11 -14z"


def scale_of(numbers: Sequence[float | None], ends: tuple[float, float] | None) -> Scale:
    """Return the scale of figures that stand together: its own ends, else from 0 to beyond the greatest."""
    if ends is not None:
        return Scale(*ends)
    greatest = max((number for number in numbers if number is not None), default=0.0)
    return Scale(0.0, greatest * ROOM or 1.0)


def dot(
    value: float,
    interval: tuple[float | None, float | None],
    bounds: tuple[float | None, float | None],
    published: float | None,
    scale: Scale,
) -> Dot:
    """Draw one figure; an upper end that is not known reaches the end of the line."""
    mark = None if published is None else scale.x(published)
    return Dot(scale, scale.x(value), _drawn(interval, scale), _drawn(bounds, scale), mark)


def _drawn(ends: tuple[float | None, float | None], scale: Scale) -> tuple[float, float] | None:
    low, high = ends
    if low is None:
        return None
    start = scale.x(low)
    return start, round(scale.x(scale.high if high is None else high) - start, 1)
