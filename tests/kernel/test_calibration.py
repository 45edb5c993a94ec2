"""Agreement of two assessors: known values, bounds, and silence under ten pairs."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel.calibration import Z, agreement, kappa_interval, weighted_kappa, wilson

pairs = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=10, max_size=40)


def test_nothing_is_said_about_nine_pairs() -> None:
    assert agreement([(1, 1), (2, 3), (5, 5)] * 3) is None
    assert agreement([(1, 1), (2, 3), (5, 5)] * 4) is not None


def test_full_agreement_is_one_and_full_reversal_is_minus_one() -> None:
    assert weighted_kappa([(n, n) for n in (1, 2, 3, 4, 5)]) == 1
    assert weighted_kappa([(n, 6 - n) for n in (1, 2, 3, 4, 5)]) == pytest.approx(-1)


def test_kappa_equals_a_value_worked_out_by_hand() -> None:
    # Two steps, 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: the textbook example, kappa = 0.4.
    found = weighted_kappa([(2, 2)] * 20 + [(2, 1)] * 5 + [(1, 2)] * 10 + [(1, 1)] * 15, steps=2)
    assert found == pytest.approx(0.4)


def test_where_everybody_says_the_same_chance_is_certain_and_kappa_has_no_meaning() -> None:
    found = agreement([(3, 3)] * 12)
    assert found is not None
    assert (found.exact.value, found.kappa, found.kappa_low) == (1.0, None, None)


def test_the_interval_of_a_share_is_the_published_one() -> None:
    share = wilson(8, 10)
    assert (round(share.low, 3), round(share.high, 3)) == (0.490, 0.943)


@given(pairs)
def test_figures_stay_in_their_bounds_and_hold_their_own_value(found: list[tuple[int, int]]) -> None:
    said = agreement(found)
    assert said is not None
    for share in (said.exact, said.within_one):
        assert 0 <= share.low <= share.value <= share.high <= 1 or share.value in (0, 1)
    assert said.exact.value <= said.within_one.value
    if said.kappa is not None and said.kappa_low is not None and said.kappa_high is not None:
        assert -1 <= said.kappa_low <= said.kappa + 1e-9
        assert said.kappa - 1e-9 <= said.kappa_high <= 1


@given(pairs)
def test_who_is_called_the_first_assessor_does_not_matter(found: list[tuple[int, int]]) -> None:
    turned = [(b, a) for a, b in found]
    assert weighted_kappa(found) == pytest.approx(weighted_kappa(turned))
    assert kappa_interval(found)[0] == pytest.approx(kappa_interval(turned)[0])


def test_a_value_outside_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        agreement([(0, 3)] * 10)


def test_the_interval_is_that_of_leaving_out_each_pair_in_turn() -> None:
    chance = random.Random(7)
    for _ in range(200):
        pairs = [(chance.randint(1, 4), chance.randint(1, 4)) for _ in range(chance.randint(2, 30))]
        whole = weighted_kappa(pairs)
        left = [weighted_kappa(pairs[:i] + pairs[i + 1 :]) for i in range(len(pairs))]
        if whole is None or None in left:
            assert kappa_interval(pairs) == (None, None)
            continue
        n, known = len(pairs), [value for value in left if value is not None]
        mean = sum(known) / n
        error = math.sqrt((n - 1) / n * sum((value - mean) ** 2 for value in known))
        low, high = max(-1.0, whole - Z * error), min(1.0, whole + Z * error)
        assert kappa_interval(pairs) == (pytest.approx(low), pytest.approx(high))
