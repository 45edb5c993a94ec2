"""Due dates of a duo."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel.calendar import (
    after_rest,
    check_in_days,
    days_waiting,
    last_day,
    lateness,
    months_after,
    pulse_day,
    pulses_due,
    week_number,
    working_day,
    working_days_after,
)


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


def test_a_month_later_is_the_same_day_or_the_last_of_a_short_month() -> None:
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2025, 12, 15), 3) == date(2026, 3, 15)
    assert months_after(date(2026, 5, 31), 6) == date(2026, 11, 30)


def test_two_working_days_after_a_friday_are_a_tuesday() -> None:
    assert working_days_after(date(2026, 3, 6), 2) == date(2026, 3, 10)
    assert working_day(date(2026, 3, 7)) == date(2026, 3, 9)


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(1, 104))
def test_check_ins_fall_on_working_days_between_start_and_end(start: date, weeks: int) -> None:
    ends_on = last_day(start, weeks)
    for _month, day in check_in_days(start, ends_on):
        assert start <= day <= ends_on
        assert day.weekday() < 5 or day == ends_on


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(0, 400), st.integers(0, 120))
def test_the_number_of_times_asked_agrees_with_the_days(start: date, lived: int, rested: int) -> None:
    today = start + timedelta(days=lived + rested)
    number = pulses_due(start, today, rested_days=rested)
    rest = timedelta(days=rested)
    assert number == 0 or pulse_day(start, number) + rest <= today
    assert pulse_day(start, number + 1) + rest > today


@given(st.dates(), st.dates(), st.integers(0, 300))
def test_a_rest_moves_only_what_was_still_to_come(due: date, since: date, days: int) -> None:
    if max(due, since) > date(9990, 1, 1):
        return
    moved = after_rest(due, since, since + timedelta(days=days))
    assert (moved - due).days == (days if due >= since else 0)


def test_lateness_rises_after_one_week_and_after_two() -> None:
    due = date(2026, 3, 2)
    assert [lateness(due, due + timedelta(days=n)) for n in (-1, 0, 6, 7, 13, 14)] == [0, 1, 1, 2, 2, 3]
