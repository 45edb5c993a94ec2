"""How alike two groups are: standardised differences, effective sample size, and when an estimate stands."""

import numpy as np

from traboule.kernel.impact.sample import Floats, Sample

LARGEST_SMD = 0.1
SMALLEST_SHARE = 0.5  # of the number of treated


def differences(found: Sample, weights: Floats | None = None) -> Floats:
    """Standardised mean difference of each covariate, signed, (k,).

    Treated minus comparison, divided by √((s²treated + s²comparison)/2). The spread is never weighted;
    ``weights`` (n_comparison,) change the mean of the comparison only.
    """
    before, after = found.split(found.standard)
    mean = before.mean(axis=0) if weights is None else weights @ before / weights.sum()
    spread = np.sqrt((after.var(axis=0, ddof=1) + before.var(axis=0, ddof=1)) / 2)
    gap = after.mean(axis=0) - mean
    return np.asarray(np.divide(gap, spread, out=np.zeros_like(gap), where=spread > 0))


def largest(gaps: Floats) -> float:
    """The largest standardised difference without its sign, 0 where there is no covariate."""
    return float(np.abs(gaps).max(initial=0.0))


def effective_size(weights: Floats) -> float:
    """(Σw)²/Σw²: how many equal rows would say as much (Kish 1965)."""
    return float(weights.sum() ** 2 / (weights @ weights))


def is_supported(*, largest_after: float, size: float | None, n_treated: int) -> bool:
    """Whether the comparison carries the estimate: alike on every covariate, and not by a few rows alone."""
    enough = size is None or size >= SMALLEST_SHARE * n_treated
    return enough and largest_after <= LARGEST_SMD
