"""`traboule match`: the command of the contract in matching.md, in both modes."""

import os
import sys
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from traboule.cli.exits import EXIT_CODES, Exit
from traboule.cli.output import must_be_writable, say, write
from traboule.cli.progress import Teller

if TYPE_CHECKING:
    from traboule.cli.answer import Answer

FILES: Final = "Files"
DECIDING: Final = "Deciding"
EPILOG: Final = f"""
[bold]Examples[/bold]

  traboule generate --mentors 50 --mentees 60 --seed 1 --out people

  traboule match people/mentors.csv people/mentees.csv --out proposals.csv --report report.json

  traboule match mentors.xlsx mentees.xlsx --decisions decisions.csv --as-of 2026-12-01 > proposals.csv

  traboule match --scores scores.csv --capacity capacity.csv --maximise points

Files are CSV (, ; or tab; UTF-8 or Windows-1252; decimal comma or point) or XLSX (first sheet).
Problems go to standard error, one a line: file:line:column: value: what was expected.
After an error nothing has been written.

{EXIT_CODES}
"""


class Aim(StrEnum):
    PAIRS = "pairs"
    POINTS = "points"


def day_of(text: str) -> date:
    """A date of the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter("a date such as 2026-12-01") from error


Mentors = Annotated[
    str | None,
    typer.Argument(metavar="MENTORS", help="Table of mentors; - reads standard input.", show_default=False),
]
Mentees = Annotated[
    str | None,
    typer.Argument(metavar="MENTEES", help="Table of mentees; - reads standard input.", show_default=False),
]
Scores = Annotated[
    str | None,
    typer.Option(metavar="FILE", rich_help_panel=FILES, show_default=False,
                 help="Instead of people: mentee,mentor,points; only listed pairs are possible."),
]  # fmt: skip
Capacity = Annotated[
    str | None,
    typer.Option(metavar="FILE", rich_help_panel=FILES, show_default=False,
                 help="With --scores: mentor,capacity (0 = full, 1 if not listed)."),
]  # fmt: skip
Rules = Annotated[
    str | None,
    typer.Option(metavar="FILE", rich_help_panel=DECIDING, show_default="those that ship",
                 help="Weights and limits (TOML)."),
]  # fmt: skip
Decisions = Annotated[
    str | None,
    typer.Option(metavar="FILE", rich_help_panel=DECIDING, show_default=False,
                 help="mentee,mentor,decision with lock or forbid."),
]  # fmt: skip
Maximise = Annotated[
    Aim | None,
    typer.Option(rich_help_panel=DECIDING, show_default="pairs",
                 help="With --scores: number of pairs first, or points alone."),
]  # fmt: skip
Out = Annotated[
    str | None,
    typer.Option(
        metavar="FILE", rich_help_panel=FILES, show_default="standard output", help="Proposals (CSV)."
    ),
]
Report = Annotated[
    str | None,
    typer.Option(metavar="FILE", rich_help_panel=FILES, show_default=False,
                 help="Totals, prices that prove the plan, bonuses (JSON)."),
]  # fmt: skip
AsOf = Annotated[
    date | None,
    typer.Option(parser=day_of, metavar="DATE", rich_help_panel=DECIDING, show_default="today",
                 help="The day on which ages, waits and availability are looked at."),
]  # fmt: skip
Seed = Annotated[
    int, typer.Option(rich_help_panel=DECIDING, help="Settles ties; the same seed, the same answer.")
]


def register(app: typer.Typer) -> None:
    app.command(name="match", epilog=EPILOG, no_args_is_help=True)(match)


def match(
    mentors: Mentors = None,
    mentees: Mentees = None,
    scores: Scores = None,
    capacity: Capacity = None,
    out: Out = None,
    report: Report = None,
    rules: Rules = None,
    decisions: Decisions = None,
    maximise: Maximise = None,
    as_of: AsOf = None,
    seed: Seed = 0,
) -> None:
    """Propose a mentor for each mentee: the best plan over everybody, with the reasons and the proof.

    People are read from two tables, or points that you computed yourself from one ([bold]--scores[/bold]).
    Nobody is matched by this command: it proposes, explains and proves; a coordinator decides.
    """
    _check_words(mentors, mentees, scores, capacity, maximise, rules)
    _check_files([mentors, mentees, scores, capacity, rules, decisions], [out, report])
    day = as_of or datetime.now(tz=UTC).astimezone().date()
    from traboule.cli.answer import Context

    with Teller() as teller:
        context = Context(decisions, day, seed, teller)
        if scores is not None:
            from traboule.cli import match_scores

            answer = match_scores.run(
                scores, capacity, "points" if maximise is Aim.POINTS else "pairs", context
            )
        else:
            from traboule.cli import match_people

            answer = match_people.run(mentors or "", mentees or "", rules, context)
        _write(answer, out, report, teller)


def _check_words(
    mentors: str | None,
    mentees: str | None,
    scores: str | None,
    capacity: str | None,
    maximise: Aim | None,
    rules: str | None,
) -> None:
    if scores is None and (mentors is None or mentees is None):
        raise typer.BadParameter("two tables are needed, MENTORS and MENTEES (or --scores FILE)")
    if scores is None and (capacity is not None or maximise is not None):
        raise typer.BadParameter("--capacity and --maximise go with --scores")
    if scores is not None and mentors is not None:
        raise typer.BadParameter("either MENTORS and MENTEES, or --scores")
    if scores is not None and rules is not None:
        raise typer.BadParameter("--rules goes with MENTORS and MENTEES; --scores brings its own points")


def _check_files(read: list[str | None], written: list[str | None]) -> None:
    """What is plainly wrong with the names is told before anything is computed."""
    if read.count("-") > 1:
        raise typer.BadParameter("only one table can come from standard input")
    if written == [None, "-"]:
        raise typer.BadParameter("--report - needs --out FILE: only one of them fits on standard output")
    targets = [os.path.realpath(name) for name in written if name and name != "-"]
    if len(set(targets)) < len(targets) or written.count("-") > 1:
        raise typer.BadParameter("--out and --report are two files")
    if set(targets) & {os.path.realpath(name) for name in read if name and name != "-"}:
        raise typer.BadParameter("a file that is read cannot be written too")
    for target in targets:
        must_be_writable(target)


def _write(answer: "Answer", out: str | None, report: str | None, teller: Teller) -> None:
    """Everything or nothing; a plan whose certificate is refused is never written."""
    if not answer.plan.certificate_holds:
        sys.stderr.write("traboule: the verifier refuses the certificate of this plan; nothing was written\n")
        raise typer.Exit(int(Exit.CERTIFICATE_REFUSED))
    proposals = answer.proposals()
    contents = {Path(out): proposals} if out and out != "-" else {}
    finished = answer.report(teller.seconds)
    if report and report != "-":
        contents[Path(report)] = finished
    write(contents)
    spoken = (b"" if out and out != "-" else proposals) + (finished if report == "-" else b"")
    if spoken:
        say(spoken)
    if sys.stderr.isatty():
        sys.stderr.write(f"{answer.summary()} ({teller.seconds:.1f} s)\n")
