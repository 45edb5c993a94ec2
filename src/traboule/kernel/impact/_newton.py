"""Many convex problems at once: the draws of a bootstrap differ in nothing but how often each row counts.

Every array of draws has the draw last: counts (n, b), parameters (r, b). One pass over the rows serves all
of them, and matrix products do the work.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from traboule.kernel.impact.sample import Floats

MOST_STEPS = 60
HALVINGS = 30
# Of the Newton decrement, which is twice the distance of the value from its least.
FINE, COARSE = 1e-18, 1e-10
ROUNDING = 1e-14
RIDGE = 1e-11
FARTHEST_STEP = 10.0
KEPT = 4_000_000  # cells of products that are held at once
# Parameters → value (b,), gradient (r, b), weights of the rows in the Hessian (n, b), the vector whose square
# is taken off it (r, b) or None.
Problem: TypeAlias = Callable[[Floats], tuple[Floats, Floats, Floats, Floats | None]]


class Rows:
    """A table (n, r) whose weighted products are asked for many times."""

    def __init__(self, table: Floats) -> None:
        self.table = table
        self.upper = np.triu_indices(table.shape[1])
        self.products = self._of(table) if table.shape[0] * self.upper[0].size <= KEPT else None

    def _of(self, part: Floats) -> Floats:
        return np.asarray(part[:, self.upper[0]] * part[:, self.upper[1]])

    def gram(self, weights: Floats) -> Floats:
        """tableᵀ · diag(weights) · table for each draw: (b, r, r)."""
        if self.products is not None:
            total = self.products.T @ weights
        else:
            total = np.zeros((self.upper[0].size, weights.shape[1]))
            step = max(1, KEPT // self.upper[0].size)
            for start in range(0, len(weights), step):
                total += self._of(self.table[start : start + step]).T @ weights[start : start + step]
        r = self.table.shape[1]
        square = np.empty((weights.shape[1], r, r))
        square[:, self.upper[0], self.upper[1]] = total.T
        square[:, self.upper[1], self.upper[0]] = total.T
        return square


def least(problem: Problem, rows: Rows, start: Floats, tolerance: float = FINE) -> Floats:
    """Damped Newton steps from ``start`` (r, b) until no draw gains any more; (r, b).

    A problem without a least value (groups that do not overlap) is left where its gain per step has become
    nothing, or after ``MOST_STEPS``.
    """
    at = start.copy()
    found = problem(at)
    for _ in range(MOST_STEPS):
        value, slope, weights, off = found
        curve = rows.gram(weights)
        if off is not None:
            curve -= np.einsum("ib,jb->bij", off, off)
        curve += RIDGE * np.eye(len(at))
        move = -np.linalg.solve(curve, slope.T[:, :, None])[:, :, 0].T
        gain = -(slope * move).sum(axis=0)
        if not (gain > tolerance).any():
            break
        # Without a least value the steps would soon leave what a double can hold.
        reach = np.minimum(1.0, FARTHEST_STEP / np.maximum(np.abs(move).max(axis=0), FARTHEST_STEP))
        length = np.where(gain > tolerance, reach, 0.0)
        for _ in range(HALVINGS):
            found = problem(at + length * move)
            goal = value - 1e-4 * length * gain + ROUNDING * (1 + np.abs(value))
            short = (length > 0) & ~(found[0] <= goal)
            if not short.any():
                break
            length = np.where(short, length / 2, length)
        at = at + length * move
    return at


def logs(counts: Floats) -> Floats:
    """Logarithms of how often a row stands in a draw: −∞ takes it out, wherever the others are."""
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(counts))


def entropy_problem(rows: Rows, counts: Floats, goal: Floats) -> Problem:
    """Hainmueller's dual (2012): log Σ c·exp(rows·λ) − λ·goal. Its least λ gives weights c·exp(rows·λ)
    whose mean of the rows is the goal (r, b)."""
    table, times = rows.table, logs(counts)

    def problem(at: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        exponent = table @ at + times
        top = exponent.max(axis=0)
        weights = np.exp(exponent - top)
        total = weights.sum(axis=0)
        weights /= total
        mean = table.T @ weights
        return top + np.log(total) - (at * goal).sum(axis=0), mean - goal, weights, mean

    return problem


def logistic_problem(rows: Rows, counts: Floats, hits: Floats) -> Problem:
    """Mean negative log-likelihood of a logistic regression; ``hits`` (n, 1) holds 0 and 1."""
    table, total = rows.table, counts.sum(axis=0)

    def problem(at: Floats) -> tuple[Floats, Floats, Floats, None]:
        score = table @ at
        small = np.exp(-np.abs(score))
        chance = np.where(score >= 0, 1.0, small) / (1.0 + small)
        loss = counts * (np.maximum(score, 0.0) - score * hits + np.log1p(small))
        slope = table.T @ (counts * (chance - hits)) / total
        return loss.sum(axis=0) / total, slope, counts * (small / (1.0 + small) ** 2) / total, None

    return problem
