"""How well two people agree who judge the same thing on a scale of ordered steps.

Cohen's kappa with quadratic weights (Cohen 1968): 1 is perfect agreement, 0 what chance alone would give. Its
95 % interval comes from leaving each pair out in turn (jackknife); the shares carry Wilson's interval.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

FEWEST_SHOWN = 10
"""Under ten pairs nothing is shown: the figure would say more about two people than about the scale."""
Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Share:
    """A share of ``n`` with its 95 % interval (Wilson 1927)."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement over ``n`` pairs. ``kappa`` is None where everybody said the same: chance is then certain."""

    n: int
    exact: Share
    within_one: Share
    kappa: float | None
    kappa_low: float | None
    kappa_high: float | None


def agreement(pairs: Sequence[tuple[int, int]], steps: int = 5) -> Agreement | None:
    """Return how well the pairs agree on a scale of 1 to ``steps``; None under ten pairs.

    Raises ValueError for a value outside the scale.
    """
    if any(not 1 <= value <= steps for pair in pairs for value in pair):
        raise ValueError(f"a value lies outside 1 to {steps}")
    n = len(pairs)
    if n < FEWEST_SHOWN:
        return None
    low, high = kappa_interval(pairs, steps)
    return Agreement(
        n=n,
        exact=wilson(sum(a == b for a, b in pairs), n),
        within_one=wilson(sum(abs(a - b) <= 1 for a, b in pairs), n),
        kappa=weighted_kappa(pairs, steps),
        kappa_low=low,
        kappa_high=high,
    )


def weighted_kappa(pairs: Sequence[tuple[int, int]], steps: int = 5) -> float | None:
    """Cohen's kappa with quadratic weights; None where it is not defined (no spread at all)."""
    return _kappa_of(Counter(pairs), steps)


def _kappa_of(counts: Counter[tuple[int, int]], steps: int) -> float | None:
    n = counts.total()
    if not n or steps < 2:
        return None
    first, second = [0] * (steps + 1), [0] * (steps + 1)
    for (a, b), count in counts.items():
        first[a] += count
        second[b] += count
    seen = sum((a - b) ** 2 * count for (a, b), count in counts.items()) * n
    scale = range(1, steps + 1)
    by_chance = sum(first[i] * second[j] * (i - j) ** 2 for i in scale for j in scale)
    return None if by_chance == 0 else 1 - seen / by_chance


def kappa_interval(pairs: Sequence[tuple[int, int]], steps: int = 5) -> tuple[float | None, float | None]:
    """The 95 % interval of kappa by the jackknife, cut at -1 and 1; (None, None) where it is not defined.

    Pairs that are alike leave the same kappa behind: one computation for each kind of pair, not for each.
    """
    counts = Counter(pairs)
    whole, n = _kappa_of(counts, steps), counts.total()
    left = [(_kappa_of(counts - Counter([pair]), steps), count) for pair, count in counts.items()]
    if whole is None or n < 2 or any(value is None for value, _count in left):
        return None, None
    known = [(value, count) for value, count in left if value is not None]
    mean = sum(value * count for value, count in known) / n
    error = math.sqrt((n - 1) / n * sum(count * (value - mean) ** 2 for value, count in known))
    return max(-1.0, whole - Z * error), min(1.0, whole + Z * error)


def wilson(hits: int, n: int) -> Share:
    """A share with Wilson's 95 % interval. ``n`` must be at least 1."""
    if not 0 <= hits <= n or n < 1:
        raise ValueError("hits must lie between 0 and n, and n be at least 1")
    share, spread = hits / n, Z * Z / n
    middle = (share + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * math.sqrt(share * (1 - share) / n + spread / (4 * n))
    return Share(share, max(0.0, middle - half), min(1.0, middle + half))
