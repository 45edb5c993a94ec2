"""Small numbers: which cells of a cube are hidden, so that nobody below the floor is shown or worked out."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

SMALLEST = 5

# A cell, by whatever names it: hashable, and in an order, so that ties break alike on every machine.
Key = TypeVar("Key", bound=Any)


@dataclass(slots=True)
class _Hiding(Generic[Key]):
    cube: Mapping[Key, int]
    floor: int
    hidden: set[Key]

    def close(self, equation: Sequence[Key]) -> Key | None:
        """Hide one more cell of an equation whose hidden cells can be worked out, and return it."""
        gone = [cell for cell in equation if cell in self.hidden]
        if not gone:
            return None
        total, *parts = equation
        enough = sum(self.cube.get(cell, 0) for cell in gone if cell != total) >= self.floor
        if len(gone) > 1 and (enough or total in gone):
            return None
        left = [cell for cell in parts if cell not in self.hidden and self.cube.get(cell, 0)]
        choice = min(left, key=lambda cell: (self.cube[cell], cell), default=None)
        if choice is None and total not in self.hidden:
            choice = total
        if choice is None:
            return None
        self.hidden.add(choice)
        return choice


def hide(cube: Mapping[Key, int], equations: Iterable[Sequence[Key]], floor: int = SMALLEST) -> set[Key]:
    """The cells to hide: fewer people than `floor`, and what keeps them from being worked out.

    An equation is (total, part, part, …). In none of them exactly one cell that is not empty is hidden, and
    hidden parts beside a shown total are together never fewer people than the floor. Made for cubes of many
    thousand cells: it looks at one equation at a time. A table of a report is held by
    `kernel.indicators.release`, which looks at all of them together, and at what was shown before.
    """
    work = _Hiding(cube, floor, {cell for cell, number in cube.items() if 0 < number < floor})
    # An empty cell says nothing: without it an equation is shorter, and one of a single cell is none.
    every = [tuple(cell for cell in equation if cube.get(cell)) for equation in equations]
    every = [equation for equation in every if len(equation) > 1]
    holding: dict[Key, list[int]] = defaultdict(list)
    for number, equation in enumerate(every):
        for cell in equation:
            holding[cell].append(number)
    waiting = deque(range(len(every)))
    is_waiting = set(waiting)
    while waiting:
        number = waiting.popleft()
        is_waiting.discard(number)
        while (gone := work.close(every[number])) is not None:
            more = [other for other in holding[gone] if other not in is_waiting]
            waiting.extend(more)
            is_waiting.update(more)
    return work.hidden
