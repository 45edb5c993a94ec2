"""Whose outcome nobody knows: shares followed, bounds, and the estimate in which the followed stand for them.

numpy and scipy load here.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from traboule.apps.evaluations.queries.comparison import Rows
from traboule.kernel.impact.attrition import bounds, with_the_lost

Figures = dict[str, Any]
SIDES = (1.0, 0.0)


def attrition_of(rows: Rows, *, everybody: bool, binary: bool) -> Figures:
    """For those who took part, then the others, as JSON.

    ``bounds`` of a yes-or-no outcome: [rate if all unknown failed, if all succeeded, unknown].
    ``attrition``: ``followed``, [with an outcome, of how many]; ``difference``, lowest and highest difference
    of the rates, whatever became of the lost (Manski 1990); ``weighted``, None where nobody was lost of whom
    the rest is known.
    """
    results = [_results(rows, side) for side in SIDES]
    followed = [
        [len(known), len(known) + unknown] for known, unknown in zip(results, rows.unknown, strict=True)
    ]
    weighted = _weighted(rows, everybody=everybody, binary=binary)
    if not binary:
        return {"bounds": None, "attrition": {"followed": followed, "difference": None, "weighted": weighted}}
    ours, others = (_bounds(known, n) for known, n in zip(results, rows.unknown, strict=True))
    between = [ours[0] - others[1], ours[1] - others[0]]
    said = {"followed": followed, "difference": between, "weighted": weighted}
    return {"bounds": [ours, others], "attrition": said}


def _results(rows: Rows, side: float) -> list[float]:
    pairs = [*zip(rows.columns[0], rows.columns[1], strict=True), *rows.known]
    return [result for group, result in pairs if group == side]


def _bounds(results: Sequence[float], unknown: int) -> list[float]:
    hits = results.count(1.0)
    said = bounds(hits, len(results) - hits, unknown)
    return [said.low, said.high, unknown]


def _weighted(rows: Rows, *, everybody: bool, binary: bool) -> Figures | None:
    if not rows.lost:
        return None
    group, outcome, *known = (np.array(column, dtype=np.float64) for column in rows.columns)
    lost = np.array(rows.lost, dtype=np.float64)
    said = with_the_lost(
        np.append(group, lost[:, 0]),
        np.append(outcome, np.zeros(len(lost))),
        np.vstack([np.column_stack(known), lost[:, 1:]]),
        np.repeat([True, False], [rows.n, len(lost)]),
        everybody=everybody,
    )
    low, high = said.interval
    if binary:  # no difference of rates is larger than 100 points
        low, high = max(-1.0, low), min(1.0, high)
    return {
        "estimate": [said.estimate, low, high],
        "left": said.left,
        "size": said.size,
        "supported": said.supported,
        "lost": len(lost),
    }
