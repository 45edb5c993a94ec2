"""Whether a message goes out, and when: the pure decision, the quiet hours, the length of a text message."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.apps.messages.enums import Why
from traboule.apps.messages.rules import Facts, Verdict, asks_how_long, decide, length_of, loud_again
from traboule.apps.people.enums import Channel
from traboule.kernel.calendar import next_news_on

PARIS = ZoneInfo("Europe/Paris")
TUESDAY = datetime(2026, 3, 3, 10, 0, tzinfo=PARIS)


def facts(**changes: Any) -> Facts:
    return Facts(**{"channel": Channel.SMS, "at": TUESDAY, "timezone": "Europe/Paris", **changes})


def test_a_message_with_nothing_against_it_goes_out() -> None:
    assert decide(facts()).verdict is Verdict.SEND


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"has_address": False}, Why.NO_ADDRESS),
        ({"is_archived": True}, Why.ARCHIVED),
        ({"has_stopped": True}, Why.STOPPED),
        ({"took_consent_back": True}, Why.CONSENT_WITHDRAWN),
        ({"is_duplicate": True}, Why.DUPLICATE),
        ({"not_after": TUESDAY}, Why.STALE),
    ],
)
def test_each_reason_against_it_is_named(changes: dict[str, Any], why: Why) -> None:
    decision = decide(facts(**changes))
    assert (decision.verdict, decision.why) == (Verdict.WITHHOLD, why)


def test_a_code_that_somebody_waits_for_goes_out_at_night_and_after_stop() -> None:
    night = datetime(2026, 3, 3, 23, 0, tzinfo=PARIS)
    assert decide(facts(at=night, is_urgent=True, has_stopped=True)).verdict is Verdict.SEND


def test_an_answer_to_a_right_goes_out_after_the_consent_was_taken_back() -> None:
    assert decide(facts(took_consent_back=True, is_archived=True, is_owed=True)).verdict is Verdict.SEND


def test_a_letter_needs_no_address_in_the_computer() -> None:
    assert decide(facts(channel=Channel.LETTER, has_address=False)).verdict is Verdict.SEND


def test_an_email_goes_out_at_night() -> None:
    night = datetime(2026, 3, 3, 23, 0, tzinfo=PARIS)
    assert decide(facts(channel=Channel.EMAIL, at=night)).verdict is Verdict.SEND


@pytest.mark.parametrize(
    ("at", "allowed"),
    [
        ("2026-03-03 07:59", "2026-03-03 08:00"),
        ("2026-03-03 08:00", "2026-03-03 08:00"),
        ("2026-03-03 19:59", "2026-03-03 19:59"),
        ("2026-03-03 20:00", "2026-03-04 08:00"),
        ("2026-03-07 20:00", "2026-03-09 08:00"),  # Saturday evening: Monday
        ("2026-03-08 12:00", "2026-03-09 08:00"),  # Sunday
        ("2026-03-08 23:30", "2026-03-09 08:00"),
        ("2026-03-28 21:00", "2026-03-30 08:00"),  # the clock goes forward in the night to Sunday
        ("2026-10-24 21:00", "2026-10-26 08:00"),  # and back
    ],
)
def test_a_text_message_waits_for_the_morning_of_the_branch(at: str, allowed: str) -> None:
    def local(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=PARIS)

    assert loud_again(local(at), "Europe/Paris") == local(allowed)


def test_the_night_is_that_of_the_branch_not_of_the_server() -> None:
    noon_in_paris = datetime(2026, 3, 3, 12, 0, tzinfo=PARIS)
    assert loud_again(noon_in_paris, "America/Guadeloupe").astimezone(
        ZoneInfo("America/Guadeloupe")
    ) == datetime(2026, 3, 3, 8, 0, tzinfo=ZoneInfo("America/Guadeloupe"))


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))
def test_whatever_the_moment_the_answer_is_loud_not_earlier_and_at_most_two_nights_later(
    at: datetime,
) -> None:
    allowed = loud_again(at, "Europe/Paris")
    local = allowed.astimezone(PARIS)
    assert local.weekday() != 6
    assert 8 <= local.hour < 20
    assert 0 <= (allowed - at).total_seconds() <= 38 * 3600
    assert loud_again(allowed, "Europe/Paris") == allowed


def test_a_message_that_would_wait_past_its_end_is_stale() -> None:
    late = datetime(2026, 3, 3, 21, 0, tzinfo=PARIS)
    decision = decide(facts(at=late, not_after=datetime(2026, 3, 4, 7, 0, tzinfo=PARIS)))
    assert (decision.verdict, decision.why) == (Verdict.WITHHOLD, Why.STALE)


@pytest.mark.parametrize(
    ("text", "parts", "is_short"),
    [
        ("a" * 160, 1, True),
        ("a" * 161, 2, True),
        ("é" * 306, 2, True),
        ("€" * 80, 1, True),
        ("€" * 81, 2, True),
        ("ê" * 70, 1, False),
        ("ê" * 71, 2, False),
        ("سلام" * 17, 1, False),
        ("😀" * 35, 1, False),
        ("😀" * 36, 2, False),
    ],
)
def test_the_parts_of_a_text_message_are_counted(text: str, parts: int, is_short: bool) -> None:
    found = length_of(text)
    assert (found.parts, found.is_short_alphabet) == (parts, is_short)


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_the_next_news_is_a_working_day_one_to_sixteen_days_ahead(today: date, waited: int) -> None:
    day = next_news_on(today, date.fromordinal(today.toordinal() - waited))
    assert day.weekday() < 5
    assert 7 <= (day - today).days <= (9 if waited < 30 else 16)


def test_the_question_how_long_comes_without_an_answer_and_near_its_end_at_most_every_three_weeks() -> None:
    today = date(2026, 3, 2)
    assert asks_how_long(None, None, today)
    assert not asks_how_long(None, date(2026, 2, 20), today)
    assert asks_how_long(date(2026, 3, 5), date(2026, 1, 5), today)
    assert not asks_how_long(date(2026, 6, 1), None, today)
