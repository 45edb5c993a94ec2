"""The weekly rhythm on paper: ten o'clock stays ten o'clock, and nobody meets for thirty hours a week."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel.rhythm import (
    Doubt,
    Implausible,
    Rhythm,
    check_day,
    check_minutes,
    minutes_by_week,
    monday_of,
    planned_slots,
    suggestions,
    weeks_without,
)

PARIS = ZoneInfo("Europe/Paris")
ZONES = st.sampled_from([PARIS, ZoneInfo("UTC"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Kabul")])
DAYS = st.dates(date(2024, 1, 1), date(2030, 1, 1))
TUESDAY = date(2026, 3, 3)


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    weekday = draw(st.none() | st.integers(0, 6))
    at = None if weekday is None else draw(st.times(time(6), time(21)))
    return Rhythm(draw(DAYS), weekday, at, draw(st.integers(30, 240)))


def test_ten_o_clock_stays_ten_o_clock_across_both_changes_of_the_clock() -> None:
    weekly = Rhythm(date(2026, 1, 1), 1, time(10))
    slots = planned_slots([weekly], first=date(2026, 1, 1), last=date(2026, 12, 31), zone=PARIS)
    assert {slot.at.astimezone(PARIS).time() for slot in slots} == {time(10)}
    assert {slot.at.hour for slot in slots} == {8, 9}
    assert len(slots) == 52


@given(
    st.lists(rhythms(), max_size=3, unique_by=lambda rhythm: rhythm.since), DAYS, st.integers(0, 120), ZONES
)
def test_planned_slots_keep_to_their_days_and_come_once_a_week(
    known: list[Rhythm], first: date, length: int, zone: ZoneInfo
) -> None:
    last = first + timedelta(days=length)
    slots = planned_slots(known, first=first, last=last, zone=zone)
    assert all(first <= slot.day <= last and monday_of(slot.day) == slot.week for slot in slots)
    assert len({slot.week for slot in slots}) == len(slots)
    for slot in slots:
        holds = max((r for r in known if r.since <= slot.day), key=lambda r: r.since)
        assert slot.at.tzinfo is UTC
        assert slot.at.astimezone(zone).replace(tzinfo=None) == datetime.combine(slot.day, holds.at or time())


@given(rhythms(), DAYS, st.integers(1, 60), st.integers(1, 60), ZONES)
def test_planning_in_two_pieces_plans_nothing_that_planning_at_once_would_not(
    rhythm: Rhythm, first: date, one: int, two: int, zone: ZoneInfo
) -> None:
    middle, last = first + timedelta(days=one), first + timedelta(days=one + two)
    whole = planned_slots([rhythm], first=first, last=last, zone=zone)
    parts = planned_slots([rhythm], first=first, last=middle, zone=zone) + planned_slots(
        [rhythm], first=middle + timedelta(days=1), last=last, zone=zone
    )
    assert parts == whole


def test_a_free_rhythm_plans_nothing_and_a_new_one_takes_over_on_its_day() -> None:
    known = [Rhythm(date(2026, 1, 1), 1, time(10)), Rhythm(date(2026, 2, 1), None, None)]
    slots = planned_slots(known, first=date(2026, 1, 1), last=date(2026, 3, 31), zone=PARIS)
    assert [slot.day for slot in slots] == [date(2026, 1, day) for day in (6, 13, 20, 27)]


def test_half_a_rhythm_is_none() -> None:
    for weekday, at in ((1, None), (None, time(10)), (7, time(10))):
        with pytest.raises(ValueError):
            Rhythm(TUESDAY, weekday, at)


def test_weeks_without_a_meeting_are_whole_weeks_that_are_over() -> None:
    met = [TUESDAY, TUESDAY + timedelta(days=15)]
    assert weeks_without(TUESDAY, met, TUESDAY + timedelta(days=27)) == (2, 4)
    assert weeks_without(TUESDAY, met, TUESDAY + timedelta(days=26)) == (2,)
    assert weeks_without(TUESDAY, [], TUESDAY - timedelta(days=3)) == ()


def test_hours_are_summed_by_week_of_the_duo() -> None:
    met = [(TUESDAY, 60), (TUESDAY + timedelta(days=6), 90), (TUESDAY + timedelta(days=7), 30)]
    assert minutes_by_week(TUESDAY, met) == {1: 150, 2: 30}


@given(DAYS, st.times(time(0), time(23, 59)), st.integers(-20, 20), ZONES, st.lists(DAYS, max_size=5))
def test_suggested_times_are_three_later_days_at_the_same_time_and_never_a_sunday(
    day: date, at: time, shift: int, zone: ZoneInfo, taken: list[date]
) -> None:
    planned = datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
    now = planned + timedelta(days=shift)
    found = suggestions(planned, now=now, zone=zone, taken=taken)
    assert len(set(found)) == 3
    assert list(found) == sorted(found)
    assert all(when > now and when > planned - timedelta(hours=1) for when in found)
    assert all(when.astimezone(zone).weekday() != 6 for when in found)


@pytest.mark.parametrize(
    ("day", "doubt"),
    [
        (TUESDAY - timedelta(days=1), Doubt.BEFORE_START),
        (TUESDAY + timedelta(days=31), Doubt.IN_FUTURE),
        (TUESDAY + timedelta(days=21), Doubt.AFTER_END),
    ],
)
def test_a_day_before_the_start_after_the_end_or_to_come_is_refused(day: date, doubt: Doubt) -> None:
    with pytest.raises(Implausible) as refused:
        check_day(
            day,
            started_on=TUESDAY,
            ended_on=TUESDAY + timedelta(days=20),
            today=TUESDAY + timedelta(days=30),
        )
    assert refused.value.doubt is doubt


def test_eleven_hours_a_day_are_refused_and_say_what_was_expected() -> None:
    with pytest.raises(Implausible) as refused:
        check_minutes(TUESDAY, 240, others=[(TUESDAY, 420)])
    assert (refused.value.doubt, refused.value.minutes, refused.value.most) == (Doubt.DAY_TOO_LONG, 660, 600)


def test_thirty_hours_in_a_week_are_refused_whatever_is_said() -> None:
    others = [(TUESDAY + timedelta(days=day), 400) for day in range(1, 5)]
    with pytest.raises(Implausible) as refused:
        check_minutes(TUESDAY, 200, others=others, is_sure=True)
    assert (refused.value.doubt, refused.value.minutes) == (Doubt.WEEK_TOO_LONG, 1800)


def test_more_than_twelve_hours_a_week_are_asked_back_once() -> None:
    others = [(TUESDAY + timedelta(days=1), 600)]
    with pytest.raises(Implausible) as refused:
        check_minutes(TUESDAY, 180, others=others)
    assert refused.value.asks_back
    check_minutes(TUESDAY, 180, others=others, is_sure=True)
    check_minutes(TUESDAY, 120, others=others)


@given(DAYS, st.integers(5, 600), st.lists(st.tuples(DAYS, st.integers(5, 600)), max_size=8))
def test_what_passes_holds_at_most_ten_hours_a_day_and_less_than_thirty_a_week(
    day: date, minutes: int, others: list[tuple[date, int]]
) -> None:
    in_day = minutes + sum(m for d, m in others if d == day)
    in_week = minutes + sum(m for d, m in others if monday_of(d) == monday_of(day))
    if in_day <= 600 and in_week < 1800:
        check_minutes(day, minutes, others=others, is_sure=True)
        return
    with pytest.raises(Implausible) as refused:
        check_minutes(day, minutes, others=others, is_sure=True)
    assert not refused.value.asks_back
