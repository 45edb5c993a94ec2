"""The files of the mode with ready-made points: ``scores.csv`` and ``capacity.csv``."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from traboule.tables import values
from traboule.tables.columns import Cell, Column, Reader, Reading
from traboule.tables.errors import CellError
from traboule.tables.reading import Row, Table
from traboule.tables.words import as_id

MOST_DECIMALS: Final = 6
_PLAIN: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?")


def points(cell: Cell) -> Decimal:
    """Any finite number with at most six decimals, exactly as written."""
    number = values.exact_decimal(cell.text)
    if number is None:
        raise CellError("finite_number")
    if decimals(number) > MOST_DECIMALS:
        raise CellError("six_decimals")
    return number


def decimals(number: Decimal) -> int:
    """How many decimals the number needs: 2.50 needs one."""
    return len(f"{number:f}".partition(".")[2].rstrip("0"))


SCORE_COLUMNS: Final = (
    Column("mentee", values.identifier, "", required="required"),
    Column("mentor", values.identifier, "", required="required"),
    Column("points", points, Decimal(0), required="finite_number"),
)
CAPACITY_COLUMNS: Final = (
    Column("mentor", values.identifier, "", required="required"),
    Column("capacity", values.places, 0, required="whole_number"),
)


@dataclass(frozen=True, slots=True)
class ScoreRow:
    line: int
    mentee: str
    mentor: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class CapacityRow:
    line: int
    mentor: str
    capacity: int


def read_scores(table: Table) -> Reading[ScoreRow]:
    """The feasible pairs and their points; a pair listed twice is an error that names both lines."""
    reader = Reader(table, SCORE_COLUMNS)
    rows, first_lines = [], dict[tuple[str, str], int]()
    for line in table.rows:
        row = _score(reader, line)
        if row is None:
            continue
        if (earlier := first_lines.setdefault((row.mentee, row.mentor), row.line)) != row.line:
            reader.problem(line, "mentor", "duplicate_pair", f"{row.mentee}, {row.mentor}", {"line": earlier})
            continue
        rows.append(row)
    return reader.done(rows)


def _score(reader: Reader, line: Row) -> ScoreRow | None:
    """One row; plain numbers, as nearly all are in files of a million rows, take the short way."""
    places = reader.position
    if len(places) == len(SCORE_COLUMNS):
        mentee, mentor, number = (line.cells[places[column.name]] for column in SCORE_COLUMNS)
        if mentee and mentor and _PLAIN.fullmatch(number):
            return ScoreRow(line.line, as_id(mentee), as_id(mentor), Decimal(number))
    parsed = reader.parse(line)
    return None if parsed.failed else ScoreRow(line.line, **parsed.values)


def read_capacity(table: Table) -> Reading[CapacityRow]:
    """Places per mentor (0 = full); a mentor listed twice is an error that names both lines."""
    reader = Reader(table, CAPACITY_COLUMNS)
    rows, first_lines = [], dict[str, int]()
    for parsed in reader.rows():
        if parsed.failed:
            continue
        row = CapacityRow(parsed.row.line, **parsed.values)
        if (earlier := first_lines.setdefault(row.mentor, row.line)) != row.line:
            reader.problem(parsed.row, "mentor", "duplicate_mentor", None, {"line": earlier})
            continue
        rows.append(row)
    return reader.done(rows)
