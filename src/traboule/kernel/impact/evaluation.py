"""The effect on those who took part, by six methods, with what a sceptic asks for beside it.

difference, regression: HC2 errors (MacKinnon and White 1985); oaxaca-blinder, entropy-balancing, ipw, aipw:
bootstrap. All but `regression` estimate the average effect on the treated; `regression` is its
variance-weighted relative.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import isfinite, sqrt
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
from scipy.special import stdtrit

from traboule.kernel.impact import _draws
from traboule.kernel.impact.balance import differences, effective_size, is_supported, largest
from traboule.kernel.impact.sample import CannotEstimate, Finding, Floats, Sample, sample, unexplained
from traboule.kernel.impact.weights import balancing, scores, shares, with_ones

Method: TypeAlias = Literal["difference", "regression", "oaxaca-blinder", "entropy-balancing", "ipw", "aipw"]
METHODS: tuple[Method, ...] = get_args(Method)
TAIL = 0.975
BALANCED = 1e-6
Progress: TypeAlias = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Gap:
    """Standardised mean difference of one covariate, signed; ``after`` None: the method has no weights."""

    name: str
    before: float
    after: float | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """An estimate and its diagnostics; numbers in the units of the outcome.

    ``effective_sample_size``, ``inside`` (share of the treated whose score lies in the range of the
    comparison's) are None for methods that have no weights or no score.
    """

    method: Method
    estimate: float
    standard_error: float
    interval: tuple[float, float]
    naive: float
    n_treated: int
    n_comparison: int
    max_smd_before: float
    max_smd_after: float
    effective_sample_size: float | None
    supported: bool
    seed: int
    treated_mean: float
    is_binary: bool
    inside: float | None
    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...] = ()

    @property
    def without(self) -> float:
        """The mean that the treated would have had without the programme, by this estimate."""
        return self.treated_mean - self.estimate

    @property
    def attributable(self) -> float:
        """Effect times number of treated: successes (outcome 0/1) or units of the outcome in all."""
        return self.estimate * self.n_treated

    @property
    def risk_ratio(self) -> float | None:
        """Rate with over rate without; None where there is none."""
        return self.treated_mean / self.without if self.is_binary and 0 < self.without <= 1 else None

    @property
    def odds_ratio(self) -> float | None:
        """Odds with over odds without; None where there are none."""
        if not self.is_binary or not (0 < self.without < 1 and self.treated_mean < 1):
            return None
        return self.treated_mean / (1 - self.treated_mean) * (1 - self.without) / self.without


@dataclass(frozen=True, slots=True)
class _Found:
    """What a method says, in the units of ``Sample.outcome``."""

    estimate: float
    error: float
    quantile: float = 0.0
    weights: Floats | None = None
    inside: float | None = None
    findings: tuple[Finding, ...] = ()


def _silent(stage: str, share: float) -> None:
    pass


def evaluate(
    treated: Any,
    outcome: Any,
    covariates: Any,
    *,
    names: Sequence[str] = (),
    method: Method = "aipw",
    randomised: bool = False,
    draws: int = 300,
    seed: int = 0,
    progress: Progress = _silent,
) -> Evaluation:
    """Estimate the effect of ``treated`` (n,) on ``outcome`` (n,) given (n, k) ``covariates``.

    The order of the rows and the units of the covariates do not matter. Raises CannotEstimate where the rows
    allow no estimate, ValueError for arrays of wrong shape.
    """
    progress("groups", 0.0)
    found = sample(treated, outcome, covariates, names)
    if not (randomised or found.basis.shape[1]):
        raise CannotEstimate("all_constant")
    with np.errstate(over="ignore", under="ignore"):
        said = _by_method(found, method, draws=draws, seed=seed, progress=progress)
    return _together(found, said, method, randomised=randomised, seed=seed)


def _together(found: Sample, said: _Found, method: Method, *, randomised: bool, seed: int) -> Evaluation:
    """The estimate in the units of the outcome, with the diagnostics beside it."""
    gaps = _gaps(found, said.weights)
    before = max((abs(gap.before) for gap in gaps), default=0.0)
    after = max((abs(gap.before if gap.after is None else gap.after) for gap in gaps), default=0.0)
    size = None if said.weights is None else effective_size(said.weights)
    naive = _units(found, _naive(found))
    treated_mean = found.centre + _units(found, float(found.split(found.outcome)[1].mean()))
    estimate, error = _units(found, said.estimate), _units(found, said.error)
    reach = said.quantile * error
    if not all(map(isfinite, (estimate, reach, naive, treated_mean, estimate * found.n_treated))):
        raise CannotEstimate("too_large_numbers")
    return Evaluation(
        method=method,
        estimate=estimate,
        standard_error=error,
        interval=(estimate - reach, estimate + reach),
        naive=naive,
        n_treated=found.n_treated,
        n_comparison=found.n_comparison,
        max_smd_before=before,
        max_smd_after=after,
        effective_sample_size=size,
        supported=randomised or is_supported(largest_after=after, size=size, n_treated=found.n_treated),
        seed=seed,
        treated_mean=treated_mean,
        is_binary=found.is_binary,
        inside=said.inside,
        findings=(*found.findings, *said.findings),
        gaps=gaps,
    )


def _gaps(found: Sample, weights: Floats | None) -> tuple[Gap, ...]:
    before = differences(found)
    after = [None] * len(before) if weights is None else differences(found, weights).tolist()
    # Further names name nothing.
    return tuple(Gap(*one) for one in zip(found.names, before.tolist(), after, strict=False))


def _units(found: Sample, number: float) -> float:
    return float(number * found.unit)


def _naive(found: Sample) -> float:
    before, after = found.split(found.outcome)
    return float(after.mean() - before.mean())


def _by_method(found: Sample, method: Method, *, draws: int, seed: int, progress: Progress) -> _Found:
    if method == "difference":
        return _difference(found)
    residual = unexplained(found)
    if method == "regression":
        return _regression(found, residual)
    said, estimator = _prepared(found, method)
    results = _draws.estimates(found, estimator, draws=draws, seed=seed, progress=progress)
    estimate = float(estimator(_draws.once(found))[0])
    return replace(said, estimate=estimate, error=float(results.std(ddof=1)), quantile=_quantile(found, said))


def _quantile(found: Sample, said: _Found) -> float:
    """Student's, by what the smaller side is worth: a bootstrap of few rows is too sure of itself."""
    theirs = found.n_comparison if said.weights is None else effective_size(said.weights)
    return float(stdtrit(max(1.0, min(found.n_treated, theirs) - 1), TAIL))


def _difference(found: Sample) -> _Found:
    """Welch's interval (1947): HC2 without covariates is √(s²treated/n + s²comparison/n)."""
    parts = [(group.var(ddof=1) / group.size, group.size) for group in found.split(found.outcome)]
    variance = float(sum(part for part, _ in parts))
    shares_of = [part / variance if variance else 0.5 for part, _ in parts]
    freedom = 1 / sum(share**2 / (n - 1) for share, (_, n) in zip(shares_of, parts, strict=True))
    return _Found(_naive(found), sqrt(variance), float(stdtrit(freedom, TAIL)))


def _regression(found: Sample, residual: Floats) -> _Found:
    """Coefficient of the treatment among the covariates, by Frisch, Waugh and Lovell."""
    square = residual @ residual
    estimate = residual @ found.outcome / square
    basis = np.column_stack([np.ones(found.n), found.basis]) / sqrt(found.n)
    group = np.repeat([0.0, 1.0], [found.n_comparison, found.n_treated])
    rest = found.outcome - estimate * group
    rest -= basis @ (basis.T @ rest)
    leverage = (basis**2).sum(axis=1) + residual**2 / square
    free = np.clip(1 - leverage, 0.0, None)
    # A row that its own column explains has no residual and says nothing about the spread.
    parts = np.divide(residual**2 * rest**2, free, out=np.zeros(found.n), where=free > 1e-10)
    freedom = found.n - basis.shape[1] - 1
    return _Found(float(estimate), float(np.sqrt(parts.sum()) / square), float(stdtrit(freedom, TAIL)))


def _prepared(found: Sample, method: Method) -> tuple[_Found, _draws.Estimator]:
    """Weights and diagnostics of all rows, and how each draw is estimated."""
    before, after = found.split(found.basis)
    if method == "oaxaca-blinder":
        return _Found(0.0, 0.0), _draws.by_regression(found)
    if method == "entropy-balancing":
        steps = balancing(before, after.mean(axis=0))
        weights = shares(before @ steps)
        left = largest(differences(found, weights))
        findings = (Finding("no_balance", "-", (("left", f"{left:.3g}"),)),) if left > BALANCED else ()
        return _Found(0.0, 0.0, weights=weights, findings=findings), _draws.by_balance(found, steps)
    fitted = _fitted(found)
    score, theirs = with_ones(before) @ fitted, with_ones(after) @ fitted
    inside = _inside(score, theirs)
    findings = (Finding("no_overlap_of_scores"),) if theirs.min() > score.max() else ()
    said = _Found(0.0, 0.0, weights=shares(score), inside=inside, findings=findings)
    return said, _draws.by_odds(found, fitted, doubly=method == "aipw")


def overlap(treated: Any, outcome: Any, covariates: Any) -> float:
    """Share of the treated whose score lies in the range of the comparison's, for methods without a score.

    Raises CannotEstimate and ValueError as ``evaluate`` does.
    """
    found = sample(treated, outcome, covariates)
    with np.errstate(over="ignore", under="ignore"):
        before, after = found.split(with_ones(found.basis) @ _fitted(found))
    return _inside(before, after)


def _fitted(found: Sample) -> Floats:
    return scores(found.basis, np.repeat([0.0, 1.0], [found.n_comparison, found.n_treated]))


def _inside(score: Floats, theirs: Floats) -> float:
    return float(((theirs >= score.min()) & (theirs <= score.max())).mean())
