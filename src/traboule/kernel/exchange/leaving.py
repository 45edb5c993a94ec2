"""Which rows may leave the house: records that lack a required fact stay here, and the reason is counted.

A record without a fact that the definition requires is left out; a person whose own record lacks one, with
all records. Nothing is invented to fill a gap. Whatever else the strict check finds is an error of somebody,
not a gap: it stays in the result, and nothing may be written.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from traboule.kernel.exchange.checking import Checked, Progress, Violation, check
from traboule.kernel.exchange.layout import (
    Reading,
    Sheet,
    Value,
    columns_of,
    read_sheets,
    wide_columns,
    wide_table,
)
from traboule.kernel.exchange.own import UNSAID
from traboule.kernel.exchange.specification import Specification

LACKING: Final = frozenset(("rtof_required", "rtof_no_column", "rtof_required_when", "rtof_nothing_before"))
NAME: Final = "export"
Row = dict[str, Value]
Lack = tuple[str, str, str]  # record, turn, field


@dataclass(slots=True)
class Leaving:
    """What goes out: header and rows, as read back and checked, and what stays with how often and why.

    ``people_out``: (record, turn, field) → people left out, each under the first thing that lacks.
    ``records_out``: the same for records of people who go. ``lacks``: every gap that kept something
    here, so that one knows what to ask for.
    """

    header: list[str]
    rows: list[list[str]]
    reading: Reading
    checked: Checked
    people: int
    people_out: Counter[Lack] = field(default_factory=Counter)
    records_out: Counter[Lack] = field(default_factory=Counter)
    lacks: Counter[Lack] = field(default_factory=Counter)

    @property
    def violations(self) -> Sequence[Violation]:
        """Errors that no leaving out mends."""
        return self.checked.violations


def leaving(specification: Specification, rows: Iterable[Row], progress: Progress | None = None) -> Leaving:
    """Check the rows and leave out what lacks a required fact, until nothing lacks any more."""
    work = _Work(specification, list(rows))
    while True:
        header, cells = wide_table(specification, work.rows)
        sheet = Sheet(NAME, header, [(number, row) for number, row in enumerate(cells, 2)])
        reading = read_sheets(specification, [sheet])
        checked = check(specification, reading, progress)
        lacking = [one for one in checked.violations if one.code in LACKING]
        if not lacking:
            break
        work.leave_out(lacking)
    found = Leaving(header, cells, reading, checked, work.people)
    found.people_out, found.lacks = work.people_out, work.lacks
    found.records_out.update(lack for lacks in work.records_of.values() for lack in lacks.values())
    return found


class _Work:
    def __init__(self, specification: Specification, rows: list[Row]) -> None:
        self.specification, self.people = specification, len(rows)
        self.columns = wide_columns(specification)
        # A version of the definition without a field of ours asks for less: it gets less.
        self.rows = [{name: row[name] for name in row if name in self.columns} for row in rows]
        self.owner = next(iter(self.columns))
        self.people_out: Counter[Lack] = Counter()
        self.lacks: Counter[Lack] = Counter()
        self.records_of: dict[str, dict[tuple[str, str], Lack]] = {}  # by owner, by record and turn

    def leave_out(self, lacking: Iterable[Violation]) -> None:
        gone: dict[int, tuple[Lack, str]] = {}
        for one in lacking:
            place = one.line - 2
            turn = self._turn(one.column)
            lack = (one.record, turn, one.field)
            self.lacks[lack] += 1
            if one.record == self.specification.top.id:
                gone.setdefault(place, (lack, str(dict(one.params).get("other", ""))))
            else:
                self._drop_record(place, lack)
        for place, (lack, other) in gone.items():
            self._drop_person(place, lack, other)
        self.rows = [row for place, row in enumerate(self.rows) if place not in gone]

    def _turn(self, header: str) -> str:
        column = self.columns.get(header)
        return column.turn if column else ""

    def _drop_record(self, place: int, lack: Lack) -> None:
        row = self.rows[place]
        record, turn, _ = lack
        self.records_of.setdefault(str(row[self.owner]), {}).setdefault((record, turn), lack)
        for name, column in self.columns.items():
            if column.field.record == record and column.turn == turn:
                row.pop(name, None)

    def _drop_person(self, place: int, lack: Lack, other: str) -> None:
        """A start that must follow a day of another record is told under what that record lacked."""
        mine = self.records_of.pop(str(self.rows[place][self.owner]), {})
        leans_on = self.specification.named(other)
        self.people_out[mine.get((leans_on.record, ""), lack) if leans_on else lack] += 1


def gaps(specification: Specification, rows: Sequence[Row], kept: Collection[str]) -> list[str]:
    """Columns to ask for: none of the house's facts, or a fact that somebody's record lacks.

    The top record and what it leans on is everybody's; another record is asked about where somebody has it.
    """
    columns = wide_columns(specification)
    holds = [{(columns[name].field.record, columns[name].turn) for name in row if name in columns}
             for row in rows]  # fmt: skip
    return [
        name
        for name, column in columns.items()
        if name not in kept
        or any(
            name not in row and (column.field.record, column.turn) in held
            for row, held in zip(rows, holds, strict=True)
        )
    ]


# --- facts that the house does not keep, in a file beside ---------------------------------------------------


@dataclass(slots=True)
class Beside:
    """Further facts by reference of the person; ``strangers``: headers that are no column of the file."""

    facts: dict[str, Row] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)
    twice: list[tuple[int, str]] = field(default_factory=list)  # line, reference


def beside(specification: Specification, sheet: Sheet, place: int) -> Beside:
    """Read a table whose column number ``place`` names the person as the house's own lists do."""
    columns = columns_of(specification, sheet.header)
    headers = {column: name for name, column in wide_columns(specification).items()}
    found = Beside()
    found.strangers = [
        name
        for number, (name, column) in enumerate(zip(sheet.header, columns, strict=True))
        if number != place and name and (column is None or column not in headers)
    ]
    for line, cells in sheet.rows:
        reference = cells[place].strip()
        if reference in found.facts:
            found.twice.append((line, reference))
            continue
        found.facts[reference] = {
            headers[column]: text.strip()
            for number, (column, text) in enumerate(zip(columns, cells, strict=True))
            if number != place and column is not None and text.strip() and column in headers
        }
    return found


def joined(own: Row, further: Mapping[str, Value]) -> Row:
    """Own facts first: a file beside fills what the house does not know and changes nothing that it does.

    Where nobody knows, the fund's own word for that stands, if the question has one.
    """
    row: Row = {**further, **own}
    for name, (word, needs) in UNSAID.items():
        if not needs or row.get(needs):
            row.setdefault(name, word)
    return row
