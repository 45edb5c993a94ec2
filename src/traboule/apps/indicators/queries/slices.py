"""What a snapshot of a branch holds: counts of groups by cohort, ready to be shown or to be added up.

A cohort is a quarter, by the day on which it began for each: duos by their start, mentees by their intake,
mentors by the day on which their window opens, the path by the first contact. "" is everybody.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from traboule.apps.branches.models import Branch
from traboule.apps.indicators.queries.definitions import in_force
from traboule.apps.indicators.queries.facts import branches_facts
from traboule.apps.indicators.queries.path import STEPS, figures_of_path
from traboule.apps.people.enums import Side
from traboule.core.actors import Actor
from traboule.kernel.indicators import Among, Definition, Facts, Figure, Measure, Row, figure, of_rows
from traboule.kernel.indicators.tally import hidden_quarters, tally
from traboule.kernel.path import EVERY, QUARTER, Figures, quarter_of
from traboule.kernel.small_numbers import SMALLEST, hide

WAITS = ((0, 7), (8, 15), (16, 30), (31, 60), (61, 90), (91, None))
"""Classes of days of waiting; the promise is thirty."""
PATH_CELLS = ("reached", "here", "stopped", "skipped")
"""What is counted at each step; skipped: went around an optional one."""
FORMAT = 1
"""How the data are laid out; a snapshot of another layout counts as none, until the clock makes it anew."""
MOST_QUARTERS = 12
Slices = dict[str, dict[str, Any]]


def slices_of(*, actor: Actor, branch: Branch, as_of: date) -> Slices:
    """Return the data of each cohort: the newest quarters and "". Raises NotVisible, NotAllowed."""
    definitions = in_force(on=as_of)
    path, _paths = figures_of_path(actor=actor, branch=branch)
    facts = branches_facts([branch])
    by_cohort = _figures(definitions, facts, as_of)
    quarters = sorted({*path.family(QUARTER), *(cohort for cohort in by_cohort if cohort)})
    found: Slices = {
        cohort: {"path": _path(path, cohort), "figures": by_cohort.get(cohort, {})}
        for cohort in (EVERY, *quarters[-MOST_QUARTERS:])
    }
    found[EVERY] |= {
        "format": FORMAT,
        "definitions": {name: definition.plain for name, definition in definitions.items()},
        "cohorts": quarters[-MOST_QUARTERS:],
        "waits": _waits(facts, as_of),
        "series": _series(definitions, by_cohort, quarters[-MOST_QUARTERS:]),
    }
    return found


def quarter(day: date | None) -> str:
    """Return "2026-Q1" of a day; nothing of none."""
    return "" if day is None else quarter_of(f"{day:%Y-%m}")


def _path(path: Figures, cohort: str) -> list[list[Any]]:
    """Steps of mentees: code, then each of PATH_CELLS as its number and whether it is hidden."""
    side = Side.MENTEE.value
    cells = [[(side, cohort, what, step, "") for what in PATH_CELLS] for step in STEPS]
    return [
        [step, *([path.cube.get(cell, 0), int(path.shown.get(cell, 0) is None)] for cell in row)]
        for step, row in zip(STEPS, cells, strict=True)
    ]


def _figures(definitions: Mapping[str, Definition], facts: Facts, as_of: date) -> Slices:
    begun = {
        Among.MENTEES: {mentee.id: quarter(mentee.intake_on) for mentee in facts.mentees},
        Among.DUOS_STARTED: {duo.id: quarter(duo.started_on) for duo in facts.duos},
    }
    found: Slices = defaultdict(dict)
    for name, definition in definitions.items():
        whole = figure(definition, facts, as_of)
        parts: dict[str, list[Row]] = defaultdict(list)
        if definition.among is Among.MENTORS:
            for row in whole.rows:
                parts[quarter(row.first)].append(row)
        else:
            known = begun.get(definition.among, begun[Among.DUOS_STARTED])
            for row in whole.rows:
                parts[known.get(row.id, "")].append(row)
        for cohort, one in _hidden(whole, parts).items():
            found[cohort][name] = one
    return found


def _hidden(whole: Figure, parts: Mapping[str, Sequence[Row]]) -> dict[str, dict[str, Any]]:
    """Tallies of everybody and of each quarter, with the mark of those that would show too few people."""
    made = {EVERY: whole}
    made |= {cohort: of_rows(whole.definition, whole.as_of, rows) for cohort, rows in parts.items() if cohort}
    floor = whole.definition.floor
    gone = hidden_quarters({cohort: one.n for cohort, one in made.items()}, floor)
    late = hidden_quarters({cohort: one.not_due for cohort, one in made.items()}, floor)
    return {
        cohort: {
            **tally(one).plain,
            "hidden": cohort in gone,
            "not_due": None if cohort in late else one.not_due,
        }
        for cohort, one in made.items()
    }


def _series(definitions: Mapping[str, Definition], by_cohort: Slices, quarters: Sequence[str]) -> Any:
    """Counts of shares by quarter: what a page about many branches needs of each quarter."""
    shares = [name for name, definition in definitions.items() if definition.measure is Measure.SHARE]
    return {
        name: [
            [cohort, by_cohort[cohort][name]["counts"], by_cohort[cohort][name]["hidden"]]
            for cohort in quarters
            if name in by_cohort.get(cohort, {})
        ]
        for name in shares
    }


def _waits(facts: Facts, as_of: date) -> list[list[int | None]]:
    """How many mentees without a duo have waited how long: first and last day, people, hidden."""
    days = [
        (as_of - one.intake_on).days
        for one in facts.mentees
        if one.intake_on is not None and one.intake_on <= as_of and not one.matched_on and not one.left_on
    ]
    found: Counter[str] = Counter({"": len(days)})
    for first, last in WAITS:
        found[f"{first:03}"] = sum(first <= day and (last is None or day <= last) for day in days)
    gone = hide(found, [("", *(f"{first:03}" for first, _ in WAITS))], SMALLEST)
    rows: list[list[int | None]] = [
        [first, last, found[f"{first:03}"], int(f"{first:03}" in gone)] for first, last in WAITS
    ]
    return [*rows, [None, None, found[""], int("" in gone)]]
