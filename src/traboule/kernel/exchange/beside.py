"""Which numbers of a table may be shown beside each other and beside tables that were handed out earlier.

People whom no number tells apart are a part; a number is a sum of parts, and whoever adds and subtracts
numbers, however often and with whatever factors, gets the space that their rows span. A new number is shown
only if afterwards (1) no group of 1 to ``floor`` - 1 people lies in that space, (2) linear programming with
parts of nobody or more leaves to every hidden small cell an interval at least as wide as the floor, and
(3) it differs from no earlier number of mostly the same people by 1 to ``floor`` - 1.

(1) is exact without a search. A group lies in the space if and only if it is orthogonal to everything that is
orthogonal to the space; of a vector drawn at random from there, with certainty but for rounding, the entries
of a group sum to nothing if and only if the group lies in the space. So small groups are small sets of
numbers with sum zero, and those are found by sorting the sums of pairs.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Sizes = NDArray[np.int64]
Key = TypeVar("Key", bound=Hashable)
People = frozenset[Any]

GREATEST_FLOOR: Final = 5
"""Sums of pairs find groups of up to four."""
_CLOSE: Final = 1e-8
_TRIES: Final = 6
_SOLVED: Final = 0


@dataclass(frozen=True, slots=True)
class Number:
    """One cell that was handed out earlier: who is in it as far as is known today, and what was printed.

    ``printed`` None: it was hidden. Where it differs from the number of ``people`` somebody corrected the
    past, or was erased: as many as the difference are taken to be people of whom nothing else is known.
    """

    people: People
    printed: int | None


def may_be_shown(
    cells: Mapping[Key, People], earlier: Sequence[Number] = (), *, floor: int = GREATEST_FLOOR
) -> set[Key]:
    """Return the cells that may be shown; the first of ``cells`` are rather shown than the last.

    Empty cells are shown: nobody is nobody. The same cells after the same numbers give the same answer.
    ValueError for a floor under 2 or over ``GREATEST_FLOOR``.
    """
    if not 2 <= floor <= GREATEST_FLOOR:
        raise ValueError(f"a floor from 2 to {GREATEST_FLOOR}")
    parts = _Parts([*cells.values(), *(number.people for number in earlier)], earlier)
    work = _Showing(cells, parts, earlier, floor)
    near = _Near(earlier, floor)
    work.admit([key for key, who in cells.items() if len(who) >= floor and not near.tells(who)])
    work.widen()
    return {key for key, who in cells.items() if not who} | set(work.shown)


class _Near:
    """Earlier numbers by how many were printed."""

    def __init__(self, earlier: Sequence[Number], floor: int) -> None:
        self.floor = floor
        self.printed: dict[int, set[People]] = {}
        for one in earlier:
            if one.printed:
                self.printed.setdefault(one.printed, set()).add(one.people)

    def tells(self, people: People) -> bool:
        """Whether a number of mostly the same people differs by 1 to ``floor`` - 1.

        Who came and who went may cancel out, so that no group stands behind the difference, but a reader
        cannot know that. A number that was out before says nothing new.
        """
        number = len(people)
        if people in self.printed.get(number, ()):
            return False
        others = (
            other
            for near in range(number - self.floor + 1, number + self.floor)
            if near != number
            for other in self.printed.get(near, ())
        )
        return any(2 * len(people & other) > max(number, len(other)) for other in others)


class _Parts:
    """People cut into parts that no cell tells apart; corrections since then are parts of their own."""

    def __init__(self, sets: Sequence[People], earlier: Sequence[Number]) -> None:
        marks: dict[Any, list[int]] = {}
        places = {who: place for place, who in enumerate(dict.fromkeys(sets))}
        for who, place in places.items():
            for person in who:
                marks.setdefault(person, []).append(place)
        found: dict[tuple[int, ...], int] = {}
        for mark in marks.values():
            found[tuple(mark)] = found.get(tuple(mark), 0) + 1
        signs = sorted(found)  # an order that names nobody
        changed = [one for one in earlier if one.printed is not None and one.printed != len(one.people)]
        self.size = len(signs) + len(changed)
        self.sizes = np.array(
            [
                *(found[sign] for sign in signs),
                *(abs((one.printed or 0) - len(one.people)) for one in changed),
            ],
            dtype=np.int64,
        )
        table = np.zeros((len(places), self.size))
        for column, sign in enumerate(signs):
            table[list(sign), column] = 1.0
        self._rows = {who: table[place] for who, place in places.items()}
        self._changed = {id(one): len(signs) + place for place, one in enumerate(changed)}

    def row(self, who: People) -> Floats:
        """Which parts a cell is made of, (parts,)."""
        row: Floats = self._rows[who]
        return row

    def printed(self, one: Number) -> Floats:
        """The same for a number as it was printed: corrections are added or taken away."""
        row: Floats = self._rows[one.people].copy()
        place = self._changed.get(id(one))
        if place is not None:
            row[place] = 1.0 if (one.printed or 0) > len(one.people) else -1.0
        return row


class _Space(Generic[Key]):
    """What rows span: those that say something new, an orthonormal basis, random vectors orthogonal to it."""

    def __init__(self, size: int) -> None:
        self.basis = np.zeros((0, size))
        self.rows: dict[Key | int, Floats] = {}
        self.free = np.random.default_rng(size).standard_normal((2, size))

    def with_rows(self, rows: Mapping[Key, Floats] | Mapping[int, Floats]) -> "_Space[Key]":
        """The space with more rows."""
        more: _Space[Key] = _Space(self.free.shape[1])
        more.rows, rank = dict(self.rows), len(self.basis)
        basis = np.empty((rank + len(rows), self.free.shape[1]))
        basis[:rank] = self.basis
        for key, row in rows.items():
            rest = row / max(1.0, float(np.linalg.norm(row)))
            for _ in range(2):  # once more, so that rounding leaves nothing
                rest = rest - (basis[:rank] @ rest) @ basis[:rank]
            length = float(np.linalg.norm(rest))
            if length > _CLOSE:
                basis[rank] = rest / length
                rank += 1
                more.rows[key] = row
        more.basis = basis[:rank].copy()
        for _ in range(2):
            more.free = more.free - (more.free @ more.basis.T) @ more.basis
        return more


def small_group(free: Floats, sizes: Sizes, floor: int) -> set[int]:
    """Places of parts that are together 1 to ``floor`` - 1 people, their entries of ``free`` (2, parts)
    summing to nothing in both rows; empty if there are none. ``sizes``: people in each part, (parts,)."""
    few = np.flatnonzero(sizes < floor)
    values, heavy = free[:, few], sizes[few]
    alone = np.flatnonzero(np.abs(values).max(axis=0, initial=0.0) < _CLOSE)
    if alone.size:
        return {int(few[alone[0]])}
    one, two = np.triu_indices(len(few), 1)
    light = heavy[one] + heavy[two] < floor
    one, two = one[light], two[light]
    pairs, weights = values[:, one] + values[:, two], heavy[one] + heavy[two]
    both = np.flatnonzero(np.abs(pairs).max(axis=0, initial=0.0) < _CLOSE)
    if both.size:
        return {int(few[one[both[0]]]), int(few[two[both[0]]])}
    order = np.argsort(pairs[0])
    one, two, pairs, weights = one[order], two[order], pairs[:, order], weights[order]
    three = _meeting(pairs, weights, values, heavy, floor)
    if three is not None:
        return {int(few[place]) for place in (one[three[0]], two[three[0]], three[1])}
    four = _meeting(pairs, weights, pairs, weights, floor)
    return set() if four is None else {int(few[place]) for meet in four for place in (one[meet], two[meet])}


def _meeting(
    sums: Floats, weights: Sizes, others: Floats, heavy: Sizes, floor: int
) -> tuple[int, int] | None:
    """Places of a sum and one of the others that cancel out and are together fewer than the floor.

    A part that stands in both counts twice. Where it cancels out all the same that is no group, and taken for
    one: rather too much is hidden.
    """
    low = np.searchsorted(sums[0], -others[0] - _CLOSE)
    near = np.searchsorted(sums[0], -others[0] + _CLOSE) - low
    other = np.repeat(np.arange(len(near)), near)
    place = np.arange(near.sum()) - np.repeat(near.cumsum() - near, near) + np.repeat(low, near)
    same = np.abs(sums[1, place] + others[1, other]) < _CLOSE
    found = np.flatnonzero(same & (weights[place] + heavy[other] < floor))
    return (int(place[found[0]]), int(other[found[0]])) if found.size else None


class _Showing(Generic[Key]):
    def __init__(
        self, cells: Mapping[Key, People], parts: _Parts, earlier: Sequence[Number], floor: int
    ) -> None:
        self.cells, self.parts, self.floor = cells, parts, floor
        told = (one for one in earlier if one.printed is not None and (one.printed or one.people))
        printed = {place: parts.printed(one) for place, one in enumerate(told)}
        self.old: _Space[Key] = _Space[Key](parts.size).with_rows(printed)
        self.space = self.old
        self.sizes = parts.sizes.copy()
        while out := small_group(self.old.free, self.sizes, floor):
            self.sizes[list(out)] = floor  # earlier numbers alone give this group away: it is passed over
        self.shown: list[Key] = []
        hidden = [one.people for one in earlier if one.printed is None]
        few = dict.fromkeys(who for who in (*hidden, *cells.values()) if 0 < len(who) < floor)
        self.small = np.array([parts.row(who) for who in few]).reshape(len(few), parts.size)

    def row(self, key: Key) -> Floats:
        return self.parts.row(self.cells[key])

    def admit(self, keys: Sequence[Key]) -> None:
        """Show as many of the cells as may be: all at once, or by halves."""
        if not keys:
            return
        space = self.space.with_rows({key: self.row(key) for key in keys})
        says_nothing_new = len(space.rows) == len(self.space.rows)
        if says_nothing_new or not small_group(space.free, self.sizes, self.floor):
            self.space = space
            self.shown += keys
        elif len(keys) > 1:
            half = len(keys) // 2
            self.admit(keys[:half])
            self.admit(keys[half:])

    def widen(self) -> None:
        """Hide more where a small cell can be held in an interval narrower than the floor."""
        for place in self.narrow():
            row = self.small[place]
            if self.held(self.old, row) is not None:
                continue  # earlier numbers alone hold it
            while (used := self.held(self.space, row)) is not None:
                rests = [key for key in self.shown if key in used]
                # Only where the prices name nothing new: any number that has people in common with the cell.
                rests = rests or [key for key in self.shown if (self.row(key) * row).any()]
                self.shown.remove(rests[-1])
                self.space = self.old.with_rows({key: self.row(key) for key in self.shown})

    def narrow(self) -> list[int]:
        """Places of the small cells that may be held. A few fitting tables show of most that they are not."""
        low = high = self.small @ self.parts.sizes
        chance = np.random.default_rng(len(low))
        for _ in range(_TRIES if len(low) else 0):
            weights = chance.choice([-1.0, 1.0], len(low)) @ self.small
            for sign in (1.0, -1.0):
                found = self.small @ self.fitting(self.space, sign * weights)[0]
                low, high = np.minimum(low, found), np.maximum(high, found)
        return [int(place) for place in np.flatnonzero(high - low < self.floor - _CLOSE)]

    def held(self, space: "_Space[Key]", cell: Floats) -> set[Key | int] | None:
        """None if the least and the greatest number of people in a cell lie as far apart as the floor, else
        the numbers that the two rest on."""
        ends, used = [], set()
        for sign in (1.0, -1.0):
            sizes, prices = self.fitting(space, sign * cell)
            ends.append(float(cell @ sizes))
            used |= {key for key, price in zip(space.rows, prices, strict=True) if abs(price) > _CLOSE}
        return None if ends[1] - ends[0] >= self.floor - 1e-6 else used

    def fitting(self, space: "_Space[Key]", weights: Floats) -> tuple[Floats, Floats]:
        """Sizes of the parts (parts,), nobody or more, that fit all numbers, of least weight; and how much
        each number (rows,) holds them."""
        from scipy.optimize import linprog  # heavy, and pages that make no table need none of it

        truth = self.parts.sizes.astype(np.float64)
        # The upper bound only keeps the search finite: it leaves room for every difference that counts.
        most = float(2 * truth.sum() + self.floor)
        if not space.rows:
            return np.where(weights < 0, most, 0.0), np.zeros(0)
        rows = np.array(list(space.rows.values()))
        found = linprog(weights, A_eq=rows, b_eq=rows @ truth, bounds=(0, most), method="highs")
        if found.status != _SOLVED or found.x is None:
            return truth, np.zeros(len(rows))  # not solved: taken to be held
        return np.asarray(found.x), np.asarray(found.eqlin.marginals)
