"""Due dates of a duo."""

from __future__ import annotations

from datetime import date

import pytest

from traboule.kernel.calendar import days_waiting, last_day, week_number


def test_a_duo_of_26_weeks_ends_the_day_before_the_27th() -> None:
    assert last_day(date(2026, 1, 5)) == date(2026, 7, 5)
    assert week_number(date(2026, 1, 5), date(2026, 7, 5)) == 26
    assert week_number(date(2026, 1, 5), date(2026, 7, 6)) == 27


def test_the_first_seven_days_are_week_one() -> None:
    assert [week_number(date(2026, 1, 5), date(2026, 1, day)) for day in (4, 5, 11, 12)] == [0, 1, 1, 2]


def test_a_duo_of_no_weeks_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one week"):
        last_day(date(2026, 1, 5), 0)


def test_a_wait_that_nobody_wrote_down_is_unknown_and_a_future_one_is_zero() -> None:
    assert days_waiting(None, date(2026, 1, 5)) is None
    assert days_waiting(date(2026, 1, 7), date(2026, 1, 5)) == 0
    assert days_waiting(date(2026, 1, 1), date(2026, 1, 5)) == 4
