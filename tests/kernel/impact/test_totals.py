"""Totals brought to our mix: by hand, against the crude difference, where nothing carries the estimate."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel.impact.totals import standardise
from traboule.kernel.scales import Cell, from_counts

YOUNG, OLD = Cell("young", 30, 18, 100, 50), Cell("old", 10, 2, 300, 30)


def test_two_cells_counted_by_hand() -> None:
    """Ours 20 of 40; theirs in our mix: 3/4 of 50 % and 1/4 of 10 %."""
    found = standardise([YOUNG, OLD])
    assert found.with_it == 0.5
    assert found.without == pytest.approx(0.75 * 0.5 + 0.25 * 0.1)
    assert found.difference.value == pytest.approx(0.1)
    assert found.size == pytest.approx(1 / (0.75**2 / 100 + 0.25**2 / 300))
    assert found.supported
    assert found.inside == 1
    assert [round(after, 9) for _name, _before, after in found.gaps] == [0, 0]
    crude = from_counts(20, 40, 80, 400).difference.value
    assert crude == pytest.approx(0.3)


def test_one_mix_on_both_sides_leaves_the_crude_difference_and_about_its_interval() -> None:
    same = [Cell("a", 20, 12, 200, 80), Cell("b", 20, 8, 200, 60)]
    found, crude = standardise(same), from_counts(20, 40, 140, 400).difference
    assert found.difference.value == pytest.approx(crude.value)
    assert found.difference.low == pytest.approx(crude.low, abs=0.01)
    assert found.difference.high == pytest.approx(crude.high, abs=0.01)


def test_people_with_nobody_to_compare_with_take_the_support_away() -> None:
    found = standardise([YOUNG, replace(OLD, theirs=0, their_successes=0)])
    assert found.inside == 0.75
    assert not found.supported


def test_a_handful_that_stands_for_all_takes_the_support_away() -> None:
    found = standardise([replace(YOUNG, theirs=4, their_successes=2), OLD])
    assert found.size < 20
    assert not found.supported


def test_a_cell_without_a_success_is_not_taken_as_sure() -> None:
    cells = [Cell("a", 20, 10, 6, 0), Cell("b", 20, 10, 6, 0)]
    found = standardise(cells)
    sure = standardise([replace(cell, theirs=6_000_000) for cell in cells])
    assert found.difference.low is not None
    assert sure.difference.low is not None
    assert found.difference.low < sure.difference.low - 0.02


@pytest.mark.parametrize(
    "cells",
    [
        [],
        [replace(YOUNG, ours=0, our_successes=0)],
        [replace(YOUNG, our_successes=31)],
        [Cell("a", 9, 1, 0, 0), Cell("b", 0, 0, 9, 1)],
    ],
)
def test_what_cannot_be_is_refused(cells: list[Cell]) -> None:
    with pytest.raises(ValueError):
        standardise(cells)


COUNTS = st.tuples(st.integers(1, 60), st.floats(0, 1), st.integers(1, 900), st.floats(0, 1))


@given(st.lists(COUNTS, min_size=1, max_size=8))
def test_the_interval_holds_the_estimate_and_cells_in_another_order_say_the_same(
    found: list[tuple[int, float, int, float]],
) -> None:
    cells = [Cell(str(n), a, int(a * p), b, int(b * q)) for n, (a, p, b, q) in enumerate(found)]
    one, other = standardise(cells), standardise(cells[::-1])
    assert one.difference.low is not None
    assert one.difference.high is not None
    assert -1 <= one.difference.low <= one.difference.value <= one.difference.high <= 1
    assert one.difference.value == pytest.approx(other.difference.value)
    assert one.supported == other.supported or one.size == pytest.approx(0.5 * sum(c.ours for c in cells))
