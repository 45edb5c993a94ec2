"""The wide file (one row a person) and the files of single records: which column holds what.

The wide file names the columns of a record that comes several times after its turn: the date of the record
"6 month" stands in ``integration_outcome_achieved_date_6month``. Headers are compared by letters and digits
alone, so that "Unique ID" is ``unique_id``; a header that fits no field is not guessed at.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from traboule.kernel.exchange.specification import Field, Record, Specification, plain

Value = str | int | date | Sequence[str] | None
SEPARATOR: Final = ","


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was read: ``rows`` are (line of the file, cells as text), as wide as the header."""

    name: str
    header: Sequence[str]
    rows: Sequence[tuple[int, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Column:
    """What a header stands for: a field, and of a record that comes several times also its turn."""

    field: Field
    turn: str = ""


@dataclass(slots=True)
class Entry:
    """One record of one person. ``columns``: field → header as written; a field without a column is absent.

    ``shares_key``: the same row also holds the person, who answers for the key.
    """

    record: Record
    sheet: str
    line: int
    turn: str = ""
    shares_key: bool = False
    values: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)

    @property
    def owner(self) -> str:
        """The identifier of the person, as written."""
        return self.values.get(self.record.owner.id, "") if self.record.owner else ""

    @property
    def key(self) -> tuple[str, ...]:
        """The person and, of a record that comes several times, its turn."""
        turn = self.record.turn
        return (self.owner,) if turn is None else (self.owner, self.values.get(turn.id, ""))


@dataclass(slots=True)
class Reading:
    """What the sheets hold: entries, kinds of record with columns, headers that fit no field."""

    entries: list[Entry] = field(default_factory=list)
    records: dict[str, list[str]] = field(default_factory=dict)  # sheet → names of records
    strangers: dict[str, list[str]] = field(default_factory=dict)  # sheet → headers
    doubled: dict[str, list[str]] = field(default_factory=dict)  # sheet → headers that mean one field twice

    @property
    def present(self) -> set[str]:
        """The kinds of record of which at least one sheet has columns."""
        return {name for names in self.records.values() for name in names}


def columns_of(specification: Specification, header: Iterable[str]) -> list[Column | None]:
    """What each header stands for, None where it fits no field."""
    known = _known(specification)
    return [known.get(plain(name)) for name in header]


def _known(specification: Specification) -> dict[str, Column]:
    known: dict[str, Column] = {}
    for record in specification.records:
        for one in record.fields:
            if not one.refers_to:
                for turn in turns_of(record):
                    known.setdefault(plain(one.id) + plain(turn), Column(one, turn))
    for one in specification.fields:
        known[plain(one.id)] = Column(specification.named(one.id) or one)
    return known


def turns_of(record: Record) -> tuple[str, ...]:
    """The turns of a record that comes several times, none for the others."""
    return record.turn.choices or () if record.turn else ()


def read_sheets(specification: Specification, sheets: Iterable[Sheet]) -> Reading:
    """Every entry of every sheet. A record whose cells are all empty is not there; a person always is."""
    found = Reading()
    for sheet in sheets:
        columns = columns_of(specification, sheet.header)
        found.strangers[sheet.name] = [
            name for name, column in zip(sheet.header, columns, strict=True) if column is None and name
        ]
        found.doubled[sheet.name] = _doubled(sheet, columns)
        parts = _parts(specification, columns)
        found.records[sheet.name] = list(dict.fromkeys(record.id for record, _, _ in parts))
        for line, cells in sheet.rows:
            found.entries += _entries(specification, sheet, (line, cells), parts)
    return found


def _doubled(sheet: Sheet, columns: Sequence[Column | None]) -> list[str]:
    return [
        name
        for place, (name, column) in enumerate(zip(sheet.header, columns, strict=True))
        if column is not None and column in columns[:place]
    ]


Part = tuple[Record, str, dict[str, int]]


def _parts(specification: Specification, columns: Sequence[Column | None]) -> list[Part]:
    """Records (and turns) of which the sheet has columns: field → place. The key goes to all of them."""
    key = specification.top.owner
    places: dict[tuple[str, str], dict[str, int]] = {}
    owner = None
    for place, column in enumerate(columns):
        if column is None:
            continue
        if column.field == key:
            owner = place if owner is None else owner
        else:
            places.setdefault((column.field.record, column.turn), {}).setdefault(column.field.id, place)
    if not places:
        places[(specification.top.id, "")] = {}
    parts = []
    for record in specification.records:
        for (name, turn), found in places.items():
            if name == record.id:
                if owner is not None and record.owner:
                    found.setdefault(record.owner.id, owner)
                parts.append((record, turn, found))
    return parts


def _entries(
    specification: Specification, sheet: Sheet, row: tuple[int, Sequence[str]], parts: Sequence[Part]
) -> Iterator[Entry]:
    line, cells = row
    has_person = any(record is specification.top for record, _, _ in parts)
    for record, turn, places in parts:
        values = {name: cells[place].strip() for name, place in places.items()}
        owner = record.owner.id if record.owner else ""
        own = any(value for name, value in values.items() if name != owner)
        if own or record is specification.top or len(parts) == 1:
            columns = {name: sheet.header[place] for name, place in places.items()}
            shares = has_person and record is not specification.top
            yield Entry(record, sheet.name, line, turn, shares, values, columns)


# --- writing ------------------------------------------------------------------------------------------------


def wide_columns(specification: Specification) -> dict[str, Column]:
    """The header of the wide file, in the order of the workflow; the key of the person comes once."""
    return {
        f"{one.id}_{plain(turn)}" if turn else one.id: Column(one, turn)
        for record in specification.records
        for turn in turns_of(record) or ("",)
        for one in record.fields
        if not one.refers_to
    }


def wide_table(
    specification: Specification, people: Iterable[Mapping[str, Value]]
) -> tuple[list[str], list[list[str]]]:
    """Header and rows of the wide file from plain rows: header → value.

    What is not known is left out or None and stays an empty cell; nothing is filled in. Dates may be dates,
    lists may be lists. Raises KeyError for a name that is no column, ValueError for a value of another kind.
    """
    columns = wide_columns(specification)
    rows = []
    for person in people:
        if strangers := set(person) - set(columns):
            raise KeyError(f"no column of the wide file: {', '.join(sorted(strangers))}")
        rows.append([written(column.field, person.get(name)) for name, column in columns.items()])
    return list(columns), rows


def record_tables(
    specification: Specification, entries: Iterable[Entry]
) -> dict[str, tuple[list[str], list[list[str]]]]:
    """The files of single records: name of the record → header and rows, in the order of the entries."""
    tables: dict[str, tuple[list[str], list[list[str]]]] = {
        record.id: ([one.id for one in record.fields], []) for record in specification.records
    }
    for entry in entries:
        header, rows = tables[entry.record.id]
        rows.append([entry.values.get(name, "") for name in header])
    return tables


def wide_rows(specification: Specification, entries: Iterable[Entry]) -> list[dict[str, Value]]:
    """Plain rows for ``wide_table``, one a person, people in the order in which they first come.

    Raises ValueError where one cell would hold two things: the entries must have passed the check.
    """
    headers = {(column.field, column.turn): name for name, column in wide_columns(specification).items()}
    owner = specification.top.owner.id if specification.top.owner else ""
    people: dict[str, dict[str, Value]] = {}
    taken: set[tuple[str, tuple[str, ...]]] = set()
    for entry in entries:
        if (entry.record.id, entry.key) in taken or not all(entry.key):
            raise ValueError(f"{entry.record.id} of {' '.join(entry.key)} in line {entry.line}")
        taken.add((entry.record.id, entry.key))
        person = people.setdefault(entry.owner, {owner: entry.owner})
        turn = entry.key[1] if entry.record.turn else ""
        if entry.record.turn and turn not in turns_of(entry.record):
            raise ValueError(f"{entry.record.id} of {entry.owner} in line {entry.line}: {turn}")
        for one in entry.record.fields:
            if not one.refers_to and entry.values.get(one.id):
                person[headers[(one, turn)]] = entry.values[one.id]
    return list(people.values())


def written(one: Field, value: Value) -> str:
    """A value as the definition writes it: ISO dates, months as 2021-07, lists with commas between.

    Raises ValueError for a value that its field cannot hold (text stays as it is: the check judges it).
    """
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        raise ValueError(f"{one.id}: {value!r}")
    if isinstance(value, date) and one.kind in ("date", "monthyear", "year"):
        text = value.isoformat()[:10]
        return {"date": text, "monthyear": text[:7], "year": text[:4]}[one.kind]
    if isinstance(value, int) and one.kind in ("integer", "year"):
        return str(value)
    if isinstance(value, list | tuple) and one.kind == "list":
        return f"{SEPARATOR} ".join(map(_item, value))
    raise ValueError(f"{one.id}: {value!r}")


def _item(text: str) -> str:
    """An item of a list; quoted as in CSV where a comma or a quotation mark stands in it."""
    if SEPARATOR in text or '"' in text:
        return '"' + text.replace('"', '""') + '"'
    return text
