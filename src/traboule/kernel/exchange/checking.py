"""The strict check of records against a fund's definition: every violation at once, each with its place.

Eight kinds of rule come from the definition (required, unique, dimension, date_after, character_limit,
count_min, national_insurance_number, conditional); two more follow from it: ``type`` from the type of a
field, ``foreign_key`` from the person that a record refers to. A cell that breaks one rule is not blamed
again by a rule that needs it whole. What cannot be checked is said, never passed over.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from traboule.kernel.exchange.layout import Entry, Reading
from traboule.kernel.exchange.specification import REQUIRED, Field, Rule, Specification, plain
from traboule.kernel.exchange.values import has_type, is_insurance_number, items, moment, told_apart

TYPE, FOREIGN_KEY, UNIQUE, DIMENSION = "type", "foreign_key", "unique", "dimension"
_MANY: Final = 12  # so many values of a category are named, no more
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that one cell breaks. ``line`` counts from 1, the header included; ``column`` as written."""

    sheet: str
    line: int
    record: str
    field: str
    column: str
    rule: str
    value: str
    code: str
    params: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A rule that could not be asked: no record has the field, or no sheet has the record."""

    record: str
    field: str
    rule: str
    needs: str
    is_gap: bool


@dataclass(slots=True)
class Checked:
    """``rows``: entries by record. ``empty``: entries by field in which it has no value.

    ``absent``: people by record who have none of it (only where a sheet has columns for it).
    """

    violations: list[Violation] = field(default_factory=list)
    unchecked: list[Unchecked] = field(default_factory=list)
    rows: Counter[str] = field(default_factory=Counter)
    empty: Counter[tuple[str, str]] = field(default_factory=Counter)
    absent: Counter[str] = field(default_factory=Counter)

    def by_record(self) -> dict[str, int]:
        """Violations of each record that has any."""
        return dict(sorted(Counter(one.record for one in self.violations).items()))

    def by_field(self) -> dict[str, int]:
        """Violations of each ``record.field`` that has any."""
        return dict(sorted(Counter(f"{one.record}.{one.field}" for one in self.violations).items()))

    def by_rule(self) -> dict[str, int]:
        """Violations of each kind of rule that has any."""
        return dict(sorted(Counter(one.rule for one in self.violations).items()))


def check(specification: Specification, reading: Reading, progress: Progress | None = None) -> Checked:
    """Check every entry; violations come in the order of sheets and lines."""
    checker = _Checker(specification, reading)
    for number, entry in enumerate(reading.entries):
        if progress and number % 1000 == 0:
            progress("rules", number / len(reading.entries))
        checker.entry(entry)
    checker.unique()
    checker.absent()
    sheets = {name: place for place, name in enumerate(reading.records)}
    place = {(one.record, one.id): number for number, one in enumerate(specification.fields)}
    found = checker.found
    found.violations.sort(
        key=lambda one: (sheets[one.sheet], one.line, place[one.record, one.field], one.column, one.rule)
    )
    found.unchecked += checker.not_asked()
    return found


class _Checker:
    def __init__(self, specification: Specification, reading: Reading) -> None:
        self.specification, self.reading = specification, reading
        self.present = reading.present
        self.found = Checked()
        self.people = {one.owner for one in reading.entries if one.record is specification.top}
        self.by_owner: dict[tuple[str, str], Entry] = {}
        self.by_row: dict[tuple[str, str, int], Entry] = {}
        for entry in reading.entries:
            self.by_owner.setdefault((entry.record.id, entry.owner), entry)
            self.by_row.setdefault((entry.record.id, entry.sheet, entry.line), entry)

    def say(self, entry: Entry, one: Field, rule: str, code: str, **params: str | int) -> None:
        column, value = entry.columns.get(one.id, ""), entry.values.get(one.id, "")
        self.found.violations.append(
            Violation(
                entry.sheet, entry.line, one.record, one.id, column, rule, value, code, tuple(params.items())
            )
        )

    # --- one entry ------------------------------------------------------------------------------------------

    def entry(self, entry: Entry) -> None:
        self.found.rows[entry.record.id] += 1
        for one in entry.record.fields:
            text = entry.values.get(one.id, "")
            if not text:
                self.found.empty[(one.record, one.id)] += 1
            if one == entry.record.link and entry.shares_key:
                continue  # the person in the same row answers for this cell
            if text and not has_type(text, one.kind):
                self.say(entry, one, TYPE, f"rtof_{one.kind}")
                continue
            for rule in one.rules:
                if self.applies(entry, rule):
                    self.rule(entry, one, rule, text)
            self.reference(entry, one, text)
            self.turn(entry, one, text)

    def applies(self, entry: Entry, rule: Rule) -> bool:
        return all(entry.values.get(when.field, "") in when.values for when in rule.when)

    def rule(self, entry: Entry, one: Field, rule: Rule, text: str) -> None:
        if rule.kind in REQUIRED:
            if not text:
                self.lacking(entry, one, rule)
        elif text and (ask := _ASK.get(rule.kind)):
            for code, params in ask(one, rule, text):
                self.say(entry, one, rule.name, code, **params)
        elif text and rule.kind == "date_after":
            self.date_after(entry, one, rule, text)

    def lacking(self, entry: Entry, one: Field, rule: Rule) -> None:
        if rule.when:
            last = rule.when[-1]
            self.say(entry, one, rule.name, "rtof_required_when", other=last.field,
                     value=entry.values.get(last.field, ""))  # fmt: skip
        else:
            self.say(entry, one, rule.name, "rtof_required" if one.id in entry.columns else "rtof_no_column")

    def date_after(self, entry: Entry, one: Field, rule: Rule, text: str) -> None:
        """Later than a date of the same person, which may stand in another record."""
        other = self.specification.named(str(rule.argument))
        if other is None or other.record not in self.present:
            return  # said once, under `unchecked`
        beside = self.beside(entry, other.record)
        said = beside.values.get(other.id, "") if beside else ""
        mine, theirs = moment(text, one.kind), moment(said, other.kind)
        if theirs is None:
            # A date that lacks or cannot be read is blamed where it stands, if anything there blames it.
            if not said and not (beside and other.is_required):
                self.say(entry, one, rule.name, "rtof_nothing_before", other=other.id)
        elif mine is None or not mine.is_after(theirs):
            self.say(entry, one, rule.name, "rtof_date_after", other=other.id, date=said)

    def beside(self, entry: Entry, record: str) -> Entry | None:
        """The record of the same person: in the same row of the wide file, else wherever it stands first."""
        if record == entry.record.id:
            return entry
        same_row = self.by_row.get((record, entry.sheet, entry.line))
        return same_row or self.by_owner.get((record, entry.owner))

    def reference(self, entry: Entry, one: Field, text: str) -> None:
        if one.refers_to and text and one.refers_to in self.present and text not in self.people:
            self.say(entry, one, FOREIGN_KEY, "rtof_foreign_key", record=one.refers_to)

    def turn(self, entry: Entry, one: Field, text: str) -> None:
        """A column named after a turn holds that turn and no other."""
        if entry.turn and one == entry.record.turn and text in (one.choices or ()) and text != entry.turn:
            self.say(entry, one, DIMENSION, "rtof_turn", turn=entry.turn)

    # --- all entries together -------------------------------------------------------------------------------

    def unique(self) -> None:
        """Keys (a person, or a person and a turn), and the other fields that nobody shares."""
        for record in self.specification.records:
            mine = [one for one in self.reading.entries if one.record is record]
            if record.owner:
                keys = [one for one in mine if not one.shares_key and all(one.key)]
                self.twice(record.owner, [("\0".join(one.key), one) for one in keys])
            for one in record.fields:
                kinds = {rule.kind for rule in one.rules}
                if UNIQUE in kinds and not one.is_key:
                    is_number = "national_insurance_number" in kinds
                    texts = (
                        (told_apart(e.values.get(one.id, ""), insurance_number=is_number), e) for e in mine
                    )
                    self.twice(one, [(text, entry) for text, entry in texts if text])

    def absent(self) -> None:
        for record in self.specification.records:
            if record.id in self.present and record is not self.specification.top:
                here = {one.owner for one in self.reading.entries if one.record is record}
                self.found.absent[record.id] = len(self.people - here)

    def twice(self, one: Field, keys: Sequence[tuple[str, Entry]]) -> None:
        first: dict[str, Entry] = {}
        for key, entry in keys:
            seen = first.setdefault(key, entry)
            if seen is not entry:
                self.say(entry, one, UNIQUE, "rtof_unique", file=seen.sheet, line=seen.line)

    def not_asked(self) -> Iterator[Unchecked]:
        """Rules for which something lacks that no single cell can be blamed for."""
        gaps = set(self.specification.gaps)
        for one in self.specification.fields:
            if one.record not in self.present:
                continue
            for rule in one.rules:
                other = self.specification.named(str(rule.argument)) if rule.kind == "date_after" else None
                if (one, rule) in gaps:
                    yield Unchecked(one.record, one.id, rule.name, str(rule.argument), is_gap=True)
                elif other and other.record not in self.present:
                    yield Unchecked(one.record, one.id, rule.name, other.record, is_gap=False)
            if one.refers_to and one.refers_to not in self.present:
                yield Unchecked(one.record, one.id, FOREIGN_KEY, one.refers_to, is_gap=False)


# --- what one cell alone can break: (code, params) of each fault -------------------------------------------

Fault = tuple[str, dict[str, str | int]]


def _dimension(one: Field, rule: Rule, text: str) -> Iterator[Fault]:
    choices = one.choices or ()
    wrong = [item for item in (items(text) if one.kind == "list" else [text]) if item not in choices]
    for item in wrong:
        near = next((choice for choice in choices if plain(choice) == plain(item)), "")
        if near:
            yield "rtof_choice_near", {"item": item, "choice": near}
        elif len(choices) > _MANY:
            yield "rtof_category", {"item": item, "category": str(rule.argument), "number": len(choices)}
        else:
            yield "rtof_choice", {"item": item, "words": " | ".join(choices)}


def _character_limit(one: Field, rule: Rule, text: str) -> Iterator[Fault]:
    if len(text) > int(rule.argument):
        yield "rtof_character_limit", {"limit": int(rule.argument), "found": len(text)}


def _count_min(one: Field, rule: Rule, text: str) -> Iterator[Fault]:
    found = len(set(items(text)))  # the same thing twice is one thing
    if found < int(rule.argument):
        yield "rtof_count_min", {"least": int(rule.argument), "found": found}


def _insurance_number(one: Field, rule: Rule, text: str) -> Iterator[Fault]:
    if not is_insurance_number(text):
        yield "rtof_insurance_number", {}


_ASK: Final[dict[str, Callable[[Field, Rule, str], Iterator[Fault]]]] = {
    "dimension": _dimension,
    "character_limit": _character_limit,
    "count_min": _count_min,
    "national_insurance_number": _insurance_number,
}
