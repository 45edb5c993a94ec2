"""`traboule generate`: a made-up programme as files for `traboule match`."""

import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from traboule.cli.exits import Exit
from traboule.cli.match import day_of
from traboule.cli.progress import Teller

if TYPE_CHECKING:
    from traboule.kernel.generator import MenteeRecord, MentorRecord, People
    from traboule.tables.writing import Cell

EPILOG = """
[bold]Example[/bold]

  traboule generate --mentors 200 --mentees 220 --seed 1 --out people

Everybody is made up. Ages, diplomas and job plans follow the published figures of such programmes.
What nobody publishes (languages, distances, availability…) is assumed: see DIR/assumptions.csv.
"""
_WAY = ("pace", "directness", "listening", "structure", "humour")
_TEXTS = (
    "first_name",
    "last_name",
    "email",
    "phone",
    "contact_language",
    "channel",
    "branch",
    "country",
    "postcode",
)

Mentors = Annotated[int, typer.Option(min=0, max=1_000_000, help="How many mentors.", show_default=False)]
Mentees = Annotated[int, typer.Option(min=0, max=1_000_000, help="How many mentees.", show_default=False)]
Seed = Annotated[int, typer.Option(min=0, help="The same seed, the same people.")]
Out = Annotated[
    Path, typer.Option(metavar="DIR", help="Folder for the files; made if need be.", show_default=False)
]
AsOf = Annotated[
    date | None,
    typer.Option(
        parser=day_of, metavar="DATE", show_default="today", help="The day that people's dates lead up to."
    ),
]


def register(app: typer.Typer) -> None:
    app.command(name="generate", epilog=EPILOG, no_args_is_help=True)(generate)


def generate(mentors: Mentors, mentees: Mentees, out: Out, seed: Seed = 0, as_of: AsOf = None) -> None:
    """Make up a programme: mentors.csv and mentees.csv for [bold]traboule match[/bold]."""
    if out.exists() and not out.is_dir():
        raise typer.BadParameter(f"{out} is not a folder")
    day = as_of or datetime.now(tz=UTC).astimezone().date()
    from traboule.kernel import generator
    from traboule.reference import occupations, places
    from traboule.tables.writing import write_all

    with Teller() as teller:
        teller("people", 0.0)
        people = generator.generate(
            mentors=mentors,
            mentees=mentees,
            seed=seed,
            as_of=day,
            places=places.communes("FR"),
            occupations=occupations.codes(),
        )
        try:
            out.mkdir(parents=True, exist_ok=True)
            write_all({out / name: content for name, content in _files(people).items()})
        except OSError as error:
            sys.stderr.write(f"traboule: cannot write {error.filename}: {error.strerror}\n")
            raise typer.Exit(int(Exit.UNEXPECTED)) from error
    figures = list(generator.ASSUMPTIONS.values())
    published = sum(figure.is_published for figure in figures)
    sys.stdout.write(f"{mentors} mentors and {mentees} mentees, seed {seed}, as of {day}, in {out}\n")
    assumed = len(figures) - published
    sys.stdout.write(f"{published} published figures, {assumed} assumptions: {out / 'assumptions.csv'}\n")


def _files(people: "People") -> dict[str, bytes]:
    from traboule.kernel.generator import ASSUMPTIONS
    from traboule.tables.writing import csv_bytes

    groups = sorted({name for person in people.mentees for name, _ in person.groups})
    figures = [
        [name, figure.text, _value(figure.value), figure.source or "assumption"]
        for name, figure in ASSUMPTIONS.items()
    ]
    return {
        "mentors.csv": csv_bytes(_mentor_header(), map(_mentor_row, people.mentors)),
        "mentees.csv": csv_bytes(_mentee_header(groups), (_mentee_row(p, groups) for p in people.mentees)),
        "assumptions.csv": csv_bytes(["figure", "meaning", "value", "source"], figures),
    }


def _value(value: object) -> str:
    """A figure, a range or shares, in words."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {share:g}" for name, share in value.items())
    if isinstance(value, tuple):
        return ", ".join(f"{part:g}" for part in value)
    return f"{value:g}" if isinstance(value, float | int) else str(value)


def _common_header() -> list[str]:
    middle = ["commune", "birth_date", "languages", "availability", "occupations", "max_km", "online"]
    return ["id", *_TEXTS, *middle, "interests", "dislikes", *_WAY, "gender", "gender_wish", "avoid"]


def _mentor_header() -> list[str]:
    return [*_common_header(), "capacity", "years_experience", "generalist", "strengths", "available_from",
            "available_until", "trained"]  # fmt: skip


def _mentee_header(groups: list[str]) -> list[str]:
    return [
        *_common_header(),
        "needs",
        "waiting_since",
        "can_wait_until",
        *(f"group_{name}" for name in groups),
    ]


def _common_row(person: "MentorRecord | MenteeRecord") -> list["Cell"]:
    from traboule.tables import cells

    return [
        person.id,
        *(getattr(person, name) for name in _TEXTS),
        person.commune,
        cells.date_cell(person.birth_date),
        cells.languages_cell(person.languages),
        cells.availability_cell(person.slots),
        cells.occupations_cell(person.occupations),
        cells.number_cell(person.max_km),
        cells.yes_no_cell(person.online),
        cells.items_cell(person.interests),
        cells.items_cell(person.dislikes),
        *person.way,
        person.gender,
        person.gender_wish,
        cells.items_cell(person.avoid),
    ]


def _mentor_row(person: "MentorRecord") -> list["Cell"]:
    from traboule.tables import cells

    return [
        *_common_row(person),
        person.capacity,
        cells.number_cell(person.years_experience),
        cells.yes_no_cell(person.generalist),
        cells.items_cell(person.strengths),
        cells.date_cell(person.available_from),
        cells.date_cell(person.available_until),
        cells.yes_no_cell(person.trained),
    ]


def _mentee_row(person: "MenteeRecord", groups: list[str]) -> list["Cell"]:
    from traboule.tables import cells

    mine = dict(person.groups)
    return [
        *_common_row(person),
        cells.items_cell(person.needs),
        cells.date_cell(person.waiting_since),
        cells.date_cell(person.can_wait_until),
        *(mine.get(name) for name in groups),
    ]
