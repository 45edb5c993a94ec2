"""Small groups of people that a space of numbers gives away: sums of pairs, sorted (see ``beside``)."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Sizes = NDArray[np.int64]
CLOSE: Final = 1e-8


def small_group(free: Floats, sizes: Sizes, floor: int, passed: Sequence[Floats] = ()) -> set[int]:
    """Places of parts that are together 1 to ``floor`` - 1 people, their entries of ``free`` (2, parts)
    summing to nothing in both rows; empty if there are none. ``sizes``: people in each part, (parts,).

    ``passed``: the same of other spaces, (2, parts) each; a group that lies in one of them is passed over. A
    group that holds a smaller one which is passed over is not looked at: what is left of it is.
    """
    few = np.flatnonzero(sizes < floor)
    values, heavy = np.vstack([free, *passed])[:, few], sizes[few]
    alone = np.flatnonzero(_is_new(values))
    if alone.size:
        return {int(few[alone[0]])}
    left = ~_is_nothing(values)
    few, values, heavy = few[left], values[:, left], heavy[left]
    one, two = np.triu_indices(len(few), 1)
    light = heavy[one] + heavy[two] < floor
    one, two = one[light], two[light]
    pairs, weights = values[:, one] + values[:, two], heavy[one] + heavy[two]
    both = np.flatnonzero(_is_new(pairs))
    if both.size:
        return {int(few[one[both[0]]]), int(few[two[both[0]]])}
    left = ~_is_nothing(pairs)
    one, two, pairs, weights = one[left], two[left], pairs[:, left], weights[left]
    order = np.argsort(pairs[0])
    one, two, pairs, weights = one[order], two[order], pairs[:, order], weights[order]
    three = _meeting(pairs, weights, values, heavy, floor)
    if three is not None:
        return {int(few[place]) for place in (one[three[0]], two[three[0]], three[1])}
    four = _meeting(pairs, weights, pairs, weights, floor)
    return set() if four is None else {int(few[place]) for meet in four for place in (one[meet], two[meet])}


def _is_nothing(sums: Floats) -> NDArray[np.bool_]:
    """Which columns are nothing in the first two rows."""
    return np.asarray(np.abs(sums[:2]).max(axis=0, initial=0.0) < CLOSE)


def _is_new(sums: Floats) -> NDArray[np.bool_]:
    """Which columns are nothing in the first two rows, and in no other two rows."""
    known = [_is_nothing(sums[row : row + 2]) for row in range(2, len(sums), 2)]
    return np.asarray(_is_nothing(sums) & ~np.any(known, axis=0)) if known else _is_nothing(sums)


def _meeting(
    sums: Floats, weights: Sizes, others: Floats, heavy: Sizes, floor: int
) -> tuple[int, int] | None:
    """Places of a sum and one of the others that cancel out and are together fewer than the floor.

    A part that stands in both counts twice. Where it cancels out all the same that is no group, and taken for
    one: rather too much is hidden.
    """
    low = np.searchsorted(sums[0], -others[0] - CLOSE)
    near = np.searchsorted(sums[0], -others[0] + CLOSE) - low
    other = np.repeat(np.arange(len(near)), near)
    place = np.arange(near.sum()) - np.repeat(near.cumsum() - near, near) + np.repeat(low, near)
    same = _is_new(sums[:, place] + others[:, other])
    found = np.flatnonzero(same & (weights[place] + heavy[other] < floor))
    return (int(place[found[0]]), int(other[found[0]])) if found.size else None
