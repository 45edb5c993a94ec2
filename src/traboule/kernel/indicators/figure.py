"""A figure: one definition over all rows on one day, never without n, what is missing, interval and bounds.

Of a share the interval speaks of those who are known, the bounds of everybody who was due: all unknown
failed, all unknown succeeded. A figure of nobody is no figure: it says "nobody yet", never 0 %.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from traboule.kernel.calibration import wilson
from traboule.kernel.indicators.definition import Definition, Measure, What
from traboule.kernel.indicators.facts import Facts
from traboule.kernel.indicators.intervals import mean_interval, median, median_ranks
from traboule.kernel.indicators.judging import judged
from traboule.kernel.indicators.validation import check
from traboule.kernel.indicators.verdicts import DUE, KNOWN, MISSING, Row, Verdict

LOWEST_RATING, HIGHEST_RATING = 1.0, 5.0
INFINITE = float("inf")


class Said(StrEnum):
    """What a figure says; all but `figure` say why there is no number."""

    FIGURE = "figure"
    NOBODY_YET = "nobody_yet"  # no window has closed
    NOBODY_KNOWN = "nobody_known"  # of nobody whose window has closed is it known
    NONE_COUNTS_YET = "none_counts_yet"  # a cost, and nothing that it could be divided by
    BEYOND = "beyond"  # the median wait is longer than the window
    TOO_FEW = "too_few"  # fewer people than the floor: somebody could be recognised


class Interval(StrEnum):
    """How the interval was made."""

    WILSON = "wilson"
    STUDENT = "student"
    ORDER = "order_statistics"
    OF_SHARE = "wilson_of_the_share"  # of a cost by outcome: what was spent stands still, the share varies
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Numbers:
    """Value, interval (`low`, `high`) and bounds (`least`, `most`); None: there is none.

    Shares from 0 to 1, waits in days, hours a week, ratings from 1 to 5, money in cents. The upper end of
    an interval or of bounds is None too where it lies beyond the window.
    """

    said: Said
    value: float | None = None
    low: float | None = None
    high: float | None = None
    least: float | None = None
    most: float | None = None
    interval: Interval = Interval.NONE


@dataclass(frozen=True, slots=True)
class Figure:
    """The numbers with everything that belongs beside them; `rows` are shown by permission."""

    definition: Definition
    as_of: date
    numbers: Numbers
    counts: tuple[tuple[Verdict, int], ...]
    rows: tuple[Row, ...] = ()

    def count(self, *verdicts: Verdict) -> int:
        """How many rows have one of these verdicts."""
        return sum(number for verdict, number in self.counts if verdict in verdicts)

    @property
    def n(self) -> int:
        """Rows whose window has closed."""
        return self.count(*DUE)

    @property
    def known(self) -> int:
        """Of these, those of whom it is known."""
        return self.count(*KNOWN)

    @property
    def hits(self) -> int:
        """Of these, those that count."""
        return self.count(Verdict.YES)

    @property
    def missing(self) -> int:
        """Of n, those of whom it is not known, refused and not proven enough among them."""
        return self.count(*MISSING)

    @property
    def not_due(self) -> int:
        """Rows whose window is still open."""
        return self.count(Verdict.NOT_DUE)

    @property
    def label(self) -> str:
        """Definition, version, clock and window, and the day."""
        return f"{self.definition.label}, {self.as_of.isoformat()}"


@dataclass(frozen=True, slots=True)
class Cohort:
    """People counted together: window opened from `first` to `last`, and on a list of ids; None: no limit."""

    first: date | None = None
    last: date | None = None
    ids: frozenset[int] | None = None

    def holds(self, row: Row) -> bool:
        """Whether a row is one of them; a row without a day is in no cohort of days."""
        if self.ids is not None and row.id not in self.ids:
            return False
        if self.first is None and self.last is None:
            return True
        if row.first is None:
            return False
        return (self.first or row.first) <= row.first <= (self.last or row.first)


EVERYBODY = Cohort()


def figure(definition: Definition, facts: Facts, as_of: date, cohort: Cohort = EVERYBODY) -> Figure:
    """The figure as of one day; DefinitionBroken if the definition cannot be used."""
    rows = judged(check(definition), facts, as_of)
    spent: dict[int, int | None] = {}
    if definition.measure is Measure.COST:
        spent = {duo.id: duo.cost_cents for duo in facts.duos}
        rows = tuple(_with_cost(row, spent) for row in rows)
    return of_rows(definition, as_of, [row for row in rows if cohort.holds(row)])


def of_rows(definition: Definition, as_of: date, rows: Sequence[Row]) -> Figure:
    """The figure of rows that were judged already: of a group, or of an earlier day."""
    return of_counts(definition, as_of, Counter(row.verdict for row in rows), rows)


def of_counts(
    definition: Definition, as_of: date, found: Mapping[Verdict, int], rows: Sequence[Row] = ()
) -> Figure:
    """The figure of so many rows of each verdict; what is measured also needs the rows with their values."""
    counts = tuple((verdict, found[verdict]) for verdict in Verdict if found.get(verdict))
    bare = Figure(definition, as_of, Numbers(Said.NOBODY_YET), counts, tuple(rows))
    if not bare.n:
        return bare
    if not bare.known:
        return replace(bare, numbers=_unknown(bare))
    return replace(bare, numbers=_WORK[definition.measure](bare))


def without_small_numbers(found: Figure) -> Figure:
    """The same figure if enough people stand behind it; else one that says so, without counts and rows."""
    if not 0 < found.n < found.definition.floor:
        return found
    return replace(found, numbers=Numbers(Said.TOO_FEW), counts=(), rows=())


def differing(one: Figure, other: Figure) -> tuple[tuple[int, Verdict | None, Verdict | None], ...]:
    """Rows that two definitions judge otherwise, for the preview side by side; None: no row there."""
    first = {row.id: row.verdict for row in one.rows}
    second = {row.id: row.verdict for row in other.rows}
    ids = sorted(first.keys() | second.keys())
    return tuple((id_, first.get(id_), second.get(id_)) for id_ in ids if first.get(id_) != second.get(id_))


def _with_cost(row: Row, spent: dict[int, int | None]) -> Row:
    """A row of a cost: whoever's cost is not written down is missing, whatever came of it."""
    cents = spent.get(row.id)
    if cents is None:
        return replace(row, verdict=Verdict.UNKNOWN) if row.verdict in KNOWN else row
    return Row(row.id, row.verdict, row.first, row.last, float(cents))


