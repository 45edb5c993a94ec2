"""What may be released of a table of counts, beside everything that was released before.

A cell is a set of people; what was shown of it is a linear constraint on how many of them are in each part
that the cells cut them into. A new table is hidden further until, with all that was shown,
- no group of 1 to floor-1 people is a sum or a difference of shown cells (whole numbers of times), and
- the number of each hidden small cell can still be any in an interval at least as wide as the floor.
Readers are taken to know which parts are empty, and nothing else about anybody. So they know rather too much.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from traboule.kernel.indicators._attack import Possible, Shown, narrow_cell, small_difference
from traboule.kernel.small_numbers import SMALLEST

Person = Hashable
People = frozenset[Person]


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a table: how many of `people`; `is_shown` says whether it stands there."""

    key: str
    people: People
    is_shown: bool = True

    @property
    def number(self) -> int | None:
        """What a reader sees; None: hidden."""
        return len(self.people) if self.is_shown else None


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was released: what later ones are held against. Its cells stand in the order of keys."""

    name: str
    floor: int
    cells: tuple[Cell, ...]

    @property
    def shown(self) -> Mapping[str, int | None]:
        """Key → number, None where it is hidden."""
        return {cell.key: cell.number for cell in self.cells}

    def number(self, key: str) -> int | None:
        """The number of one cell, None if it is hidden; KeyError if there is no such cell."""
        return self.shown[key]


def release(
    name: str,
    cells: Mapping[str, Collection[Person]],
    earlier: Sequence[Table] = (),
    floor: int = SMALLEST,
    *,
    also_differences: bool = True,
) -> Table:
    """The table with as much hidden as it takes; earlier ones stay as they are.

    Of two cells that would do, the one of fewer people is hidden, then the one whose key comes later. The
    same cells after the same tables give the same result. ValueError for a floor under 2.

    `also_differences` False leaves out the first rule: then only cells of the tables are kept from being
    worked out, and not, for instance, the three who joined between two quarters. With it, a table of the
    same people and three more shows nothing: let tables be of closed cohorts, or wait for five.
    """
    if floor < 2:
        raise ValueError("a floor of at least 2 people")
    people = {key: frozenset(found) for key, found in sorted(cells.items())}
    work = _Work(people, earlier, floor, also_differences)
    while (gone := work.next_to_hide()) is not None:
        work.hidden.add(gone)
    return Table(name, floor, tuple(Cell(key, who, key not in work.hidden) for key, who in people.items()))


class _Work:
    def __init__(self, new: Mapping[str, People], earlier: Sequence[Table], floor: int, strict: bool) -> None:
        self.floor, self.strict = floor, strict
        self.new = {key: who for key, who in new.items() if who}
        self.hidden = {key for key, who in self.new.items() if len(who) < floor}
        old = [cell for table in earlier for cell in table.cells if cell.people]
        self.old_shown = list({cell.people: None for cell in old if cell.is_shown})
        old_hidden = [cell.people for cell in old if not cell.is_shown and len(cell.people) < floor]
        self.small = list(dict.fromkeys([*old_hidden, *(self.new[key] for key in sorted(self.hidden))]))
        self.safe = 0  # so many of the small ones cannot be held: hiding more never narrows an interval
        self.parts = _Parts([*self.old_shown, *self.new.values(), *self.small])
        self.possible = Possible(self.parts.sizes)

    def next_to_hide(self) -> str | None:
        """The next cell to hide, None if nothing can be worked out any more."""
        keys = [key for key in self.new if key not in self.hidden]
        sets = [*self.old_shown, *(self.new[key] for key in keys)]
        shown = Shown(self.parts.rows(sets), self.parts.sizes, len(self.old_shown))
        used = small_difference(shown, self.floor) if self.strict else None
        if used is None:
            used = self._held(shown)
        if used is None:
            return None
        names = [keys[place - len(self.old_shown)] for place in used]
        # Ties go to the later key: of n, known, yes it is rather a part that is hidden than the whole.
        return max(names, key=lambda key: (-len(self.new[key]), key))

    def _held(self, shown: Shown) -> tuple[int, ...] | None:
        while self.safe < len(self.small):
            row = self.parts.rows(self.small[self.safe : self.safe + 1])[0]
            used = narrow_cell(shown, row, self.floor, self.possible)
            if used:
                return used
            self.safe += 1
        return None


class _Parts:
    """The parts that the cells cut their people into: `sizes` (parts,), in an order that names nobody."""

    def __init__(self, sets: Sequence[People]) -> None:
        self.sets = {who: place for place, who in enumerate(dict.fromkeys(sets))}
        marks: dict[Person, list[int]] = {}
        for who, place in self.sets.items():
            for person in who:
                marks.setdefault(person, []).append(place)
        found: dict[tuple[int, ...], int] = {}
        for mark in marks.values():
            found[tuple(mark)] = found.get(tuple(mark), 0) + 1
        signs = sorted(found)
        self.sizes = np.array([found[sign] for sign in signs], dtype=np.int64)
        self.table = np.zeros((len(self.sets), len(signs)), dtype=np.float64)
        for column, sign in enumerate(signs):
            self.table[list(sign), column] = 1.0

    def rows(self, sets: Sequence[People]) -> np.ndarray:
        """Which parts each of these sets is made of, (sets, parts)."""
        return self.table[[self.sets[who] for who in sets]]
