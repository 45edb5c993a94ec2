"""The picture of the path: one bar a step, as long as many people reached it. Lengths are SVG units."""

from collections.abc import Sequence
from dataclasses import dataclass

from traboule.kernel.path import StepFigures

WIDTH, BAR, GAP, NAME = 640.0, 30.0, 16.0, 36.0
ROW = NAME + BAR + GAP


@dataclass(frozen=True, slots=True)
class PathBar:
    """One step: where its bar stands, and how long it and its part of people who are there now are."""

    name: str
    figures: StepFigures
    y: float
    width: float
    here: float

    @property
    def text_y(self) -> float:
        """Where the words above the bar stand."""
        return self.y - 8

    @property
    def inside_y(self) -> float:
        """Where the number beside the bar stands."""
        return self.y + BAR / 2 + 6


@dataclass(frozen=True, slots=True)
class PathPicture:
    """All bars, and the height of the picture."""

    bars: tuple[PathBar, ...]
    width: float = WIDTH
    bar: float = BAR

    @property
    def height(self) -> float:
        """Height of the picture."""
        return ROW * len(self.bars) + 4


def path_picture(steps: Sequence[tuple[str, StepFigures]]) -> PathPicture | None:
    """Draw (words, figures) of each step; None when nobody is there. A hidden number has a thin bar."""
    top = max((figures.reached or 0 for _, figures in steps), default=0)
    if not any(figures.reached is None or figures.reached for _, figures in steps):
        return None
    bars = tuple(
        PathBar(name, figures, n * ROW + NAME, _length(figures.reached, top), _here(figures, top))
        for n, (name, figures) in enumerate(steps)
    )
    return PathPicture(bars)


def _length(count: int | None, top: int) -> float:
    if count is None:
        return 4.0
    return round((WIDTH - 70) * count / top, 1) if top else 0.0


def _here(figures: StepFigures, top: int) -> float:
    """Beside a hidden number the dark part would stand alone and say too much."""
    return 0.0 if figures.reached is None or not figures.here else _length(figures.here, top)
