"""Who was lost on the way: the figures of "What if" on NHEFS, and bounds that assume nothing."""

import causaldata
import numpy as np
import pandas as pd
import pytest

from traboule.kernel.impact import attrition

SQUARED = ("age", "smokeintensity", "smokeyrs", "wt71")
KINDS = ("education", "exercise", "active")


@pytest.fixture(scope="module")
def nhefs():
    return causaldata.nhefs.load_pandas().data


def covariates(frame):
    """Hernán and Robins, program 12.2: squares of what is measured, dummies of what is named."""
    numbers = frame[["sex", "race", *SQUARED]].astype(float)
    squares = numbers[list(SQUARED)] ** 2
    dummies = pd.get_dummies(frame[list(KINDS)].astype(str), drop_first=True)
    return np.column_stack([numbers, squares, dummies]).astype(float)


def test_nobody_adjusts(nhefs):
    followed = nhefs[nhefs.wt82.notna()]
    assert len(followed) == 1566
    assert attrition.difference(followed.qsmk, followed.wt82_71) == pytest.approx(2.54, abs=0.005)


def test_inverse_probability_weighting(nhefs):
    followed = nhefs[nhefs.wt82.notna()]
    for stabilised in (False, True):
        weights = attrition.treatment_weights(followed.qsmk, covariates(followed), stabilised=stabilised)
        found = attrition.difference(followed.qsmk, followed.wt82_71, weights)
        assert found == pytest.approx(3.44, abs=0.005)


def test_with_weights_for_those_who_were_lost(nhefs):
    followed = nhefs.wt82.notna().to_numpy()
    known = covariates(nhefs)
    treatment = attrition.treatment_weights(nhefs.qsmk, known, stabilised=True)
    group = nhefs[["qsmk"]].to_numpy(float)
    staying = attrition.followed_weights(followed, np.column_stack([group, known]), within=group)
    assert (staying[~followed] == 0).all()
    assert (staying[followed] > 0).all()
    weights = (treatment * staying)[followed]
    found = attrition.difference(nhefs.qsmk[followed], nhefs.wt82_71[followed], weights)
    assert found == pytest.approx(3.496, abs=0.005)


def test_the_g_formula(nhefs):
    followed = nhefs[nhefs.wt82.notna()]
    table = covariates(followed)
    intensity = 2 + SQUARED.index("smokeintensity")
    found = attrition.standardised(followed.qsmk, followed.wt82_71, table, modifiers=[intensity])
    assert found == pytest.approx(3.517, abs=0.005)


def test_weights_of_the_followed_stand_for_everybody(nhefs):
    followed = nhefs.wt82.notna().to_numpy()
    weights = attrition.followed_weights(followed, nhefs[["age"]].to_numpy(float))
    assert weights.sum() == pytest.approx(len(nhefs), rel=0.01)
    assert np.average(nhefs.age, weights=weights) == pytest.approx(nhefs.age.mean(), abs=0.05)


def test_bounds_for_80_percent_followed_and_60_percent_employed():
    found = attrition.bounds(succeeded=48, failed=32, unknown=20)
    assert (found.low, found.high) == (0.48, 0.68)


@pytest.mark.parametrize("counts", [(0, 0, 0), (-1, 2, 3)])
def test_bounds_of_nobody_are_refused(counts):
    with pytest.raises(ValueError):
        attrition.bounds(*counts)


def test_calibrated_weights_come_near_the_published_ones(nhefs):
    """Hernán and Robins print 3.496 with logistic censoring weights, 3.517 with the g-formula."""
    followed = nhefs.wt82.notna()
    found = attrition.with_the_lost(
        nhefs.qsmk, nhefs.wt82_71.fillna(0.0), covariates(nhefs), followed, everybody=True
    )
    assert found.estimate == pytest.approx(3.5, abs=0.15)
    assert found.interval[0] < 3.496 < found.interval[1]
    assert found.supported


def lost_by_need(seed, n=4000):
    """People of whom the needy are lost more often, in the treated group above all: the effect is 0.2."""
    chance = np.random.default_rng(seed)
    need, treated = chance.normal(size=n), chance.random(n) < 0.3
    outcome = 0.2 * treated - 0.5 * need + chance.normal(0, 0.3, n)
    followed = chance.random(n) < 1 / (1 + np.exp(-1.5 + need * (0.2 + 1.3 * treated)))
    return treated, outcome, need[:, None], followed


def test_weights_bring_back_what_the_lost_took_away():
    treated, outcome, need, followed = lost_by_need(1)
    naive = attrition.difference(treated[followed], outcome[followed])
    found = attrition.with_the_lost(treated, outcome, need, followed)
    assert naive > 0.3
    assert found.estimate == pytest.approx(0.2, abs=0.03)
    assert found.interval[0] < 0.2 < found.interval[1]
    assert found.left < 1e-6


def test_the_outcome_of_the_lost_is_not_read():
    treated, outcome, need, followed = lost_by_need(2)
    other = np.where(followed, outcome, 1e6)
    assert attrition.with_the_lost(treated, other, need, followed) == attrition.with_the_lost(
        treated, outcome, need, followed
    )


def test_the_lost_who_are_like_nobody_carry_no_estimate():
    treated, outcome, need, _ = lost_by_need(3)
    assert not attrition.with_the_lost(treated, outcome, need, need[:, 0] > 0.5).supported


def test_nobody_followed_on_a_side_is_refused():
    treated, outcome, need, _ = lost_by_need(4)
    with pytest.raises(ValueError, match="two people followed"):
        attrition.with_the_lost(treated, outcome, need, treated)
