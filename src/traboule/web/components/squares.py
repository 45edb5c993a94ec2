"""A square per module: came, planned, missed, still open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

STEP = 16
# The words of the strip of weeks: full, dashed, hatched, pale.
LOOKS = {"present": "held", "planned": "paused", "missed": "missed", "excused": "missed"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One square; `look` is a class of the style sheet."""

    x: int
    number: int
    look: str
    state: str
    title: str


@dataclass(frozen=True, slots=True)
class Squares:
    """The picture and what its text alternative says."""

    cells: tuple[Cell, ...]
    width: int
    done: int
    planned: int
    missed: int


def squares(found: Sequence[Any]) -> Squares:
    """Draw `.number`, `.title`, `.state` of each module."""
    cells = tuple(
        Cell(2 + at * STEP, one.number, LOOKS.get(one.state, "ahead"), one.state, one.title)
        for at, one in enumerate(found)
    )
    states = [cell.look for cell in cells]
    return Squares(
        cells,
        max(STEP, len(cells) * STEP + 2),
        states.count("held"),
        states.count("paused"),
        states.count("missed"),
    )
