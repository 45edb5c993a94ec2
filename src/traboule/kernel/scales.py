"""One effect on three scales: difference of rates, ratio of rates, ratio of odds, each with an interval.

Two kinds of evidence. *Counts* of two groups: Newcombe's hybrid score interval (1998, method 10) for the
difference, the log methods of Katz (1978) and Woolf (1955) for the ratios. *An adjusted difference*: the rate
of those who took part was counted; what they would have had without is not, so that the interval of the
difference is that of the rate without, and the ratios follow from its ends. All three then agree on whether
luck alone could explain the effect.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, log, sqrt

from traboule.kernel.calibration import Z, wilson


@dataclass(frozen=True, slots=True)
class Range:
    """A figure with its 95 % interval; ``low`` ≤ ``value`` ≤ ``high``. None: no end on that side."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Scales:
    """The same effect three times; None where a scale has no number (a rate of 0 or of 1).

    ``attributable``: successes more among those who took part, with its interval, in people.
    """

    difference: Range
    risk_ratio: Range | None
    odds_ratio: Range | None
    attributable: Range


@dataclass(frozen=True, slots=True)
class Cell:
    """One group of people, such as women under 26: ours, and those to compare with; successes ≤ people."""

    name: str
    ours: int
    our_successes: int
    theirs: int
    their_successes: int


def from_counts(successes: int, n: int, others: int, n_others: int) -> Scales:
    """Scales of two counted groups. ValueError unless 0 ≤ successes ≤ n and n ≥ 1 in both."""
    ours, theirs = wilson(successes, n), wilson(others, n_others)
    gap = ours.value - theirs.value
    low = gap - sqrt((ours.value - ours.low) ** 2 + (theirs.high - theirs.value) ** 2)
    high = gap + sqrt((ours.high - ours.value) ** 2 + (theirs.value - theirs.low) ** 2)
    difference = Range(gap, max(-1.0, low), min(1.0, high))
    ratio = odds = None
    if successes and others:
        error = sqrt(max(0.0, 1 / successes - 1 / n + 1 / others - 1 / n_others))
        ratio = _on_logs(ours.value / theirs.value, error)
        failed, failed_others = n - successes, n_others - others
        if failed and failed_others:
            error = sqrt(1 / successes + 1 / failed + 1 / others + 1 / failed_others)
            odds = _on_logs(successes * failed_others / (failed * others), error)
    return Scales(difference, ratio, odds, attributable(difference, n))


def against_rate(successes: int, n: int, rate: float) -> Scales:
    """Scales against a rate that is taken as known: the interval is that of our own rate (Wilson 1927).

    The interval is too narrow by what the published rate itself is unsure of. ValueError unless 0 ≤ rate ≤ 1.
    """
    if not 0 <= rate <= 1:
        raise ValueError("a rate lies between 0 and 1")
    ours = wilson(successes, n)
    difference = Range(ours.value - rate, ours.low - rate, ours.high - rate)

    def at(scale: Callable[[float], float | None]) -> Range | None:
        value = scale(ours.value)
        return None if value is None else Range(value, scale(ours.low), scale(ours.high))

    return Scales(
        difference,
        at(lambda own: _ratio(own, rate)),
        at(lambda own: _odds_ratio(own, rate)),
        attributable(difference, n),
    )


def from_difference(treated_rate: float, difference: Range, n_treated: int) -> Scales:
    """Scales of an adjusted difference of rates among ``n_treated`` who have ``treated_rate``.

    A rate without the programme that is 0 or less, or above 1, has no ratio; an end there is open (None).
    """

    def at(scale: Callable[[float, float], float | None]) -> Range | None:
        value = scale(treated_rate, treated_rate - difference.value)
        if value is None:
            return None
        low, high = _ends(difference)
        # Nobody does better than all: the least favourable rate without the programme is 1.
        lowest = None if low is None else scale(treated_rate, min(1.0, treated_rate - low))
        return Range(value, lowest, None if high is None else scale(treated_rate, treated_rate - high))

    return Scales(difference, at(_ratio), at(_odds_ratio), attributable(difference, n_treated))


def attributable(difference: Range, n_treated: int) -> Range:
    """People: the difference times those who took part, with the ends of its interval."""
    low, high = (None if end is None else end * n_treated for end in _ends(difference))
    return Range(difference.value * n_treated, low, high)


def _ends(found: Range) -> tuple[float | None, float | None]:
    return found.low, found.high


def _ratio(own: float, other: float) -> float | None:
    return own / other if 0 < other <= 1 else None


def _odds_ratio(own: float, other: float) -> float | None:
    if not (0 < other <= 1 and own < 1):
        return None
    return own / (1 - own) * (1 - other) / other


def _on_logs(value: float, error: float) -> Range:
    return Range(value, exp(log(value) - Z * error), exp(log(value) + Z * error))
