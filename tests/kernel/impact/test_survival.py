"""Time to an event: the figures of the Rossi study (Allison 1995), rival events, and a missing extra."""

import numpy as np
import pytest
from lifelines.datasets import load_rossi

from traboule.kernel.impact import survival


@pytest.fixture(scope="module")
def rossi():
    return load_rossi()


def test_hazards_are_those_of_the_published_table(rossi):
    names = [name for name in rossi.columns if name not in ("week", "arrest")]
    found = survival.hazards(rossi.week, rossi.arrest, rossi[names], names)
    assert found.coefficients["fin"] == pytest.approx(-0.3794, abs=5e-5)
    assert found.errors["fin"] == pytest.approx(0.1914, abs=5e-5)
    assert found.coefficients["prio"] == pytest.approx(0.0915, abs=5e-5)
    assert found.log_likelihood == pytest.approx(-658.7477, abs=5e-5)


def test_the_log_rank_statistic(rossi):
    statistic, chance = survival.log_rank(rossi.week, rossi.arrest, rossi.fin)
    assert statistic == pytest.approx(3.8376, abs=5e-5)
    assert chance == pytest.approx(0.0501, abs=5e-5)


def test_the_share_without_an_arrest_after_a_year(rossi):
    curve = survival.kaplan_meier(rossi.week, rossi.arrest)
    assert curve.at(52) == pytest.approx(0.7361, abs=5e-5)
    assert (np.diff(curve.share) <= 0).all()
    assert (curve.low <= curve.share + 1e-12).all()
    assert (curve.share <= curve.high + 1e-12).all()
    with pytest.raises(ValueError):
        curve.at(-1)


def test_rival_events_and_survival_add_up():
    """By hand: S falls 7/8, 5/8, 5/8, 5/16; each event takes its part of the fall."""
    kinds = np.array([1, 2, 1, 0, 2, 1, 0, 1])
    first, second = survival.incidence([1, 2, 2, 3, 4, 4, 5, 6], kinds)
    assert list(first.share) == pytest.approx([1 / 8, 1 / 4, 1 / 4, 13 / 32, 13 / 32, 23 / 32])
    assert list(second.share) == pytest.approx([0, 1 / 8, 1 / 8, 9 / 32, 9 / 32, 9 / 32])
    without = survival.kaplan_meier([1, 2, 2, 3, 4, 4, 5, 6], kinds > 0)
    for time in first.times:
        assert first.at(time) + second.at(time) + without.at(time) == pytest.approx(1)


def test_rival_events_are_not_counted_as_watching_that_ended():
    times, kinds = [1, 2, 3, 4], np.array([2, 1, 2, 1])
    assert survival.incidence(times, kinds)[0].at(4) == pytest.approx(0.5)
    assert 1 - survival.kaplan_meier(times, kinds == 1).at(4) == pytest.approx(1.0)


def test_where_nobody_is_left_at_risk_the_interval_admits_it():
    curve = survival.incidence([1, 2, 3], np.array([1, 2, 1]))[0]
    assert (curve.low[-1], curve.high[-1]) == (0, 1)


@pytest.mark.parametrize(
    ("times", "events"), [([], []), ([-1, 2], [1, 0]), ([1, 2], [1]), ([float("nan")], [1])]
)
def test_times_that_are_none_are_refused(times, events):
    with pytest.raises(ValueError):
        survival.kaplan_meier(times, events)


def test_a_missing_extra_is_named(monkeypatch):
    def absent(name):
        raise ImportError(name)

    monkeypatch.setattr(survival, "import_module", absent)
    with pytest.raises(
        survival.MissingExtra, match=r"lifelines is not installed: install traboule\[impact\]"
    ):
        survival.kaplan_meier([1, 2], [1, 0])
    with pytest.raises(survival.MissingExtra, match=r"statsmodels is not installed"):
        survival.incidence([1, 2], [1, 2])
