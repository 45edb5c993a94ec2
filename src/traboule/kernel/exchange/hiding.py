"""Which cells of a published table are hidden so that nobody can work out a small one.

A small cell counts 1 to ``floor`` - 1 people. Beside it so many others are hidden that (1) no equation
between a total and its parts has one hidden cell alone, (2) hidden parts beside a shown total are together
never fewer than ``floor``, and (3) the shown cells, as a system of linear equations, determine no hidden
cell: some solution of the system moves each of them. (1) alone is not enough: where two rings of hidden cells
are joined by one cell, each line holds two and that cell is given away all the same (Gusfield 1988). (4) Nor
does it follow from counts being whole people: knowing that a hidden cell counts somebody, every hidden cell
that does may still be at least one more or one fewer.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Final, Generic, TypeVar

import numpy as np
import numpy.typing as npt

Key = TypeVar("Key", bound=Hashable)
_NOTHING: Final = 1e-7
_TRIES: Final = 8
_SOLVED: Final = 0


def hide(
    cube: Mapping[Key, int],
    equations: Iterable[Sequence[Key]],
    *,
    floor: int,
    also: Collection[Key] = (),
    blank: Collection[Key] = (),
) -> set[Key]:
    """Return the cells to hide. An equation is (total, part, part, …); every cell of it is in ``cube``.

    ``also``: cells hidden for another reason that count somebody; ``blank``: those that may count nobody. The
    same cube gives the same answer: of several cells that would do the smallest is hidden, among equals the
    first of ``cube``.
    """
    work = _Hiding(cube, [tuple(equation) for equation in equations], floor)
    work.hidden = {cell for cell, number in cube.items() if 0 < number < floor} | set(also) | set(blank)
    work.close()
    while away := determined(work.equations, work.hidden) or pinned(
        work.equations, cube, work.hidden, set(blank)
    ):
        found = {more for cell in work.ordered(away) if (more := work.beside(cell)) is not None}
        if not found:
            break  # nothing is left to hide: no shown cell stands beside what is determined
        work.hidden |= found
        work.close()
    return work.hidden


def determined(equations: Iterable[Sequence[Key]], hidden: Collection[Key]) -> set[Key]:
    """The hidden cells that follow exactly from the equations when every other cell is shown.

    ``hidden`` is looked up: a set. An equation is (total, part, part, …).
    """
    found: set[Key] = set()
    for cells, lines in _blocks(equations, hidden):
        moving = _moving(_matrix(cells, lines))
        found |= {cell for cell, moves in zip(cells, moving, strict=True) if not moves}
    return found


def pinned(
    equations: Iterable[Sequence[Key]],
    cube: Mapping[Key, int],
    hidden: Collection[Key],
    blank: Collection[Key],
) -> set[Key]:
    """Hidden cells with somebody in them that cannot be one more or one fewer, whatever else is possible.

    Possible is what satisfies the equations with 1 and more in each hidden cell, 0 and more in ``blank``.
    """
    found: set[Key] = set()
    for cells, lines in _blocks(equations, hidden):
        truth = np.array([cube[cell] for cell in cells], dtype=np.float64)
        low = np.array([0.0 if cell in blank else 1.0 for cell in cells])
        system = _Possible(_matrix(cells, lines), truth, low)
        moves = system.moves()
        found |= {cell for place, cell in enumerate(cells) if truth[place] and not moves[place]}
    return found


class _Possible:
    """Every table that fits what is shown: matrix · x = matrix · truth, low ≤ x."""

    def __init__(
        self, matrix: npt.NDArray[np.float64], truth: npt.NDArray[np.float64], low: npt.NDArray[np.float64]
    ) -> None:
        self.matrix, self.truth, self.sums = matrix, truth, matrix @ truth
        # An upper bound only keeps the search finite: it leaves room for every difference that counts.
        self.bounds = [(float(least), float(2 * truth.sum() + 10)) for least in low]

    def moves(self) -> npt.NDArray[np.bool_]:
        """Which cells differ by one or more in some possible table. A few tables show most of them."""
        size = len(self.truth)
        moved = np.zeros(size, dtype=np.bool_)
        chance = np.random.default_rng(size)
        for _ in range(_TRIES):
            moved |= self.differs(chance.standard_normal(size))
        for place in np.flatnonzero(~moved & (self.truth > 0)):
            for sign in (1.0, -1.0):
                if not moved[place]:
                    moved |= self.differs(np.where(np.arange(size) == place, sign, 0.0))
        return moved

    def differs(self, weights: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Where the possible table of least weight differs by one or more from the true one."""
        from scipy.optimize import linprog  # heavy, and pages that make no table need none of it

        found = linprog(weights, A_eq=self.matrix, b_eq=self.sums, bounds=self.bounds, method="highs")
        if found.status != _SOLVED or found.x is None:
            return np.zeros(len(self.truth), dtype=np.bool_)
        return np.asarray(np.abs(found.x - self.truth) > 1 - _NOTHING)


