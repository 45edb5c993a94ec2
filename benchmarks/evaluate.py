"""`traboule evaluate` from file to report, against the bare library calls that its method needs.

Both on the same 16,177 rows (NSW treated with CPS-1) in one run: the bare side draws rows, and for each draw
calls scipy's optimiser (entropy balancing), or statsmodels' logistic and least-squares regressions (AIPW).
"""

import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import causaldata
import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy.optimize import minimize

from benchmarks.rows import traboule

DRAWS, BARE_DRAWS = 300, 30
KNOWN = ["age", "educ", "black", "hisp", "marr", "nodegree", "re74", "re75", "u74", "u75"]


def people() -> pd.DataFrame:
    trial = causaldata.nsw_mixtape.load_pandas().data
    frame = pd.concat([trial[trial.treat == 1], causaldata.cps_mixtape.load_pandas().data])
    return frame.assign(u74=1 * (frame.re74 == 0), u75=1 * (frame.re75 == 0))[["treat", "re78", *KNOWN]]


def balanced(after: Any, before: Any) -> float:
    """The dual of entropy balancing, with its gradient, left to scipy."""
    rows = before[:, 1:] - after[:, 1:].mean(axis=0)

    def dual(at: Any) -> tuple[float, Any]:
        exponent = rows @ at
        top = exponent.max()
        weights = np.exp(exponent - top)
        total = weights.sum()
        return top + np.log(total), weights @ rows / total

    at = minimize(dual, np.zeros(rows.shape[1]), jac=True, method="BFGS", options={"gtol": 1e-6}).x
    weights = np.exp(rows @ at - (rows @ at).max())
    return float(after[:, 0].mean() - np.average(before[:, 0], weights=weights))


def doubly_robust(after: Any, before: Any) -> float:
    """A logistic regression for the weights, a linear one for the outcome."""
    design = sm.add_constant(np.vstack([before, after])[:, 1:])
    group = np.repeat([0.0, 1.0], [len(before), len(after)])
    odds = np.exp(sm.Logit(group, design).fit(disp=0).predict(which="linear"))[: len(before)]
    fitted = sm.OLS(before[:, 0], design[: len(before)]).fit().predict(design)
    missed = np.concatenate([before[:, 0], after[:, 0]]) - fitted
    return float(missed[len(before) :].mean() - np.average(missed[: len(before)], weights=odds))


def bare(estimate: Callable[[Any, Any], float], frame: pd.DataFrame) -> float:
    """Seconds of the estimate and DRAWS draws; BARE_DRAWS are timed and the rest reckoned from them."""
    table = frame[["re78", *KNOWN]].to_numpy(float)
    table[:, 1:] = (table[:, 1:] - table[:, 1:].mean(axis=0)) / table[:, 1:].std(axis=0)
    group = frame.treat.to_numpy() == 1
    groups, chance = (table[group], table[~group]), np.random.default_rng(0)
    started = time.perf_counter()
    for _ in range(BARE_DRAWS):
        estimate(*(part[chance.integers(len(part), size=len(part))] for part in groups))
    return (time.perf_counter() - started) * (DRAWS + 1) / BARE_DRAWS


def measure() -> dict[str, dict[str, float]]:
    """Seconds of the command and of the bare calls, and their ratio, for both methods."""
    frame = people()
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        data, report = Path(folder) / "people.csv", Path(folder) / "report.json"
        frame.to_csv(data, index=False)
        for method, estimate in (("entropy-balancing", balanced), ("aipw", doubly_robust)):
            words = ("--treatment", "treat", "--outcome", "re78", "--covariates", ",".join(KNOWN))
            words += ("--method", method, "--draws", str(DRAWS), "--report", str(report))
            code, seconds, said = traboule("evaluate", data, *words)
            if code:
                raise RuntimeError(f"evaluate ended with {code}: {said[-300:]}")
            alone = bare(estimate, frame)
            result = json.loads(report.read_text("utf-8"))["estimate"]
            found[method] = {"ratio": seconds / alone, "seconds": seconds, "bare": alone, "estimate": result}
    return found
