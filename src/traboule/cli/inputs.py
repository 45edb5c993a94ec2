"""Reading the files of a command: every problem of every file is collected before anything is refused."""

import sys
from collections.abc import Container
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from traboule.reference.lookups import ReferenceLookups
from traboule.tables.columns import Reading
from traboule.tables.decisions import DecisionRow, read_decisions
from traboule.tables.errors import Problem, Severity, TableError
from traboule.tables.people import MenteeRow, MentorRow, check_both, read_mentees, read_mentors
from traboule.tables.reading import Table, read_table
from traboule.tables.scores import CapacityRow, ScoreRow, read_capacity, read_scores

T = TypeVar("T")
STDIN: Final = "-"


class _Everybody:
    """Holds every id."""

    def __contains__(self, person: object) -> bool:
        return True


class Inputs:
    """Opens files by the name that was typed and remembers their problems, file after file."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.unreadable = False

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]

    def table(self, name: str) -> Table | None:
        """The table in a file (``-`` = standard input), None with a remembered problem if there is none."""
        try:
            if name == STDIN:
                return read_table(sys.stdin.buffer.read(), "<stdin>")
            return read_table(Path(name), name)
        except TableError as error:
            self.problems += error.problems
            self.unreadable = True
            return None

    def people(
        self, mentors: str, mentees: str, as_of: date
    ) -> tuple[Reading[MentorRow] | None, Reading[MenteeRow] | None]:
        lookups = ReferenceLookups()
        mentor_table, mentee_table = self.table(mentors), self.table(mentees)
        mentor_rows = read_mentors(mentor_table, lookups, as_of=as_of) if mentor_table else None
        mentee_rows = read_mentees(mentee_table, lookups, as_of=as_of) if mentee_table else None
        self.problems += (mentor_rows.problems if mentor_rows else []) + (
            mentee_rows.problems if mentee_rows else []
        )
        if mentor_rows and mentee_rows and mentor_table and mentee_table:
            self.problems += check_both(mentor_rows, mentee_rows, mentor_table, mentee_table)
        return mentor_rows, mentee_rows

    def scores(self, name: str) -> Reading[ScoreRow] | None:
        table = self.table(name)
        return self._kept(read_scores(table)) if table else None

    def capacity(self, name: str) -> Reading[CapacityRow] | None:
        table = self.table(name)
        return self._kept(read_capacity(table)) if table else None

    def decisions(
        self, name: str | None, mentees: Container[str] | None, mentors: Container[str] | None
    ) -> list[DecisionRow]:
        """Decisions about the ids of the input; None = the input failed, so that any id may be right."""
        if name is None:
            return []
        table = self.table(name)
        known = (_Everybody() if ids is None else ids for ids in (mentees, mentors))
        return self._kept(read_decisions(table, *known)).rows if table else []

    def _kept(self, reading: Reading[T]) -> Reading[T]:
        self.problems += reading.problems
        return reading