def _matrix(cells: Sequence[Key], lines: Sequence[Sequence[Key]]) -> npt.NDArray[np.float64]:
    """A row for each equation: -1 for its total, 1 for its parts."""
    place = {cell: number for number, cell in enumerate(cells)}
    matrix = np.zeros((len(lines), len(cells)))
    for row, line in enumerate(lines):
        for number, cell in enumerate(line):
            if cell in place:
                matrix[row, place[cell]] += 1.0 if number else -1.0
    return matrix


def _moving(matrix: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """For each column, whether some solution of matrix · x = 0 is other than 0 there."""
    _, sizes, directions = np.linalg.svd(matrix, full_matrices=True)
    rank = int((sizes > _NOTHING * max(1.0, float(sizes.max(initial=0.0)))).sum())
    return np.asarray(np.abs(directions[rank:]).max(axis=0, initial=0.0) > _NOTHING)


def _blocks(
    equations: Iterable[Sequence[Key]], hidden: Collection[Key]
) -> Iterator[tuple[list[Key], list[Sequence[Key]]]]:
    """Hidden cells that equations tie together, with those equations: small systems, no large one."""
    parent: dict[Key, Key] = {}

    def root(cell: Key) -> Key:
        while parent.setdefault(cell, cell) != cell:
            parent[cell] = parent[parent[cell]]
            cell = parent[cell]
        return cell

    lines = []
    for equation in equations:
        tied = [cell for cell in equation if cell in hidden]
        if tied:
            lines.append((tied[0], equation))
            for cell in tied:
                parent[root(cell)] = root(tied[0])
    cells: dict[Key, list[Key]] = defaultdict(list)
    for cell in list(parent):
        cells[root(cell)].append(cell)
    tied_lines: dict[Key, list[Sequence[Key]]] = defaultdict(list)
    for first, equation in lines:
        tied_lines[root(first)].append(equation)
    for block, members in cells.items():
        yield members, tied_lines[block]


class _Hiding(Generic[Key]):
    def __init__(self, cube: Mapping[Key, int], equations: list[tuple[Key, ...]], floor: int) -> None:
        self.cube, self.equations, self.floor = cube, equations, floor
        self.hidden: set[Key] = set()
        self.place = {cell: number for number, cell in enumerate(cube)}
        self.holding: dict[Key, list[int]] = defaultdict(list)
        for number, equation in enumerate(equations):
            for cell in equation:
                self.holding[cell].append(number)

    def ordered(self, cells: Iterable[Key]) -> list[Key]:
        return sorted(cells, key=self.place.__getitem__)

    def close(self) -> None:
        """Hide until every equation keeps conditions (1) and (2)."""
        waiting = deque(range(len(self.equations)))
        is_waiting = set(waiting)
        while waiting:
            number = waiting.popleft()
            is_waiting.discard(number)
            while (gone := self.one_more(self.equations[number])) is not None:
                self.hidden.add(gone)
                more = [other for other in self.holding[gone] if other not in is_waiting]
                waiting.extend(more)
                is_waiting.update(more)

    def one_more(self, equation: Sequence[Key]) -> Key | None:
        """One more cell of an equation that gives something away; None where it does not."""
        total, *parts = equation
        gone = [cell for cell in equation if cell in self.hidden]
        if not any(self.cube[cell] for cell in gone):
            return None
        if len(gone) > 1 and (total in gone or sum(self.cube[cell] for cell in gone) >= self.floor):
            return None
        return self.smallest(parts) or (total if total not in self.hidden else None)

    def smallest(self, cells: Iterable[Key]) -> Key | None:
        """The smallest shown cell that counts anybody."""
        shown = [cell for cell in cells if cell not in self.hidden and self.cube[cell]]
        return min(shown, key=lambda cell: (self.cube[cell], self.place[cell]), default=None)

    def beside(self, cell: Key) -> Key | None:
        """A cell to hide so that ``cell`` may move: in the nearest equations, parts before totals.

        Where its own equations show nothing more, those of the hidden cells in them are looked at, and so on.
        """
        reached, ring = {cell}, [cell]
        while ring:
            mine = [self.equations[number] for one in ring for number in self.holding[one]]
            found = self.smallest(part for equation in mine for part in equation[1:])
            if found is None:
                found = self.smallest(equation[0] for equation in mine)
            if found is not None:
                return found
            ring = [one for one in dict.fromkeys(c for line in mine for c in line) if one not in reached]
            ring = [one for one in ring if one in self.hidden]
            reached.update(ring)
        return None
