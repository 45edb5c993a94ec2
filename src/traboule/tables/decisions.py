"""The file of decisions that people took before: pairs that are locked or forbidden."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Final

from traboule.tables import values
from traboule.tables.columns import Cell, Column, Reader, Reading
from traboule.tables.errors import CellError
from traboule.tables.reading import Table
from traboule.tables.words import fold

LOCK, FORBID = "lock", "forbid"


def decision(cell: Cell) -> str:
    word = fold(cell.text)
    if word not in (LOCK, FORBID):
        raise CellError("decision")
    return word


DECISION_COLUMNS: Final = (
    Column("mentee", values.identifier, "", required="required"),
    Column("mentor", values.identifier, "", required="required"),
    Column("decision", decision, "", required="decision"),
)


@dataclass(frozen=True, slots=True)
class DecisionRow:
    line: int
    mentee: str
    mentor: str
    decision: str


def read_decisions(table: Table, mentees: Container[str], mentors: Container[str]) -> Reading[DecisionRow]:
    """Decisions about people of the input; an id that the input does not have is an error."""
    reader = Reader(table, DECISION_COLUMNS)
    rows = []
    for parsed in reader.rows():
        for column, known, code in (
            ("mentee", mentees, "unknown_mentee"),
            ("mentor", mentors, "unknown_mentor"),
        ):
            if parsed.values[column] and parsed.values[column] not in known:
                reader.problem(parsed.row, column, code)
                parsed.failed.add(column)
        if not parsed.failed:
            rows.append(DecisionRow(parsed.row.line, **parsed.values))
    return reader.done(rows)
