"""Two curves held against each other: log-rank, ratio of hazards, and whether one ratio describes them.

The same figures as ``survival`` gives through lifelines, for one group against the other, without pandas: a
page reads them (ADR 0026). Tests hold them to lifelines.
"""

from dataclasses import dataclass
from math import erfc, exp, sqrt
from typing import Any

import numpy as np

from traboule.kernel.impact.sample import Floats
from traboule.kernel.impact.times import NORMAL, watched

MOST_STEPS = 50
FINE = 1e-9
WIDEST = 10.0  # log of the ratio: beyond that all events of a group lie where the other has nobody left


@dataclass(frozen=True, slots=True)
class Ratio:
    """How often one group meets the event, as a multiple of the other (Cox 1972); 95 % interval by Wald.

    ``steady``: p of a ratio that does not change with time (Grambsch and Therneau 1994).
    """

    value: float
    low: float
    high: float
    steady: float


@dataclass(frozen=True, slots=True)
class Contrast:
    """χ² (1 degree of freedom) and p of equal curves, and the ratio; None where the data give none."""

    statistic: float
    p: float
    ratio: Ratio | None


@dataclass(frozen=True, slots=True)
class _Steps:
    """At each time with an event: how many were at risk and met it, of all and of the group; each (m,)."""

    times: Floats
    at_risk: Floats
    mine: Floats
    events: Floats
    my_events: Floats


def contrast(durations: Any, events: Any, group: Any) -> Contrast:
    """Hold ``group`` (true) against the others. Times ≥ 0, one event and one group each.

    ValueError for other input, for a group of nobody, and where nobody met the event.
    """
    times = np.asarray(durations, dtype=np.float64)
    met, inside = np.asarray(events).astype(bool), np.asarray(group).astype(bool)
    if times.ndim != 1 or not (times.shape == met.shape == inside.shape):
        raise ValueError("a time, an event and a group for each person")
    if not (np.isfinite(times).all() and (times >= 0).all()):
        raise ValueError("times from 0 on")
    if not met.any() or inside.all() or not inside.any():
        raise ValueError("two groups, and an event")
    found = _steps(times, met, inside)
    statistic = _log_rank(found)
    return Contrast(statistic, _chance(statistic), _ratio(found))


def _steps(times: Floats, met: Any, inside: Any) -> _Steps:
    at = np.unique(times[met])
    return _Steps(
        at,
        watched(times, at),
        watched(times[inside], at),
        _at(times[met], at),
        _at(times[met & inside], at),
    )


def _at(times: Floats, steps: Floats) -> Floats:
    return np.bincount(np.searchsorted(steps, times), minlength=steps.size).astype(np.float64)


def _log_rank(found: _Steps) -> float:
    """Mantel's statistic, with the variance of the hypergeometric distribution."""
    part = found.mine / found.at_risk
    free = (found.at_risk - found.events) / np.maximum(found.at_risk - 1, 1)
    variance = float((found.events * part * (1 - part) * free).sum())
    gap = float((found.my_events - found.events * part).sum())
    return gap**2 / variance if variance > 0 else 0.0


def _ratio(found: _Steps) -> Ratio | None:
    """Newton's steps on the partial likelihood, ties after Efron: one row for each event."""
    rows = np.repeat(np.arange(found.times.size), found.events.astype(np.int64))
    first = np.concatenate([np.arange(many) for many in found.events.astype(np.int64)])
    share = first / found.events[rows]
    mine = found.mine[rows] - share * found.my_events[rows]
    others = (found.at_risk - found.mine)[rows] - share * (found.events - found.my_events)[rows]
    beta = 0.0
    for _ in range(MOST_STEPS):
        expected = mine * exp(beta) / (mine * exp(beta) + others)
        facts = float((expected * (1 - expected)).sum())
        if facts <= FINE:
            return None
        step = float(np.clip((found.my_events.sum() - expected.sum()) / facts, -1, 1))
        beta += step
        if abs(beta) > WIDEST:
            return None
        if abs(step) < FINE:
            return _whole(found, rows, expected, beta, 1 / sqrt(facts))
    return None


def _whole(found: _Steps, rows: Any, expected: Floats, beta: float, error: float) -> Ratio:
    """The scaled residuals of Schoenfeld, against time: a slope says that the ratio changes."""
    surprise = found.my_events - np.bincount(rows, weights=expected, minlength=found.times.size)
    late = found.times - np.average(found.times, weights=found.events)
    spread = float((found.events * late**2).sum())
    slope = float((late * surprise).sum()) ** 2
    statistic = float(found.events.sum()) * error**2 * slope / spread if spread > 0 else 0.0
    reach = NORMAL * error
    return Ratio(exp(beta), exp(beta - reach), exp(beta + reach), _chance(statistic))


def _chance(statistic: float) -> float:
    """The upper tail of χ² with one degree of freedom."""
    return erfc(sqrt(statistic / 2))
