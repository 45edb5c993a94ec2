"""`traboule rtof export` and `traboule rtof beside`: records of a branch's own mentees, from the database."""

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from traboule.cli.branch_data import Asked, asked
from traboule.cli.exits import Exit, end, tell
from traboule.cli.match import day_of
from traboule.cli.output import must_be_writable, say, write
from traboule.cli.progress import Teller

if TYPE_CHECKING:
    from traboule.kernel.exchange.leaving import Beside, Leaving
    from traboule.kernel.exchange.own import Taken
    from traboule.kernel.exchange.specification import Specification

ID: Final = "id"
OURS: Final = "From the database"

Branch = Annotated[
    str, typer.Option("--branch", metavar="SLUG", show_default=False, help="As in the address of its pages.")
]
Spec = Annotated[
    Path,
    typer.Option("--spec", metavar="DIR", show_default=False,
                 help="The fund's definition: the folder that holds records/ and categories/."),
]  # fmt: skip
OutFile = Annotated[
    str, typer.Option("--out", metavar="FILE", show_default=False, help="The file; .xlsx makes a workbook.")
]
Since = Annotated[
    date | None,
    typer.Option(
        "--from", parser=day_of, metavar="DATE", show_default="no limit", help="Began on this day or later."
    ),
]
Until = Annotated[
    date | None,
    typer.Option("--until", parser=day_of, metavar="DATE", show_default="today",
                 help="Began by this day; nothing later is told."),
]  # fmt: skip
More = Annotated[
    str | None,
    typer.Option("--beside", metavar="FILE", show_default=False,
                 help="Facts that Traboule does not keep: a column id, then columns of the wide file."),
]  # fmt: skip
Report = Annotated[
    str | None,
    typer.Option(metavar="FILE", show_default=False, help="What went, what stayed and why, as JSON."),
]
Login = Annotated[
    str,
    typer.Option("--as", metavar="EMAIL", show_default="the operator",
                 help="Who takes the data out: their rights hold, their name stands in the log."),
]  # fmt: skip


def register(words: typer.Typer) -> None:
    words.command(name="export", no_args_is_help=True, rich_help_panel=OURS)(export)
    words.command(name="beside", no_args_is_help=True, rich_help_panel=OURS)(beside)


def export(
    branch: Branch, spec: Spec, out: OutFile, since: Since = None, until: Until = None, beside: More = None,
    report: Report = None, login: Login = "",
) -> None:  # fmt: skip
    """Write the wide file of a branch's mentees, checked as strictly as `rtof check` does.

    Ids are pseudonyms. Who lacks a required fact is left out, and counted with the reason. An error in a fact
    ends with code 3: then nothing is written but the report.
    """
    from traboule.cli.rtof_export_words import in_words, report_bytes
    from traboule.cli.rtof_files import specification_in
    from traboule.cli.rtof_words import not_asked, problems
    from traboule.kernel.exchange.leaving import leaving

    _guard(out, report, beside)
    specification = specification_in(spec)
    here = asked(branch, login)
    day = until or here.today
    with Teller() as teller:
        teller("reading", 0.0)
        people = _people(here, since, day)
        further = _further(beside, specification) if beside else None
        found = leaving(specification, _rows(people, further, day), teller)
    finished = report_bytes(specification, found, people, further, (since, day))
    if found.violations or not found.rows:
        if report:
            write({Path(report): finished})
        tell([*not_asked(found.checked), *problems(found.checked)])
        say(in_words(specification, found).encode(sys.stdout.encoding or "utf-8", "replace"))
        raise typer.Exit(int(Exit.BAD_INPUT))
    contents = {Path(out): _table(out, found)} | ({Path(report): finished} if report else {})
    _take_out(here, "rtof", contents, {"people": len(found.rows), "from": _iso(since), "until": _iso(day)})
    say(in_words(specification, found).encode(sys.stdout.encoding or "utf-8", "replace"))


