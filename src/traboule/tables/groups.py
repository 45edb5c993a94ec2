"""People as groups and answers: columns of words, and columns of yes, no or nothing, for tables of counts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from traboule.tables import values
from traboule.tables.columns import Cell
from traboule.tables.errors import CellError, Problem, Severity
from traboule.tables.numbers import NOTHING
from traboule.tables.reading import Table
from traboule.tables.words import fold, header_key

_ANY_DAY: Final = date(2000, 1, 1)  # no answer of these columns depends on a day


@dataclass(slots=True)
class Groups:
    """A mapping a row: group → words (None: unknown), indicator → True, False or None."""

    rows: list[dict[str, str | bool | None]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        """Whether the rows are worth nothing."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def read_groups(table: Table, groups: Sequence[str], indicators: Sequence[str]) -> Groups:
    """The named columns; names are compared without case and accents. An empty cell is unknown.

    Problems: missing_column, duplicate_column, yes_no.
    """
    found = Groups(problems=list(table.problems))
    places = {name: _place(table, name, found.problems) for name in (*groups, *indicators)}
    for row in table.rows:
        person: dict[str, str | bool | None] = {}
        for name, place in places.items():
            text = "" if place is None else row.cells[place]
            if fold(text) in NOTHING:
                person[name] = None
            elif name not in indicators:
                person[name] = text
            else:
                try:
                    person[name] = values.yes_no(Cell(text, None, _ANY_DAY, table.is_xlsx))
                except CellError as error:
                    found.problems.append(Problem(table.name, row.line, name, text, error.code))
        found.rows.append(person)
    return found


def _place(table: Table, name: str, problems: list[Problem]) -> int | None:
    places = [place for place, key in enumerate(table.keys) if key == header_key(name)]
    if not places:
        problems.append(Problem(table.name, table.header_line, name, "", "missing_column"))
    return places[0] if places else None
