"""The files MENTORS and MENTEES: their columns, their rows, and what only shows between two cells or two
rows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from traboule.tables import values
from traboule.tables.columns import Column, Lookups, Parsed, Reader, Reading, Spot
from traboule.tables.errors import Problem, Severity
from traboule.tables.reading import Table

WAY: Final = ("pace", "directness", "listening", "structure", "humour")
OLDEST_MENTEE, YOUNGEST_MENTEE, YOUNGEST_MENTOR = 33, 18, 50
GROUP_PREFIX: Final = "group_"

_PERSON: Final = (
    Column("id", values.identifier, "", required="required"),
    Column("country", values.country, "FR"),
    Column("postcode", values.plain, ""),
    Column("commune", values.plain, ""),
    Column("languages", values.languages, (), required="language_item"),
    Column("availability", values.availability, 0, required="empty_availability"),
    Column("occupations", values.occupations, ()),
    Column("birth_date", values.birth_date),
    Column("branch", values.plain),
    Column("max_km", values.number_from_zero(limit=25_000)),
    Column("online", values.yes_no, False),
    Column("interests", values.words, frozenset()),
    Column("dislikes", values.words, frozenset()),
    *(Column(name, values.scale) for name in WAY),
    Column("gender", values.one_of(values.GENDERS)),
    Column("gender_wish", values.one_of(values.GENDERS)),
    Column("avoid", values.identifiers, frozenset()),
    # Read by the import into the application only.
    Column("first_name", values.plain, ""),
    Column("last_name", values.plain, ""),
    Column("email", values.email, ""),
    Column("phone", values.plain, ""),
    Column("contact_language", values.language, ""),
    Column("channel", values.plain, ""),
)
MENTOR_COLUMNS: Final = (
    *_PERSON,
    Column("capacity", values.places, 1),
    Column("years_experience", values.number_from_zero(limit=80)),
    Column("generalist", values.yes_no, False),
    Column("strengths", values.words_of(values.TOPICS), frozenset()),
    Column("available_from", values.day),
    Column("available_until", values.day),
    Column("can_wait_until", values.day),
    Column("trained", values.yes_no, True),
)
MENTEE_COLUMNS: Final = (
    *_PERSON,
    Column("needs", values.words_of(values.TOPICS), frozenset()),
    Column("waiting_since", values.day),
    Column("can_wait_until", values.day),
)
# What associations call these columns in their own files; used to propose a mapping, never silently.
SYNONYMS: Final = { "identifiant": "id", "numero": "id", "prenom": "first_name", "nom":
    "last_name", "nom_de_famille": "last_name", "courriel": "email", "mail": "email",
    "e_mail": "email", "adresse_mail": "email", "telephone": "phone", "tel": "phone",
    "mobile": "phone", "portable": "phone", "code_postal": "postcode", "cp": "postcode",
    "ville": "commune", "pays": "country", "langues": "languages", "disponibilites":
    "availability", "disponibilite": "availability", "metiers": "occupations", "metier":
    "occupations", "codes_rome": "occupations", "rome": "occupations", "date_de_naissance":
    "birth_date", "naissance": "birth_date", "antenne": "branch", "centres_d_interet":
    "interests", "loisirs": "interests", "genre": "gender", "sexe": "gender", "capacite":
    "capacity", "besoins": "needs", "forces": "strengths", "annees_d_experience":
    "years_experience", "generaliste": "generalist", "forme": "trained",
    "disponible_a_partir_du": "available_from", "disponible_jusqu_au": "available_until",
    "attend_depuis": "waiting_since", "langue_de_contact": "contact_language", "canal":
    "channel", }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One person as the file states it. ``languages``: (code, 1…6 = A1…C2); ``slots``: see
    values.availability.
    """

    line: int
    id: str
    country: str
    postcode: str
    lat: float
    lon: float
    estimated: bool
    commune_code: str
    commune_name: str
    languages: tuple[tuple[str, int], ...]
    slots: int
    occupations: tuple[str, ...]
    birth_date: date | None
    branch: str | None
    max_km: float | None
    online: bool
    interests: frozenset[str]
    dislikes: frozenset[str]
    way: tuple[int | None, int | None, int | None, int | None, int | None]
    gender: str | None
    gender_wish: str | None
    avoid: frozenset[str]
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    phone: str = ""
    contact_language: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorRow(PersonRow):
    capacity: int
    years_experience: float | None
    generalist: bool
    strengths: frozenset[str]
    available_from: date | None
    available_until: date | None
    can_wait_until: date | None
    trained: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MenteeRow(PersonRow):
    needs: frozenset[str]
    waiting_since: date | None
    can_wait_until: date | None
    groups: tuple[tuple[str, str], ...]


def read_mentors(
    table: Table, lookups: Lookups, *, as_of: date, mapping: Mapping[str, str] | None = None
) -> Reading[MentorRow]:
    """Mentors of a table; ``mapping`` gives the column of each header as written, where they differ."""
    reader = Reader(table, MENTOR_COLUMNS, as_of=as_of, lookups=lookups, mapping=mapping)
    rows = []
    for parsed, common in _people(reader):
        own = {name: parsed.values[name] for name in _own_names(MENTOR_COLUMNS)}
        if (
            not own["generalist"]
            and not common["occupations"]
            and not parsed.failed & {"occupations", "generalist"}
        ):
            reader.problem(parsed.row, "occupations", "occupation_or_generalist")
            parsed.failed.add("occupations")
        _check_order(reader, parsed, "available_from", "available_until")
        _check_age(reader, parsed, "young_mentor", YOUNGEST_MENTOR, 200)
        if not parsed.failed:
            rows.append(MentorRow(**common, **own))
    return reader.done(rows)


