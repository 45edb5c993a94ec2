"""What may be known of one row, and the row itself: what stands behind a figure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Verdict(StrEnum):
    """What is known of one row. Up to `beyond` it is known; then it is missing; then it is not counted."""

    YES = "yes"
    NO = "no"
    BEYOND = "beyond"  # a wait that is longer than the window
    BELOW_GRADE = "below_grade"  # said, but not proven as strongly as the definition asks
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"
    NOT_DUE = "not_due"
    OUTSIDE = "outside"  # ended early, never reached, left, no first duo: not one of those counted
    NO_CLOCK = "no_clock"  # the day on which the window opens is not written down


KNOWN = (Verdict.YES, Verdict.NO, Verdict.BEYOND)
MISSING = (Verdict.BELOW_GRADE, Verdict.REFUSED, Verdict.UNREACHABLE, Verdict.UNKNOWN)
DUE = (*KNOWN, *MISSING)


@dataclass(frozen=True, slots=True)
class Row:
    """The verdict on a duo, a mentor or a mentee by `id`, with its window; `value` of a measured row."""

    id: int
    verdict: Verdict
    first: date | None = None
    last: date | None = None
    value: float | None = None
