"""Days in a window against counting each day, one by one."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel.days import days_in, joined, window

days = st.dates(date(2025, 11, 1), date(2026, 4, 30))
spans = st.lists(st.tuples(days, days), max_size=8)


def one_by_one(found: list[tuple[date, date]], frame: tuple[date, date]) -> int:
    day, count = frame[0], 0
    while day <= frame[1]:
        count += any(first <= day <= last for first, last in found)
        day += timedelta(days=1)
    return count


@given(spans, days, days)
def test_days_are_those_that_one_counts_one_by_one(
    found: list[tuple[date, date]], first: date, last: date
) -> None:
    assert days_in(found, (first, last)) == one_by_one(found, (first, last))


@given(spans)
def test_joined_spans_are_in_order_and_do_not_touch(found: list[tuple[date, date]]) -> None:
    whole = joined(found)
    assert all(last + timedelta(days=1) < first for (_, last), (first, _) in pairwise(whole))


def test_a_window_holds_its_first_day_and_not_the_same_day_a_year_on() -> None:
    assert window(date(2024, 2, 29), 12) == (date(2024, 2, 29), date(2025, 2, 27))
    assert window(date(2026, 1, 15), 12) == (date(2026, 1, 15), date(2027, 1, 14))
    assert window(date(2026, 1, 15), 0) == (date(2026, 1, 15), date(2026, 1, 15))


def test_several_short_contracts_add_up_and_overlaps_count_once() -> None:
    first, second = (date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 1, 20), date(2026, 2, 10))
    assert days_in([first, second], window(date(2026, 1, 1), 12)) == 41
