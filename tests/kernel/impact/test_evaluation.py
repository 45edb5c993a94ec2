"""The estimate: right where the truth is known, the same however it is written, honest where it fails."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernel.impact.studies import made_up
from traboule.kernel.impact import METHODS, CannotEstimate, evaluate
from traboule.kernel.impact.balance import effective_size
from traboule.kernel.impact.sample import sample
from traboule.kernel.impact.weights import balancing, scores, shares

ADJUSTING = [method for method in METHODS if method != "difference"]
WEIGHTED = ["entropy-balancing", "ipw", "aipw"]


# --- right where the truth, or a library, says so -------------------------------------------------------


@pytest.mark.parametrize("method", ADJUSTING)
def test_a_known_effect_is_recovered_where_the_plain_difference_is_wrong(method):
    found = evaluate(*made_up(1, n=6000)[:3], method=method, draws=40)
    assert found.estimate == pytest.approx(1.5, abs=4 * found.standard_error)
    assert found.standard_error < 0.06
    assert abs(found.naive - 1.5) > 0.5
    assert found.interval[0] < found.estimate < found.interval[1]


def test_hc2_errors_are_those_of_statsmodels():
    treated, outcome, known, _ = made_up(2)
    design = np.column_stack([np.ones(len(outcome)), treated, known])
    reference = sm.OLS(outcome, design).fit(cov_type="HC2", use_t=True)
    found = evaluate(treated, outcome, known, method="regression")
    assert found.estimate == pytest.approx(reference.params[1])
    assert found.standard_error == pytest.approx(reference.bse[1])
    assert found.interval == pytest.approx(tuple(reference.conf_int()[1]))
    plain = sm.OLS(outcome, design[:, :2]).fit(cov_type="HC2")
    difference = evaluate(treated, outcome, known, method="difference")
    assert (difference.estimate, difference.standard_error) == pytest.approx((plain.params[1], plain.bse[1]))


def test_odds_and_doubly_robust_are_the_formulas_on_statsmodels():
    treated, outcome, known, _ = made_up(3)
    design = np.column_stack([np.ones(len(outcome)), known])
    odds = np.exp(design @ sm.Logit(treated.astype(float), design).fit(disp=0).params)[~treated]
    without = design @ sm.OLS(outcome[~treated], design[~treated]).fit().params
    plain = outcome[treated].mean() - np.average(outcome[~treated], weights=odds)
    missed = (outcome - without)[treated].mean() - np.average((outcome - without)[~treated], weights=odds)
    ipw = evaluate(treated, outcome, known, method="ipw", draws=5)
    assert ipw.estimate == pytest.approx(plain)
    assert ipw.effective_sample_size == pytest.approx(odds.sum() ** 2 / (odds**2).sum())
    assert evaluate(treated, outcome, known, method="aipw", draws=5).estimate == pytest.approx(missed)


def test_standardised_differences_follow_the_definition():
    treated, outcome, known, _ = made_up(4)
    after, before = known[treated], known[~treated]
    spread = np.sqrt((after.var(axis=0, ddof=1) + before.var(axis=0, ddof=1)) / 2)
    largest = np.abs((after.mean(axis=0) - before.mean(axis=0)) / spread).max()
    assert evaluate(treated, outcome, known, method="difference").max_smd_before == pytest.approx(largest)


def test_the_bootstrap_is_that_of_drawing_rows_and_estimating_anew():
    """The counts of the batch against a loop over drawn rows, each solved on its own."""
    treated, outcome, known, _ = made_up(5, n=300)
    chance = np.random.default_rng(11)
    groups = np.flatnonzero(treated), np.flatnonzero(~treated)
    for method in ("oaxaca-blinder", *WEIGHTED):
        anew = []
        for _ in range(200):
            rows = np.concatenate([chance.choice(group, group.size) for group in groups])
            anew.append(evaluate(treated[rows], outcome[rows], known[rows], method=method, draws=2).estimate)
        found = evaluate(treated, outcome, known, method=method, draws=1000)
        assert found.standard_error == pytest.approx(np.std(anew, ddof=1), rel=0.2), method


def test_balancing_weights_are_the_ones_of_largest_entropy():
    """Any other weights with the same balance lie further from equal ones."""
    treated, outcome, known, _ = made_up(6, n=200)
    found = sample(treated, outcome, known)
    before, after = found.split(found.basis)
    goal = after.mean(axis=0)
    weights = shares(before @ balancing(before, goal))
    assert before.T @ weights == pytest.approx(goal, abs=1e-9)
    chance = np.random.default_rng(0)
    constraints = np.column_stack([np.ones(len(before)), before])
    for _ in range(20):
        move = chance.normal(size=len(weights))
        move -= constraints @ np.linalg.lstsq(constraints, move, rcond=None)[0]
        other = weights + move * 0.5 * (weights / np.abs(move)).min()
        assert (other * np.log(other)).sum() > (weights * np.log(weights)).sum()


def test_the_scores_are_the_maximum_of_the_likelihood():
    treated, _, known, _ = made_up(7)
    fitted = scores(known, treated.astype(float))
    chance = 1 / (1 + np.exp(-np.column_stack([np.ones(len(known)), known]) @ fitted))
    assert np.column_stack([np.ones(len(known)), known]).T @ (treated - chance) == pytest.approx(0, abs=1e-6)


# --- the same, however the file is written --------------------------------------------------------------


@settings(max_examples=15)
@given(seed=st.integers(0, 10_000), method=st.sampled_from(METHODS))
def test_the_order_of_the_rows_changes_nothing(seed, method):
    treated, outcome, known, _ = made_up(seed, n=80)
    order = np.random.default_rng(seed).permutation(len(outcome))
    found = evaluate(treated, outcome, known, method=method, draws=5)
    assert evaluate(treated[order], outcome[order], known[order], method=method, draws=5) == found


@settings(max_examples=15)
@given(
    seed=st.integers(0, 10_000),
    method=st.sampled_from(METHODS),
    scale=st.floats(1e-6, 1e6),
    shift=st.floats(-1e3, 1e3),
)
def test_the_units_of_a_covariate_change_nothing(seed, method, scale, shift):
    treated, outcome, known, _ = made_up(seed, n=80)
    found = evaluate(treated, outcome, known, method=method, draws=5)
    other = evaluate(treated, outcome, known * scale + shift * scale, method=method, draws=5)
    assert (other.effective_sample_size is None) == (found.effective_sample_size is None)
    for name in ("estimate", "standard_error", "max_smd_before", "effective_sample_size"):
        expected = getattr(found, name) or 0.0
        assert (getattr(other, name) or 0.0) == pytest.approx(expected, rel=1e-4, abs=1e-6), name
    assert other.max_smd_after == pytest.approx(found.max_smd_after, abs=1e-5)


@settings(max_examples=15)
@given(seed=st.integers(0, 10_000), method=st.sampled_from(METHODS), scale=st.floats(1e-6, 1e6))
def test_the_units_of_the_outcome_are_those_of_the_answer(seed, method, scale):
    treated, outcome, known, _ = made_up(seed, n=80)
    found = evaluate(treated, outcome, known, method=method, draws=5)
    other = evaluate(treated, outcome * scale + 3 * scale, known, method=method, draws=5)
    assert other.estimate == pytest.approx(found.estimate * scale, rel=1e-6, abs=1e-9 * scale)
    assert other.standard_error == pytest.approx(found.standard_error * scale, rel=1e-6, abs=1e-9 * scale)


@pytest.mark.parametrize("method", METHODS)
def test_a_covariate_that_repeats_others_changes_nothing(method):
    treated, outcome, known, _ = made_up(8, n=200)
    dummies = np.column_stack([known, 1 - known[:, 2], known[:, 0] - 2 * known[:, 1]])
    found = evaluate(treated, outcome, known, method=method, draws=5)
    other = evaluate(treated, outcome, dummies, method=method, draws=5)
    assert other.estimate == pytest.approx(found.estimate, abs=1e-6)
    assert other.standard_error == pytest.approx(found.standard_error, abs=1e-4)


def test_the_same_seed_gives_the_same_answer_and_another_one_nearly():
    study = made_up(9)[:3]
    found, again = evaluate(*study, seed=4), evaluate(*study, seed=4)
    other = evaluate(*study, seed=5)
    assert found == again
    assert found.estimate == other.estimate
    assert found.standard_error != other.standard_error
    assert other.standard_error == pytest.approx(found.standard_error, rel=0.25)


# --- honest where it fails ------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ADJUSTING)
def test_groups_that_one_covariate_tells_apart_are_not_supported(method):
    chance = np.random.default_rng(0)
    known = chance.normal(size=(300, 2))
    treated = known[:, 0] > 0.2
    found = evaluate(treated, known[:, 0] + treated, known, method=method, names=("age", "b"), draws=20)
    assert not found.supported
    assert ("no_overlap", "age") in [(finding.code, finding.column) for finding in found.findings]
    assert all(map(np.isfinite, (found.estimate, found.standard_error, *found.interval)))


@pytest.mark.parametrize("method", WEIGHTED)
def test_weights_that_rest_on_a_few_rows_are_not_supported(method):
    chance = np.random.default_rng(1)
    known = chance.normal(size=(400, 3))
    treated = chance.random(400) < 1 / (1 + np.exp(-4 * known[:, 0]))
    found = evaluate(treated, known[:, 1], known, method=method, draws=20)
    assert found.effective_sample_size < 0.5 * found.n_treated
    assert not found.supported
    assert evaluate(treated, known[:, 1], known, method=method, draws=20, randomised=True).supported


def test_weights_that_do_not_exist_are_told():
    chance = np.random.default_rng(2)
    known = np.column_stack([chance.normal(size=200), np.zeros(200)])
    treated = np.arange(200) < 80
    known[:40, 1] = 1  # half of the treated have what nobody else has
    found = evaluate(treated, known[:, 0], known, method="entropy-balancing", draws=20)
    assert "no_balance" in [finding.code for finding in found.findings]
    assert (found.supported, found.max_smd_after > 0.1) == (False, True)


@pytest.mark.parametrize("method", METHODS)
def test_a_constant_outcome_has_no_effect_and_no_error(method):
    treated, _, known, _ = made_up(10, n=100)
    found = evaluate(treated, np.full(100, 7.25), known, method=method, draws=5)
    assert found.estimate == pytest.approx(0, abs=1e-12)
    assert found.standard_error == pytest.approx(0, abs=1e-9)
    assert found.treated_mean == 7.25


@pytest.mark.parametrize("method", METHODS)
def test_four_rows_are_enough_for_an_answer_that_says_little(method):
    found = evaluate([1, 1, 0, 0], [1, 2, 3, 4.5], [[1.0], [2], [3], [1]], method=method, draws=50)
    assert np.isfinite([found.estimate, found.standard_error, *found.interval]).all()


def test_a_constant_covariate_is_told_and_changes_nothing():
    treated, outcome, known, _ = made_up(11, n=100)
    found = evaluate(treated, outcome, known, draws=5)
    table = np.column_stack([known, np.full(100, 3.0)])
    other = evaluate(treated, outcome, table, names=("a", "b", "c", "fixed"), draws=5)
    assert [(finding.code, finding.column) for finding in other.findings] == [("constant_covariate", "fixed")]
    assert other.estimate == pytest.approx(found.estimate)


def refusal(treated, outcome, covariates, **words):
    with pytest.raises(CannotEstimate) as caught:
        evaluate(treated, outcome, covariates, names=[f"x{place}" for place in range(9)], **words)
    return caught.value


def test_what_allows_no_estimate_is_refused_by_name():
    treated, outcome, known, _ = made_up(12, n=60)
    one = np.arange(60) == 3
    assert refusal(one, outcome, known).code == "too_few_treated"
    assert refusal(~one, outcome, known).code == "too_few_comparison"
    same = refusal(treated, outcome, np.column_stack([known, 5 - 2 * treated]))
    assert (same.code, same.column) == ("same_as_treatment", "x3")
    split = np.column_stack([treated & (known[:, 0] > 0), treated & (known[:, 0] <= 0)])
    assert refusal(treated, outcome, split).code == "no_overlap_at_all"
    assert refusal(treated, outcome, np.ones((60, 2))).code == "all_constant"
    wide = np.random.default_rng(0).normal(size=(60, 70))
    assert refusal(treated, outcome, wide).code == "too_few_rows"
    huge = np.where(treated, 1.7e308, -1.7e308)
    assert refusal(treated, huge, known, method="difference").code == "too_large_numbers"


@pytest.mark.parametrize("broken", [np.nan, np.inf])
def test_missing_and_infinite_values_are_refused(broken):
    treated, outcome, known, _ = made_up(13, n=20)
    outcome[3] = broken
    with pytest.raises(ValueError):
        evaluate(treated, outcome, known)


def test_a_rate_comes_on_three_scales_and_as_a_number_of_people():
    treated = np.repeat([1, 0], [100, 200])
    outcome = np.concatenate([np.repeat([1, 0], [60, 40]), np.repeat([1, 0], [80, 120])])
    age = np.tile([20.0, 30], 150)
    found = evaluate(treated, outcome, age[:, None], method="difference")
    assert found.estimate == pytest.approx(0.2)
    assert (found.risk_ratio, found.odds_ratio) == pytest.approx((1.5, 0.6 / 0.4 * 0.6 / 0.4))
    assert found.attributable == pytest.approx(20)
    assert found.supported


def test_progress_is_told_from_0_on():
    heard = []
    evaluate(*made_up(14)[:3], draws=120, progress=lambda stage, share: heard.append((stage, share)))
    assert heard[:2] == [("groups", 0.0), ("draws", 0.0)]
    assert [share for _, share in heard[1:]] == sorted(share for _, share in heard[1:])
    assert len(heard) > 3


def test_equal_weights_are_worth_their_number():
    assert effective_size(np.full(40, 0.3)) == pytest.approx(40)


# --- intervals ------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("method", ADJUSTING)
def test_95_percent_intervals_hold_the_truth_about_95_times_in_100(method):
    held = 0
    for seed in range(1000):
        found = evaluate(*made_up(1000 + seed, n=250, effect=0.8)[:3], method=method, draws=150)
        held += found.interval[0] <= 0.8 <= found.interval[1]
    assert 0.93 <= held / 1000 <= 0.97


@pytest.mark.slow
def test_a_randomised_handful_has_intervals_that_hold_too():
    chance, held = np.random.default_rng(5), 0
    for _ in range(2000):
        treated = np.repeat([1, 0], [6, 9])
        outcome = chance.normal(size=15) * np.where(treated, 2.0, 0.7)
        found = evaluate(treated, outcome, chance.normal(size=(15, 1)), method="difference", randomised=True)
        held += found.interval[0] <= 0 <= found.interval[1]
    assert 0.935 <= held / 2000 <= 0.97
