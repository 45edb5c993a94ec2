"""Tables for funders: indicators by sex, age band, schooling, territory…, with small cells hidden.

A person counts under each indicator as yes, no or unknown: unknown is a state, never a failure. Whose window
is still open is not due yet, and in no share. The share is of those who are known, with Wilson's interval;
beside it stand the bounds that hold whatever the unknown ones turn out to be (all failed, all succeeded).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from traboule.kernel.calibration import Share, wilson
from traboule.kernel.exchange.hiding import hide

TOTAL, UNKNOWN, HIDDEN, ALL = "total", "unknown", "hidden", "all"
YES, NO, NOT_DUE = "yes", "no", "not_due"
STATES: Final = (YES, NO, UNKNOWN, NOT_DUE)
FLOOR: Final = 5
PEOPLE: Final = ("", "")
HEADER: Final = ("indicator", "people", YES, NO, UNKNOWN, "share", "low", "high", "least", "most")

Cell = tuple[str, str, str, str]  # level down, level across, indicator and state (PEOPLE: everybody)
Person = Mapping[str, str | bool | int | None]
Hiding = Callable[[Mapping[Cell, frozenset[int]]], set[Cell]]


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator at one spot. None: hidden (counts), or not to be said (share, bounds)."""

    people: int | None
    yes: int | None
    no: int | None
    unknown: int | None
    not_due: int | None
    share: Share | None
    least: float | None
    most: float | None


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Levels end with the total. ``shown``: count of each cell, None where it is hidden.

    ``has_open_windows``: somebody is not due yet under an indicator.
    """

    down: str
    across: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    indicators: tuple[str, ...]
    floor: int
    shown: Mapping[Cell, int | None]
    has_open_windows: bool = False

    def people(self, row: str, column: str = TOTAL) -> int | None:
        """How many people stand at this spot."""
        return self.shown[(row, column, *PEOPLE)]

    def figure(self, row: str, column: str, indicator: str) -> Figure:
        """What the indicator says at this spot; raises KeyError for a level that is not in the table."""
        people = self.people(row, column)
        yes, no, unknown, not_due = (self.shown[(row, column, indicator, state)] for state in STATES)
        share = least = most = None
        if yes is not None and no is not None and yes + no:
            share = wilson(yes, yes + no)
        if yes is not None and no is not None and unknown is not None and (due := yes + no + unknown):
            least, most = yes / due, (yes + unknown) / due
        return Figure(people, yes, no, unknown, not_due, share, least, most)


def cross(
    people: Iterable[Person],
    down: str,
    across: str = "",
    indicators: Sequence[str] = (),
    *,
    floor: int = FLOOR,
    order: Mapping[str, Sequence[str]] | None = None,
    hiding: Hiding | None = None,
) -> CrossTable:
    """Count people by ``down`` and ``across`` and, under each indicator, by yes, no and unknown.

    A group that is missing, None or empty is the level ``unknown``; an indicator is True or 1, False or 0,
    ``not_due``, None or missing. ``order`` names levels of a column in the order in which they are shown,
    present or not. ``hiding`` says by who is in each cell, as positions in ``people``, which cells are hidden
    (``kernel.exchange.joint``); without it they are hidden by counts (``kernel.exchange.hiding``). Raises
    ValueError for a level named ``total``, for a value that is none of these, and for a floor under 2.
    """
    if floor < 2:
        raise ValueError("a floor under 2 hides nobody")
    persons = list(people)
    rows, columns = (_levels(persons, name, (order or {}).get(name, ())) for name in (down, across))
    members = members_of(persons, down, across, indicators)
    kinds = [PEOPLE, *((name, state) for name in indicators for state in STATES)]
    cells = [(row, column, *what) for what in kinds for row in rows for column in columns]
    found = {cell: members.get(cell, frozenset()) for cell in cells}
    if hiding is not None:
        hidden = hiding(found)
    else:
        cube = {cell: len(who) for cell, who in found.items()}
        hidden = _hidden(cube, (rows, columns), indicators, floor)
    shown = {cell: None if cell in hidden else len(who) for cell, who in found.items()}
    is_open = any(who for cell, who in found.items() if cell[3] == NOT_DUE)
    return CrossTable(down, across, tuple(rows), tuple(columns), tuple(indicators), floor, shown, is_open)


def members_of(
    persons: Sequence[Person], down: str, across: str = "", indicators: Sequence[str] = ()
) -> dict[Cell, frozenset[int]]:
    """Who stands in each cell that anybody stands in, as positions. Raises ValueError for a value that is no
    answer."""
    members: dict[Cell, set[int]] = defaultdict(set)
    for number, person in enumerate(persons):
        spots = [(row, column) for row in (_level(person, down), TOTAL)
                 for column in sorted({_level(person, across), TOTAL})]  # fmt: skip
        for what in (PEOPLE, *((name, _state(person, name)) for name in indicators)):
            for spot in spots:
                members[(*spot, *what)].add(number)
    return {cell: frozenset(who) for cell, who in members.items()}


def _hidden(
    cube: Mapping[Cell, int], levels: Sequence[Sequence[str]], indicators: Sequence[str], floor: int
) -> set[Cell]:
    """Who may not be counted is not described either: where people are hidden, every state is.

    Therefore each indicator can be looked at alone: whatever moves the people of a spot may move the states
    of any other indicator with them. If hiding states hides people somewhere, all indicators are asked again.
    """
    plain = {cell: number for cell, number in cube.items() if cell[2:] == PEOPLE}
    people = hide(plain, list(equations(levels, ())), floor=floor)
    while True:
        states: set[Cell] = set()
        for name in indicators:
            mine = {cell: number for cell, number in cube.items() if cell[2] in ("", name)}
            blank = {(*cell[:2], name, state) for cell in people for state in STATES}
            lines = list(equations(levels, (name,)))
            states |= hide(mine, lines, floor=floor, also=people, blank=blank)
        more = {cell for cell in states if cell[2:] == PEOPLE} - people
        if not more:
            return people | states
        people |= more


def equations(levels: Sequence[Sequence[str]], indicators: Sequence[str]) -> Iterator[tuple[Cell, ...]]:
    """(total, part, …) over rows and columns, and people = the sum of states; levels end with the total."""
    rows, columns = levels
    for what in (PEOPLE, *product(indicators, STATES)):
        for row in rows:
            if len(columns) > 1:
                yield tuple((row, column, *what) for column in (TOTAL, *columns[:-1]))
        for column in columns:
            yield tuple((row, column, *what) for row in (TOTAL, *rows[:-1]))
    for row, column, name in product(rows, columns, indicators):
        yield ((row, column, *PEOPLE), *((row, column, name, state) for state in STATES))


def _levels(rows: Iterable[Person], name: str, order: Sequence[str]) -> list[str]:
    if not name:
        return [TOTAL]
    found = {_level(person, name) for person in rows} - {UNKNOWN}
    if TOTAL in found or TOTAL in order:
        raise ValueError(f"{name}: a level named {TOTAL}")
    has_unknown = any(_level(person, name) == UNKNOWN for person in rows)
    named = [*order, *sorted(found - set(order))]
    return [*named, *([UNKNOWN] if has_unknown and UNKNOWN not in named else []), TOTAL]


def _level(person: Person, name: str) -> str:
    value = person.get(name) if name else TOTAL
    return UNKNOWN if value is None or value == "" else str(value)


def _state(person: Person, name: str) -> str:
    value = person.get(name)
    if value is None or value == "":
        return UNKNOWN
    if value == NOT_DUE:
        return NOT_DUE
    if value in (0, 1):  # True and False too
        return YES if value else NO
    raise ValueError(f"{name}: {value!r} is neither yes nor no")


def flat(table: CrossTable, decimals: int = 3) -> tuple[list[str], list[list[str | int | float | None]]]:
    """Header and rows for a file: a row for each spot and indicator; what is hidden says so.

    A column for those who are not due yet comes last, where there may be any.
    """
    header = [name for name in (table.down, table.across) if name]
    more = [NOT_DUE] if table.has_open_windows else []
    rows: list[list[str | int | float | None]] = []
    for row, column in product(table.rows, table.columns):
        spot = [row, column][: len(header)]
        for indicator in table.indicators or (ALL,):
            cells = [*_cells(table, row, column, indicator, decimals)]
            if more:
                cells.append(_shown(table.figure(row, column, indicator).not_due))
            rows.append([*spot, indicator, *cells])
    return [*header, *HEADER, *more], rows


def _cells(
    table: CrossTable, row: str, column: str, indicator: str, decimals: int
) -> Iterator[str | int | float | None]:
    if not table.indicators:
        yield _shown(table.people(row, column))
        yield from [None] * (len(HEADER) - 2)
        return
    found = table.figure(row, column, indicator)
    yield from map(_shown, (found.people, found.yes, found.no, found.unknown))
    share = (found.share.value, found.share.low, found.share.high) if found.share else (None, None, None)
    for value in (*share, found.least, found.most):
        yield None if value is None else round(value, decimals)


def _shown(count: int | None) -> int | str:
    return HIDDEN if count is None else count
