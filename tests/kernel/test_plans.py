"""What comes next in a plan; reminders of an interview by the clock on the wall, never on a Sunday."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel.plans import SUNDAY, Dated, Point, due_days, next_of, reminders_of

PARIS = ZoneInfo("Europe/Paris")
DAYS = st.dates(date(2025, 1, 1), date(2030, 1, 1))
POINTS = st.lists(st.builds(Point, st.sampled_from(list(Dated)), DAYS, st.integers(1, 99)), max_size=8)


def paris(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=PARIS).astimezone(UTC)  # type: ignore[misc]  # year, month, day, hour …


@pytest.mark.parametrize(
    ("starts", "first", "second"),
    [
        (paris(2026, 3, 31, 10), paris(2026, 3, 30, 10), paris(2026, 3, 31, 8)),
        (paris(2026, 3, 29, 10), paris(2026, 3, 28, 10), paris(2026, 3, 29, 8)),  # over the short night
        (
            paris(2026, 10, 26, 10),
            paris(2026, 10, 24, 10),
            paris(2026, 10, 26, 8),
        ),  # said on Saturday
        (paris(2026, 10, 27, 21), paris(2026, 10, 26, 18), paris(2026, 10, 27, 8)),
        (
            paris(2026, 5, 6, 8, 30),
            paris(2026, 5, 5, 8, 30),
            paris(2026, 5, 5, 18),
        ),  # too early
    ],
)
def test_an_interview_is_reminded_of_the_day_before_and_the_same_morning(
    starts: datetime, first: datetime, second: datetime
) -> None:
    assert reminders_of(starts, PARIS) == (first, second)


@given(st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))
def test_reminders_come_in_order_by_day_and_the_first_never_on_a_sunday(starts: datetime) -> None:
    for zone in (PARIS, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu")):
        first, second = reminders_of(starts, zone)
        assert first < second < starts
        assert all(8 <= moment.astimezone(zone).hour <= 18 for moment in (first, second))
        assert first.astimezone(zone).weekday() != SUNDAY
        assert (starts.astimezone(zone).date() - first.astimezone(zone).date()).days in (1, 2)


@given(POINTS, DAYS)
def test_the_next_thing_is_the_first_from_today_on_or_none(points: list[Point], today: date) -> None:
    found = next_of(points, today)
    ahead = [point for point in points if point.day >= today]
    assert (found is None) == (not ahead)
    if found is not None:
        assert found.day == min(point.day for point in ahead)
        assert found == next_of(reversed(points), today)


def test_on_one_day_an_interview_comes_before_a_milestone() -> None:
    day = date(2026, 3, 2)
    assert next_of([Point(Dated.MILESTONE, day, 1), Point(Dated.INTERVIEW, day, 2)], day) == Point(
        Dated.INTERVIEW, day, 2
    )


@given(DAYS, st.integers(1, 180), st.integers(0, 12))
def test_milestones_are_spread_evenly_after_the_start(start: date, days: int, count: int) -> None:
    found = due_days(start, days, count)
    assert len(found) == count
    assert all(later - first == timedelta(days) for first, later in zip((start, *found), found, strict=False))


def test_two_milestones_on_one_day_are_refused() -> None:
    with pytest.raises(ValueError, match="one day apart"):
        due_days(date(2026, 3, 2), 0, 2)
