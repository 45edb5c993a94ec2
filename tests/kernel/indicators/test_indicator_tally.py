"""A tally says what its rows said; tallies add up; what is hidden cannot be subtracted."""

from datetime import date

import pytest

from traboule.kernel.generator.afterwards import facts
from traboule.kernel.indicators import SHIPPED, Figure, Row, figure, of_rows
from traboule.kernel.indicators.tally import (
    added,
    figure_of,
    hidden_quarters,
    may_show_total,
    read_tally,
    tally,
)

AS_OF = date(2026, 11, 2)
PEOPLE = facts(duos=400, seed=3, as_of=AS_OF)
MEASURED = ("hits", "n", "known", "missing", "not_due")


def close(one: Figure, other: Figure) -> None:
    assert [getattr(one, name) for name in MEASURED] == [getattr(other, name) for name in MEASURED]
    assert one.numbers.said is other.numbers.said
    for name in ("value", "low", "high", "least", "most"):
        expected = getattr(other.numbers, name)
        found = getattr(one.numbers, name)
        assert found == (None if expected is None else pytest.approx(expected, rel=1e-3, abs=0.01)), name


@pytest.mark.parametrize("name", SHIPPED)
def test_the_figure_of_a_tally_is_the_figure_of_its_rows(name: str) -> None:
    whole = figure(SHIPPED[name], PEOPLE, AS_OF)
    close(figure_of(SHIPPED[name], AS_OF, read_tally(tally(whole).plain)), whole)


@pytest.mark.parametrize("name", SHIPPED)
def test_tallies_of_two_halves_are_the_tally_of_the_whole(name: str) -> None:
    whole = figure(SHIPPED[name], PEOPLE, AS_OF)
    halves: list[list[Row]] = [[], []]
    for row in whole.rows:
        halves[row.id % 2].append(row)
    both = added(tally(of_rows(SHIPPED[name], AS_OF, rows)) for rows in halves)
    assert both.plain == tally(whole).plain


def test_one_small_quarter_takes_a_second_one_with_it() -> None:
    sizes = {"": 60, "2026-Q1": 30, "2026-Q2": 27, "2026-Q3": 3}
    assert hidden_quarters(sizes, 5) == {"2026-Q3", "2026-Q2"}
    assert hidden_quarters({"": 57, "2026-Q1": 30, "2026-Q2": 27}, 5) == set()


def test_a_single_small_quarter_hides_the_total_too() -> None:
    assert hidden_quarters({"": 3, "2026-Q1": 3}, 5) == {"", "2026-Q1"}


@pytest.mark.parametrize(
    ("hidden", "shows"),
    [([], True), ([0, 0], True), ([3], False), ([30], False), ([2, 2], False), ([2, 3], True)],
)
def test_a_total_stands_only_where_nothing_can_be_subtracted(hidden: list[int], shows: bool) -> None:
    assert may_show_total(hidden, 5) is shows