def _unknown(found: Figure) -> Numbers:
    if found.definition.measure is Measure.SHARE:
        return Numbers(Said.NOBODY_KNOWN, least=0.0, most=1.0)
    return Numbers(Said.NOBODY_KNOWN)


def _share(found: Figure) -> Numbers:
    share = wilson(found.hits, found.known)
    least, most = found.hits / found.n, (found.hits + found.missing) / found.n
    return Numbers(Said.FIGURE, share.value, share.low, share.high, least, most, Interval.WILSON)


def _values(rows: Collection[Row]) -> list[float]:
    return sorted(row.value for row in rows if row.value is not None and row.verdict in KNOWN)


def _mean(found: Figure) -> Numbers:
    values = _values(found.rows)
    value, total = sum(values) / len(values), sum(values)
    between = mean_interval(values)
    low, high = between if between is not None else (None, None)
    least = most = None if found.missing else value
    if found.definition.what is What.RATING:
        low = None if low is None else max(LOWEST_RATING, low)
        high = None if high is None else min(HIGHEST_RATING, high)
        least = (total + found.missing * LOWEST_RATING) / found.n
        most = (total + found.missing * HIGHEST_RATING) / found.n
    kind = Interval.NONE if between is None else Interval.STUDENT
    return Numbers(Said.FIGURE, value, low, high, least, most, kind)


def _median(found: Figure) -> Numbers:
    """Who waits beyond the window stands at the end of the row: known, though not in days."""
    values = _values(found.rows) + [INFINITE] * found.count(Verdict.BEYOND)
    ranks = median_ranks(len(values))
    low, high = (values[ranks[0] - 1], values[ranks[1] - 1]) if ranks else (INFINITE, INFINITE)
    missing = [INFINITE] * found.missing
    least, most = median([-INFINITE] * found.missing + values), median(values + missing)
    value = median(values)
    return Numbers(
        said=Said.BEYOND if value == INFINITE else Said.FIGURE,
        value=_finite(value),
        low=_finite(low),
        high=_finite(high),
        least=_finite(least),
        most=_finite(most),
        interval=Interval.ORDER if ranks else Interval.NONE,
    )


def _finite(number: float) -> float | None:
    return number if abs(number) < INFINITE else None


def _total(found: Figure) -> Numbers:
    """A sum has no interval: nothing is left to chance. What is not written down can only add to it."""
    total = sum(_values(found.rows))
    return Numbers(Said.FIGURE, total, least=total, most=None if found.missing else total)


def _cost(found: Figure) -> Numbers:
    """Spent on all who are known, by those who count; the bounds spend as much on each unknown."""
    total, each = sum(_values(found.rows)), sum(_values(found.rows)) / found.known
    if not found.hits:
        return Numbers(Said.NONE_COUNTS_YET)
    share = wilson(found.hits, found.known)
    everybody = each * found.n
    return Numbers(
        Said.FIGURE, total / found.hits, each / share.high, each / share.low,
        everybody / (found.hits + found.missing), everybody / found.hits, Interval.OF_SHARE,
    )  # fmt: skip


_WORK = {
    Measure.SHARE: _share,
    Measure.MEAN: _mean,
    Measure.MEDIAN: _median,
    Measure.TOTAL: _total,
    Measure.COST: _cost,
}
