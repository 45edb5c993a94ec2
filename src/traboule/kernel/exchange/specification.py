"""A fund's own definition of its records, as the Refugee Transitions Outcomes Fund publishes it in YAML.

One mapping a record (fields with type, key, foreign key and validation), one list a category, and a workflow
that says in which order records come. Nothing of it is copied into this code: it is read when given.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

KINDS: Final = ("string", "integer", "date", "year", "monthyear", "categorical", "list")
REQUIRED: Final = frozenset(("required", "notnull", "notblank"))
SWITCHES: Final = REQUIRED | {"unique", "national_insurance_number"}
NUMBERS: Final = frozenset(("character_limit", "count_min"))
RULES: Final = SWITCHES | NUMBERS | {"dimension", "date_after"}
CONDITIONAL: Final = "conditional"
_NOT_IN_A_NAME: Final = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the definition that cannot be read; ``code`` and ``params`` make the sentence."""

    place: str
    value: str
    code: str
    params: tuple[tuple[str, str | int], ...] = ()


class SpecificationError(ValueError):
    """The definition cannot be used; ``faults`` holds everything that is wrong with it, at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.place}: {fault.code}: {fault.value}" for fault in faults))


@dataclass(frozen=True, slots=True)
class Condition:
    """A rule applies only where ``field`` of the same record holds one of ``values``."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One check of one field: ``argument`` is its text or number (True for a switch)."""

    kind: str
    argument: str | int
    when: tuple[Condition, ...] = ()

    @property
    def name(self) -> str:
        """The kind of rule as the definition names it: whatever hangs on a condition is conditional."""
        return CONDITIONAL if self.when else self.kind


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one record. ``refers_to``: the record whose key this field repeats, or empty."""

    id: str
    record: str
    kind: str
    is_key: bool = False
    refers_to: str = ""
    rules: tuple[Rule, ...] = ()
    choices: tuple[str, ...] | None = None

    @property
    def is_required(self) -> bool:
        """Without any condition."""
        return any(rule.kind in REQUIRED and not rule.when for rule in self.rules)


@dataclass(frozen=True, slots=True)
class Record:
    """One kind of record; its key is one field, or the person and one more (``turn``: creation, 6 month…)."""

    id: str
    fields: tuple[Field, ...]

    @property
    def link(self) -> Field | None:
        """The field that repeats the key of the top record, None in the top record itself."""
        return next((one for one in self.fields if one.refers_to), None)

    @property
    def owner(self) -> Field | None:
        """The field that says about whom the record is."""
        return self.link or next((one for one in self.fields if one.is_key), None)

    @property
    def turn(self) -> Field | None:
        """The second part of the key, whose choices the wide file spreads over columns."""
        return next((one for one in self.fields if one.is_key and not one.refers_to and self.link), None)


@dataclass(frozen=True, slots=True)
class Specification:
    """All records in the order in which people meet them; the first one is about the person."""

    records: tuple[Record, ...]
    categories: int = 0
    gaps: tuple[tuple[Field, Rule], ...] = ()

    @property
    def top(self) -> Record:
        """The record that the others refer to."""
        return self.records[0]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field of every record."""
        return tuple(one for record in self.records for one in record.fields)

    def record(self, name: str) -> Record:
        """The record of this name; raises KeyError."""
        for record in self.records:
            if record.id == name:
                return record
        raise KeyError(name)

    def named(self, name: str) -> Field | None:
        """The field of this name that no record merely repeats."""
        return next((one for one in self.fields if one.id == name and not one.refers_to), None)


def plain(name: str) -> str:
    """A name as headers are compared: small letters and digits only, "6 month" → "6month"."""
    return _NOT_IN_A_NAME.sub("", name.lower())
