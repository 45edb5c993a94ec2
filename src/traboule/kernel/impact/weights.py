"""Weights that make a comparison group like the treated: entropy balancing, and odds of being treated."""

from typing import Any, cast

import numpy as np
from scipy.optimize import minimize

from traboule.kernel.impact._newton import Rows, entropy_problem, least, logistic_problem, logs
from traboule.kernel.impact.sample import Floats

FARTHEST = 50.0  # where the optimiser turns back when no weights balance: one row outweighs all by then


def with_ones(rows: Floats) -> Floats:
    """A first column of ones."""
    return np.column_stack([np.ones(len(rows)), rows])


def shares(exponent: Floats, counts: Floats | None = None) -> Floats:
    """counts · exp(exponent) with sum 1 in each column, without overflow."""
    raw = exponent if counts is None else exponent + logs(counts)
    raw = np.exp(raw - raw.max(axis=0))
    return np.asarray(raw / raw.sum(axis=0))


def balancing(rows: Floats, goal: Floats) -> Floats:
    """The λ (r,) of entropy balancing: weights ∝ exp(rows·λ) give the (n, r) rows the mean ``goal`` (r,).

    Where no weights do (the goal lies outside of what the rows span), the λ with which the search ended:
    look at the balance that it reaches.
    """
    if not rows.shape[1]:
        return np.zeros(0)
    once = np.ones((len(rows), 1))
    table = Rows(rows)
    problem = entropy_problem(table, once, goal[:, None])

    def value(at: Floats) -> tuple[float, Floats]:
        height, slope, _, _ = problem(at[:, None])
        return float(height[0]), slope[:, 0]

    inside = [(-FARTHEST, FARTHEST)] * rows.shape[1]
    found: Any = minimize(
        value, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", bounds=inside, options={"ftol": 1e-12}
    )
    # The optimiser stops at the precision of the value; a few Newton steps reach that of the balance.
    return least(problem, table, np.asarray(found.x, dtype=np.float64)[:, None])[:, 0]


def scores(rows: Floats, hits: Floats) -> Floats:
    """Coefficients (1 + r,) of a logistic regression of ``hits`` (n,) on a constant and the (n, r) rows.

    Maximum likelihood without a penalty.
    """
    design = Rows(with_ones(rows))
    share = float(np.clip(hits.mean(), 1e-9, 1 - 1e-9))
    start = np.zeros((rows.shape[1] + 1, 1))
    start[0] = np.log(share / (1 - share))
    return least(logistic_problem(design, np.ones((len(rows), 1)), hits[:, None]), design, start)[:, 0]


def chances(rows: Floats, hits: Floats) -> Floats:
    """Fitted probability of a hit for each row, (n,)."""
    score = with_ones(rows) @ scores(rows, hits)
    return cast(Floats, np.exp(-np.logaddexp(0.0, -score)))
