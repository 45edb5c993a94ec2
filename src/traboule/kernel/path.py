"""The path in figures: how many reached each step, how long it took, where people stopped and why.

Small cells are hidden (1 to 4 people), and so is whatever would give them away by one subtraction: between
the steps, between the cohorts of a family (months, quarters, and what the caller groups by), and between the
sides. Everything is computed at once, so that two pages with different filters do not disclose together what
each of them hides.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from math import ceil
from typing import TypeVar

from traboule.kernel.small_numbers import SMALLEST, hide

N = TypeVar("N", int, float)
EVERY = ""  # stands for all sides, or for all cohorts
MONTH, QUARTER, NONE = "month", "quarter", "none"

# A cell: (side, cohort, what, step, reason); `what` is reached, here or stopped. Of an optional step also
# passed (came as far as this step, by it or around it) and skipped (went around it).
Cell = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Journey:
    """One person on one side: the day of each step that was reached, and the reason if the path ended.

    ``groups`` names further cohorts, at most one of each family: "session:12", "way:self".
    """

    person: int
    side: str
    entered: Mapping[str, date]
    stopped: str = ""
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepFigures:
    """Figures of one step. None: hidden, because too few people stand behind it.

    `median` and `p90` are days since the step before, over the `timed` people whose two days are known.
    """

    step: str
    reached: int | None
    here: int | None
    stopped: int | None
    reasons: tuple[tuple[str, int | None], ...]
    median: int | None
    p90: int | None
    timed: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a branch, each slice ready to be shown.

    `cube` holds what is hidden too: for sums over several branches, which are shown by rules of their own.
    """

    steps: tuple[str, ...]
    cohorts: tuple[str, ...]
    shown: Mapping[Cell, int | None]
    days: Mapping[tuple[str, str, str], tuple[int, ...]]
    cube: Mapping[Cell, int] = field(default_factory=dict)

    def of(self, side: str = EVERY, cohort: str = EVERY) -> tuple[StepFigures, ...]:
        """The steps of one slice, in order."""
        return tuple(self._step(side, cohort, step) for step in self.steps)

    def family(self, name: str) -> tuple[str, ...]:
        """The cohorts of one family: months, quarters, or one that the journeys brought."""
        return tuple(cohort for cohort in self.cohorts if family_of(cohort) == name)

    def _step(self, side: str, cohort: str, step: str) -> StepFigures:
        days = self.days.get((side, cohort, step), ())
        known = len(days) >= SMALLEST
        reasons = sorted(
            (cell[4], number)
            for cell, number in self.shown.items()
            if cell[:4] == (side, cohort, "stopped", step) and cell[4]
        )
        return StepFigures(
            step=step,
            reached=self.shown.get((side, cohort, "reached", step, ""), 0),
            here=self.shown.get((side, cohort, "here", step, ""), 0),
            stopped=self.shown.get((side, cohort, "stopped", step, ""), 0),
            reasons=tuple(reasons),
            median=quantile(days, 0.5) if known else None,
            p90=quantile(days, 0.9) if known else None,
            timed=len(days) if known or not days else None,
        )


def figures(
    journeys: Iterable[Journey], steps: Sequence[str], optional: Collection[str] = frozenset()
) -> Figures:
    """Count `journeys` over `steps` (in order), by side and cohort, with small cells hidden.

    Who reached a step also reached those before it, even if nobody wrote their days down; but an `optional`
    step only if its day is known, because others rightly went around it.
    """
    counts: Counter[Cell] = Counter()
    days: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    cohorts: set[str] = set()
    sides: set[str] = set()
    rows = list(journeys)
    families = {family_of(group) for journey in rows for group in journey.groups}
    for journey in rows:
        last = _last_step(journey, steps)
        if last is None:
            continue
        own = cohorts_of(journey, families)
        cohorts.update(own)
        sides.add(journey.side)
        slices = [(side, cohort) for side in (journey.side, EVERY) for cohort in (*own, EVERY)]
        for cell in _cells(journey, steps, last, optional):
            counts.update((*at, *cell) for at in slices)
        for step, between in _between(journey, steps, optional):
            for at in slices:
                days[(*at, step)].append(between)
    cube = dict(counts)
    equations = _equations(cube, steps, sorted(sides), sorted(cohorts), optional)
    hidden = hide(cube, equations)
    shown = {cell: None if cell in hidden else number for cell, number in cube.items()}
    sorted_days = {at: tuple(sorted(found)) for at, found in days.items()}
    return Figures(tuple(steps), tuple(sorted(cohorts)), shown, sorted_days, cube)