def beside(
    branch: Branch, spec: Spec, out: OutFile, since: Since = None, until: Until = None, login: Login = "",
) -> None:  # fmt: skip
    """Write an empty file for what Traboule does not keep or know, a row a person: fill it, then export."""
    from traboule.cli.rtof_files import specification_in
    from traboule.kernel.exchange.leaving import gaps
    from traboule.kernel.exchange.own import KEPT, row_of

    _guard(out, None, None)
    specification = specification_in(spec)
    here = asked(branch, login)
    day = until or here.today
    people = _people(here, since, day)
    header = [ID, *gaps(specification, [row_of(one, day) for one in people], KEPT)]
    rows = [[one.reference, *[""] * (len(header) - 1)] for one in people]
    content = _bytes(out, header, rows)
    _take_out(here, "rtof_beside", {Path(out): content}, {"people": len(rows)})


def _people(here: Asked, since: date | None, until: date) -> "list[Taken]":
    from django.core.exceptions import PermissionDenied

    from traboule.apps.outcomes.queries.rtof import fund_people

    try:
        return fund_people(actor=here.actor, branch=here.branch, since=since, until=until)
    except PermissionDenied as refusal:
        sys.stderr.write(f"traboule: {here.actor.name}: this asks for the permission {refusal}\n")
        raise typer.Exit(int(Exit.BAD_INPUT)) from refusal


def _rows(people: "list[Taken]", further: "Beside | None", day: date) -> list[dict[str, Any]]:
    from traboule.kernel.exchange.leaving import joined
    from traboule.kernel.exchange.own import row_of

    facts = further.facts if further else {}
    return [joined(row_of(one, day), facts.get(one.reference, {})) for one in people]


def _further(name: str, specification: "Specification") -> "Beside":
    from traboule.cli.inputs import Inputs
    from traboule.kernel.exchange.layout import Sheet
    from traboule.kernel.exchange.leaving import beside
    from traboule.tables.errors import Problem, Severity

    inputs = Inputs()
    table = inputs.table(name)
    if table is None or ID not in table.header:
        lacks = [Problem(name, table.header_line, ID, "", "missing_column")] if table else []
        end(Exit.BAD_INPUT, [*inputs.problems, *lacks])
    found = beside(
        specification,
        Sheet(table.name, table.header, [(row.line, row.cells) for row in table.rows]),
        list(table.header).index(ID),
    )
    problems = [*inputs.problems, *table.problems]
    problems += [Problem(table.name, line, ID, value, "rtof_twice") for line, value in found.twice]
    if found.strangers:
        named = " ".join(found.strangers)
        problems.append(Problem(table.name, table.header_line, "-", named, "unknown_columns", (),
                                Severity.WARNING))  # fmt: skip
    if any(problem.severity is Severity.ERROR for problem in problems):
        end(Exit.BAD_INPUT, problems)
    tell(problems)
    return found


def _guard(out: str, report: str | None, beside: str | None) -> None:
    targets = [os.path.realpath(name) for name in (out, report) if name]
    for target in targets:
        must_be_writable(target)
    if len(set(targets)) < len(targets) or (beside and os.path.realpath(beside) in targets):
        raise typer.BadParameter("a file of its own for each: one would be written over another")


def _table(out: str, found: "Leaving") -> bytes:
    return _bytes(out, found.header, found.rows)


def _bytes(out: str, header: list[str], rows: list[list[str]]) -> bytes:
    from traboule.tables.writing import csv_bytes, xlsx_bytes

    make = xlsx_bytes if out.lower().endswith(".xlsx") else csv_bytes
    return make(header, rows)


def _take_out(here: Asked, kind: str, contents: dict[Path, bytes], facts: dict[str, Any]) -> None:
    from traboule.apps.outcomes.actions.exports import export_file

    export_file(
        branch=here.branch, kind=kind, facts=facts, by=here.actor, now=here.now,
        deliver=lambda: write(contents),
    )  # fmt: skip


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
