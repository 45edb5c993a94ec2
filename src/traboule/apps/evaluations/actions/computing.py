"""From the rows of a comparison, or from counts, to the figures that are kept. numpy and scipy load here."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from traboule.apps.evaluations.models import EvaluationPlan
from traboule.apps.evaluations.queries.comparison import Rows
from traboule.kernel.grades import TOTALS
from traboule.kernel.scales import Cell, Range, Scales, against_rate, from_counts, from_difference

if TYPE_CHECKING:
    from traboule.kernel.impact import Evaluation

DRAWS, SEED = 300, 0
Figures = dict[str, Any]


def figures_of_rows(plan: EvaluationPlan, rows: Rows) -> Figures:
    """Compute what a plan promises: naive and adjusted, every scale, diagnostics, bounds.

    Floats are those of the kernel; an interval is [value, low, high]. Raises CannotEstimate (kernel).
    """
    # Its products are small: threads would wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import numpy as np

    from traboule.apps.evaluations.actions.lost import attrition_of
    from traboule.kernel.impact import evaluate, overlap

    group, result, *known = (np.array(column, dtype=np.float64) for column in rows.columns)
    table, by_chance = np.column_stack(known), plan.grade == "randomised"
    method: Any = plan.method
    found = evaluate(
        group,
        result,
        table,
        names=rows.names[2:],
        method=method,
        randomised=by_chance,
        draws=DRAWS,
        seed=SEED,
    )
    plain = evaluate(group, result, table, names=rows.names[2:], method="difference", randomised=True)
    figures = _diagnostics(found, rows) | {
        "naive": [plain.estimate, *_inside(plain.interval, binary=found.is_binary)],
        "comparison": found.treated_mean - plain.estimate,
        "inside": overlap(group, result, table),
        **attrition_of(rows, everybody=by_chance, binary=found.is_binary),
    }
    effect = Range(found.estimate, *_inside(found.interval, binary=found.is_binary))
    return figures | _on_scales(found.treated_mean, effect, found.n_treated, figures)


def _diagnostics(found: "Evaluation", rows: Rows) -> Figures:
    """What the kernel says of an estimate, as JSON."""
    return {
        "scale": "risk_difference" if found.is_binary else "mean_difference",
        "error": found.standard_error,
        "n_treated": found.n_treated,
        "n_comparison": found.n_comparison,
        "n_dropped": rows.dropped,
        "with": found.treated_mean,
        "without": found.without,
        "smd_before": found.max_smd_before,
        "smd_after": found.max_smd_after,
        "size": found.effective_sample_size,
        "supported": found.supported,
        "balance": [[gap.name, gap.before, gap.after] for gap in found.gaps],
        "findings": [[one.code, one.column, dict(one.params)] for one in found.findings],
        "method": found.method,
        "draws": DRAWS,
        "seed": found.seed,
    }


def figures_of_counts(plan: EvaluationPlan, successes: int, n: int) -> Figures:
    """Compare our own counts with the published rate of a plan. Raises ValueError for impossible counts."""
    if plan.published is None:
        raise ValueError("a plan without a published rate")
    scales = against_rate(successes, n, plan.published)
    return {
        "scale": "risk_difference",
        "naive": _list(scales.difference),
        "error": None,
        "n_treated": n,
        "n_comparison": plan.rate_n,
        "n_dropped": 0,
        "successes": successes,
        "with": successes / n,
        "without": plan.published,
        "supported": False,
        "balance": [],
        "findings": [],
        **_written(scales),
    }


def figures_of_totals(cells: Sequence[Cell]) -> Figures:
    """Compare our own totals with those of others in our mix of cells. Raises ValueError for impossible
    counts."""
    from traboule.kernel.impact.totals import standardise

    said = standardise(cells)
    ours, others = (sum(getattr(cell, name) for cell in cells) for name in ("ours", "theirs"))
    reached, theirs = (
        sum(getattr(cell, name) for cell in cells) for name in ("our_successes", "their_successes")
    )
    return {
        "scale": "risk_difference",
        "naive": _list(from_counts(reached, ours, theirs, others).difference),
        "error": said.error,
        "n_treated": ours,
        "n_comparison": others,
        "n_dropped": 0,
        "with": said.with_it,
        "without": said.without,
        "comparison": theirs / others,
        "smd_before": max(abs(before) for _name, before, _after in said.gaps),
        "smd_after": max(abs(after) for _name, _before, after in said.gaps),
        "size": said.size,
        "inside": said.inside,
        "supported": said.supported,
        "balance": [list(gap) for gap in said.gaps],
        "findings": [],
        "bounds": None,
        "method": TOTALS,
        **_written(from_difference(said.with_it, said.difference, ours)),
    }


def look_at(figures: Figures, *, look: int, looks: int) -> Figures:
    """What looking several times costs: the limit of this look, and the chance of a false alarm if nobody
    had planned it. ``z`` is the estimate in standard errors; a published rate has none."""
    error = figures["error"]
    z = abs(figures["estimate"][0]) / error if error else None
    if max(look, looks) == 1:
        return {"z": z, "limit": None, "alarms": None}
    from traboule.kernel.impact.looks import false_alarms, obrien_fleming

    if look > looks:
        return {"z": z, "limit": None, "alarms": false_alarms([1.96] * look)}
    return {"z": z, "limit": obrien_fleming(looks)[look - 1], "alarms": None}


def _on_scales(rate: float, difference: Range, n_treated: int, figures: Figures) -> Figures:
    if figures["scale"] == "risk_difference":
        return _written(from_difference(rate, difference, n_treated))
    whole = [end * n_treated for end in _list(difference)]
    return {"estimate": _list(difference), "risk_ratio": None, "odds_ratio": None, "attributable": whole}


def _written(scales: Scales) -> Figures:
    return {
        "estimate": _list(scales.difference),
        "risk_ratio": _list(scales.risk_ratio),
        "odds_ratio": _list(scales.odds_ratio),
        "attributable": _list(scales.attributable),
    }


def _list(found: Range | None) -> Any:
    return None if found is None else [found.value, found.low, found.high]


def _inside(interval: tuple[float, float], *, binary: bool) -> tuple[float, float]:
    """No difference of rates is larger than 100 points."""
    low, high = interval
    return (max(-1.0, low), min(1.0, high)) if binary else interval
