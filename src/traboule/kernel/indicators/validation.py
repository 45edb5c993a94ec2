"""Which definitions can be used, and every named problem of one that cannot: what the editor shows."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from traboule.kernel.indicators.definition import Among, Clock, Definition, Measure, What
from traboule.kernel.indicators.facts import Grade

LONGEST_WINDOW = 60  # months
MOST_DAYS = 31 * LONGEST_WINDOW
MOST_SLACK = 92  # days
SMALLEST_FLOOR = 3
CODE = re.compile(r"[a-z][a-z0-9_]{0,59}\Z")
SIDES = frozenset({"mentor", "mentee"})


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one field: a code, and what was expected (a range, the legal words)."""

    field: str
    code: str
    expected: str = ""


class DefinitionBroken(ValueError):
    """The definition cannot be used; carries every `Problem`."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        said = "; ".join(f"{p.field}: {p.code} ({p.expected})" for p in self.problems)
        super().__init__(said)


DUOS = frozenset({Among.DUOS_STARTED, Among.DUOS_COMPLETED, Among.DUOS_REACHABLE})
VALUES = frozenset({Measure.MEAN, Measure.MEDIAN, Measure.TOTAL})
SHARE = frozenset({Measure.SHARE})
EVERY_CLOCK = frozenset(Clock)
START, END, INTAKE = (frozenset({clock}) for clock in Clock)

# What may be asked of whom: measures, among, clocks, and the shortest window in months. There is no mean of
# waits: it would leave out those who still wait, which the median does not.
FITS: Mapping[What, tuple[frozenset[Measure], frozenset[Among], frozenset[Clock], int]] = {
    What.OUTCOME: (frozenset({Measure.SHARE, Measure.COST}), DUOS, EVERY_CLOCK, 1),
    What.DAYS_WORKED: (SHARE | VALUES, DUOS, EVERY_CLOCK, 1),
    What.LASTS: (SHARE, frozenset({Among.DUOS_STARTED}), START, 1),
    What.AGAIN: (SHARE, frozenset({Among.MENTORS}), END, 1),
    What.TRAINED: (SHARE, frozenset({Among.MENTORS}), START, 0),
    What.ANSWERED: (SHARE, frozenset({Among.DUOS_STARTED, Among.DUOS_COMPLETED}), END, 1),
    What.MATCHED: (SHARE, frozenset({Among.MENTEES}), INTAKE, 1),
    What.WAIT: (frozenset({Measure.MEDIAN}), frozenset({Among.MENTEES}), INTAKE, 1),
    What.HOURS: (VALUES, frozenset({Among.DUOS_STARTED, Among.DUOS_COMPLETED}), END, 0),
    What.RATING: (VALUES - {Measure.TOTAL}, frozenset({Among.DUOS_STARTED, Among.DUOS_COMPLETED}), END, 0),
    What.SPENT: (VALUES, frozenset({Among.DUOS_STARTED, Among.DUOS_COMPLETED}), END, 0),
}


def problems(definition: Definition) -> tuple[Problem, ...]:
    """Everything that is wrong with a definition, field by field; empty if it can be used."""
    return (*_ranges(definition), *_fit(definition), *_what_counts(definition))


def check(definition: Definition) -> Definition:
    """The definition itself, or DefinitionBroken."""
    found = problems(definition)
    if found:
        raise DefinitionBroken(found)
    return definition


def parse(raw: Mapping[str, Any]) -> Definition:
    """A definition from plain values, as `plain` gives them; DefinitionBroken names every field."""
    return check(read(raw))


def read(raw: Mapping[str, Any]) -> Definition:
    """The same without asking whether it may be used: what was issued stays readable when rules change."""
    known = {entry.name for entry in fields(Definition)}
    found = [
        Problem(str(name), "unknown_field", ", ".join(sorted(known))) for name in sorted(set(raw) - known)
    ]
    values: dict[str, Any] = {}
    for name, given in raw.items():
        if name in known:
            try:
                values[name] = _read(name, given)
            except (ValueError, TypeError):
                found.append(Problem(name, "unreadable", _expected(name)))
    required = {"name", "version", "measure", "what", "among", "clock", "months", "author", "decided_on"}
    found += [Problem(name, "missing") for name in sorted(required - set(raw))]
    if found:
        raise DefinitionBroken(found)
    return Definition(**values)


ENUMS: Mapping[str, type[StrEnum]] = {
    "measure": Measure, "what": What, "among": Among, "clock": Clock, "grade": Grade,
}  # fmt: skip
NUMBERS = frozenset({"version", "months", "min_days", "min_months", "floor", "slack_days"})


def _read(name: str, given: Any) -> Any:
    if name in ENUMS:
        return ENUMS[name](given)
    if name in NUMBERS:
        if isinstance(given, bool) or (isinstance(given, float) and not given.is_integer()):
            raise ValueError("a whole number")
        return int(given)
    if name == "decided_on":
        return given if isinstance(given, date) else date.fromisoformat(given)
    if name == "kinds":
        if isinstance(given, str):
            raise TypeError("a list")
        return tuple(sorted({str(kind) for kind in given}))
    if name == "against":
        return None if given in (None, "") else float(given)
    if not isinstance(given, str):
        raise TypeError("text")
    return given


def _expected(name: str) -> str:
    if name in ENUMS:
        return ", ".join(ENUMS[name])
    if name in NUMBERS:
        return "a whole number"
    return {"decided_on": "a day, YYYY-MM-DD", "kinds": "a list of codes", "against": "a number"}.get(
        name, "text"
    )


def _ranges(definition: Definition) -> Iterator[Problem]:
    if not CODE.match(definition.name):
        yield Problem("name", "not_a_code", "a-z, 0-9, _, at most 60")
    if not definition.author.strip():
        yield Problem("author", "empty")
    limits = {
        "version": (1, 9999), "months": (0, LONGEST_WINDOW), "min_days": (0, MOST_DAYS),
        "min_months": (0, LONGEST_WINDOW), "floor": (SMALLEST_FLOOR, 1000), "slack_days": (0, MOST_SLACK),
    }  # fmt: skip
    for name, (low, high) in limits.items():
        if not low <= getattr(definition, name) <= high:
            yield Problem(name, "out_of_range", f"{low} to {high}")
    against = definition.against
    if against is not None and not 0 <= against < float("inf"):
        yield Problem("against", "out_of_range", "0 or more")
    elif against is not None and definition.measure is Measure.SHARE and against > 1:
        yield Problem("against", "out_of_range", "0 to 1")


def _fit(definition: Definition) -> Iterator[Problem]:
    measures, among, clocks, months = FITS[definition.what]
    for name, legal in (("measure", measures), ("among", among), ("clock", clocks)):
        if getattr(definition, name) not in legal:
            yield Problem(name, "does_not_fit", ", ".join(sorted(legal)))
    if definition.months < months:
        yield Problem("months", "out_of_range", f"{months} to {LONGEST_WINDOW}")


def _what_counts(definition: Definition) -> Iterator[Problem]:
    of_outcomes = definition.what in {What.OUTCOME, What.DAYS_WORKED}
    if of_outcomes or definition.what is What.RATING:
        if not definition.kinds:
            yield Problem("kinds", "missing")
    elif definition.kinds:
        yield Problem("kinds", "does_not_fit")
    if definition.what is What.RATING and (
        len(definition.kinds) > 1 or not SIDES.issuperset(definition.kinds)
    ):
        yield Problem("kinds", "does_not_fit", "mentor, or mentee")
    if any(not CODE.match(kind) for kind in definition.kinds):
        yield Problem("kinds", "not_a_code", "a-z, 0-9, _, at most 60")
    if definition.min_days and definition.min_months:
        yield Problem("min_days", "both_durations", "days or months")
    if not of_outcomes and (definition.min_days or definition.min_months):
        yield Problem("min_days", "does_not_fit")
    if definition.what is What.DAYS_WORKED:
        yield from _days_that_count(definition)
    if not of_outcomes and definition.grade is not Grade.DECLARED:
        yield Problem("grade", "does_not_fit", Grade.DECLARED)


def _days_that_count(definition: Definition) -> Iterator[Problem]:
    is_share = definition.measure is Measure.SHARE
    if is_share and not definition.min_days:
        yield Problem("min_days", "missing", "1 or more")
    if not is_share and definition.min_days:
        yield Problem("min_days", "does_not_fit")
    if definition.min_months:
        yield Problem("min_months", "does_not_fit", "min_days")
