"""Two curves without pandas: held to lifelines, to the Rossi study and to people counted by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import CoxPHFitter
from lifelines.datasets import load_rossi
from lifelines.statistics import proportional_hazard_test

from traboule.kernel.impact import survival
from traboule.kernel.impact.contrast import contrast


def test_the_published_log_rank_of_the_rossi_study() -> None:
    rossi = load_rossi()
    found = contrast(rossi.week, rossi.arrest, rossi.fin)
    assert found.statistic == pytest.approx(3.8376, abs=5e-5)
    assert found.p == pytest.approx(0.0501, abs=5e-5)


@pytest.mark.parametrize("seed", range(4))
def test_ratio_interval_and_its_check_are_those_of_lifelines(seed: int) -> None:
    """With many ties, and a ratio that changes in every other set of data."""
    chance = np.random.default_rng(seed)
    group = chance.integers(0, 2, 120)
    times = np.ceil(chance.weibull(1 + (seed % 2) * group, 120) * 12)
    met = chance.random(120) < 0.7
    frame = pd.DataFrame({"time": times, "met": met, "group": group})
    theirs = CoxPHFitter().fit(frame, "time", "met")
    low, high = np.exp(theirs.confidence_intervals_.loc["group"])
    check = proportional_hazard_test(theirs, frame, time_transform="identity")
    found = contrast(times, met, group)
    assert found.ratio is not None
    assert found.ratio.value == pytest.approx(float(np.exp(theirs.params_["group"])), rel=1e-5)
    assert (found.ratio.low, found.ratio.high) == pytest.approx((low, high), rel=1e-5)
    assert found.ratio.steady == pytest.approx(float(np.atleast_1d(check.p_value)[0]), rel=1e-3)
    assert (found.statistic, found.p) == pytest.approx(survival.log_rank(times, met, group))


def test_four_people_counted_by_hand() -> None:
    """One of ours at 1 (of 2 and 2), one of theirs at 2 (of 1 and 2), one of ours at 3 (of 1 and 1)."""
    found = contrast([1, 2, 3, 4], [1, 1, 1, 0], [1, 0, 1, 0])
    expected, variance = 1 / 2 + 1 / 3 + 1 / 2, 1 / 4 + 2 / 9 + 1 / 4
    assert found.statistic == pytest.approx((2 - expected) ** 2 / variance)


def test_where_one_group_always_comes_first_there_is_no_ratio() -> None:
    found = contrast([1, 2, 3, 7, 8, 9], [1, 1, 1, 0, 0, 0], [1, 1, 1, 0, 0, 0])
    assert found.ratio is None
    assert found.p < 0.05


@pytest.mark.parametrize(
    ("times", "events", "group"),
    [
        ([], [], []),
        ([1.0, 2.0], [1], [0, 1]),
        ([-1.0, 2.0], [1, 1], [0, 1]),
        ([float("nan"), 2.0], [1, 1], [0, 1]),
        ([1.0, 2.0], [0, 0], [0, 1]),
        ([1.0, 2.0], [1, 1], [1, 1]),
        ([1.0, 2.0], [1, 1], [0, 0]),
    ],
)
def test_what_cannot_be_is_refused(times: list[float], events: list[int], group: list[int]) -> None:
    with pytest.raises(ValueError):
        contrast(times, events, group)


@given(
    st.lists(st.tuples(st.integers(0, 20), st.booleans(), st.booleans()), min_size=4, max_size=40).filter(
        lambda people: any(met for _, met, _ in people) and len({inside for _, _, inside in people}) == 2
    )
)
def test_the_other_way_round_the_ratio_is_turned(people: list[tuple[int, bool, bool]]) -> None:
    times, met, inside = (list(column) for column in zip(*people, strict=True))
    one, other = contrast(times, met, inside), contrast(times, met, [not mine for mine in inside])
    assert one.statistic == pytest.approx(other.statistic)
    assert (one.ratio is None) == (other.ratio is None)
    if one.ratio is not None and other.ratio is not None:
        assert one.ratio.value * other.ratio.value == pytest.approx(1)
        assert one.ratio.low <= one.ratio.value <= one.ratio.high
        assert 0 <= one.ratio.steady <= 1
