"""What a reader could work out of shown counts: the attack that a table is held against."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST_TIMES = 8.0  # how often one cell may be added or taken away in a sum that somebody would try
NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Shown:
    """Shown cells as rows over the parts (cells, parts), 0 or 1; the first `old` were shown before."""

    rows: Floats
    sizes: NDArray[np.int64]
    old: int

    @property
    def counts(self) -> Floats:
        """What stands in each cell."""
        return np.asarray(self.rows @ self.sizes, dtype=np.float64)


class Possible:
    """People of each part (parts,) as they may be for a reader: the truth, and what searches found so far.

    What fits all that is shown fits when less is shown, too. So one found number saves most later searches.
    """

    def __init__(self, *known: NDArray[Any]) -> None:
        self.known = [np.asarray(one, dtype=np.float64) for one in known]

    def copy(self) -> "Possible":
        """The same, to be added to apart."""
        return Possible(*self.known)

    def width(self, cell: Floats) -> float:
        """How far apart the known numbers of a cell lie: at most as far as all of its numbers."""
        values = np.array(self.known) @ cell
        return float(values.max() - values.min())


def small_difference(shown: Shown, floor: int) -> tuple[int, ...] | None:
    """Places of new cells in a sum of shown cells that is a group of 1 to floor-1 people, or None.

    The group is a union of small parts: what is larger must cancel out. One mixed integer programme looks for
    the smallest such group. Sums of earlier cells alone are passed over: they were out before.
    """
    cells, small = shown.rows.shape[0], np.flatnonzero(shown.sizes < floor)
    if not cells or not small.size or shown.old == cells:
        return None
    passed: list[Floats] = []
    while True:
        found = _smallest_group(shown, small, floor, passed)
        if found is None:
            return None
        times, group = found
        used = tuple(int(place) for place in np.flatnonzero(np.abs(times) > NEAR) if place >= shown.old)
        if used:
            return used
        passed.append(group)


def _smallest_group(
    shown: Shown, small: NDArray[np.int64], floor: int, passed: list[Floats]
) -> tuple[Floats, Floats] | None:
    """Times of each cell, and which small parts the group holds (0 or 1)."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    cells, parts = shown.rows.shape
    picks = np.zeros((parts, small.size))
    picks[small, np.arange(small.size)] = -1.0
    weights = shown.sizes[small].astype(np.float64)
    none = np.zeros((1, cells))
    rules = [
        LinearConstraint(np.hstack([shown.rows.T, picks]), 0.0, 0.0),
        LinearConstraint(np.hstack([none, weights[None, :]]), 1.0, floor - 1.0),
    ]
    for group in passed:  # not this one again
        rules.append(LinearConstraint(np.hstack([none, (1 - 2 * group)[None, :]]), 1 - group.sum(), np.inf))
    answer = milp(
        np.concatenate([np.zeros(cells), weights]),
        integrality=np.repeat([0, 1], [cells, small.size]),
        bounds=Bounds(
            np.concatenate([np.full(cells, -MOST_TIMES), np.zeros(small.size)]),
            np.concatenate([np.full(cells, MOST_TIMES), np.ones(small.size)]),
        ),
        constraints=rules,
    )
    if answer.status == 2:
        return None
    values = _solved(answer)
    return values[:cells], np.round(values[cells:])


def narrow_cell(shown: Shown, cell: Floats, floor: int, possible: Possible) -> tuple[int, ...] | None:
    """Places of new shown cells that hold the number of a hidden cell in an interval narrower than the floor.

    None: the interval is wide enough, or it is earlier cells alone that hold it. What is found on the way
    goes into `possible`.
    """
    if _is_wide(shown, cell, floor, possible):
        return None
    before = Shown(shown.rows[: shown.old], shown.sizes, shown.old)
    if not _is_wide(before, cell, floor, possible.copy()):
        return None
    used = _holding(shown, cell) or _touching(shown, cell)
    return tuple(place for place in sorted(used) if place >= shown.old)


def _is_wide(shown: Shown, cell: Floats, floor: int, possible: Possible) -> bool:
    if possible.width(cell) >= floor - NEAR or _is_open(shown, cell):
        return True
    for sign in (-1.0, 1.0):
        possible.known.append(_end(shown, sign * cell))
        if possible.width(cell) >= floor - NEAR:
            return True
    return False


def interval(shown: Shown, cell: Floats) -> tuple[float, float]:
    """The least and the greatest whole number of people that may be in a cell, given all that is shown."""
    if _is_open(shown, cell):
        return 0.0, np.inf
    least, most = (float(np.round(_end(shown, sign * cell) @ cell)) for sign in (1.0, -1.0))
    return least, most


def _is_open(shown: Shown, cell: Floats) -> bool:
    """Whether a part of the cell is in no shown cell: it may be as large as one likes."""
    return not shown.rows[:, cell > 0].any(axis=0).all()


def _end(shown: Shown, price: Floats) -> Floats:
    """Whole numbers of people of each part that fit what is shown, at the least price."""
    from scipy.optimize import LinearConstraint, milp

    rules = LinearConstraint(shown.rows, shown.counts, shown.counts)
    whole = np.ones(price.size, dtype=np.int64)
    return np.round(_solved(milp(price, integrality=whole, constraints=rules, options={"mip_rel_gap": 0.0})))


def _holding(shown: Shown, cell: Floats) -> set[int]:
    """Cells that the ends of the interval rest on, by their prices; none if no new one is among them."""
    from scipy.optimize import linprog

    found: set[int] = set()
    for sign in (1.0, -1.0):
        answer = linprog(sign * cell, A_eq=shown.rows, b_eq=shown.counts, bounds=(0, None), method="highs")
        prices = np.abs(np.asarray(answer.eqlin.marginals, dtype=np.float64))
        found |= {int(place) for place in np.flatnonzero(prices > NEAR)}
    return found if any(place >= shown.old for place in found) else set()


def _touching(shown: Shown, cell: Floats) -> set[int]:
    """Shown cells that hang together with a cell, by parts that they share with each other."""
    found: set[int] = set()
    parts = cell > 0
    while True:
        more = {int(place) for place in np.flatnonzero((shown.rows[:, parts] > 0).any(axis=1))}
        if more == found:
            return found
        found = more
        parts = parts | (shown.rows[sorted(found)] > 0).any(axis=0)


def _solved(answer: Any) -> Floats:
    if answer.status != 0:
        raise ArithmeticError(f"the search ended without an answer: {answer.message}")
    return np.asarray(answer.x, dtype=np.float64)
