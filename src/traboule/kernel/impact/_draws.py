"""The bootstrap: both groups are drawn anew with replacement, each in its own size, and estimated again.

A draw is a column of counts, so that many of them are solved in one pass over the rows.
"""

from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np

from traboule.kernel.impact._newton import COARSE, Rows, entropy_problem, least, logistic_problem
from traboule.kernel.impact.sample import Floats, Sample
from traboule.kernel.impact.weights import shares, with_ones

CELLS = 500_000  # counts that are held at once
FEWEST_AT_ONCE, MOST_AT_ONCE = 8, 50
PINNED = 1e-10  # directions of a draw with less than this share of the widest say nothing
Counts: TypeAlias = tuple[Floats, Floats]
# Which estimate each draw repeats: counts of both groups → estimates (b,).
Estimator: TypeAlias = Callable[[Counts], Floats]


def estimates(
    found: Sample, estimator: Estimator, *, draws: int, seed: int, progress: Callable[[str, float], None]
) -> Floats:
    """The estimate of each draw, in the units of ``found.outcome``."""
    results = []
    done = 0
    for counts in drawn(found, draws=draws, seed=seed):
        progress("draws", done / draws)
        results.append(estimator(counts))
        done += len(results[-1])
    return np.concatenate(results)


def drawn(found: Sample, *, draws: int, seed: int) -> Iterator[Counts]:
    """Counts (n_comparison, b) and (n_treated, b), some draws at a time; the same seed, the same counts."""
    chance = np.random.default_rng(seed)
    at_once = max(FEWEST_AT_ONCE, min(MOST_AT_ONCE, CELLS // found.n))
    for start in range(0, draws, at_once):
        size = min(at_once, draws - start)
        before = np.empty((found.n_comparison, size))
        after = np.empty((found.n_treated, size))
        for draw in range(size):
            for group in (before, after):
                rows = len(group)
                group[:, draw] = np.bincount(chance.integers(rows, size=rows), minlength=rows)
        yield before, after


def once(found: Sample) -> Counts:
    """Every row once: the estimate itself as a draw."""
    return np.ones((found.n_comparison, 1)), np.ones((found.n_treated, 1))


def treated_mean(found: Sample, counts: Counts) -> Floats:
    """Mean outcome of the treated, (b,)."""
    return np.asarray(found.split(found.outcome)[1] @ counts[1] / found.n_treated)


class Regression:
    """The outcome without the programme by a regression among the comparison (Oaxaca, Blinder 1973)."""

    def __init__(self, found: Sample) -> None:
        before, after = found.split(found.basis)
        self.rows, self.after = Rows(with_ones(before)), with_ones(after)
        self.outcome = found.split(found.outcome)[0][:, None]

    def __call__(self, counts: Counts) -> tuple[Floats, Floats]:
        """Mean over the treated (b,), and the slopes (1 + r, b)."""
        crossed = self.rows.table.T @ (counts[0] * self.outcome)
        inverse = np.linalg.pinv(self.rows.gram(counts[0]), rcond=PINNED, hermitian=True)
        slopes = np.einsum("bij,jb->ib", inverse, crossed)
        mean = self.after.T @ counts[1] / len(self.after)
        return (mean * slopes).sum(axis=0), slopes

    def missed(self, weights: Floats, slopes: Floats) -> Floats:
        """What it misses of the comparison on average, under weights (n, b) of sum 1."""
        mean = self.rows.table.T @ weights
        return np.asarray(self.outcome[:, 0] @ weights - (mean * slopes).sum(axis=0))


def by_regression(found: Sample) -> Estimator:
    """Oaxaca-Blinder."""
    regression = Regression(found)
    return lambda counts: treated_mean(found, counts) - regression(counts)[0]


def by_balance(found: Sample, start: Floats) -> Estimator:
    """Entropy balancing anew in each draw, from the λ (r,) of all rows."""
    before, after = found.split(found.basis)
    outcome, rows = found.split(found.outcome)[0], Rows(before)

    def estimator(counts: Counts) -> Floats:
        goal = after.T @ counts[1] / found.n_treated
        steps = np.repeat(start[:, None], counts[0].shape[1], axis=1)
        if start.size:
            steps = least(entropy_problem(rows, counts[0], goal), rows, steps, COARSE)
        return treated_mean(found, counts) - outcome @ shares(before @ steps, counts[0])

    return estimator


def by_odds(found: Sample, start: Floats, *, doubly: bool) -> Estimator:
    """Weighting by the odds of treatment, from the coefficients (1 + r,) of all rows; ``doubly``: of what a
    regression misses, so that one of the two models may be wrong."""
    rows, regression = Rows(with_ones(found.basis)), Regression(found)
    outcome = found.split(found.outcome)[0]
    hits = np.repeat([[0.0], [1.0]], [found.n_comparison, found.n_treated], axis=0)

    def estimator(counts: Counts) -> Floats:
        first = np.repeat(start[:, None], counts[0].shape[1], axis=1)
        fitted = least(logistic_problem(rows, np.vstack(counts), hits), rows, first, COARSE)
        weights = shares(rows.table[: found.n_comparison] @ fitted, counts[0])
        if not doubly:
            return treated_mean(found, counts) - outcome @ weights
        without, slopes = regression(counts)
        return treated_mean(found, counts) - without - regression.missed(weights, slopes)

    return estimator
