"""Share that has met an event by a time, with rival events and people who are no longer watched.

The same figures as ``survival`` gives through lifelines and statsmodels, without them: pages read these two
formulas, and servers do without pandas (ADR 0026). Tests hold them to both libraries.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from traboule.kernel.impact.sample import Floats

NORMAL = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Incidence:
    """Share that met one kind of event by time, with its 95 % interval; arrays (m,), ``times`` from 0 on."""

    times: Floats
    share: Floats
    low: Floats
    high: Floats
    events: int

    def at(self, time: float) -> tuple[float, float, float]:
        """Share, low, high at a time: those of the last step at or before it."""
        place = int(np.searchsorted(self.times, time, side="right")) - 1
        if place < 0:
            raise ValueError("before the first time of the curve")
        return float(self.share[place]), float(self.low[place]), float(self.high[place])

    def reaches(self, share: float) -> float | None:
        """The first time at which so many have met it, or None while it is not reached."""
        reached = np.flatnonzero(self.share >= share)
        return float(self.times[reached[0]]) if reached.size else None


def incidences(durations: Any, kinds: Any, n_kinds: int) -> tuple[Incidence, ...]:
    """One curve for each of the rival events 1 … ``n_kinds`` (Aalen and Johansen 1978); 0: watching ended.

    ``durations`` ≥ 0 in any unit. With one kind it is one minus Kaplan and Meier. Variance after Marubini and
    Valsecchi (1995), interval on the scale log(−log): inside of 0 to 1. ValueError for other input.
    """
    times, codes = np.asarray(durations, dtype=np.float64), np.asarray(kinds, dtype=np.int64)
    if times.ndim != 1 or times.shape != codes.shape or not times.size:
        raise ValueError("a time and a kind for each person")
    if not (np.isfinite(times).all() and (times >= 0).all() and ((codes >= 0) & (codes <= n_kinds)).all()):
        raise ValueError("times from 0 on, kinds from 0 to n_kinds")
    steps = np.unique(times[codes > 0])
    at_risk = watched(times, steps)
    met = np.array([[((times == step) & (codes == kind)).sum() for step in steps] for kind in _of(n_kinds)])
    met = met.reshape(n_kinds, steps.size)
    return tuple(_curve(steps, at_risk, met.sum(axis=0), mine) for mine in met)


def watched(durations: Any, at: Any) -> Floats:
    """How many are still watched, and have met nothing, just before each time, (m,)."""
    times = np.sort(np.asarray(durations, dtype=np.float64))
    return np.asarray(times.size - np.searchsorted(times, at, side="left"), dtype=np.float64)


def _of(n_kinds: int) -> range:
    return range(1, n_kinds + 1)


def _curve(steps: Floats, at_risk: Floats, every: Any, mine: Any) -> Incidence:
    free = np.cumprod(1 - every / at_risk)
    before = np.append(1.0, free[:-1])
    share = np.cumsum(before * mine / at_risk)
    left = at_risk * (at_risk - every)
    # Where the last one met an event nothing more can come: the term stands before a zero.
    hazard = np.divide(every, left, out=np.zeros(steps.size), where=left > 0)
    gap = np.tril(share[:, None] - share[None, :])
    variance = gap**2 @ hazard
    variance += np.cumsum(before**2 * (at_risk - mine) * mine / at_risk**3)
    variance -= 2 * gap @ (before * mine / at_risk**2)
    low, high = _interval(share, np.sqrt(np.clip(variance, 0.0, None)))
    steps, share, low, high = (np.append(0.0, column) for column in (steps, share, low, high))
    return Incidence(steps, share, low, high, int(mine.sum()))


def _interval(share: Floats, error: Floats) -> tuple[Floats, Floats]:
    inside = (share > 0) & (share < 1)
    rest = np.where(inside, 1 - share, 0.5)
    reach = np.where(inside, NORMAL * error / (rest * np.abs(np.log(rest))), 0.0)
    low, high = 1 - rest ** np.exp(-reach), 1 - rest ** np.exp(reach)
    return np.where(inside, low, share), np.where(inside, high, share)
