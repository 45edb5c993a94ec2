"""Columns of numbers by name, from a table of any make: for estimates, where a missing value is an answer
too."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from traboule.tables.errors import Problem, Severity
from traboule.tables.reading import Table
from traboule.tables.values import exact_decimal
from traboule.tables.words import fold, header_key

# What spreadsheets and statistics programs write for no value.
NOTHING: Final = frozenset(("", "na", "n/a", "#n/a", "#na", "<na>", "nan", "null", "none", "."))
WORDS: Final = {"true": 1.0, "vrai": 1.0, "waar": 1.0, "false": 0.0, "faux": 0.0, "onwaar": 0.0}
MOST_TOLD: Final = 20  # wrong cells of one column that are told one by one
_WRONG: Final = object()


@dataclass(slots=True)
class Numbers:
    """The complete rows of the columns that were asked for, column by column, in the order asked for.

    ``dropped``: rows that lack a value in one of them; ``partial`` holds these rows, None where nothing is.
    Rows and columns are worth nothing while ``problems`` holds an error.
    """

    columns: list[list[float]]
    headers: list[str]
    dropped: int = 0
    problems: list[Problem] = field(default_factory=list)
    partial: list[tuple[float | None, ...]] = field(default_factory=list)


def read_numbers(table: Table, names: Sequence[str], *, zero_or_one: Iterable[str] = ()) -> Numbers:
    """The named columns as finite numbers; those in ``zero_or_one`` hold nothing but 0 and 1.

    A name is compared as written first, then without case and accents. Problems: missing_column,
    duplicate_column, finite_number, zero_or_one, and the warning rows_left_out.
    """
    found = Numbers([], list(names))
    found.problems += [problem for problem in table.problems if problem.code != "duplicate_column"]
    strict = set(zero_or_one)
    columns: list[list[float | None]] = []
    for number, name in enumerate(names):
        place = _place(table, name, found.problems)
        if place is not None:
            found.headers[number] = table.header[place]
            columns.append(_column(table, place, found.problems, is_strict=name in strict))
    if any(problem.severity is Severity.ERROR for problem in found.problems):
        return found
    whole = [number for number, row in enumerate(zip(*columns, strict=True)) if None not in row]
    found.columns = [
        [value for value in map(column.__getitem__, whole) if value is not None] for column in columns
    ]
    found.partial = [row for row in zip(*columns, strict=True) if None in row]
    found.dropped = len(found.partial)
    if found.dropped:
        found.problems.append(_left_out(table, set(whole), found.dropped))
    return found


def _place(table: Table, name: str, problems: list[Problem]) -> int | None:
    """Where the column stands; None, with a problem, when there is none or more than one."""
    wanted = name.strip()
    places = [place for place, written in enumerate(table.header) if written == wanted]
    if not places:
        places = [place for place, key in enumerate(table.keys) if key and key == header_key(wanted)]
    if len(places) == 1:
        return places[0]
    code = "duplicate_column" if places else "missing_column"
    value = table.header[places[1]] if places else ""
    problems.append(Problem(table.name, table.header_line, wanted, value, code))
    return None


def _column(table: Table, place: int, problems: list[Problem], *, is_strict: bool) -> list[float | None]:
    known: dict[str, object] = {}  # most columns of a study hold few values many times
    values: list[float | None] = []
    wrong: list[Problem] = []
    header = table.header[place] or "-"
    code = "zero_or_one" if is_strict else "finite_number"
    for row in table.rows:
        text = row.cells[place]
        value = known.get(text, known)
        if value is known:
            value = known[text] = _number(text)
        if value is _WRONG or (is_strict and value not in (None, 0.0, 1.0)):
            wrong.append(Problem(table.name, row.line, header, text, code))
            value = None
        values.append(value if isinstance(value, float) else None)
    problems += wrong[:MOST_TOLD]
    if len(wrong) > MOST_TOLD:
        last, more = wrong[MOST_TOLD], len(wrong) - MOST_TOLD
        problems.append(Problem(table.name, last.line, header, last.value, f"{code}_more", (("more", more),)))
    return values


def _number(text: str) -> object:
    """A float, None for no value, or _WRONG."""
    number = exact_decimal(text)
    if number is not None:
        return float(number)
    word = fold(text)
    return None if word in NOTHING else WORDS.get(word, _WRONG)


def _left_out(table: Table, whole: set[int], dropped: int) -> Problem:
    first = next(row.line for number, row in enumerate(table.rows) if number not in whole)
    return Problem(table.name, first, "-", "", "rows_left_out", (("dropped", dropped),), Severity.WARNING)