def cohorts_of(journey: Journey, families: Collection[str] = frozenset()) -> tuple[str, ...]:
    """Month and quarter of the first contact ("2026-03", "2026-Q1"), and one cohort of each other family."""
    first = min(journey.entered.values())
    named = {family_of(group) for group in journey.groups}
    others = (f"{family}:{NONE}" for family in sorted(families) if family not in named)
    return f"{first:%Y-%m}", quarter_of(f"{first:%Y-%m}"), *journey.groups, *others


def family_of(cohort: str) -> str:
    """What kind of cohort this is."""
    if ":" in cohort:
        return cohort.partition(":")[0]
    return QUARTER if "-Q" in cohort else MONTH


def quarter_of(month: str) -> str:
    """The quarter of a month: "2026-Q1" of "2026-03"."""
    year, number = month.split("-")
    return f"{year}-Q{(int(number) + 2) // 3}"


def quantile(ordered: Sequence[N], share: float) -> N:
    """The smallest value that at least `share` of an ordered, non-empty sequence does not exceed."""
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def _last_step(journey: Journey, steps: Sequence[str]) -> int | None:
    reached = [n for n, step in enumerate(steps) if step in journey.entered]
    return max(reached, default=None)


def _cells(
    journey: Journey, steps: Sequence[str], last: int, optional: Collection[str]
) -> Iterable[tuple[str, str, str]]:
    for step in steps[: last + 1]:
        if step not in optional:
            yield "reached", step, ""
            continue
        yield "passed", step, ""
        yield "reached" if step in journey.entered else "skipped", step, ""
    if journey.stopped:
        yield "stopped", steps[last], ""
        yield "stopped", steps[last], journey.stopped
    else:
        yield "here", steps[last], ""


def _between(journey: Journey, steps: Sequence[str], optional: Collection[str]) -> Iterable[tuple[str, int]]:
    """Days since the step before; an optional step that was not taken does not lie between."""
    for before, step in pairwise(s for s in steps if s not in optional or s in journey.entered):
        if before in journey.entered and step in journey.entered:
            yield step, max(0, (journey.entered[step] - journey.entered[before]).days)


def _equations(
    cube: Mapping[Cell, int],
    steps: Sequence[str],
    sides: Sequence[str],
    cohorts: Sequence[str],
    optional: Collection[str] = frozenset(),
) -> list[tuple[Cell, ...]]:
    found: list[tuple[Cell, ...]] = []
    reasons = sorted({(cell[3], cell[4]) for cell in cube if cell[4]})
    for side in (*sides, EVERY):
        for cohort in (*cohorts, EVERY):
            found += _within(side, cohort, steps, reasons, optional)
    kinds = sorted({cell[2:] for cell in cube})
    sums = _sums(cohorts)
    for kind in kinds:
        for side in (*sides, EVERY):
            found += [
                ((side, total, *kind), *((side, part, *kind) for part in parts)) for total, parts in sums
            ]
        for cohort in (*cohorts, EVERY):
            found.append(((EVERY, cohort, *kind), *((side, cohort, *kind) for side in sides)))
    return found


def _sums(cohorts: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Everybody is the sum of the cohorts of each family; a quarter is the sum of its months."""
    families: dict[str, list[str]] = defaultdict(list)
    for cohort in cohorts:
        families[family_of(cohort)].append(cohort)
    months = families.get(MONTH, [])
    quarters = [
        (quarter, [month for month in months if quarter_of(month) == quarter])
        for quarter in families.get(QUARTER, [])
    ]
    return [*((EVERY, parts) for _name, parts in sorted(families.items())), *quarters]


def _within(
    side: str,
    cohort: str,
    steps: Sequence[str],
    reasons: Sequence[tuple[str, str]],
    optional: Collection[str],
) -> Iterable[tuple[Cell, ...]]:
    """Who reached a step went on, is there or stopped there; who stopped did so for one of the reasons."""
    came = [(side, cohort, "passed" if step in optional else "reached", step, "") for step in steps]
    for n, step in enumerate(steps):
        onward = came[n + 1 : n + 2]
        stays = [(side, cohort, "here", step, ""), (side, cohort, "stopped", step, "")]
        yield (came[n], *onward, *stays)
        if step in optional:
            yield (came[n], (side, cohort, "reached", step, ""), (side, cohort, "skipped", step, ""))
        why = [(side, cohort, "stopped", step, reason) for at, reason in reasons if at == step]
        if why:
            yield ((side, cohort, "stopped", step, ""), *why)
