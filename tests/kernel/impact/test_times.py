"""Shares by time without pandas: held to lifelines and statsmodels, and to people counted by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines.datasets import load_rossi

from traboule.kernel.impact import survival
from traboule.kernel.impact.times import incidences, watched


def test_one_kind_is_one_minus_kaplan_and_meier_of_lifelines() -> None:
    rossi = load_rossi()
    ours = incidences(rossi.week, rossi.arrest, 1)[0]
    theirs = survival.kaplan_meier(rossi.week, rossi.arrest)
    assert ours.at(52)[0] == pytest.approx(1 - theirs.at(52))
    for week in (10, 30, 52):
        place = int(np.searchsorted(theirs.times, week, side="right")) - 1
        low, high = sorted((1 - theirs.low[place], 1 - theirs.high[place]))
        assert ours.at(week)[1:] == pytest.approx((low, high))


def test_rival_events_are_those_of_statsmodels() -> None:
    chance = np.random.default_rng(38)
    times, kinds = chance.integers(1, 40, 150).astype(float), chance.integers(0, 4, 150)
    ours, theirs = incidences(times, kinds, 3), survival.incidence(times, kinds)
    for mine, other in zip(ours, theirs, strict=True):
        for time in (5, 15, 30, 39):
            assert mine.at(time)[0] == pytest.approx(other.at(time))


def test_four_people_counted_by_hand() -> None:
    """One meets A at 1, one stops being watched at 2, one meets B at 3, one is watched until 4."""
    first, second = incidences([1, 2, 3, 4], [1, 0, 2, 0], 2)
    assert first.at(4)[0] == pytest.approx(1 / 4)
    assert second.at(4)[0] == pytest.approx(3 / 4 * 1 / 2)
    assert (first.events, second.events) == (1, 1)
    assert second.reaches(0.3) == 3.0
    assert second.reaches(0.5) is None
    assert watched([1, 2, 3, 4], [0, 1, 2.5, 5]).tolist() == [4, 4, 2, 0]


def test_nobody_met_anything() -> None:
    assert incidences([3, 4], [0, 0], 1)[0].at(9) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("times", "kinds"), [([], []), ([1.0], [1, 0]), ([-1.0], [0]), ([1.0], [3]), ([float("nan")], [1])]
)
def test_what_cannot_be_is_refused(times: list[float], kinds: list[int]) -> None:
    with pytest.raises(ValueError):
        incidences(times, kinds, 2)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 2)), min_size=1, max_size=40))
def test_shares_rise_and_together_never_pass_one(people: list[tuple[int, int]]) -> None:
    curves = incidences([time for time, _ in people], [kind for _, kind in people], 2)
    assert sum(curve.at(30)[0] for curve in curves) <= 1 + 1e-9
    for curve in curves:
        assert (np.diff(curve.share) >= 0).all()
        assert (curve.low <= curve.share + 1e-12).all()
        assert (curve.share <= curve.high + 1e-12).all()
