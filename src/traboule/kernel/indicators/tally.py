"""What is left of a figure when its rows are let go of: counts, and how often each value stood there.

Tallies of branches, or of quarters, add up; the figure of the sum is worked out by the same formulas as that
of the rows. A median of medians or a mean of shares would be another number.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from traboule.kernel.indicators.definition import Definition, Measure
from traboule.kernel.indicators.figure import Figure, of_counts
from traboule.kernel.indicators.verdicts import KNOWN, Row, Verdict
from traboule.kernel.small_numbers import hide

DECIMALS = 2
"""Values are kept so exactly: hundredths of an hour, whole days and cents."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows by verdict, and of those who are known and measured how many had each value."""

    counts: Mapping[Verdict, int]
    values: Mapping[float, int]

    @property
    def plain(self) -> dict[str, Any]:
        """The same as JSON values, in order."""
        counts = {verdict.value: number for verdict, number in sorted(self.counts.items()) if number}
        return {"counts": counts, "values": [[value, n] for value, n in sorted(self.values.items())]}


def tally(figure: Figure) -> Tally:
    """Count the rows of a figure."""
    values: Counter[float] = Counter()
    if figure.definition.measure is not Measure.SHARE:
        known = (row.value for row in figure.rows if row.verdict in KNOWN)
        values.update(round(value, DECIMALS) for value in known if value is not None)
    return Tally(dict(figure.counts), dict(values))


def read_tally(plain: Mapping[str, Any]) -> Tally:
    """Read what `plain` gave."""
    counts = {Verdict(name): int(number) for name, number in plain["counts"].items()}
    return Tally(counts, {float(value): int(number) for value, number in plain["values"]})


def added(tallies: Iterable[Tally]) -> Tally:
    """All of them together; of people who stand in one of them only."""
    counts: Counter[Verdict] = Counter()
    values: Counter[float] = Counter()
    for one in tallies:
        counts.update(one.counts)
        values.update(one.values)
    return Tally(dict(counts), dict(values))


def figure_of(definition: Definition, as_of: date, found: Tally) -> Figure:
    """The figure of a tally: the numbers of its rows, which nobody needs to read again."""
    rows: list[Row] = []
    for value, number in found.values.items():
        rows += [Row(0, Verdict.YES, value=value)] * number
    return of_counts(definition, as_of, found.counts, rows)


def hidden_quarters(sizes: Mapping[str, int], floor: int, total: str = "") -> set[str]:
    """Which cohorts of one figure are hidden: small ones, and what would give them away by subtraction.

    `sizes` are n by cohort; the cohort called `total` holds everybody. Once it is hidden nobody else need be.
    """
    parts = sorted((cohort for cohort in sizes if cohort != total), reverse=True)
    return hide(dict(sizes), [(total, *parts)], floor)


def may_show_total(hidden: Sequence[int], floor: int) -> bool:
    """Whether a total may stand beside its shown parts: `hidden` are the sizes of the parts that do not show.

    One hidden part is the total without the others; several together must be as many people as the floor.
    """
    left = [size for size in hidden if size]
    return not left or (len(left) > 1 and sum(left) >= floor)
