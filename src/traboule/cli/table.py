"""`traboule table`: indicators by group for a funder, with small cells hidden (results.md, section 4)."""

import csv
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from traboule.cli.exits import EXIT_CODES, Exit, end, tell
from traboule.cli.inputs import Inputs
from traboule.cli.output import must_be_writable, say, write
from traboule.cli.progress import Teller

if TYPE_CHECKING:
    from traboule.kernel.exchange.crosstable import CrossTable

EPILOG: Final = f"""
[bold]Examples[/bold]

  traboule table people.csv --down sex --across age_band --indicators job_12_months,training_done

  traboule table people.xlsx --down territory --indicators job_12_months --floor 10 --out table.xlsx

  traboule table people.csv --down sex --indicators job_12_months --out table.pdf

The file has a row a person: groups in words, indicators as yes or no (1 or 0). An empty cell is unknown and
stays unknown. Shares are of those who are known, with Wilson's 95 % interval.

{EXIT_CODES}
"""

Data = Annotated[str, typer.Argument(metavar="FILE", show_default=False,
                                     help="Table, a row a person; - reads standard input.")]  # fmt: skip
Down = Annotated[str, typer.Option(metavar="COL", show_default=False, help="The group of the rows.")]
Across = Annotated[str, typer.Option(metavar="COL", show_default=False, help="The group of the columns.")]
Indicators = Annotated[
    str, typer.Option(metavar="A,B,…", show_default=False, help="Columns of yes, no or nothing.")
]
Floor = Annotated[int, typer.Option(min=2, max=1000, help="Fewer people than this are hidden.")]
OutFile = Annotated[str | None, typer.Option("--out", metavar="FILE", show_default="standard output",
                                             help="The table; .xlsx or .pdf by its name.")]  # fmt: skip


def register(app: typer.Typer) -> None:
    app.command(name="table", epilog=EPILOG, no_args_is_help=True)(table)


def table(
    data: Data, down: Down, across: Across = "", indicators: Indicators = "", floor: Floor = 5,
    out: OutFile = None,
) -> None:  # fmt: skip
    """Count people and indicators by group; small cells are hidden so that nobody can work them out."""
    names = [name.strip() for name in next(csv.reader([indicators], skipinitialspace=True), [])]
    groups = [name for name in (down.strip(), across.strip()) if name]
    if not down.strip() or not all(names) or len({*groups, *names}) < len(groups) + len(names):
        raise typer.BadParameter("names of columns, each once; --down needs one")
    _guard(data, out, names)
    from traboule.kernel.exchange.crosstable import cross
    from traboule.tables.groups import read_groups

    with Teller() as teller:
        teller("reading", 0.0)
        inputs = Inputs()
        read = inputs.table(data)
        if read is None:
            end(Exit.BAD_INPUT, inputs.problems)
        found = read_groups(read, groups, names)
        if found.has_errors:
            end(Exit.BAD_INPUT, found.problems)
        try:
            counted = cross(found.rows, groups[0], "".join(groups[1:]), names, floor=floor)
        except ValueError as error:  # a level that is named like the total
            sys.stderr.write(f"{read.name}:{read.header_line}:-: {error}\n")
            raise typer.Exit(int(Exit.BAD_INPUT)) from error
        content = _content(counted, Path(read.name).name, (out or "").lower())
    tell(found.problems)
    if out and out != "-":
        write({Path(out): content})
    else:
        say(content)


def _guard(data: str, out: str | None, names: list[str]) -> None:
    if out and out.lower().endswith(".pdf") and not names:
        raise typer.BadParameter("a paper needs --indicators")
    if out and out != "-":
        must_be_writable(os.path.realpath(out))
        if data != "-" and os.path.realpath(out) == os.path.realpath(data):
            raise typer.BadParameter("a file that is read cannot be written too")


def _content(counted: "CrossTable", source: str, out: str) -> bytes:
    """The table in the form that the name of its file says."""
    from traboule.kernel.exchange.crosstable import flat
    from traboule.tables.writing import csv_bytes, xlsx_bytes

    if out.endswith(".pdf"):
        return _paper(counted, source)
    make = xlsx_bytes if out.endswith(".xlsx") else csv_bytes
    return make(*flat(counted))


def _paper(counted: "CrossTable", source: str) -> bytes:
    """The tagged PDF, in the language of the terminal; levels stay as they stand in the file."""
    from traboule.cli._django import wake
    from traboule.kernel.exchange.crosstable import TOTAL, UNKNOWN

    wake()
    from django.utils import translation

    from traboule.apps.indicators import funder_words as words
    from traboule.apps.indicators.funder_paper import table_pdf
    from traboule.cli.exits import language

    spoken = language()
    with translation.override(spoken):
        title = translation.gettext("Indicators by group")

    def level(name: str) -> str:
        return words.level(name) if name in (TOTAL, UNKNOWN) else name

    return table_pdf(counted, title=title, by=source, about=[], language=spoken, say=level)
