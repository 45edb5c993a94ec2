"""A comparison group of which only totals are known: cell by cell, brought to our own mix of cells.

Direct standardisation, as in Rothman, Greenland and Lash, "Modern epidemiology" (2008), chapter 3. Nobody is
made more alike than the cells can tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from traboule.kernel.calibration import Z, wilson
from traboule.kernel.impact.balance import is_supported
from traboule.kernel.scales import Cell, Range


@dataclass(frozen=True, slots=True)
class Standardised:
    """Rates from 0 to 1. ``gaps``: standardised difference of each cell's share, before and after.

    ``size``: what the comparison is worth in people of equal weight; ``inside``: share of ours who have
    anybody in their cell to compare with.
    """

    difference: Range
    with_it: float
    without: float
    error: float
    gaps: tuple[tuple[str, float, float], ...]
    size: float
    inside: float
    supported: bool


def standardise(cells: Sequence[Cell]) -> Standardised:
    """Compare our rate with the rate that the others would have with our mix of cells.

    Interval: Wilson's for our own rate, and for theirs the variance of each cell with one success and one
    failure added, so that a small cell without a success is not taken as sure; joined as Newcombe (1998)
    joins them. Supported by the same rule as rows (``balance.is_supported``). ValueError without people on a
    side, without a cell in common, or with more successes than people.
    """
    n, others = sum(cell.ours for cell in cells), sum(cell.theirs for cell in cells)
    shared = sum(cell.ours for cell in cells if cell.theirs)
    if not (n and others and shared) or any(map(_is_impossible, cells)):
        raise ValueError("counts from 0 on, successes among people, and a cell with people of both")
    share = [cell.ours / shared if cell.theirs else 0.0 for cell in cells]
    known = [(part, cell) for part, cell in zip(share, cells, strict=True) if cell.theirs]
    without = sum(part * cell.their_successes / cell.theirs for part, cell in known)
    variance = sum(part**2 * _spread(cell) for part, cell in known)
    mine = wilson(sum(cell.our_successes for cell in cells), n)
    gap, reach = mine.value - without, Z**2 * variance
    gaps = tuple(_gap(cell, part, n, others) for part, cell in zip(share, cells, strict=True))
    size = 1 / sum(part**2 / cell.theirs for part, cell in known)
    low, high = (sqrt((mine.value - end) ** 2 + reach) for end in (mine.low, mine.high))
    return Standardised(
        difference=Range(gap, max(-1.0, gap - low), min(1.0, gap + high)),
        with_it=mine.value,
        without=without,
        error=sqrt(mine.value * (1 - mine.value) / n + variance),
        gaps=gaps,
        size=size,
        inside=shared / n,
        supported=is_supported(
            largest_after=max(abs(after) for _name, _before, after in gaps), size=size, n_treated=n
        ),
    )


def _is_impossible(cell: Cell) -> bool:
    return not (0 <= cell.our_successes <= cell.ours and 0 <= cell.their_successes <= cell.theirs)


def _spread(cell: Cell) -> float:
    rate = (cell.their_successes + 1) / (cell.theirs + 2)
    return rate * (1 - rate) / cell.theirs


def _gap(cell: Cell, weight: float, n: int, others: int) -> tuple[str, float, float]:
    mine, theirs = cell.ours / n, cell.theirs / others
    spread = sqrt((mine * (1 - mine) + theirs * (1 - theirs)) / 2)
    return (
        (cell.name, (mine - theirs) / spread, (mine - weight) / spread) if spread else (cell.name, 0.0, 0.0)
    )
