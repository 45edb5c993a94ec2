"""`traboule evaluate`: the effect on those who took part, with its diagnostics (results.md, section 2)."""

import csv
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from traboule.cli.exits import EXIT_CODES, Exit, end, tell
from traboule.cli.output import must_be_writable, say, write
from traboule.cli.progress import Teller

if TYPE_CHECKING:
    from traboule.kernel.impact import CannotEstimate, Evaluation, Finding
    from traboule.tables.errors import Problem, Severity
    from traboule.tables.numbers import Numbers
    from traboule.tables.reading import Table

EPILOG: Final = f"""
[bold]Examples[/bold]

  traboule evaluate people.csv --treatment duo --outcome job --covariates age,schooling,months_here

  traboule evaluate people.xlsx --treatment duo --outcome days --covariates "age,schooling" --method
  entropy-balancing --report report.json

  traboule evaluate drawn.csv --treatment first --outcome job --covariates age --method difference
  --randomised

The file is CSV (, ; or tab; UTF-8 or Windows-1252; decimal comma or point) or XLSX (first sheet), a person
a row. The treatment is 1 for those who took part, 0 for the others. Rows with a missing value are left out.
Without --report the report (JSON) goes to standard output.
Problems go to standard error, one a line: file:line:column: value: what was expected.

{EXIT_CODES}
"""
ASKED: Final = "What is compared"
HOW: Final = "How"


class Way(StrEnum):
    DIFFERENCE = "difference"
    REGRESSION = "regression"
    OAXACA_BLINDER = "oaxaca-blinder"
    ENTROPY_BALANCING = "entropy-balancing"
    IPW = "ipw"
    AIPW = "aipw"


Data = Annotated[str, typer.Argument(metavar="DATA", help="Table, a row a person; - reads standard input.",
                                     show_default=False)]  # fmt: skip
Treatment = Annotated[
    str,
    typer.Option(
        metavar="COL", rich_help_panel=ASKED, show_default=False, help="1 = took part, 0 = did not."
    ),
]
Outcome = Annotated[
    str, typer.Option(metavar="COL", rich_help_panel=ASKED, show_default=False, help="What should change.")
]
Covariates = Annotated[
    str,
    typer.Option(metavar="A,B,…", rich_help_panel=ASKED, show_default=False,
                 help="What was known before, as numbers, in which the groups should be alike."),
]  # fmt: skip
Chosen = Annotated[
    Way, typer.Option(rich_help_panel=HOW, help="How the groups are made alike; aipw is right if one of its "
                                                "two models is.")
]  # fmt: skip
Randomised = Annotated[
    bool,
    typer.Option("--randomised", rich_help_panel=HOW,
                 help="Chance decided who took part: support is not judged."),
]  # fmt: skip
Draws = Annotated[int, typer.Option(min=2, max=100_000, rich_help_panel=HOW, help="Draws of the bootstrap.")]
Seed = Annotated[int, typer.Option(min=0, rich_help_panel=HOW, help="The same seed, the same answer.")]
Report = Annotated[
    str | None,
    typer.Option(metavar="FILE", show_default="standard output", help="Estimate and diagnostics (JSON)."),
]


def register(app: typer.Typer) -> None:
    app.command(name="evaluate", epilog=EPILOG, no_args_is_help=True)(evaluate)


def evaluate(
    data: Data,
    treatment: Treatment,
    outcome: Outcome,
    covariates: Covariates,
    method: Chosen = Way.AIPW,
    randomised: Randomised = False,
    draws: Draws = 300,
    seed: Seed = 0,
    report: Report = None,
) -> None:
    """Estimate what changed for those who took part, against a comparison group made alike.

    The plain difference, the adjusted one and the diagnostics always come together. An estimate that the
    comparison does not carry is flagged as not supported: it is no result.
    """
    names = _names(treatment, outcome, covariates)
    if report and report != "-":
        must_be_writable(os.path.realpath(report))
        if data != "-" and os.path.realpath(report) == os.path.realpath(data):
            raise typer.BadParameter("a file that is read cannot be written too")
    with Teller() as teller:
        teller("reading", 0.0)
        table, numbers = _read(data, names)
        found = _estimate(table, numbers, method, randomised, draws, seed, teller)
    tell([*numbers.problems, *(_problem(table, finding) for finding in found.findings)])
    _answer(found, numbers, report, randomised=randomised)


