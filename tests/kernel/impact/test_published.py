"""The figures that were published, on the data on which they were."""

import causaldata
import numpy as np
import pytest

from tests.kernel.impact.studies import lalonde_study
from traboule.kernel.impact import evaluate

# Imbens and Xu 2024, LaLonde (1986) after nearly four decades: ATT, NSW treated with CPS-1.
ADJUSTED = {"regression": 1066.4, "oaxaca-blinder": 1133.3, "entropy-balancing": 1406.3}


@pytest.fixture
def cps(outside_data):
    return lalonde_study(outside_data, comparison="cps")


def frames():
    return causaldata.nsw_mixtape.load_pandas().data, causaldata.cps_mixtape.load_pandas().data


def test_the_trial_gives_the_difference_that_it_gave():
    trial, _ = frames()
    found = evaluate(trial.treat, trial.re78, trial[["age", "educ"]], method="difference", randomised=True)
    assert found.estimate == found.naive == pytest.approx(1794.34, abs=0.01)
    assert (found.n_treated, found.n_comparison, found.supported) == (185, 260, True)
    assert found.standard_error == pytest.approx(671.0, abs=0.05)


def test_the_treated_against_cps_1_differ_by_what_was_published():
    trial, cps_1 = frames()
    treated = trial[trial.treat == 1]
    outcome = np.concatenate([treated.re78, cps_1.re78])
    group = np.repeat([1, 0], [len(treated), len(cps_1)])
    age = np.concatenate([treated.age, cps_1.age])[:, None]
    found = evaluate(group, outcome, age, method="difference")
    assert found.estimate == pytest.approx(-8497.52, abs=0.01)
    assert (found.n_treated, found.n_comparison, found.supported) == (185, 15992, False)


@pytest.mark.outside_data
def test_the_pinned_copies_are_the_packaged_data(outside_data):
    trial = lalonde_study(outside_data, comparison="trial")
    packaged, _ = frames()
    assert np.sort(trial.outcome) == pytest.approx(np.sort(packaged.re78), abs=0.01)
    found = evaluate(*trial[:3], method="difference", randomised=True)
    assert (found.estimate, found.standard_error) == (
        pytest.approx(1794.34, abs=0.01),
        pytest.approx(671.0, abs=0.05),
    )


@pytest.mark.outside_data
@pytest.mark.parametrize("method", sorted(ADJUSTED))
def test_adjusted_effects_are_those_of_imbens_and_xu(cps, method):
    found = evaluate(*cps[:3], method=method, draws=20)
    assert found.estimate == pytest.approx(ADJUSTED[method], abs=1)
    assert found.naive == pytest.approx(-8497.52, abs=0.01)


@pytest.mark.outside_data
@pytest.mark.parametrize("seed", [0, 1, 2026])
def test_the_doubly_robust_effect_agrees_with_the_trial(cps, seed):
    found = evaluate(*cps[:3], seed=seed)
    assert 1000 < found.estimate < 2200
    assert found.interval[0] < 1794 < found.interval[1]


@pytest.mark.outside_data
def test_entropy_balancing_balances_and_says_how_few_rows_carry_it(cps):
    found = evaluate(*cps[:3], method="entropy-balancing", draws=20)
    assert found.max_smd_before == pytest.approx(2.43, abs=0.005)
    assert found.max_smd_after < 1e-6
    assert found.effective_sample_size == pytest.approx(269, abs=0.5)
    assert found.supported


@pytest.mark.outside_data
@pytest.mark.parametrize("method", ["difference", "regression", "oaxaca-blinder"])
def test_a_method_without_weights_keeps_the_difference_that_it_found(cps, method):
    found = evaluate(*cps[:3], method=method, draws=5)
    assert found.max_smd_after == found.max_smd_before > 2.4
    assert (found.effective_sample_size, found.supported) == (None, False)
    assert evaluate(*cps[:3], method=method, draws=5, randomised=True).supported
