"""Who was not reached any more: bounds that assume nothing, and weights that assume what they say.

`difference` and `standardised` are effects on everybody (not only on the treated), as in Hernán and Robins,
"Causal inference: what if" (2020), chapters 12 and 13.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from scipy.special import stdtrit

from traboule.kernel.impact.balance import effective_size, is_supported
from traboule.kernel.impact.sample import Bools, Floats, standard_basis
from traboule.kernel.impact.weights import balancing, chances, shares


@dataclass(frozen=True, slots=True)
class Bounds:
    """The share if all unknown failed, and if all unknown succeeded."""

    low: float
    high: float


def bounds(succeeded: int, failed: int, unknown: int) -> Bounds:
    """Manski's bounds (1990) of a share; ValueError without anybody or with a negative number.

    80 of 100 followed and 60 % of these in work: 48 to 68 %.
    """
    everybody = succeeded + failed + unknown
    if everybody < 1 or min(succeeded, failed, unknown) < 0:
        raise ValueError("counts from 0 on, and at least one person")
    return Bounds(succeeded / everybody, (succeeded + unknown) / everybody)


def probabilities(hits: Any, covariates: Any) -> Floats:
    """Probability of a hit (n,) given the (n, k) covariates, by a logistic regression."""
    return chances(standard_basis(np.asarray(covariates, dtype=np.float64)), _group(hits).astype(np.float64))


def treatment_weights(treated: Any, covariates: Any, *, stabilised: bool = False) -> Floats:
    """1 over the probability of the group that one is in; ``stabilised``: times the size of that group."""
    group = _group(treated)
    chance = probabilities(group, covariates)
    weights = 1 / np.where(group, chance, 1 - chance)
    return np.asarray(weights * np.where(group, group.mean(), 1 - group.mean()) if stabilised else weights)


def followed_weights(followed: Any, covariates: Any, within: Any = None) -> Floats:
    """Weights with which those who were followed stand for everybody; 0 for the others.

    1 over the probability of being followed given the covariates; ``within`` (n, j): stabilised by the
    probability given these alone.
    """
    reached = _group(followed)
    top = np.ones(reached.size) if within is None else probabilities(reached, within)
    return np.where(reached, top / probabilities(reached, covariates), 0.0)


def difference(treated: Any, outcome: Any, weights: Any = None) -> float:
    """Weighted mean of the treated minus that of the others."""
    group, result = _group(treated), np.asarray(outcome, dtype=np.float64)
    every = np.ones(group.size) if weights is None else np.asarray(weights, dtype=np.float64)
    return _mean(result[group], every[group]) - _mean(result[~group], every[~group])


def standardised(treated: Any, outcome: Any, covariates: Any, modifiers: Sequence[int] = ()) -> float:
    """The parametric g-formula: a linear regression, with which everybody is treated, then nobody.

    ``modifiers``: columns of the covariates by which the effect may differ.
    """
    group, result = _group(treated).astype(np.float64), np.asarray(outcome, dtype=np.float64)
    table = np.asarray(covariates, dtype=np.float64)
    with_effect = np.column_stack([np.ones(group.size), table[:, list(modifiers)]])
    rows = np.column_stack([with_effect * group[:, None], np.ones(group.size), standard_basis(table)])
    # The terms of the effect are scaled, so that none of them is taken for rounding.
    scale = np.abs(rows).max(axis=0)
    scale[scale == 0] = 1.0
    slopes = np.linalg.lstsq(rows / scale, result, rcond=None)[0] / scale
    return float((with_effect @ slopes[: with_effect.shape[1]]).mean())


@dataclass(frozen=True, slots=True)
class StandIns:
    """An effect in which those who were followed stand for those who were lost.

    ``left``: no covariate, nor any mix of them, is further from those aimed at in either group, in standard
    deviations; ``size``: what the weighted comparison is worth. ``supported`` as for an estimate that nobody
    was lost to.
    """

    estimate: float
    interval: tuple[float, float]
    left: float
    size: float
    supported: bool


def with_the_lost(
    treated: Any, outcome: Any, covariates: Any, followed: Any, *, everybody: bool = False
) -> StandIns:
    """The effect on all who took part (``everybody``: on both groups), the lost among them included.

    All (n,), ``covariates`` (n, k); the outcome of those not followed is not read. Censoring weights in
    their calibrated form: in both groups the followed get the weights of least entropy with which their
    covariates have the means of everybody aimed at (Hainmueller 2012; Zhao and Percival 2017 for why a
    logistic chance of being followed stands behind them). It holds if the lost are like the followed with the
    same covariates. The interval takes the weights as known. ValueError with fewer than two followed on a
    side.
    """
    group, reached = _group(treated), _group(followed)
    sides = (reached & group, reached & ~group)
    if min(int(side.sum()) for side in sides) < 2:
        raise ValueError("at least two people followed in each group")
    result, table = np.asarray(outcome, dtype=np.float64), standard_basis(np.asarray(covariates, np.float64))
    goal = table.mean(axis=0) if everybody else table[group].mean(axis=0)
    means, errors, gaps, sizes = [], [], [], []
    for side in sides:
        rows = table[side]
        weights = shares(rows @ balancing(rows, goal))
        means.append(float(weights @ result[side]))
        errors.append(float(weights**2 @ (result[side] - means[-1]) ** 2))
        gaps.append(float(np.linalg.norm(weights @ rows - goal)))
        sizes.append(effective_size(weights))
    estimate, freedom = means[0] - means[1], max(1.0, min(sizes) - 1)
    reach = float(stdtrit(freedom, 0.975)) * sqrt(sum(errors))
    return StandIns(
        estimate=estimate,
        interval=(estimate - reach, estimate + reach),
        left=max(gaps),
        size=sizes[1],
        supported=is_supported(largest_after=max(gaps), size=min(sizes), n_treated=int(sides[0].sum())),
    )


def _group(values: Any) -> Bools:
    return np.asarray(values).astype(bool)


def _mean(values: Floats, weights: Floats) -> float:
    return float(np.average(values, weights=weights))
