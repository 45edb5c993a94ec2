"""Is the path the same for everybody? Rates by group, each against all the others, with what cannot be said.

Several groups are compared at once, so chance alone would find a difference somewhere: p is raised by Holm's
steps over everything that one call compares. No difference seen is not equality, and a difference that those
who are unknown could explain is said to be just that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from traboule.kernel.calibration import Share, wilson
from traboule.kernel.indicators.definition import Measure
from traboule.kernel.indicators.figure import Figure, of_rows
from traboule.kernel.indicators.groups import NOT_WRITTEN, PARTS, Group, cells_of, person
from traboule.kernel.indicators.intervals import Difference, holm, newcombe
from traboule.kernel.indicators.release import Person, Table, release
from traboule.kernel.indicators.verdicts import Row, Verdict

SMALLEST_GROUP = 10
"""Fewer known people than this on either side are not compared: a choice of this house."""
LEVEL = 0.05
REST, EVERYBODY = "not ", "all"

Members = Mapping[Group, Mapping[Person, str]]


class Aspect(StrEnum):
    """What is looked at on the path, and the shipped definition that it reads (`SOURCES`)."""

    WAITS = "waits"
    MATCHED = "matched"
    BREAKS = "breaks"
    FINDS = "finds"


SOURCES: Mapping[Aspect, tuple[str, bool]] = {
    Aspect.WAITS: ("matched_in_a_month", True),
    Aspect.MATCHED: ("matched_in_six_months", False),
    Aspect.BREAKS: ("reach_six_months", True),
    Aspect.FINDS: ("positive_outcome_from_end", False),
}
"""Aspect → name of a shipped definition, and whether it is turned: who is not matched still waits."""


class Heard(StrEnum):
    """What may be said of one group."""

    DIFFERS = "differs"
    NOT_SEEN = "not_seen"  # no difference seen; that is not equality
    UNKNOWN_COULD_EXPLAIN = "unknown_could_explain"
    TOO_FEW = "too_few"
    NO_REST = "no_rest"  # too few others to hold it against
    HIDDEN = "hidden"  # a small number stands in the way
    NOT_WRITTEN = "not_written"  # the people whose group nobody wrote down: counted, not compared


@dataclass(frozen=True, slots=True)
class GroupRate:
    """One group: counts (None: hidden), share with Wilson's interval, difference from the rest, raised p."""

    value: str
    heard: Heard
    n: int | None
    yes: int | None
    no: int | None
    missing: int | None
    share: Share | None = None
    difference: Difference | None = None
    p: float | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure by one group, and the table as it was released."""

    figure: str
    by: Group
    rows: tuple[GroupRate, ...]
    table: Table


def turned(figure: Figure) -> Figure:
    """The same people with yes and no changed over: who was not matched, whose duo did not last."""
    other = {Verdict.YES: Verdict.NO, Verdict.NO: Verdict.YES}
    rows = [replace(row, verdict=other.get(row.verdict, row.verdict)) for row in figure.rows]
    return of_rows(figure.definition, figure.as_of, rows)


def fairness(
    figures: Mapping[str, Figure], members: Members, earlier: Sequence[Table] = ()
) -> tuple[Comparison, ...]:
    """Each figure (name → figure) by each group. `members`: group → person (see `person`) → value.

    The tables are held against each other and against `earlier`. ValueError for a figure that is no share.
    """
    tables = list(earlier)
    drafts: list[Comparison] = []
    for name, figure in figures.items():
        if figure.definition.measure is not Measure.SHARE:
            raise ValueError(f"{name} is no share")
        for by in sorted(members):
            found = _compared(name, figure, by, members[by], tables)
            tables.append(found.table)
            drafts.append(found)
    return _raised(drafts)


def _compared(
    name: str, figure: Figure, by: Group, values: Mapping[Person, str], tables: Sequence[Table]
) -> Comparison:
    groups = _groups(figure, values)
    known = [value for value in groups if value != NOT_WRITTEN]
    slices = {value: of_rows(figure.definition, figure.as_of, rows) for value, rows in groups.items()}
    rest = {value: _others(figure, groups, value) for value in known}
    cells = cells_of(figure, EVERYBODY)
    for value, found in slices.items():
        cells |= cells_of(found, value)
    for value, found in rest.items():
        cells |= cells_of(found, REST + value)
    table = release(f"{name} by {by}", cells, tables, figure.definition.floor)
    rows = tuple(_rate(value, slices[value], rest.get(value), table.shown) for value in sorted(groups))
    return Comparison(name, by, rows, table)


def _others(figure: Figure, groups: Mapping[str, Sequence[Row]], value: str) -> Figure:
    rows = [row for other, found in groups.items() if other not in {value, NOT_WRITTEN} for row in found]
    return of_rows(figure.definition, figure.as_of, rows)


def _groups(figure: Figure, values: Mapping[Person, str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in figure.rows:
        found.setdefault(values.get(person(figure.definition, row.id), NOT_WRITTEN), []).append(row)
    return found


def _rate(value: str, one: Figure, rest: Figure | None, shown: Mapping[str, int | None]) -> GroupRate:
    n, yes, no, missing = (shown[f"{value}|{part}"] for part in PARTS)
    bare = GroupRate(value, Heard.HIDDEN, n, yes, no, missing)
    if None in (n, yes, no, missing):
        return bare
    share = wilson(one.hits, one.known) if one.known else None
    bare = replace(bare, heard=Heard.NOT_WRITTEN, share=share)
    if rest is None:
        return bare
    if any(shown[f"{REST}{value}|{part}"] is None for part in PARTS):
        return replace(bare, heard=Heard.HIDDEN)
    if one.known < SMALLEST_GROUP:
        return replace(bare, heard=Heard.TOO_FEW)
    if rest.known < SMALLEST_GROUP:
        return replace(bare, heard=Heard.NO_REST)
    difference = newcombe(one.hits, one.known, rest.hits, rest.known)
    heard = Heard.UNKNOWN_COULD_EXPLAIN if _bounds_meet(one, rest) else Heard.DIFFERS
    return replace(bare, heard=heard, difference=difference, p=difference.p)


def _bounds_meet(one: Figure, rest: Figure) -> bool:
    """Whether the difference could vanish if the unknown of both sides turned out as it suits."""
    numbers = (one.numbers.least, one.numbers.most, rest.numbers.least, rest.numbers.most)
    least, most, rest_least, rest_most = (number if number is not None else 0.0 for number in numbers)
    return least <= rest_most and rest_least <= most


def _raised(drafts: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """Raise every p. Of two groups each is the other's rest: that is one comparison, not two."""
    tests: dict[tuple[int, str], int] = {}
    chances: list[float] = []
    for place, draft in enumerate(drafts):
        compared = [row for row in draft.rows if row.p is not None]
        pair = sum(row.value != NOT_WRITTEN for row in draft.rows) == 2
        for number, row in enumerate(compared):
            if not (pair and number):
                chances.append(row.p or 0.0)
            tests[place, row.value] = len(chances) - 1
    raised = holm(chances)
    return tuple(
        replace(
            draft,
            rows=tuple(
                _said(row, raised[tests[place, row.value]]) if (place, row.value) in tests else row
                for row in draft.rows
            ),
        )
        for place, draft in enumerate(drafts)
    )


def _said(row: GroupRate, p: float) -> GroupRate:
    return replace(row, p=p, heard=Heard.NOT_SEEN if p >= LEVEL else row.heard)
