"""Looking more than once: how often luck alone looks like an effect, and limits that allow for the looks.

Armitage, McPherson and Rowe (1969): the density of the score at look k, among those that have crossed no
limit yet, is that at look k − 1 folded with the new data. Limits: Pocock (1977), O'Brien and Fleming (1979).
"""

from collections.abc import Callable, Sequence
from math import pi, sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr

from traboule.kernel.impact.sample import Floats

POINTS = 400  # of the grid between the limits; the error is below 1e-8
WIDEST = 8.0  # standard deviations beyond which nothing is left


def false_alarms(limits: Sequence[float]) -> float:
    """Chance that |z| passes its limit at one of the equally spaced looks though there is no effect.

    Five looks at 1.96: 14.2 %. ValueError without a look or with a limit that is not above 0.
    """
    if not limits or not all(limit > 0 for limit in limits):
        raise ValueError("at least one look, and limits above 0")
    spot, weight = np.polynomial.legendre.leggauss(POINTS)
    # The score in units of one look: its variance at look k is k.
    ends = [min(limit, WIDEST) * sqrt(look) for look, limit in enumerate(limits, start=1)]
    grid = spot * ends[0]
    mass = weight * ends[0] * _density(grid)
    alarms = 2 * float(ndtr(-limits[0]))
    for limit, end in zip(limits[1:], ends[1:], strict=True):
        edge = end if limit <= WIDEST else np.inf
        alarms += float(mass @ (ndtr(grid - edge) + ndtr(-edge - grid)))
        following = spot * end
        mass = weight * end * (_density(following[:, None] - grid[None, :]) @ mass)
        grid = following
    return alarms


def _density(at: Floats) -> Floats:
    return np.asarray(np.exp(-(at**2) / 2) / sqrt(2 * pi))


def pocock(looks: int, alpha: float = 0.05) -> list[float]:
    """The same limit at each look: 2.413 for five looks at 5 %."""
    return _solved(lambda height: [height] * looks, alpha)


def obrien_fleming(looks: int, alpha: float = 0.05) -> list[float]:
    """Strict at first: c·√(looks/k), c = 2.040 for five looks at 5 %."""
    return _solved(lambda height: [height * sqrt(looks / look) for look in range(1, looks + 1)], alpha)


def _solved(shape: Callable[[float], list[float]], alpha: float) -> list[float]:
    if not 0 < alpha < 1:
        raise ValueError("alpha lies between 0 and 1")
    height = brentq(lambda value: false_alarms(shape(value)) - alpha, 0.01, WIDEST, xtol=1e-10)
    return shape(float(height))
