"""One matching problem made ready: decisions taken out, order made canonical, objectives folded into weights.

Everything here works on positions, not on ids. People are put in the order of a seeded hash of their keys
first, so that ties do not depend on the order of a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Literal, TypedDict

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Whole = NDArray[Any]  # int64, or Python ints (dtype object) where 64 bits are too few
Maximise = Literal["pairs", "points"]

MASK_CELLS = 60_000_000  # above this no table of mentees × mentors is made, not even of single bytes
SMALL = 2**61  # weights and sums below it stay in int64


class ContradictoryDecision(ValueError):
    """A lock that no plan can keep. ``code``: lock_infeasible, lock_forbidden, locked_twice or
    places_full."""

    def __init__(self, code: str, mentee: int, mentor: int) -> None:
        super().__init__(f"{code}: mentee {mentee}, mentor {mentor}")
        self.code, self.mentee, self.mentor = code, mentee, mentor


@dataclass(frozen=True, slots=True)
class Edges:
    """Feasible pairs: three arrays of the same length, in any order. ``points``: integers, negative
    allowed."""

    mentee: Ints
    mentor: Ints
    points: Whole


@dataclass(frozen=True, slots=True)
class Problem:
    """What is left to decide without the locks; positions are canonical, ``row_at``/``col_at`` lead back."""

    row_at: Ints  # canonical position -> mentee
    col_at: Ints
    flat: Ints  # canonical row * mentors + canonical column, one per free feasible pair
    points: Whole
    places: Ints  # places left, canonical columns
    urgent: NDArray[np.bool_]  # canonical rows
    bonus: int  # what a duo is worth over any points (0 when points alone count)
    maximise: Maximise
    most_pairs: int
    locks: tuple[tuple[int, int], ...]  # (mentee, mentor), original positions
    lock_points: tuple[int, ...]
    mask: NDArray[np.bool_] | None  # shape, True where a free pair is feasible; None when too large
    is_table: bool  # every pair is listed, and ``flat`` counts them up from 0

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.row_at), len(self.col_at)

    def canonical(self, mentor_of: Ints) -> Ints:
        """A plan in canonical positions, without its locked mentees."""
        free = np.array(mentor_of, dtype=np.int64)
        free[[mentee for mentee, _ in self.locks]] = -1
        mine = free[self.row_at]
        return np.where(mine >= 0, _positions(self.col_at)[mine] if len(self.col_at) else -1, -1)

    def row_bonus(self) -> Whole:
        """Bonus of each canonical row. Urgent ones: an exchange that gains one never costs a duo, so 2B
        more do."""
        if 3 * self.bonus < SMALL:
            return np.where(self.urgent, 3 * self.bonus, self.bonus).astype(np.int64)
        return np.array([3 * self.bonus if late else self.bonus for late in self.urgent], dtype=object)

    def weights(self) -> Whole:
        """Points plus bonus: what prices speak about."""
        if not self.bonus:
            return self.points
        largest = _largest(self.points) + 3 * self.bonus
        points = self.points if largest < SMALL else self.points.astype(object)
        if not self.urgent.any():
            return points + self.bonus
        return points + self.row_bonus()[self.flat // max(1, self.shape[1])]

    def ranking(self) -> Whole:
        """Weights whose maximum also settles what points alone leave open: more duos at equal points."""
        if self.bonus:
            return self.weights()
        factor = 2 * self.most_pairs + 1
        points = self.points if (_largest(self.points) + 1) * factor < SMALL else self.points.astype(object)
        return points * factor + 1

    def split_loss(self, loss: int) -> tuple[int, int, int]:
        """(urgent lost, duos lost, points lost) from a loss of ranking weight."""
        if not self.bonus:
            factor = 2 * self.most_pairs + 1
            points = (loss + self.most_pairs) // factor
            return 0, loss - points * factor, points
        steps = (loss + self.bonus // 2) // self.bonus
        return steps // 2, steps % 2, loss - steps * self.bonus


class Context(TypedDict, total=False):
    """What surrounds the edges and the places; the same for matching, options and prices. See
    ``assignment.match``."""

    maximise: Maximise
    urgent: NDArray[np.bool_] | None
    locks: Sequence[tuple[int, int]]
    forbids: Sequence[tuple[int, int]]
    mentee_keys: Sequence[str]
    mentor_keys: Sequence[str]
    seed: int


def _largest(values: Whole) -> int:
    return max(abs(int(values.max())), abs(int(values.min()))) if len(values) else 0


@lru_cache(maxsize=2**14)  # one what-if after the other asks for the same people
def draw(key: str, seed: int) -> bytes:
    """The seeded hash on which ties break."""
    return blake2b(f"{seed}\x1f{key}".encode(), digest_size=16).digest()


def _order(size: int, keys: Sequence[str], seed: int) -> Ints:
    if keys and len(keys) != size:
        raise ValueError(f"{len(keys)} keys for {size} people")
    if keys and len(set(keys)) != size:
        raise ValueError("the same key twice")
    names = keys or [str(position) for position in range(size)]
    return np.array(sorted(range(size), key=lambda k: (draw(names[k], seed), names[k])), dtype=np.int64)


def _positions(order: Ints) -> Ints:
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return place


def whole(points: Whole) -> Whole:
    """Points as int64 where they fit, else as Python ints; anything that is not an integer is refused."""
    array = np.asarray(points)
    if array.dtype == np.int64:
        return array if _largest(array) < SMALL else array.astype(object)
    if not len(array):
        return array.astype(np.int64)
    if array.dtype.kind in "iu":
        return whole(array.astype(np.int64 if array.dtype != np.uint64 else object))
    if array.dtype != object or not all(isinstance(value, (int, np.integer)) for value in array):
        raise TypeError("points must be integers")
    array = np.array([int(value) for value in array], dtype=object)
    return array.astype(np.int64) if _largest(array) < SMALL else array


def _checked(edges: Edges, mentees: int, mentors: int) -> tuple[Ints, Ints, Whole]:
    row, col = (np.asarray(a, dtype=np.int64) for a in (edges.mentee, edges.mentor))
    points = whole(edges.points)
    if not len(row) == len(col) == len(points):
        raise ValueError("mentee, mentor and points must have the same length")
    if len(row) and (row.min() < 0 or row.max() >= mentees or col.min() < 0 or col.max() >= mentors):
        raise ValueError("a pair names a person who is not there")
    return row, col, points


def _is_table(row: Ints, col: Ints, shape: tuple[int, int]) -> bool:
    """Whether the pairs are a whole table, row by row: then nothing need be sorted into place."""
    if len(row) != shape[0] * shape[1] or not 0 < len(row) <= MASK_CELLS:
        return False
    rows, cols = np.arange(shape[0])[:, None], np.arange(shape[1])
    return bool((row.reshape(shape) == rows).all() and (col.reshape(shape) == cols).all())


def _mask(flat: Ints, shape: tuple[int, int]) -> NDArray[np.bool_] | None:
    """Table of the listed pairs, also the cheapest way to find a pair listed twice."""
    if shape[0] * shape[1] > MASK_CELLS:
        if len(np.unique(flat)) != len(flat):
            raise ValueError("the same pair is listed twice")
        return None
    mask = np.zeros(shape[0] * shape[1], dtype=np.bool_)
    mask[flat] = True
    if np.count_nonzero(mask) != len(flat):
        raise ValueError("the same pair is listed twice")
    return mask.reshape(shape)


def _locked(
    locks: Sequence[tuple[int, int]],
    barred: set[tuple[int, int]],
    capacity: Ints,
    listed: dict[tuple[int, int], int],
) -> tuple[list[tuple[int, int]], Ints]:
    places = capacity.copy()
    taken: dict[int, int] = {}
    kept: list[tuple[int, int]] = []
    for mentee, mentor in dict.fromkeys((int(i), int(j)) for i, j in locks):
        if (mentee, mentor) in barred:
            raise ContradictoryDecision("lock_forbidden", mentee, mentor)
        if (mentee, mentor) not in listed:
            raise ContradictoryDecision("lock_infeasible", mentee, mentor)
        if taken.setdefault(mentee, mentor) != mentor:
            raise ContradictoryDecision("locked_twice", mentee, mentor)
        if places[mentor] < 1:
            raise ContradictoryDecision("places_full", mentee, mentor)
        places[mentor] -= 1
        kept.append((mentee, mentor))
    return kept, places


def _listed(
    row: Ints, col: Ints, points: Whole, pairs: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], int]:
    if not pairs:
        return {}
    wanted = np.isin(row, [i for i, _ in pairs])
    known = zip(row[wanted].tolist(), col[wanted].tolist(), points[wanted].tolist(), strict=True)
    return {(i, j): int(p) for i, j, p in known}


def _enough(
    flat: Ints, points: Whole, places: Ints, mentees: int, mask: NDArray[np.bool_] | None
) -> tuple[int, int]:
    """(most pairs that any plan can hold, bonus that outweighs twice the points of any such plan)."""
    if not len(flat):
        return 0, 1
    if mask is None:
        row, col = np.divmod(flat, len(places))
        busy, degree = len(np.unique(row)), np.bincount(col, minlength=len(places))
    else:
        busy, degree = int(np.count_nonzero(mask.any(axis=1))), np.count_nonzero(mask, axis=0)
    most = min(busy, int(np.minimum(places, degree).sum()))
    span = max(0, int(points.max())) - min(0, int(points.min()))
    return most, 2 * most * span + 1


def _undecided(
    row: Ints, col: Ints, mentors: int, kept: list[tuple[int, int]], barred: set[tuple[int, int]]
) -> NDArray[np.bool_]:
    """True for the pairs left to decide: mentee not locked, pair not forbidden."""
    forbidden = [i * mentors + j for i, j in barred if 0 <= j < mentors]
    return ~np.isin(row, [i for i, _ in kept]) & ~np.isin(row * mentors + col, forbidden)


def _places(capacity: Ints, maximise: str) -> Ints:
    places = np.asarray(capacity, dtype=np.int64)
    if len(places) and places.min() < 0:
        raise ValueError("capacity cannot be negative")
    if maximise not in ("pairs", "points"):
        raise ValueError(f"maximise must be pairs or points, not {maximise!r}")
    return places


def prepare(
    edges: Edges,
    capacity: Ints,
    *,
    mentees: int,
    maximise: Maximise = "pairs",
    urgent: NDArray[np.bool_] | None = None,
    locks: Sequence[tuple[int, int]] = (),
    forbids: Sequence[tuple[int, int]] = (),
    mentee_keys: Sequence[str] = (),
    mentor_keys: Sequence[str] = (),
    seed: int = 0,
) -> Problem:
    """Check the input, take the decisions out. ValueError: bad input; ContradictoryDecision: bad locks."""
    capacity = _places(capacity, maximise)
    mentors = len(capacity)
    row, col, points = _checked(edges, mentees, mentors)
    row_at, col_at = _order(mentees, mentee_keys, seed), _order(mentors, mentor_keys, seed)
    is_table = not locks and not forbids and _is_table(row, col, (mentees, mentors))
    if is_table:
        points = points.reshape(mentees, mentors)[row_at].take(col_at, axis=1).ravel()
        flat = np.arange(len(points))
    else:
        flat = (_positions(row_at) * mentors)[row] + _positions(col_at)[col]
    mask = _mask(flat, (mentees, mentors))
    barred = {(int(i), int(j)) for i, j in forbids}
    listed = _listed(row, col, points, list(locks))
    kept, places = _locked(locks, barred, capacity, listed)
    if kept or barred:
        free = _undecided(row, col, mentors, kept, barred)
        flat, points = flat[free], points[free]
        mask = _mask(flat, (mentees, mentors))
    late = np.zeros(mentees, dtype=np.bool_)
    if urgent is not None and maximise == "pairs":  # points alone know no urgency
        late = np.asarray(urgent, dtype=np.bool_)[row_at]
    most, bonus = _enough(flat, points, places[col_at], mentees, mask)
    folded = bonus if maximise == "pairs" else 0
    held = tuple(kept), tuple(listed[pair] for pair in kept)
    seats = places[col_at]
    return Problem(row_at, col_at, flat, points, seats, late, folded, maximise, most, *held, mask, is_table)
