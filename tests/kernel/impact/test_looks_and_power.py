"""Looking several times, and what a cohort of a given size can show."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import power_proportions_2indep

from traboule.kernel.impact.looks import false_alarms, obrien_fleming, pocock
from traboule.kernel.impact.power import duos_needed, power, smallest_gain


def test_five_looks_at_1_96_give_14_2_percent_false_alarms():
    assert false_alarms([1.96] * 5) == pytest.approx(0.142, abs=0.0005)


def test_limits_of_pocock_and_of_obrien_and_fleming_keep_5_percent():
    assert pocock(5) == pytest.approx([2.413] * 5, abs=0.0005)
    fleming = [2.040 * np.sqrt(5 / look) for look in range(1, 6)]
    assert obrien_fleming(5) == pytest.approx(fleming, abs=0.0015)
    for limits in (pocock(5), obrien_fleming(5)):
        assert false_alarms(limits) == pytest.approx(0.05, abs=1e-8)


def test_one_look_is_the_usual_test():
    assert pocock(1) == obrien_fleming(1) == pytest.approx([1.959964], abs=1e-6)


@pytest.mark.parametrize("seed", [0, 7])
def test_luck_alone_in_a_simulation_agrees(seed):
    draws, looks = 200_000, 5
    steps = np.random.default_rng(seed).normal(size=(draws, looks)).cumsum(axis=1)
    z = np.abs(steps / np.sqrt(np.arange(1, looks + 1)))
    for limits in ([1.96] * looks, pocock(looks), obrien_fleming(looks), [3.0, 2.0, 2.5, 9.0, 2.2]):
        seen = (z > limits).any(axis=1).mean()
        expected = false_alarms(limits)
        assert seen == pytest.approx(expected, abs=4 * np.sqrt(expected / draws))


@settings(max_examples=40)  # each is two integrals over all looks
@given(st.lists(st.floats(0.2, 6), min_size=1, max_size=6))
def test_another_look_never_lowers_the_chance_of_a_false_alarm(limits):
    assert false_alarms([*limits, 2.0]) >= false_alarms(limits) - 1e-9


@pytest.mark.parametrize("limits", [[], [1.96, 0.0], [-1.0]])
def test_looks_without_limits_are_refused(limits):
    with pytest.raises(ValueError):
        false_alarms(limits)


def test_with_38_duos_you_can_see_25_points_not_10():
    """Against a published rate, and against four people to compare with for each duo."""
    for base in (0.4, 0.45, 0.5, 0.6):
        assert power(38, None, base, 0.25) >= 0.8
        assert power(38, None, base, 0.10) < 0.3
        assert 0.10 < smallest_gain(38, None, base) < 0.25
    assert smallest_gain(38, 4 * 38, 0.4) == pytest.approx(0.25, abs=0.005)
    assert power(38, 4 * 38, 0.4, 0.10) < 0.25


@pytest.mark.parametrize(
    ("n", "ratio", "base", "gain"), [(38, 4, 0.4, 0.25), (200, 1, 0.5, 0.1), (60, 2, 0.3, 0.2)]
)
def test_power_is_that_of_statsmodels(n, ratio, base, gain):
    reference = power_proportions_2indep(gain, base, n, ratio=ratio, alpha=0.05, return_results=False)
    assert power(n, n * ratio, base, gain) == pytest.approx(reference, abs=0.02)


def test_power_is_what_happens():
    chance = np.random.default_rng(3)
    n, m, base, gain = 60, 240, 0.4, 0.2
    with_it, without = chance.binomial(n, base + gain, 40_000) / n, chance.binomial(m, base, 40_000) / m
    pooled = (n * with_it + m * without) / (n + m)
    z = (with_it - without) / np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    assert power(n, m, base, gain) == pytest.approx((np.abs(z) > 1.959964).mean(), abs=0.015)


@given(n=st.integers(20, 500), base=st.floats(0.1, 0.7))
def test_more_duos_see_smaller_gains(n, base):
    few, many = smallest_gain(n, 2 * n, base), smallest_gain(4 * n, 8 * n, base)
    assert few is None or many < few


def test_a_handful_sees_nothing():
    assert smallest_gain(2, 2, 0.5) is None


@pytest.mark.parametrize("words", [(0, None, 0.5, 0.1), (5, 0, 0.5, 0.1), (5, 5, 0.5, 0.6), (5, 5, 0.0, 0.1)])
def test_rates_outside_0_to_1_are_refused(words):
    with pytest.raises(ValueError):
        power(*words)


@given(st.integers(5, 25), st.integers(20, 60), st.sampled_from([None, 1.0, 4.0]))
def test_the_duos_needed_are_the_fewest_that_see_the_gain(points, base, ratio):
    duos = duos_needed(base / 100, points / 100, ratio)
    sides = [(n, None if ratio is None else round(ratio * n)) for n in (duos - 1, duos)]
    less, enough = (power(n, others, base / 100, points / 100) for n, others in sides)
    assert less < 0.8 <= enough


def test_a_gain_of_nothing_is_never_seen():
    assert duos_needed(0.4, 0.0, None) is None
