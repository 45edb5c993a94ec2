"""One effect on three scales, what may be called an impact, and the share of people who overlap."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from tests.kernel.impact.studies import made_up
from traboule.kernel.grades import METHODS, TOTALS, Grade, may_say_impact
from traboule.kernel.impact import METHODS as ALL_METHODS
from traboule.kernel.impact import evaluate, overlap
from traboule.kernel.scales import Range, against_rate, from_counts, from_difference

GROUPS = [(27, 38, 61, 152), (5, 10, 5, 10), (1, 40, 30, 60), (19, 20, 100, 250)]
COUNTS = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(("a", "n", "b", "m"), GROUPS)
def test_counted_scales_are_those_of_statsmodels(a: int, n: int, b: int, m: int) -> None:
    found = from_counts(a, n, b, m)
    assert found.risk_ratio is not None
    assert found.odds_ratio is not None
    for ours, compare, method in (
        (found.difference, "diff", "newcomb"),
        (found.risk_ratio, "ratio", "log"),
        (found.odds_ratio, "odds-ratio", "logit"),
    ):
        low, high = confint_proportions_2indep(a, n, b, m, compare=compare, method=method, correction=False)
        assert (ours.low, ours.high) == pytest.approx((low, high), rel=1e-6), compare


@given(COUNTS, COUNTS)
def test_an_interval_holds_its_figure_and_the_whole_number_is_the_difference_times_people(
    ours: tuple[int, int], theirs: tuple[int, int]
) -> None:
    found = from_counts(*ours, *theirs)
    for scale in (found.difference, found.risk_ratio, found.odds_ratio, found.attributable):
        if scale is not None:
            assert scale.low is not None
            assert scale.high is not None
            assert scale.low <= scale.value + 1e-12
            assert scale.value <= scale.high + 1e-12
    assert found.attributable.value == pytest.approx(found.difference.value * ours[1])


@given(COUNTS, COUNTS)
def test_exchanging_the_groups_turns_every_scale_around(
    ours: tuple[int, int], theirs: tuple[int, int]
) -> None:
    one, other = from_counts(*ours, *theirs), from_counts(*theirs, *ours)
    assert one.difference.value == pytest.approx(-other.difference.value)
    assert one.difference.low == pytest.approx(-(other.difference.high or 0.0))
    if one.odds_ratio is not None and other.odds_ratio is not None:
        assert one.odds_ratio.value * other.odds_ratio.value == pytest.approx(1)


@given(COUNTS, st.floats(0.01, 0.99))
def test_against_a_rate_all_scales_say_the_same_about_luck(ours: tuple[int, int], rate: float) -> None:
    found = against_rate(*ours, rate)
    low, high = proportion_confint(*ours, method="wilson")
    assert (found.difference.low, found.difference.high) == pytest.approx((low - rate, high - rate), abs=1e-9)
    agree(found.difference, found.risk_ratio, found.odds_ratio)


@given(st.floats(0.01, 0.99), st.floats(-0.9, 0.9), st.floats(0.001, 0.6), st.integers(1, 5000))
def test_an_adjusted_difference_says_the_same_on_every_scale(
    rate: float, gap: float, reach: float, n: int
) -> None:
    assume(0.001 < rate - gap < 0.999)
    found = from_difference(rate, Range(gap, gap - reach, gap + reach), n)
    assert found.risk_ratio is not None
    assert found.risk_ratio.value == pytest.approx(rate / (rate - gap))
    agree(found.difference, found.risk_ratio, found.odds_ratio)
    for scale in (found.risk_ratio, found.odds_ratio):
        assert scale is not None
        assert scale.low is not None
        assert scale.low <= scale.value
        assert scale.high is None or scale.value <= scale.high


def agree(difference: Range, *ratios: Range | None) -> None:
    """A difference above 0 at both ends is a ratio above 1 at both ends, and the reverse below."""
    assert difference.low is not None
    assert difference.high is not None
    for ratio in ratios:
        if ratio is None or min(abs(difference.low), abs(difference.high)) < 1e-9:
            continue
        low = 0.0 if ratio.low is None else ratio.low
        high = math.inf if ratio.high is None else ratio.high
        assert (low > 1, high < 1) == (difference.low > 0, difference.high < 0)


def test_a_rate_of_nobody_has_no_ratio_and_an_open_end_is_said() -> None:
    assert from_counts(3, 10, 0, 10).risk_ratio is None
    assert from_counts(10, 10, 3, 10).odds_ratio is None
    wide = from_difference(0.5, Range(0.4, 0.2, 0.6), 10)
    assert wide.risk_ratio == Range(pytest.approx(5.0), pytest.approx(0.5 / 0.3), None)
    assert from_difference(0.5, Range(0.6, 0.5, 0.7), 10).risk_ratio is None


@pytest.mark.parametrize("rate", [-0.1, 1.2])
def test_what_is_no_rate_is_refused(rate: float) -> None:
    with pytest.raises(ValueError):
        against_rate(5, 10, rate)


@given(
    st.sampled_from([None, *Grade]),
    st.none() | st.tuples(st.floats(-1, 0), st.floats(0, 1)),
    st.booleans(),
)
def test_the_word_impact_needs_a_grade_an_interval_and_support(
    grade: Grade | None, interval: tuple[float, float] | None, supported: bool
) -> None:
    said = may_say_impact(grade=grade, interval=interval, supported=supported)
    assert said == (grade in (Grade.WEIGHTED, Grade.RANDOMISED) and interval is not None and supported)


def test_every_grade_names_methods_that_exist() -> None:
    assert set(METHODS) == set(Grade)
    assert {method for methods in METHODS.values() for method in methods} <= {*ALL_METHODS, TOTALS}


@pytest.mark.parametrize("method", ["regression", "entropy-balancing"])
def test_the_balance_of_each_covariate_stands_beside_the_largest(method: str) -> None:
    study = made_up(3)
    found = evaluate(study.treated, study.outcome, study.covariates, names="abc", method=method, draws=20)
    assert [gap.name for gap in found.gaps] == ["a", "b", "c"]
    assert max(abs(gap.before) for gap in found.gaps) == found.max_smd_before
    after = [gap.after for gap in found.gaps]
    if method == "regression":
        assert after == [None] * 3
    else:
        assert max(abs(gap) for gap in after if gap is not None) == found.max_smd_after


def test_overlap_is_what_the_weighting_by_odds_says_and_nothing_where_groups_lie_apart() -> None:
    study = made_up(5)
    weighed = evaluate(study.treated, study.outcome, study.covariates, method="ipw", draws=10)
    assert overlap(study.treated, study.outcome, study.covariates) == weighed.inside
    apart = np.column_stack([np.r_[np.arange(20.0), np.arange(100.0, 110.0)], np.tile([0.0, 1.0], 15)])
    assert overlap(np.repeat([0, 1], [20, 10]), np.tile([0, 1, 1], 10), apart) == 0
