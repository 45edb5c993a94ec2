"""`traboule rtof …`: records of the Refugee Transitions Outcomes Fund (results.md, section 4)."""

import os
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer

from traboule.cli import rtof_export
from traboule.cli.exits import EXIT_CODES, Exit, end, tell
from traboule.cli.match import day_of
from traboule.cli.output import must_be_writable, say, write
from traboule.cli.progress import Teller

if TYPE_CHECKING:
    from traboule.kernel.exchange.layout import Reading

EPILOG: Final = f"""
[bold]Examples[/bold]

  traboule rtof check wide.csv --spec rtof-data-model --report report.json

  traboule rtof check person.csv baseline.csv housing_entry.xlsx --spec rtof-data-model

The files are CSV or XLSX (first sheet): the wide file, a row a person, or the files of single records.
Every violation is in the report with row, field, rule and value; the first ones of each go to standard error.
Violations end with code 3; the report is written all the same.

{EXIT_CODES}
"""
MAKES: Final = "Writing"
HELP: Final = (
    "Records of the Refugee Transitions Outcomes Fund: check them, change their form, try the export."
)

Files = Annotated[
    list[str],
    typer.Argument(metavar="FILE…", help="The wide file, or files of single records; - reads standard input.",
                   show_default=False),
]  # fmt: skip
Spec = Annotated[
    Path,
    typer.Option("--spec", metavar="DIR", show_default=False,
                 help="The fund's definition: the folder that holds records/ and categories/."),
]  # fmt: skip
Report = Annotated[
    str | None,
    typer.Option(
        metavar="FILE", show_default=False, help="Every violation, and all counts (JSON); - = here."
    ),
]
OutFile = Annotated[str | None, typer.Option("--out", metavar="FILE", show_default="standard output",
                                             help="The wide file; .xlsx makes a workbook.")]  # fmt: skip
OutFolder = Annotated[
    Path,
    typer.Option("--out", metavar="DIR", show_default=False, help="Folder for the files; made if need be."),
]
People = Annotated[int, typer.Option(min=0, max=1_000_000, help="How many people.")]
Seed = Annotated[int, typer.Option(min=0, help="The same seed, the same people.")]
AsOf = Annotated[
    date | None,
    typer.Option(parser=day_of, metavar="DATE", show_default="today", help="No date lies after this day."),
]
Partial = Annotated[
    bool, typer.Option("--partial", help="People are on the way: records not reached yet stay empty.")
]


def register(app: typer.Typer) -> None:
    words = typer.Typer(name="rtof", help=HELP, no_args_is_help=True)
    words.command(name="check", epilog=EPILOG, no_args_is_help=True)(check)
    words.command(name="wide", no_args_is_help=True, rich_help_panel=MAKES)(wide)
    words.command(name="records", no_args_is_help=True, rich_help_panel=MAKES)(records)
    words.command(name="invent", no_args_is_help=True, rich_help_panel=MAKES)(invent)
    rtof_export.register(words)
    app.add_typer(words)


def check(files: Files, spec: Spec, report: Report = None) -> None:
    """Check records against the fund's definition, strictly: every rule, every violation at once."""
    from traboule.cli.rtof_files import sheets_in, specification_in
    from traboule.cli.rtof_words import in_words, not_asked, problems, report_bytes
    from traboule.kernel.exchange import checking

    if report and report != "-":
        _guard(report, files)
    specification = specification_in(spec)
    with Teller() as teller:
        teller("reading", 0.0)
        reading, warnings = sheets_in(files, specification)
        found = checking.check(specification, reading, teller)
    tell([*warnings, *not_asked(found), *problems(found)])
    if report == "-":
        say(report_bytes(specification, reading, found))
    else:
        if report:
            write({Path(report): report_bytes(specification, reading, found)})
        say(in_words(specification, found).encode(sys.stdout.encoding or "utf-8", "replace"))
    if found.violations:
        raise typer.Exit(int(Exit.BAD_INPUT))


def wide(files: Files, spec: Spec, out: OutFile = None) -> None:
    """Join files of single records to the wide file, one row a person. Unknown stays empty."""
    from traboule.cli.rtof_files import sheets_in, specification_in
    from traboule.kernel.exchange import layout

    if out and out != "-":
        _guard(out, files)
    specification = specification_in(spec)
    reading, warnings = sheets_in(files, specification)
    try:
        rows = layout.wide_rows(specification, reading.entries)
    except ValueError as error:
        _cannot_join(reading, str(error))
    tell(warnings)
    _deliver(out, *layout.wide_table(specification, rows))


def records(files: Files, spec: Spec, out: OutFolder) -> None:
    """Split the wide file into files of single records, one a record that has rows."""
    from traboule.cli.rtof_files import sheets_in, specification_in
    from traboule.kernel.exchange import layout
    from traboule.tables.writing import csv_bytes

    if out.exists() and not out.is_dir():
        raise typer.BadParameter(f"{out} is not a folder")
    specification = specification_in(spec)
    reading, warnings = sheets_in(files, specification)
    tables = layout.record_tables(specification, reading.entries)
    targets = {out / f"{name}.csv": csv_bytes(*table) for name, table in tables.items() if table[1]}
    _not_over(map(str, targets), files)
    tell(warnings)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise typer.BadParameter(f"no folder can be made at {out}: {error.strerror}") from error
    write(targets)


def invent(
    spec: Spec, people: People = 5000, seed: Seed = 0, as_of: AsOf = None, partial: Partial = False,
    out: OutFile = None,
) -> None:  # fmt: skip
    """Write the wide file of people who do not exist and keep every rule, to try what reads it."""
    from traboule.cli.rtof_files import specification_in
    from traboule.kernel.exchange import layout
    from traboule.kernel.exchange.invented import invented

    if out and out != "-":
        _guard(out, ())
    day = as_of or datetime.now(tz=UTC).astimezone().date()
    specification = specification_in(spec)
    with Teller() as teller:
        teller("people", 0.0)
        rows = invented(specification, people, seed=seed, as_of=day, complete=not partial)
    _deliver(out, *layout.wide_table(specification, rows))


def _guard(target: str, files: Iterable[str]) -> None:
    must_be_writable(os.path.realpath(target))
    _not_over([target], files)


def _not_over(targets: Iterable[str], files: Iterable[str]) -> None:
    read = {os.path.realpath(name) for name in files if name != "-"}
    if any(os.path.realpath(target) in read for target in targets):
        raise typer.BadParameter("a file that is read cannot be written too")


def _cannot_join(reading: "Reading", reason: str) -> NoReturn:
    from traboule.tables.errors import Problem

    name = next(iter(reading.records), "-")
    end(Exit.BAD_INPUT, [Problem(name, 1, "-", "", "rtof_cannot_join", (("reason", reason),))])


def _deliver(out: str | None, header: list[str], rows: list[list[str]]) -> None:
    """The wide file where it was asked for; a workbook if its name says so."""
    from traboule.tables.writing import csv_bytes, xlsx_bytes

    if out and out != "-":
        make = xlsx_bytes if out.lower().endswith(".xlsx") else csv_bytes
        write({Path(out): make(header, rows)})
    else:
        say(csv_bytes(header, rows))
