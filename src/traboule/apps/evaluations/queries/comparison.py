"""A comparison file, read under a plan: columns found, rows, problems at their place. Nothing is kept.

The file is read in memory. What comes out goes back to the browser of the reader, signed
(``queries.carried``), and from there into the computation: no table ever holds a row of it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.utils.translation import gettext

from traboule.apps.evaluations.models import EvaluationPlan
from traboule.tables.errors import Problem, Severity, TableError
from traboule.tables.numbers import Numbers, read_numbers
from traboule.tables.reading import Table, read_table

Line: TypeAlias = tuple[float | None, ...]
PREVIEWED = 5
MOST_CELLS = 200_000
"""Rows times columns that a page computes with; the command takes more."""
FEWEST = 5
"""People in each group: below that a figure says more about somebody than about a programme."""
SECONDS_A_CELL = 3e-5  # entropy balancing, 300 draws of 16,177 rows by 12 columns: 5.5 s on a busy core


@dataclass(frozen=True, slots=True)
class Said:
    """A problem or a remark, in the reader's language; ``line`` None: the file as a whole."""

    line: int | None
    column: str
    value: str
    message: str
    is_warning: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """What is computed with: complete rows by column, and counts of those whose outcome is not known.

    ``columns``: treatment, outcome, covariates, each (n,). ``unknown``: rows without an outcome, of those
    who took part and of the others; ``known``: rows with an outcome that lack a covariate, as (treated,
    outcome); ``lost``: rows without an outcome of which all else is known, as (treated, covariates …).
    """

    digest: str
    names: tuple[str, ...]
    columns: tuple[tuple[float, ...], ...]
    dropped: int
    unknown: tuple[int, int] = (0, 0)
    known: tuple[tuple[float, float], ...] = ()
    lost: tuple[tuple[float, ...], ...] = ()

    @property
    def n(self) -> int:
        """Complete rows."""
        return len(self.columns[0]) if self.columns else 0

    @property
    def seconds(self) -> float:
        """About how long the slowest method takes."""
        return self.n * len(self.columns) * SECONDS_A_CELL


@dataclass(slots=True)
class Comparison:
    """The file as a page shows it. ``rows`` is None while something is wrong."""

    name: str
    header: tuple[str, ...] = ()
    found: list[tuple[str, str]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    preview: list[tuple[int, list[str]]] = field(default_factory=list)
    problems: list[Said] = field(default_factory=list)
    rows: Rows | None = None
    is_too_large: bool = False

    @property
    def wrong(self) -> list[Said]:
        """What must be corrected."""
        return [one for one in self.problems if not one.is_warning]

    @property
    def remarks(self) -> list[Said]:
        """What one should know."""
        return [one for one in self.problems if one.is_warning]


def read_comparison(content: bytes, name: str, plan: EvaluationPlan) -> Comparison:
    """Read a CSV or XLSX file under the columns of a plan; every problem is in the answer, none is raised."""
    try:
        table = read_table(content, name)
    except TableError as error:
        return Comparison(name, problems=[_said(one) for one in error.problems])
    numbers = read_numbers(table, plan.columns, zero_or_one=[plan.treatment, plan.followed])
    found = Comparison(name, table.header)
    problems = list(numbers.problems)
    _say_columns(found, table, plan.columns, numbers)
    if not any(one.severity is Severity.ERROR for one in problems):
        digest = hashlib.sha256(content).hexdigest()
        rows = rows_of(numbers, digest, has_followed=bool(plan.followed))
        found.is_too_large = rows.n * len(rows.columns) > MOST_CELLS
        if not found.is_too_large:
            problems += _of_groups(table, rows, needs_overlap=plan.method != "difference")
            found.rows = rows
    found.problems = [_said(one) for one in problems]
    if found.wrong:
        found.rows = None
    return found


def rows_of(numbers: Numbers, digest: str, *, has_followed: bool = False) -> Rows:
    """Take the numbers of a file apart: complete rows, and what is known of the others.

    ``has_followed``: the last column says who was followed; of the others an outcome is not believed.
    """
    every: list[Line] = [*zip(*numbers.columns, strict=True), *numbers.partial]
    if has_followed:
        every = [(row[0], row[1] if row[-1] == 1.0 else None, *row[2:-1]) for row in every]
    whole = [_full(row) for row in every if None not in row]
    partial = [row for row in every if None in row and row[0] is not None]
    unknown = [row[0] for row in partial if row[1] is None]
    names = tuple(numbers.headers[:-1] if has_followed else numbers.headers)
    return Rows(
        digest=digest,
        names=names,
        columns=tuple(zip(*whole, strict=True)) if whole else ((),) * len(names),
        dropped=len(every) - len(whole),
        unknown=(unknown.count(1.0), unknown.count(0.0)),
        known=tuple(_full(row[:2]) for row in partial if row[1] is not None),
        lost=tuple(_full((row[0], *row[2:])) for row in partial if row[1] is None and None not in row[2:]),
    )


def _full(row: Line) -> tuple[Any, ...]:
    """A row that lacks nothing."""
    return tuple(value for value in row if value is not None)


def _say_columns(found: Comparison, table: Table, wanted: Sequence[str], numbers: Numbers) -> None:
    places = {name: place for place, name in enumerate(table.header)}
    found.found = [
        (name, header if header in places else "")
        for name, header in zip(wanted, numbers.headers, strict=True)
    ]
    read = [places[header] for _, header in found.found if header]
    used = {header for _, header in found.found}
    found.ignored = [name for name in table.header if name and name not in used]
    found.header = tuple(table.header[place] for place in read)
    found.preview = [(row.line, [row.cells[place] for place in read]) for row in table.rows[:PREVIEWED]]


def _of_groups(table: Table, rows: Rows, *, needs_overlap: bool) -> list[Problem]:
    """What the groups themselves are lacking, before anything is computed."""
    ours = int(sum(rows.columns[0]))
    small = [
        _problem(table, "-", code, (("fewest", FEWEST), ("found", number)))
        for code, number in (("too_few_treated", ours), ("too_few_comparison", rows.n - ours))
        if number < FEWEST
    ]
    return small or _of_covariates(table, rows, needs_overlap=needs_overlap)


def _of_covariates(table: Table, rows: Rows, *, needs_overlap: bool) -> list[Problem]:
    import numpy as np

    from traboule.kernel.impact import CannotEstimate
    from traboule.kernel.impact.sample import sample, unexplained

    group, result, *known = (np.array(column, dtype=np.float64) for column in rows.columns)
    try:
        found = sample(group, result, np.column_stack(known), rows.names[2:])
        if needs_overlap:
            if not found.basis.shape[1]:
                raise CannotEstimate("all_constant")
            unexplained(found)
    except CannotEstimate as refusal:
        return [_problem(table, refusal.column, refusal.code, refusal.params)]
    return [_problem(table, one.column, one.code, one.params, Severity.WARNING) for one in found.findings]


def _problem(
    table: Table,
    column: str,
    code: str,
    params: tuple[tuple[str, str | int], ...],
    severity: Severity = Severity.ERROR,
) -> Problem:
    return Problem(table.name, 0, column, "", code, params, severity)


def _said(problem: Problem) -> Said:
    return Said(
        problem.line or None,
        "" if problem.column == "-" else problem.column,
        problem.value.strip(),
        problem.expected(gettext),
        problem.severity is Severity.WARNING,
    )
