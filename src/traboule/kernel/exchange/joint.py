"""A table of funders hidden by who is in each cell, all indicators together, beside earlier tables.

Indicators lie in each other: those with a job are among those with something, and the difference of two
numbers that are large themselves may be few people.
"""

from collections.abc import Hashable, Mapping, Sequence

from traboule.kernel.exchange.beside import Number, People, may_be_shown
from traboule.kernel.exchange.crosstable import FLOOR, PEOPLE, TOTAL, Cell


def hidden_jointly(
    members: Mapping[Cell, People], earlier: Sequence[Number] = (), *, floor: int = FLOOR
) -> set[Cell]:
    """Return the cells to hide. Where people are hidden, whatever is said of them is hidden too.

    Totals are rather shown than groups, and large cells rather than small ones. ``members``: people as
    hashable names, the same as in ``earlier``. ValueError for a floor that ``may_be_shown`` does not take.
    """
    heads: dict[Cell, People] = {cell: who for cell, who in members.items() if cell[2:] == PEOPLE}
    counted = may_be_shown(_ordered(heads), earlier, floor=floor)
    away = {cell[:2] for cell in heads if cell not in counted}
    states = {cell: who for cell, who in members.items() if cell[2:] != PEOPLE}
    before = [
        *earlier,
        *(Number(who, len(who) if cell in counted else None) for cell, who in heads.items()),
        *(Number(who, None) for cell, who in states.items() if cell[:2] in away),
    ]
    described: dict[Cell, People] = {cell: who for cell, who in states.items() if cell[:2] not in away}
    told = may_be_shown(_ordered(described), before, floor=floor)
    return set(members) - counted - told


def _ordered(members: Mapping[Cell, People]) -> dict[Cell, People]:
    """The order of what is worth most."""
    return dict(sorted(members.items(), key=lambda found: _worth(*found)))


def _worth(cell: Cell, who: People) -> tuple[int, int]:
    return sum(level != TOTAL for level in cell[:2]), -len(who)


def numbers_of(members: Mapping[Cell, People], printed: Mapping[Cell, int | None]) -> list[Number]:
    """An earlier table: what was printed, and who is in each cell as far as is known today."""
    nobody: People = frozenset()
    return [Number(members.get(cell, nobody), number) for cell, number in printed.items()]


def named(members: Mapping[Cell, People], names: Sequence[Hashable]) -> dict[Cell, People]:
    """The same with names of people in place of their positions."""
    return {cell: frozenset(names[place] for place in who) for cell, who in members.items()}