def _names(treatment: str, outcome: str, covariates: str) -> list[str]:
    """The columns in the order treatment, outcome, covariates; each stands for one thing only."""
    listed = next(csv.reader([covariates], skipinitialspace=True), [])
    names = [name.strip() for name in (treatment, outcome, *listed)]
    if len(names) < 3 or not all(names):
        raise typer.BadParameter("names of columns, separated by commas; --covariates needs at least one")
    if twice := next((name for place, name in enumerate(names) if name in names[:place]), ""):
        raise typer.BadParameter(f"each column once: {twice}")
    return names


def _read(data: str, names: list[str]) -> "tuple[Table, Numbers]":
    from traboule.tables.errors import Severity, TableError
    from traboule.tables.numbers import read_numbers
    from traboule.tables.reading import read_table

    try:
        if data == "-":
            table = read_table(sys.stdin.buffer.read(), "<stdin>")
        else:
            table = read_table(Path(data), data)
    except TableError as error:
        end(Exit.BAD_INPUT, error.problems)
    numbers = read_numbers(table, names, zero_or_one=names[:1])
    if any(problem.severity is Severity.ERROR for problem in numbers.problems):
        end(Exit.BAD_INPUT, numbers.problems)
    if len(set(numbers.headers)) < len(names):
        raise typer.BadParameter(f"each column once: {', '.join(names)}")
    return table, numbers


def _estimate(
    table: "Table", numbers: "Numbers", method: Way, randomised: bool, draws: int, seed: int, teller: Teller
) -> "Evaluation":
    # Its products are small: threads would wait for each other, on a busy machine for most of the time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import numpy as np

    from traboule.kernel.impact import CannotEstimate, evaluate

    group, result, *known = (np.array(column, dtype=np.float64) for column in numbers.columns)
    try:
        return evaluate(
            group,
            result,
            np.column_stack(known),
            names=numbers.headers[2:],
            method=method.value,
            randomised=randomised,
            draws=draws,
            seed=seed,
            progress=teller,
        )
    except CannotEstimate as refusal:
        end(Exit.BAD_INPUT, [*numbers.problems, _refusal(table, refusal)])


def _refusal(table: "Table", refusal: "CannotEstimate") -> "Problem":
    from traboule.tables.errors import Severity

    return _said(table, refusal.column, refusal.code, refusal.params, Severity.ERROR)


def _problem(table: "Table", finding: "Finding") -> "Problem":
    from traboule.tables.errors import Severity

    return _said(table, finding.column, finding.code, finding.params, Severity.WARNING)


def _said(
    table: "Table", column: str, code: str, params: tuple[tuple[str, str | int], ...], severity: "Severity"
) -> "Problem":
    from traboule.tables.errors import Problem

    return Problem(table.name, table.header_line, column, "", code, params, severity)


def _answer(found: "Evaluation", numbers: "Numbers", report: str | None, *, randomised: bool) -> None:
    """The report, and the same in words for the person at the terminal."""
    from traboule.cli.evaluate_words import in_words, report_bytes

    finished = report_bytes(found, numbers.dropped)
    words = in_words(found, numbers.dropped, randomised=randomised)
    if report and report != "-":
        write({Path(report): finished})
        say(words.encode(sys.stdout.encoding or "utf-8", "replace"))
        return
    say(finished)
    if sys.stderr.isatty():
        sys.stderr.write(words)
