"""What the next cohort can show: "with 38 duos you can see 25 points, not 10"."""

from math import sqrt

from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

USUAL_POWER, USUAL_ALPHA = 0.8, 0.05
MOST_DUOS = 1_000_000


def power(
    n_treated: int, n_comparison: int | None, base: float, gain: float, alpha: float = USUAL_ALPHA
) -> float:
    """Chance that a true gain in a rate is told from luck (two-sided, normal approximation).

    ``base``: the rate without the programme; ``base + gain`` with it. ``n_comparison`` None: the base is a
    published rate and known. ValueError for rates outside of 0 to 1 or groups of nobody.
    """
    with_it = base + gain
    if n_treated < 1 or (n_comparison is not None and n_comparison < 1):
        raise ValueError("groups of at least one")
    if not (0 < base < 1 and 0 <= with_it <= 1 and 0 < alpha < 1):
        raise ValueError("rates between 0 and 1")
    before, after = base * (1 - base), with_it * (1 - with_it)
    if n_comparison is None:
        under_null, under_gain = sqrt(before / n_treated), sqrt(after / n_treated)
    else:
        pooled = (n_treated * with_it + n_comparison * base) / (n_treated + n_comparison)
        under_null = sqrt(pooled * (1 - pooled) * (1 / n_treated + 1 / n_comparison))
        under_gain = sqrt(after / n_treated + before / n_comparison)
    limit = -float(ndtri(alpha / 2)) * under_null
    if under_gain == 0:
        return float(abs(gain) > limit)
    return float(ndtr((gain - limit) / under_gain) + ndtr((-gain - limit) / under_gain))


def smallest_gain(
    n_treated: int,
    n_comparison: int | None,
    base: float,
    *,
    wanted: float = USUAL_POWER,
    alpha: float = USUAL_ALPHA,
) -> float | None:
    """The smallest gain in a rate that is seen with the power wanted; None if no gain up to 100 % is."""
    most = 1 - base

    def short(gain: float) -> float:
        return power(n_treated, n_comparison, base, gain, alpha) - wanted

    if short(most * (1 - 1e-9)) < 0:
        return None
    return float(brentq(short, 0.0, most * (1 - 1e-9), xtol=1e-10))


def duos_needed(base: float, gain: float, ratio: float | None, wanted: float = USUAL_POWER) -> int | None:
    """The fewest duos with which a gain is seen with the power wanted; ``ratio``: people to compare with for
    each duo, None for a published rate. None beyond a million. ValueError as ``power``."""

    def sees(duos: int) -> bool:
        others = None if ratio is None else max(1, round(ratio * duos))
        return power(duos, others, base, gain) >= wanted

    high = 2
    while not sees(high):
        high *= 2
        if high > MOST_DUOS:
            return None
    low = high // 2
    while low + 1 < high:
        middle = (low + high) // 2
        low, high = (low, middle) if sees(middle) else (middle, high)
    return high
