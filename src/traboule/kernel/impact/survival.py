"""Time to an event (a first job, a break-up): curves, comparison of two groups, regression, rival events.

On lifelines and statsmodels, which the extra ``impact`` brings; both are imported where they are used.
Times are ≥ 0 in any unit, events are true where the time ended with the event and false where the watching
did.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np

from traboule.kernel.impact.sample import Floats


class MissingExtra(RuntimeError):
    """A library of an extra is not installed; ``install`` names what to install."""

    install = "traboule[impact]"

    def __init__(self, library: str) -> None:
        super().__init__(f"{library} is not installed: install {self.install}")


@dataclass(frozen=True, slots=True)
class Curve:
    """A share by time, with its 95 % interval; arrays (m,)."""

    times: Floats
    share: Floats
    low: Floats
    high: Floats

    def at(self, time: float) -> float:
        """The share at a time: that of the last step at or before it."""
        place = int(np.searchsorted(self.times, time, side="right")) - 1
        if place < 0:
            raise ValueError("before the first time of the curve")
        return float(self.share[place])


@dataclass(frozen=True, slots=True)
class Hazards:
    """A proportional hazards regression: log hazard ratios and their errors by covariate."""

    coefficients: dict[str, float]
    errors: dict[str, float]
    log_likelihood: float


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingExtra(name.split(".")[0]) from error


def kaplan_meier(durations: Any, events: Any) -> Curve:
    """Share without the event by time (Kaplan and Meier 1958), log-log interval."""
    fitter = _library("lifelines").KaplanMeierFitter()
    fitter.fit(*_checked(durations, events))
    band = fitter.confidence_interval_.to_numpy(dtype=np.float64)
    times = fitter.survival_function_.index.to_numpy(dtype=np.float64)
    share = fitter.survival_function_.to_numpy(dtype=np.float64)[:, 0]
    return Curve(times, share, band[:, 0], band[:, 1])


def log_rank(durations: Any, events: Any, treated: Any) -> tuple[float, float]:
    """Statistic (χ², 1 degree of freedom) and p-value of equal curves in the two groups."""
    times, ends = _checked(durations, events)
    group = np.asarray(treated).astype(bool)
    found = _library("lifelines.statistics").logrank_test(
        times[group], times[~group], ends[group], ends[~group]
    )
    return float(found.test_statistic), float(found.p_value)


def hazards(durations: Any, events: Any, covariates: Any, names: Sequence[str]) -> Hazards:
    """Cox's regression (1972), ties as Efron; ``covariates`` (n, k)."""
    times, ends = _checked(durations, events)
    frame = _library("pandas").DataFrame(np.asarray(covariates, dtype=np.float64), columns=list(names))
    frame["\0time"], frame["\0event"] = times, ends
    fitter = _library("lifelines").CoxPHFitter()
    fitter.fit(frame, "\0time", "\0event")
    return Hazards(
        {name: float(fitter.params_[name]) for name in names},
        {name: float(fitter.standard_errors_[name]) for name in names},
        float(fitter.log_likelihood_),
    )


def incidence(durations: Any, kinds: Any) -> list[Curve]:
    """Share that met each of the rival events by time (Aalen and Johansen 1978), one curve for each.

    ``kinds``: 0 where the watching ended, else 1, 2, … for the events. One minus Kaplan-Meier would count
    people who met a rival event as if they could still meet this one.
    """
    times = _checked(durations, np.asarray(kinds) > 0)[0]
    events = np.asarray(kinds).astype(np.int64)
    found = _library("statsmodels.duration.api").CumIncidenceRight(times, events)
    at = np.asarray(found.times, dtype=np.float64)
    curves = []
    for share, error in zip(found.cinc, found.cinc_se, strict=True):
        # Where nobody is left at risk no error is known: anything may be.
        reach = np.nan_to_num(1.959963984540054 * np.asarray(error), nan=1.0)
        curves.append(Curve(at, share, np.clip(share - reach, 0, 1), np.clip(share + reach, 0, 1)))
    return curves


def _checked(durations: Any, events: Any) -> tuple[Floats, Any]:
    times, ends = np.asarray(durations, dtype=np.float64), np.asarray(events).astype(bool)
    if times.ndim != 1 or times.shape != ends.shape or not times.size:
        raise ValueError("a time and an event for each person")
    if not (np.isfinite(times).all() and (times >= 0).all()):
        raise ValueError("times from 0 on")
    return times, ends
