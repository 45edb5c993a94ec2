"""Days in a window: several short contracts add up, overlaps count once, the first day counts.

The one place where days are counted: figures, outcomes and contracts import it.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from traboule.kernel.calendar import months_after

Span = tuple[date, date]  # first and last day, both included

ONE = timedelta(days=1)


def window(first: date, months: int) -> Span:
    """The window of `months` that opens on `first`, which counts; of no month: that day alone."""
    return first, max(first, months_after(first, months) - ONE)


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same days, in order, as spans that neither overlap nor touch; one that ends first is left out."""
    found: list[Span] = []
    for first, last in sorted(span for span in spans if span[0] <= span[1]):
        if found and first <= found[-1][1] + ONE:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def days_in(spans: Iterable[Span], frame: Span) -> int:
    """How many days of `frame` are covered by at least one of the spans."""
    first, last = frame
    cut = ((max(first, begin), min(last, end)) for begin, end in spans)
    return sum((end - begin).days + 1 for begin, end in joined(cut))
