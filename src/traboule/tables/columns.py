"""The machinery behind a contract of columns: headers to columns, cells to values, every problem with its
place.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Generic, Protocol, TypeVar

from traboule.tables.errors import CellError, Problem, Severity
from traboule.tables.reading import Row, Table
from traboule.tables.words import header_key

T = TypeVar("T")
Spot = tuple[float, float, bool, str, str]


class Lookups(Protocol):
    """What the reader asks of reference data; an edge brings it along (this room knows no other)."""

    def place(self, postcode: str, country: str, commune: str) -> Spot | None:
        """(lat, lon, estimated, code and name of the commune) of the commune if given, else of the
        postcode.
        """

    def occupation(self, code: str) -> bool:
        """Whether the ROME code exists."""

    def language(self, code: str) -> str | None:
        """The code under which the language is compared, None if unknown."""


@dataclass(slots=True)
class Cell:
    """One cell on its way to a value: its text, its surroundings, the warnings of its parser."""

    text: str
    lookups: Lookups | None
    as_of: date
    is_xlsx: bool
    warnings: list[tuple[str, dict[str, str | int]]] = field(default_factory=list)

    def warn(self, code: str, **params: str | int) -> None:
        self.warnings.append((code, params))


Parser = Callable[[Cell], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the contract. An empty cell gives ``default``, or is an error where ``required`` names
    a code.
    """

    name: str
    parse: Parser
    default: Any = None
    required: str = ""

    @property
    def is_required(self) -> bool:
        return bool(self.required)


@dataclass(slots=True)
class Reading(Generic[T]):
    """Rows that are right, and every problem of the file in the order of its lines.

    ``lines``: where each id stands first, those of wrong rows included (people only).
    """

    rows: list[T]
    problems: list[Problem]
    lines: dict[str, int] = field(default_factory=dict)

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity is Severity.WARNING]


@dataclass(slots=True)
class Parsed:
    """The values of one row by column name; ``failed`` holds the columns whose cell was wrong."""

    row: Row
    values: dict[str, Any]
    failed: set[str] = field(default_factory=set)


class Reader:
    """Reads the rows of one table by a contract of columns and collects problems."""

    def __init__(
        self,
        table: Table,
        columns: Sequence[Column],
        *,
        as_of: date = date.max,
        lookups: Lookups | None = None,
        mapping: Mapping[str, str] | None = None,
        free_prefix: str = "",
    ) -> None:
        self.table, self.as_of, self.lookups = table, as_of, lookups
        self.columns = {column.name: column for column in columns}
        self.problems: list[Problem] = list(table.problems)
        self.lines: dict[str, int] = {}
        self.position: dict[str, int] = {}
        self.free: dict[str, int] = {}
        self._match_headers(mapping, free_prefix)

    def _match_headers(self, mapping: Mapping[str, str] | None, free_prefix: str) -> None:
        unknown = []
        for number, (written, key) in enumerate(zip(self.table.header, self.table.keys, strict=True)):
            name = key if mapping is None else mapping.get(written, "")
            if name in self.columns:
                self.position.setdefault(name, number)
            elif free_prefix and name.startswith(free_prefix) and name != free_prefix:
                self.free.setdefault(name, number)
            elif mapping is None and (written or any(row.cells[number] for row in self.table.rows)):
                unknown.append(written or f"({number + 1})")
        if unknown:
            self._file_problem("-", ", ".join(unknown), "unknown_columns", Severity.WARNING)
        for column in self.columns.values():
            if column.is_required and column.name not in self.position:
                self._file_problem(column.name, "", "missing_column")

    def _file_problem(self, column: str, value: str, code: str, severity: Severity = Severity.ERROR) -> None:
        line = self.table.header_line
        self.problems.append(Problem(self.table.name, line, column, value, code, (), severity))

    def header_of(self, name: str) -> str:
        """The header as written in the file, or the name of the column where the file has none."""
        place = self.position.get(name, self.free.get(name))
        return self.table.header[place] if place is not None else name

    def problem(
        self,
        row: Row,
        column: str,
        code: str,
        value: str | None = None,
        params: Mapping[str, str | int] = MappingProxyType({}),
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Note a problem of one cell; ``value`` defaults to what stands in it."""
        if value is None:
            place = self.position.get(column)
            value = "" if place is None else row.cells[place]
        self.problems.append(
            Problem(
                self.table.name,
                row.line,
                self.header_of(column),
                value,
                code,
                tuple(params.items()),
                severity,
            )
        )

    def rows(self) -> Iterator[Parsed]:
        """Each row with the values of its cells; wrong cells have their default and are named in
        ``failed``.
        """
        return map(self.parse, self.table.rows)

    def parse(self, row: Row) -> Parsed:
        """One row of the table with its values."""
        parsed = Parsed(row, {})
        for name, column in self.columns.items():
            place = self.position.get(name)
            text = row.cells[place] if place is not None else ""
            parsed.values[name] = self._value(parsed, column, text, present=place is not None)
        return parsed

    def _value(self, parsed: Parsed, column: Column, text: str, *, present: bool) -> Any:
        if not text:
            if present and column.is_required:
                self._fail(parsed, column, CellError(column.required))
            return column.default
        cell = Cell(text, self.lookups, self.as_of, self.table.is_xlsx)
        try:
            value = column.parse(cell)
        except CellError as error:
            self._fail(parsed, column, error)
            value = column.default
        for code, params in cell.warnings:
            self.problem(parsed.row, column.name, code, None, params, Severity.WARNING)
        return value

    def _fail(self, parsed: Parsed, column: Column, error: CellError) -> None:
        parsed.failed.add(column.name)
        for each in (error, *error.others):
            self.problem(parsed.row, column.name, each.code, each.value, each.params)

    def free_values(self, row: Row) -> tuple[tuple[str, str], ...]:
        """Names and non-empty texts of the columns that share the free prefix."""
        return tuple((name, row.cells[place]) for name, place in self.free.items() if row.cells[place])

    def done(self, rows: list[T]) -> Reading[T]:
        """The reading, with problems in the order of lines and, within a line, of columns."""
        order = {column: number for number, column in enumerate(self.table.header)}
        self.problems.sort(key=lambda problem: (problem.line, order.get(problem.column, -1)))
        return Reading(rows, self.problems, self.lines)


def guess_mapping(
    header: Sequence[str], columns: Sequence[Column], synonyms: Mapping[str, str], free_prefix: str = ""
) -> dict[str, str]:
    """For each header as written the column that it most likely is, "" for none; none twice."""
    names = {column.name for column in columns}
    taken: set[str] = set()
    mapping = {}
    for written in header:
        key = header_key(written)
        name = key if key in names or (free_prefix and key.startswith(free_prefix)) else synonyms.get(key, "")
        mapping[written] = name if name and name not in taken else ""
        taken.add(name)
    return mapping
