"""Intervals against published figures and against counting."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel.indicators.intervals import holm, mean_interval, median, median_ranks, newcombe


def test_newcombes_own_example() -> None:
    """Newcombe 1998, table II, example (a), 56/70 minus 48/80 by method 10: 0.0524 to 0.3339."""
    found = newcombe(56, 70, 48, 80)
    assert found.value == pytest.approx(0.2)
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_nobody_against_nobody_differs_by_nothing_and_is_not_certain() -> None:
    found = newcombe(0, 10, 0, 20)
    assert (found.value, found.p) == (0.0, 1.0)
    assert (found.low, found.high) == pytest.approx((-0.1611, 0.2775), abs=5e-5)


@given(st.integers(1, 60))
def test_ranks_of_the_median_are_those_of_the_signs(n: int) -> None:
    def outside(k: int) -> float:
        return sum(comb(n, i) for i in range(k)) / float(2**n)

    ranks = median_ranks(n)
    if n < 6:
        assert ranks is None
        return
    assert ranks is not None
    low, high = ranks
    assert high == n + 1 - low
    assert outside(low) <= 0.025 < outside(low + 1)


def test_ranks_of_many_are_found_too() -> None:
    assert median_ranks(50_000) == (24_781, 25_220)


def test_students_interval_of_four() -> None:
    assert mean_interval([1, 2, 3, 4]) == pytest.approx((0.44574, 4.55426), abs=1e-5)
    assert mean_interval([3]) is None


def test_the_median_is_a_value_that_somebody_had() -> None:
    assert median([1.0, 2.0, 9.0, 10.0]) == 2.0


def test_holms_steps() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))
    assert holm([]) == ()


@given(st.lists(st.floats(0, 1), max_size=12))
def test_holm_never_lowers_a_p_and_keeps_the_order(chances: list[float]) -> None:
    raised = holm(chances)
    assert all(after >= before for before, after in zip(chances, raised, strict=True))
    order = sorted(range(len(chances)), key=lambda place: chances[place])
    assert [raised[place] for place in order] == sorted(raised)
