"""A cohort of people who do not exist, in the records of a fund's definition and true to all of its rules.

For trials of the export and for tests. Everything that the definition lists is drawn from its lists; dates
follow one another as its rules say; what hangs on a condition is there exactly when the condition holds.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from traboule.kernel.exchange.layout import Value, turns_of, wide_columns
from traboule.kernel.exchange.specification import REQUIRED, Field, Record, Rule, Specification
from traboule.kernel.generator.draw import Draw
from traboule.kernel.generator.names import BY_LANGUAGE

_ROLE: Final = 28  # tells these people from those of the generator under the same seed
_BEGAN: Final = (365 * 6, 1580)  # days before `as_of` on which the first date of a person lies
_STEP: Final = (62, 270)  # days from one date to the next: another month even where only months count
_TURN: Final = 183
_REACHED: Final = 0.6
_GIVEN: Final = 0.85  # an optional answer that makes sense is there so often
_SECTORS: Final = ("care", "food", "building", "cleaning", "transport", "retail", "education", "technology")
_WORK: Final = ("cook", "nurse", "driver", "tailor", "carpenter", "teacher", "shop assistant", "electrician")
_LEAVING: Final = ("moved to another town", "found work elsewhere", "joined family")
# Whole numbers that make sense, by a word in the name of the field.
_RANGES: Final = {"wage": (11, 19), "age": (14, 17), "": (0, 4)}
# Answers that only make sense for people who work: asked at the beginning, where not everybody does.
_OF_WORK: Final = ("hours_of_employment", "wage_baseline")
_LETTERS: Final = "ABCEGHJKLMPRSTWXYZ"
_NUMBERS: Final = 1_000_000


def invented(
    specification: Specification, people: int, *, seed: int, as_of: date, complete: bool = True
) -> list[dict[str, Value]]:
    """Plain rows for ``layout.wide_table``: the same seed and day give the same people.

    ``complete``: everybody went the whole way and has every record; otherwise people are where people are,
    and the records that they have not reached stay empty.
    """
    return [_Person(specification, seed, number, as_of).row(complete) for number in range(people)]


class _Person:
    def __init__(self, specification: Specification, seed: int, number: int, as_of: date) -> None:
        self.specification, self.number, self.seed = specification, number, seed
        self.draw = Draw(seed, _ROLE, number)
        began, latest = _BEGAN
        self.first = as_of - timedelta(days=self.draw.between(latest, began))
        self.dates: dict[str, date] = {}
        names = BY_LANGUAGE[self.draw.one(sorted(BY_LANGUAGE))]
        self.first_name = self.draw.one((*names.women, *names.men))
        self.last_name = self.draw.one(names.families)

    def row(self, complete: bool) -> dict[str, Value]:
        headers = {(one.field, one.turn): name for name, one in wide_columns(self.specification).items()}
        reached = set(self.reached(complete))
        row: dict[str, Value] = {}
        for record in self.specification.records:
            if record.id not in reached:
                continue
            turns = turns_of(record)
            if turns and not complete:
                turns = turns[: self.draw.between(1, len(turns))]
            for place, turn in enumerate(turns or ("",)):
                values = self.record(record, turn, place)
                row |= {headers[(one, turn)]: values[one.id] for one in record.fields if one.id in values}
        return {name: value for name, value in row.items() if value is not None}

    def reached(self, complete: bool) -> Iterator[str]:
        """Names of records: those that others lean on come with them."""
        leans = {record.id: set(self.leans(record)) for record in self.specification.records}
        wanted = [self.specification.top.id]
        wanted += [name for name in leans if complete or self.draw.chance(_REACHED)]
        while wanted:
            name = wanted.pop()
            yield name
            wanted += leans.pop(name, ())

    def leans(self, record: Record) -> Iterator[str]:
        for one in record.fields:
            if (before := self.before(one)) and before.record != record.id:
                yield before.record

    def before(self, one: Field) -> Field | None:
        names = [str(rule.argument) for rule in one.rules if rule.kind == "date_after"]
        return next((found for name in names if (found := self.specification.named(name))), None)

    # --- one record -----------------------------------------------------------------------------------------

    def record(self, record: Record, turn: str, place: int) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for one in record.fields:
            if one.refers_to:
                continue
            if one == record.turn:
                values[one.id] = turn
            elif self.is_there(one, values):
                values[one.id] = self.value(one, place)
        return values

    def is_there(self, one: Field, values: Mapping[str, Value]) -> bool:
        """Required fields, conditions that hold, and most of what may be asked of everybody."""
        if one.is_required or one.is_key or one.id.startswith("provider_id"):
            return True
        conditional = [rule for rule in one.rules if rule.when and rule.kind in REQUIRED]
        if conditional:
            return any(self.holds(rule, values) for rule in conditional)
        if one.id in _OF_WORK:
            return values.get("employment_status") in self.work()
        return self.draw.chance(_GIVEN)

    def holds(self, rule: Rule, values: Mapping[str, Value]) -> bool:
        return all(values.get(when.field) in when.values for when in rule.when)

    def work(self) -> Sequence[str]:
        """What the definition calls work when somebody enters it."""
        entry = self.specification.named("primary_employment_entry_status")
        return entry.choices or () if entry else ()

    # --- one value ------------------------------------------------------------------------------------------

    def value(self, one: Field, place: int) -> Value:
        if one.kind in ("date", "monthyear"):
            return self.day(one, place)
        if one.kind == "year":
            return self.first.year - self.draw.between(18, 45)
        if one.kind == "list":
            least = max((int(r.argument) for r in one.rules if r.kind == "count_min"), default=1)
            choices = one.choices or _WORK
            picked = self.draw.several(choices, min(len(choices), least + self.draw.between(0, 1)))
            return sorted(picked, key=choices.index)
        if one.choices:
            return self.draw.one(one.choices)
        if one.kind == "integer":
            low, high = next(span for word, span in _RANGES.items() if word in one.id)
            return self.draw.between(low, high)
        return self.text(one)

    def text(self, one: Field) -> str:
        limit = min((int(r.argument) for r in one.rules if r.kind == "character_limit"), default=255)
        kinds = {rule.kind for rule in one.rules}
        if one.is_key:
            return f"P{self.number + 1:05d}"
        if "national_insurance_number" in kinds:
            return self.insurance_number()
        if one.id.startswith("provider_id"):
            return "invented"
        named = {"first_name": self.first_name, "last_name": self.last_name}
        words = _SECTORS if "sector" in one.id else _LEAVING if "reason" in one.id else _WORK
        text = named.get(one.id) or self.draw.one(words)
        return (f"{self.number + 1} {text}" if "unique" in kinds else text)[:limit].strip()

    def insurance_number(self) -> str:
        """Right in form; no two alike, because each number stands for one place in a row."""
        place = self.number + self.seed * 31
        letters = _LETTERS[place // _NUMBERS % len(_LETTERS)]
        return f"A{letters}{place % _NUMBERS:06d}{self.draw.one('ABCD')}"

    def day(self, one: Field, place: int) -> date:
        """After the date that its rule names; turns half a year apart; the last record after all others."""
        if known := self.dates.get(f"{one.id}{place or ''}"):
            return known
        low, high = _STEP
        before = self.before(one)
        day = self.first
        if place:
            day = self.day(one, place - 1) + timedelta(days=_TURN)
        elif one.record == self.specification.records[-1].id and self.dates:
            day = max(self.dates.values()) + timedelta(days=self.draw.between(5, 60))
        elif before is not None:
            day = self.day(before, 0) + timedelta(days=self.draw.between(low, high))
        return self.dates.setdefault(f"{one.id}{place or ''}", day)