def read_mentees(
    table: Table, lookups: Lookups, *, as_of: date, mapping: Mapping[str, str] | None = None
) -> Reading[MenteeRow]:
    """Mentees of a table; columns ``group_…`` are kept as they are, for measuring only."""
    reader = Reader(
        table, MENTEE_COLUMNS, as_of=as_of, lookups=lookups, mapping=mapping, free_prefix=GROUP_PREFIX
    )
    rows = []
    for parsed, common in _people(reader):
        own = {name: parsed.values[name] for name in _own_names(MENTEE_COLUMNS)}
        _check_order(reader, parsed, "waiting_since", "can_wait_until")
        if own["waiting_since"] and own["waiting_since"] > as_of:
            reader.problem(parsed.row, "waiting_since", "in_future", severity=Severity.WARNING)
        _check_age(reader, parsed, "mentee_age", YOUNGEST_MENTEE, OLDEST_MENTEE)
        if not parsed.failed:
            rows.append(MenteeRow(**common, **own, groups=reader.free_values(parsed.row)))
    return reader.done(rows)


def _own_names(columns: tuple[Column, ...]) -> list[str]:
    return [column.name for column in columns[len(_PERSON) :]]


def _people(reader: Reader) -> Iterable[tuple[Parsed, dict[str, Any]]]:
    """Each row with the values that mentors and mentees share, after the checks between cells and rows."""
    if not {"postcode", "commune"} & reader.position.keys():
        table = reader.table
        reader.problems.append(Problem(table.name, table.header_line, "postcode", "", "missing_place_column"))
    first_lines = reader.lines
    for parsed in reader.rows():
        found = parsed.values
        if found["id"] in first_lines:
            reader.problem(parsed.row, "id", "duplicate_id", None, {"line": first_lines[found["id"]]})
            parsed.failed.add("id")
        elif found["id"]:
            first_lines[found["id"]] = parsed.row.line
        spot = _place(reader, parsed)
        lat, lon, estimated, code, name = spot or (0.0, 0.0, True, "", "")
        values_ = dict(found)
        way = tuple(values_.pop(column) for column in WAY)
        slots = values_.pop("availability")
        values_.pop("commune")
        common = {column.name: values_[column.name] for column in _PERSON if column.name in values_}
        common |= {"line": parsed.row.line, "lat": lat, "lon": lon, "estimated": estimated,
            "commune_code": code, "commune_name": name, "way": way, "slots": slots}  # fmt: skip
        yield parsed, common


def _place(reader: Reader, parsed: Parsed) -> Spot | None:
    """Where the person lives; both cells are checked, the commune counts where both are given."""
    found = parsed.values
    if "country" in parsed.failed or reader.lookups is None:
        return None
    country = found["country"]
    found["postcode"] = _whole_postcode(reader, parsed)
    spots: list[Spot | None] = []
    for column, code in (("commune", "unknown_commune"), ("postcode", "unknown_postcode")):
        if found[column]:
            asked = (
                (found["postcode"], country, "")
                if column == "postcode"
                else ("", country, _padded(found[column]))
            )
            spots.append(reader.lookups.place(*asked))
            if spots[-1] is None:
                reader.problem(parsed.row, column, code, None, {"country": country})
                parsed.failed.add(column)
    if not found["postcode"] and not found["commune"] and {"postcode", "commune"} & reader.position.keys():
        column = "postcode" if "postcode" in reader.position else "commune"
        reader.problem(parsed.row, column, "place_missing")
        parsed.failed.add(column)
    return spots[0] if spots else None


def _padded(commune: str) -> str:
    """An INSEE code that a spreadsheet took for a number lost its zero."""
    return f"0{commune}" if commune.isascii() and commune.isdigit() and len(commune) == 4 else commune


def _whole_postcode(reader: Reader, parsed: Parsed) -> str:
    """The postcode without blanks; four digits in France lost a leading zero, which is restored with a
    warning.
    """
    postcode = "".join(str(parsed.values["postcode"]).split()).removesuffix(".0")
    if parsed.values["country"] == "FR" and len(postcode) == 4 and postcode.isascii() and postcode.isdigit():
        restored = f"0{postcode}"
        reader.problem(
            parsed.row, "postcode", "zero_restored", None, {"postcode": restored}, Severity.WARNING
        )
        return restored
    return postcode


def _check_order(reader: Reader, parsed: Parsed, earlier: str, later: str) -> None:
    first, last = parsed.values[earlier], parsed.values[later]
    if first and last and last < first:
        reader.problem(parsed.row, later, "date_order", None, {"other": first.isoformat()})
        parsed.failed.add(later)


def _check_age(reader: Reader, parsed: Parsed, code: str, youngest: int, oldest: int) -> None:
    born = parsed.values["birth_date"]
    if born and not youngest <= (age := age_on(born, reader.as_of)) <= oldest:
        reader.problem(parsed.row, "birth_date", code, None, {"age": age}, Severity.WARNING)


def age_on(born: date, today: date) -> int:
    """Full years of age."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def check_both(
    mentors: Reading[MentorRow], mentees: Reading[MenteeRow], mentor_table: Table, mentee_table: Table
) -> list[Problem]:
    """Errors for ids that stand in both files, at their line in the second."""
    place = mentee_table.keys.index("id") if "id" in mentee_table.keys else 0
    column = mentee_table.header[place]
    return [
        Problem(
            mentee_table.name, line, column, person, "in_both_files", _seen_at(mentor_table, mentors, person)
        )
        for person, line in mentees.lines.items()
        if person in mentors.lines
    ]


def _seen_at(table: Table, reading: Reading[MentorRow], person: str) -> tuple[tuple[str, str | int], ...]:
    return (("file", table.name), ("line", reading.lines[person]))
