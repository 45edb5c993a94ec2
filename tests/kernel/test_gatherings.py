"""Reminders by the clock on the wall, also in the nights when it changes; how long a place is kept."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel.gatherings import morning_of, offer_ends, two_days_before

PARIS = ZoneInfo("Europe/Paris")


def paris(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=PARIS).astimezone(UTC)  # type: ignore[misc]  # year, month, day, hour …


@pytest.mark.parametrize(
    ("starts", "first", "second"),
    [
        (
            paris(2026, 3, 31, 10),
            paris(2026, 3, 29, 10),
            paris(2026, 3, 31, 8),
        ),  # day of the change in spring
        (paris(2026, 3, 29, 10), paris(2026, 3, 27, 10), paris(2026, 3, 29, 8)),  # after the short night
        (paris(2026, 10, 25, 18), paris(2026, 10, 23, 18), paris(2026, 10, 25, 8)),  # after the long night
        (paris(2026, 10, 27, 20), paris(2026, 10, 25, 18), paris(2026, 10, 27, 8)),
        (paris(2026, 5, 5, 8, 30), paris(2026, 5, 3, 8, 30), paris(2026, 5, 4, 18)),  # morning is too near
        (paris(2026, 10, 25, 8), paris(2026, 10, 23, 8), paris(2026, 10, 24, 18)),
    ],
)
def test_reminders_come_at_the_hour_on_the_wall(starts: datetime, first: datetime, second: datetime) -> None:
    assert two_days_before(starts, PARIS) == first
    assert morning_of(starts, PARIS) == second


@given(st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))
def test_reminders_come_by_day_in_order_and_before_the_start(starts: datetime) -> None:
    for zone in (PARIS, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu")):
        first, second = two_days_before(starts, zone), morning_of(starts, zone)
        assert first < second < starts
        assert all(8 <= moment.astimezone(zone).hour <= 18 for moment in (first, second))
        days = (starts.astimezone(zone).date() - first.astimezone(zone).date()).days
        assert days == 2


@given(st.integers(0, 60 * 24 * 30))
def test_an_offer_ends_before_half_of_the_time_left_and_within_a_day(minutes: int) -> None:
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    starts = now + timedelta(minutes=minutes)
    ends = offer_ends(now, starts)
    if ends is None:
        assert minutes < 120
    else:
        assert now + timedelta(hours=1) <= ends <= min(now + timedelta(hours=24), now + (starts - now) / 2)
