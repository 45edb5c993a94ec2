"""The clock of follow-up and rough answers, as on paper."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel import followups as f
from traboule.kernel.followups import Due, HowLong
from traboule.kernel.lifecycle import FOLLOW_UP

DAY = date(2026, 3, 1)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def due(after: int, reminders: int = 0, last: int = 0, by_hand: bool = False) -> Due | None:
    days = [DAY + timedelta(days=n) for n in (last, after)]
    return f.what_is_due(DAY, reminders, *days, by_hand=by_hand)


def test_reminders_go_out_after_three_and_ten_days_and_a_call_a_week_later() -> None:
    assert [due(2), due(3)] == [None, Due.REMIND]
    assert [due(9, 1, 3), due(10, 1, 3)] == [None, Due.REMIND]
    assert [due(16, 2, 10), due(17, 2, 10)] == [None, Due.CALL]


def test_a_clock_that_slept_sends_one_word_and_then_keeps_its_distance() -> None:
    assert due(40) is Due.REMIND
    assert [due(40, 1, 40), due(46, 1, 40), due(47, 1, 40)] == [None, None, Due.REMIND]
    assert [due(53, 2, 47), due(54, 2, 47)] == [None, Due.CALL]


def test_a_letter_is_not_sent_again() -> None:
    assert [due(3, by_hand=True), due(16, by_hand=True), due(17, by_hand=True)] == [None, None, Due.CALL]


def test_the_months_are_counted_from_the_end_and_a_month_late_is_too_late() -> None:
    assert f.follow_up_day(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert not f.is_too_late(DAY, DAY + timedelta(days=31))
    assert f.is_too_late(DAY, DAY + timedelta(days=32))


@pytest.mark.parametrize(
    ("since", "first"),
    [
        (None, DAY),
        (HowLong.DAYS, DAY),
        (HowLong.ONE, date(2026, 2, 1)),
        (HowLong.THREE, date(2025, 12, 1)),
        (HowLong.LONG, date(2025, 9, 1)),
    ],
)
def test_a_rough_answer_is_read_as_the_least_that_it_can_mean(since: HowLong | None, first: date) -> None:
    assert f.first_day(since, DAY) == first


@given(st.sampled_from([None, *HowLong]), DAYS)
def test_the_day_that_a_rough_answer_gives_fits_that_answer(since: HowLong | None, today: date) -> None:
    assert f.may_be_since(since, f.first_day(since, today), today)


def test_a_job_of_two_years_is_not_the_one_of_a_few_days() -> None:
    assert not f.may_be_since(HowLong.DAYS, DAY - timedelta(days=700), DAY)
    assert f.may_be_since(HowLong.LONG, DAY - timedelta(days=700), DAY)
    assert f.may_be_since(None, DAY - timedelta(days=700), DAY)
    assert not f.may_be_since(None, DAY + timedelta(days=1), DAY)


def test_only_what_was_said_lately_and_ran_on_the_day_covers_it() -> None:
    month = timedelta(days=31)
    assert f.covers(DAY - 3 * month, None, DAY, DAY)
    assert f.covers(DAY - 3 * month, None, DAY - month, DAY)
    assert not f.covers(DAY - 3 * month, None, DAY - 2 * month, DAY)  # told long ago
    assert not f.covers(DAY - 3 * month, DAY - timedelta(days=1), DAY, DAY)  # over by then
    assert f.covers(DAY + timedelta(days=5), None, DAY + timedelta(days=6), DAY)  # found while we asked
    assert not f.covers(DAY + month, None, DAY, DAY)  # still to begin


def test_refused_reached_and_not_reached_are_ends_of_their_own() -> None:
    assert FOLLOW_UP.after("unreachable", "reach") == "reached"  # a late answer still counts
    assert not FOLLOW_UP.allows("refused", "reach")
    assert not FOLLOW_UP.allows("not_asked", "ask")
    assert {"refused", "heard", "not_asked"} <= set(FOLLOW_UP.ended)
