"""95 % intervals of a mean, of a median, and of the difference between two shares. Shares alone: Wilson."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt

from traboule.kernel.calibration import wilson
from traboule.kernel.path import quantile

TAIL = 0.025


@dataclass(frozen=True, slots=True)
class Difference:
    """One share minus another, with its 95 % interval, and the two-sided p of "no difference"."""

    value: float
    low: float
    high: float
    p: float


def mean_interval(values: Sequence[float]) -> tuple[float, float] | None:
    """Student's interval of a mean; None for fewer than two values."""
    from scipy.special import stdtrit

    n = len(values)
    if n < 2:
        return None
    mean = sum(values) / n
    error = sqrt(sum((value - mean) ** 2 for value in values) / (n - 1) / n)
    half = float(stdtrit(n - 1, 1 - TAIL)) * error
    return mean - half, mean + half


def median_ranks(n: int) -> tuple[int, int] | None:
    """The order statistics, from 1, between which the median lies in 95 % of samples; None under six.

    By the signs (Thompson 1936): the largest k with P(Binomial(n, 1/2) < k) at most 2.5 %, and its mirror.
    """
    from scipy.special import bdtr

    low, high = 0, (n + 1) // 2
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if bdtr(middle - 1, n, 0.5) <= TAIL else (low, middle - 1)
    return (low, n + 1 - low) if low else None


def median(ordered: Sequence[float]) -> float:
    """A value that somebody had: the smallest that at least half do not exceed."""
    return quantile(ordered, 0.5)


def newcombe(hits: int, n: int, other_hits: int, other_n: int) -> Difference:
    """Difference of two independent shares (Newcombe 1998, method 10, from Wilson's limits).

    The p is that of the pooled score test, without correction. Both groups must hold somebody.
    """
    one, other = wilson(hits, n), wilson(other_hits, other_n)
    apart = one.value - other.value
    low = apart - sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    high = apart + sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    return Difference(apart, low, high, _score_p(hits, n, other_hits, other_n))


def _score_p(hits: int, n: int, other_hits: int, other_n: int) -> float:
    pooled = (hits + other_hits) / (n + other_n)
    spread = pooled * (1 - pooled) * (1 / n + 1 / other_n)
    if spread == 0:
        return 1.0
    return erfc(abs(hits / n - other_hits / other_n) / sqrt(2 * spread))


def holm(chances: Sequence[float]) -> tuple[float, ...]:
    """The p of each of several comparisons, raised for there being several (Holm 1979), in their order."""
    order = sorted(range(len(chances)), key=lambda place: chances[place])
    found, highest = [0.0] * len(chances), 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, (len(chances) - rank) * chances[place]))
        found[place] = highest
    return tuple(found)
