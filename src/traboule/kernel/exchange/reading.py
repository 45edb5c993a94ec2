"""Reading a fund's definition: parsed files in, records with their rules out, every fault at once."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from traboule.kernel.exchange.specification import (
    CONDITIONAL,
    KINDS,
    NUMBERS,
    RULES,
    SWITCHES,
    Condition,
    Fault,
    Field,
    Record,
    Rule,
    Specification,
    SpecificationError,
    plain,
)

_ONE_OF: Final = re.compile(r"one_of\(\s*(?P<field>\w+)\s*,\s*(?P<values>\[.*\])\s*\)", re.DOTALL)


def read_specification(
    records: Mapping[str, object], categories: Mapping[str, object], workflow: object = None
) -> Specification:
    """The definition from parsed files: name of the file (without ending) → what stands in it.

    Scalars may be strings throughout (a loader that guesses no types) or typed. Raises SpecificationError.
    """
    reader = _Reader()
    lists = {name: reader.category(name, content) for name, content in categories.items()}
    found = [reader.record(name, content, lists) for name, content in sorted(records.items())]
    ordered = reader.in_order(found, list(_steps(workflow)))
    reader.whole(ordered)
    if reader.faults:
        raise SpecificationError(reader.faults)
    specification = Specification(tuple(ordered), len(lists))
    gaps = tuple(
        (one, rule)
        for one in specification.fields
        for rule in one.rules
        if rule.kind == "date_after" and specification.named(str(rule.argument)) is None
    )
    return Specification(specification.records, specification.categories, gaps)


def _steps(workflow: object) -> Iterator[str]:
    """Names of records in the order of the workflow, however deep they stand."""
    if isinstance(workflow, Mapping):
        for record in workflow.get("records") or ():
            if isinstance(record, Mapping) and "id" in record:
                yield str(record["id"])
        for key, part in workflow.items():
            if key != "records":
                yield from _steps(part)
    elif isinstance(workflow, list | tuple):
        for part in workflow:
            yield from _steps(part)


def _truth(value: object) -> bool | None:
    word = str(value).strip().lower()
    return {"true": True, "false": False, "none": False, "": False}.get(word)


class _Reader:
    """Collects what is wrong instead of stopping at the first."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, place: str, value: object, code: str, **params: str | int) -> None:
        self.faults.append(Fault(place, "" if value is None else str(value), code, tuple(params.items())))

    def category(self, name: str, content: object) -> tuple[str, ...]:
        place, values = f"categories/{name}", []
        if not isinstance(content, list) or not content:
            self.fault(place, "", "spec_list")
            return ()
        for item in content:
            value = item.get("value") if isinstance(item, Mapping) else item
            if not isinstance(value, str):
                # YAML takes the country code NO, unquoted, for "false".
                self.fault(place, value, "spec_text")
            else:
                values.append(value.strip())
        for value in {value for value in values if values.count(value) > 1}:
            self.fault(place, value, "spec_twice")
        return tuple(values)

    def record(self, name: str, content: object, lists: Mapping[str, tuple[str, ...]]) -> Record:
        fields = content.get("fields") if isinstance(content, Mapping) else None
        if not isinstance(fields, Mapping) or not fields:
            self.fault(f"records/{name}", "", "spec_fields")
            return Record(name, ())
        return Record(name, tuple(self.field(name, str(one), said, lists) for one, said in fields.items()))

    def field(self, record: str, name: str, said: object, lists: Mapping[str, tuple[str, ...]]) -> Field:
        place = f"records/{record}: {name}"
        content = said if isinstance(said, Mapping) else {}
        kind = str(content.get("type", ""))
        if kind not in KINDS:
            self.fault(place, kind, "spec_kind", words=" ".join(KINDS))
        validation = content.get("validation") or {}
        rules = tuple(self.rules(place, validation, ()))
        choices = None
        for rule in rules:
            if rule.kind == "dimension":
                choices = lists.get(str(rule.argument))
                if choices is None:
                    self.fault(place, rule.argument, "spec_category")
        refers = content.get("foreign_keys") or ()
        target = refers[0].get("record", "") if refers and isinstance(refers[0], Mapping) else ""
        return Field(name, record, kind, bool(_truth(content.get("primary_key"))), target, rules, choices)

    def rules(self, place: str, said: object, when: tuple[Condition, ...]) -> Iterator[Rule]:
        if not isinstance(said, Mapping):
            self.fault(place, said, "spec_rule")
            return
        for kind, argument in said.items():
            if kind == CONDITIONAL:
                for part in argument if isinstance(argument, list) else [argument]:
                    yield from self.conditional(place, part, when)
            elif kind not in RULES:
                self.fault(place, kind, "spec_rule")
            else:
                yield from self.rule(place, str(kind), argument, when)

    def conditional(self, place: str, part: object, when: tuple[Condition, ...]) -> Iterator[Rule]:
        expression = str(part.get("expression", "")) if isinstance(part, Mapping) else ""
        condition = self.condition(place, expression)
        if condition and isinstance(part, Mapping):
            yield from self.rules(place, part.get("validation") or {}, (*when, condition))

    def condition(self, place: str, expression: str) -> Condition | None:
        found = _ONE_OF.fullmatch(expression.strip())
        try:
            values = ast.literal_eval(found["values"]) if found else None
        except (ValueError, SyntaxError):
            values = None
        if found is None or not values or not all(isinstance(value, str) for value in values):
            self.fault(place, expression, "spec_condition")
            return None
        return Condition(found["field"], tuple(value.strip() for value in values))

    def rule(self, place: str, kind: str, argument: object, when: tuple[Condition, ...]) -> Iterator[Rule]:
        if kind in SWITCHES:
            switch = _truth(argument)
            if switch is None:
                self.fault(place, argument, "spec_switch")
            elif switch:
                yield Rule(kind, True, when)
        elif kind in NUMBERS:
            if not str(argument).isdecimal():
                self.fault(place, argument, "spec_number")
            else:
                yield Rule(kind, int(str(argument)), when)
        else:
            for one in argument if isinstance(argument, list) else [argument]:
                yield Rule(kind, str(one).strip(), when)

    def in_order(self, found: list[Record], steps: Sequence[str]) -> list[Record]:
        """As the workflow names them, what it does not name after that; the top record always first."""
        place = {name: number for number, name in reversed(list(enumerate(steps)))}
        return sorted(found, key=lambda one: (one.link is not None, place.get(one.id, len(steps)), one.id))

    def whole(self, records: Sequence[Record]) -> None:
        """What is wrong with the records taken together."""
        if not records:
            self.fault("records", "", "spec_fields")
            return
        tops = [record.id for record in records if record.link is None]
        if tops != [records[0].id]:
            self.fault("records", " ".join(tops), "spec_top")
        seen: dict[str, str] = {}
        for record in records:
            if record.owner is None:
                self.fault(f"records/{record.id}", "", "spec_key")
            for one in record.fields:
                self.twice(one, seen)
                self.references(one, record, tops)

    def twice(self, one: Field, seen: dict[str, str]) -> None:
        if not one.refers_to:
            if plain(one.id) in seen:
                self.fault(f"records/{one.record}: {one.id}", seen[plain(one.id)], "spec_twice")
            seen[plain(one.id)] = f"{one.record}: {one.id}"

    def references(self, one: Field, record: Record, tops: Iterable[str]) -> None:
        place = f"records/{one.record}: {one.id}"
        if one.refers_to and one.refers_to not in tops:
            self.fault(place, one.refers_to, "spec_reference")
        names = {other.id for other in record.fields}
        for condition in {condition for rule in one.rules for condition in rule.when}:
            if condition.field not in names:
                self.fault(place, condition.field, "spec_reference")
