"""Where the names of a map fit: above, below, behind or before their circle, or nowhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

LETTER, LINE = 11.5, 24.0  # width of a letter and height of a line at the size used on maps, generously


@dataclass(frozen=True, slots=True)
class Label:
    """A name at its place; `anchor` is the SVG word for what stands at x."""

    text: str
    x: float
    y: float
    anchor: Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Circle:
    """What the names must not cover."""

    name: str
    x: float
    y: float
    radius: float


_Box = tuple[float, float, float, float]


def _box(label: Label) -> _Box:
    width = LETTER * len(label.text)
    first = {"start": label.x, "middle": label.x - width / 2, "end": label.x - width}[label.anchor]
    return first, label.y - LINE * 0.8, first + width, label.y + LINE * 0.2


def _candidates(circle: Circle) -> Iterator[Label]:
    x, y, away = circle.x, circle.y, circle.radius + 6
    yield Label(circle.name, x, round(y - away, 1), "middle")
    yield Label(circle.name, round(x + away, 1), round(y + 7, 1), "start")
    yield Label(circle.name, round(x - away, 1), round(y + 7, 1), "end")
    yield Label(circle.name, x, round(y + away + 16, 1), "middle")


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _around(circle: Circle) -> _Box:
    r = circle.radius
    return circle.x - r, circle.y - r, circle.x + r, circle.y + r


def place_labels(
    circles: Sequence[Circle], *, width: float, height: float, most: int, after: Sequence[Circle] = ()
) -> tuple[Label, ...]:
    """Place at most `most` names in their order, then those of `after`; what fits nowhere is left out."""
    taken = [_around(circle) for circle in circles]
    placed: list[Label] = []
    for circle in (*circles, *after):
        if len(placed) >= most and circle not in after:
            continue
        label = next((label for label in _candidates(circle) if _is_free(label, taken, width, height)), None)
        if label is not None:
            placed.append(label)
            taken.append(_box(label))
    return tuple(placed)


def _is_free(label: Label, taken: Sequence[_Box], width: float, height: float) -> bool:
    box = _box(label)
    inside = box[0] >= 2 and box[1] >= 2 and box[2] <= width - 2 and box[3] <= height - 2
    return inside and not any(_overlap(box, other) for other in taken)
