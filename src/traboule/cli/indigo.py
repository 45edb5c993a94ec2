"""`traboule indigo`: project.json of the impact-bond data standard, from a branch's own results."""

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from traboule.cli.branch_data import asked
from traboule.cli.exits import EXIT_CODES, Exit
from traboule.cli.match import day_of
from traboule.cli.output import must_be_writable, write
from traboule.cli.progress import Teller

EPILOG: Final = f"""
[bold]Example[/bold]

  traboule indigo --branch lyon --schema project.json --out lyon.json

The schema is that of the standard (Government Outcomes Lab, 4.1). Metrics, results and their source come from
the database; --with adds parts that Traboule does not keep, such as contracts and payments. What does not fit
the schema is told, and nothing is written.

{EXIT_CODES}
"""
LARGEST: Final = 16 * 1024 * 1024

Branch = Annotated[
    str, typer.Option("--branch", metavar="SLUG", show_default=False, help="As in the address of its pages.")
]
Schema = Annotated[
    Path, typer.Option("--schema", metavar="FILE", show_default=False, help="The schema of the standard.")
]
OutFile = Annotated[
    str, typer.Option("--out", metavar="FILE", show_default=False, help="The project as JSON.")
]
AsOf = Annotated[
    date | None,
    typer.Option(parser=day_of, metavar="DATE", show_default="end of last month", help="Day of the figures."),
]
Name = Annotated[
    str, typer.Option(metavar="TEXT", show_default="association and branch", help="Name of the project.")
]
More = Annotated[
    Path | None,
    typer.Option("--with", metavar="FILE", show_default=False, help="Further parts, as JSON, by name."),
]
Login = Annotated[
    str,
    typer.Option("--as", metavar="EMAIL", show_default="the operator",
                 help="Who takes the data out: their rights hold, their name stands in the log."),
]  # fmt: skip


def register(app: typer.Typer) -> None:
    app.command(name="indigo", epilog=EPILOG, no_args_is_help=True)(indigo)


def indigo(
    branch: Branch, schema: Schema, out: OutFile, as_of: AsOf = None, name: Name = "", more: More = None,
    login: Login = "",
) -> None:  # fmt: skip
    """Write project.json with a branch's metrics and results, checked strictly against the schema."""
    target = os.path.realpath(out)
    must_be_writable(target)
    if target in {os.path.realpath(read) for read in (schema, more) if read}:
        raise typer.BadParameter("a file that is read cannot be written too")
    rules, others = _read(schema), _read(more) if more else {}
    here = asked(branch, login)
    from django.core.exceptions import PermissionDenied

    from traboule.apps.indicators.queries.funder_tables import month_end
    from traboule.apps.indicators.queries.indigo import project_of
    from traboule.apps.outcomes.actions.exports import export_file
    from traboule.kernel.exchange.indigo import project_bytes

    day = min(as_of, here.today) if as_of else month_end(here.today)
    with Teller() as teller:
        teller("reading", 0.0)
        try:
            document = project_of(actor=here.actor, branch=here.branch, as_of=day, name=name)
        except PermissionDenied as refusal:
            sys.stderr.write(f"traboule: {here.actor.name}: this asks for the permission {refusal}\n")
            raise typer.Exit(int(Exit.BAD_INPUT)) from refusal
        _must_be_new(others, document, more)
        document |= others
        _must_fit(document, rules)
    facts = {"as_of": day.isoformat(), "results": len(document.get("results", ()))}
    export_file(
        branch=here.branch, kind="indigo", facts=facts, by=here.actor, now=here.now,
        deliver=lambda: write({Path(out): project_bytes(document)}),
    )  # fmt: skip


def _read(path: Path) -> dict[str, Any]:
    """A mapping in JSON; anything else ends the command."""
    try:
        content = path.read_bytes()
        if len(content) > LARGEST:
            raise ValueError(f"more than {LARGEST // 1024**2} MiB")
        found = json.loads(content)
        if not isinstance(found, dict):
            raise ValueError("no mapping")
    except (OSError, ValueError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) else " ".join(str(error).split())[:200]
        sys.stderr.write(f"{path}:1:-: a JSON file with names and values ({reason})\n")
        raise typer.Exit(int(Exit.BAD_INPUT)) from error
    return found


def _must_be_new(others: dict[str, Any], document: dict[str, Any], source: Path | None) -> None:
    twice = sorted(set(others) & set(document))
    for name in twice:
        sys.stderr.write(f"{source}:1:{name}: this part comes from the database\n")
    if twice:
        raise typer.Exit(int(Exit.BAD_INPUT))


def _must_fit(document: dict[str, Any], schema: dict[str, Any]) -> None:
    from traboule.kernel.exchange.schema import mismatches

    try:
        wrong = mismatches(document, schema)
    except (KeyError, TypeError, AttributeError) as error:
        sys.stderr.write(f"the schema cannot be used: {error}\n")
        raise typer.Exit(int(Exit.BAD_INPUT)) from error
    for one in wrong:
        sys.stderr.write(f"project{one.place}: {one.value or '(empty)'}: {one.wants}\n")
    if wrong:
        raise typer.Exit(int(Exit.BAD_INPUT))
