"""Invented duos with what came afterwards: seeded, consistent, and at the published shares."""

from datetime import date

import pytest

from traboule.kernel.generator.afterwards import facts
from traboule.kernel.indicators import SHIPPED, figure, problems

TODAY = date(2026, 11, 2)
PEOPLE = facts(duos=3_000, seed=5, as_of=TODAY)


def test_the_same_seed_makes_the_same_people_and_more_of_them_shift_nobody() -> None:
    assert facts(duos=50, seed=5, as_of=TODAY) == facts(duos=50, seed=5, as_of=TODAY)
    few, more = facts(duos=50, seed=5, as_of=TODAY), facts(duos=60, seed=5, as_of=TODAY)
    assert [duo.started_on for duo in few.duos] == [duo.started_on for duo in more.duos[:50]]


def test_nothing_is_known_that_lies_ahead() -> None:
    for duo in PEOPLE.duos:
        assert duo.started_on <= TODAY
        assert duo.ended_on is None or duo.started_on <= duo.ended_on <= TODAY
        assert all(one.known_on <= TODAY for one in duo.outcomes)
        assert all(one.on <= TODAY for one in duo.follow_ups)
        assert all(one.on <= TODAY for one in duo.ratings)


def test_figures_of_them_lie_near_what_is_published() -> None:
    reach = figure(SHIPPED["reach_six_months"], PEOPLE, TODAY)
    assert reach.numbers.low is not None
    assert reach.numbers.high is not None
    assert reach.numbers.low - 0.01 < 0.89 < reach.numbers.high + 0.01
    finds = figure(SHIPPED["positive_outcome_from_end"], PEOPLE, TODAY)
    assert finds.numbers.least is not None
    assert finds.numbers.most is not None
    assert finds.numbers.least < 0.72 < finds.numbers.most
    assert figure(SHIPPED["days_to_match"], PEOPLE, TODAY).numbers.value == pytest.approx(22, abs=2)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_figure_says_something_of_them(name: str) -> None:
    found = figure(SHIPPED[name], PEOPLE, TODAY)
    assert problems(found.definition) == ()
    assert found.numbers.said == "figure"
    assert found.known + found.missing == found.n > 500
