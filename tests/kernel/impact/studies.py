"""Public data on which the figures were published, and made-up studies whose effect is known."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

LALONDE = ("age", "education", "black", "hispanic", "married", "nodegree", "re74", "re75", "u74", "u75")


class Study(NamedTuple):
    treated: Any
    outcome: Any
    covariates: Any
    names: Sequence[str] = ()


def lalonde(folder: Path, *, comparison: str) -> pd.DataFrame:
    """NSW treated (Dehejia and Wahba) with the controls of the trial or with CPS-1: the pinned copies."""
    trial = pd.read_csv(folder / "lalonde" / "nsw_dw.csv")
    if comparison == "trial":
        frame = trial
    else:
        frame = pd.concat([trial[trial.treat == 1], pd.read_csv(folder / "lalonde" / "cps_controls.csv")])
    return frame.assign(u74=1 * (frame.re74 == 0), u75=1 * (frame.re75 == 0)).reset_index(drop=True)


def lalonde_study(folder: Path, *, comparison: str) -> Study:
    frame = lalonde(folder, comparison=comparison)
    return Study(frame.treat.to_numpy(), frame.re78.to_numpy(), frame[list(LALONDE)].to_numpy(float), LALONDE)


def made_up(seed: int, n: int = 400, effect: float = 1.5, pull: float = 0.6) -> Study:
    """Who takes part depends on two covariates that matter for the outcome; the third is a dummy."""
    chance = np.random.default_rng(seed)
    known = np.column_stack([chance.normal(size=(n, 2)), chance.random(n) < 0.4]).astype(float)
    score = pull * (known[:, 0] - known[:, 1]) - 0.4 + 0.3 * known[:, 2]
    treated = chance.random(n) < 1 / (1 + np.exp(-score))
    outcome = known @ [1.0, -0.5, 0.7] + effect * treated + chance.normal(size=n)
    return Study(treated, outcome, known)
