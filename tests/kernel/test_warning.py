"""The early warning on paper: named reasons with their numbers, brakes, and what can never happen."""

from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from traboule.kernel.rhythm import Rhythm
from traboule.kernel.warning import (
    CURRENT,
    FEWEST,
    RULES,
    Clear,
    Code,
    Facts,
    Kind,
    Mark,
    Past,
    Seen,
    Side,
    Sign,
    Span,
    Week,
    due_weeks,
    is_silent,
    news_since,
    score,
    seen_of,
    sign_of,
)

PARIS = ZoneInfo("Europe/Paris")
TODAY = date(2026, 11, 26)  # a Thursday
START = date(2026, 7, 6)  # a Monday
END = START + timedelta(weeks=26, days=-1)
TUESDAYS = Rhythm(START, 1, time(10))
RULE = RULES[CURRENT]


def weeks(*rhythms: Rhythm, today: date = TODAY) -> tuple[Week, ...]:
    last = today - timedelta(days=RULE.log_days)
    return due_weeks(rhythms, first=START, last=last, zone=PARIS, count=RULE.weeks_seen)


def facts(**more: object) -> Facts:
    """A duo on Tuesdays that met every week and has a next step."""
    given_facts: dict[str, object] = {
        "weeks": weeks(TUESDAYS),
        "held": frozenset(week.due for week in weeks(TUESDAYS)),
        "steps_ahead": frozenset({TODAY + timedelta(days=9)}),
    }
    return Facts(TODAY, START, END, **(given_facts | more))  # type: ignore[arg-type]  # fields by name


def day(back: int) -> date:
    return TODAY - timedelta(days=back)


def marks(side: str, *backs: int, value: int = 0) -> tuple[Mark, ...]:
    return tuple(Mark(side, day(back), value) for back in backs)


def codes(sign: Sign) -> list[str]:
    return [reason.code.value for reason in sign.reasons]


def test_a_duo_that_meets_and_has_a_next_step_shows_nothing() -> None:
    sign = sign_of(facts())
    assert (sign.reasons, sign.brakes, sign.looks, sign.points) == ((), (), False, 0)
    assert sign.version == CURRENT


def test_the_weeks_looked_at_are_the_last_four_whose_log_may_be_expected() -> None:
    assert [week.due for week in weeks(TUESDAYS)] == [
        date(2026, 10, 27),
        *(date(2026, 11, n) for n in (3, 10, 17)),
    ]
    assert [week.due for week in weeks()] == [
        date(2026, 10, 25),
        *(date(2026, 11, n) for n in (1, 8, 15, 22)),
    ][-4:]
    assert [week.is_fixed for week in weeks()] == [False] * 4


def test_two_of_four_weeks_without_a_meeting_are_named_with_their_days() -> None:
    sign = sign_of(facts(held=frozenset({date(2026, 10, 27), date(2026, 11, 3)})))
    (reason,) = sign.reasons
    assert (reason.code, reason.number, reason.of) == (Code.MISSING, 2, 4)
    assert reason.days == (date(2026, 11, 10), date(2026, 11, 17))
    assert (reason.clears, reason.clears_on) == (Clear.MEETING, date(2026, 12, 11))
    assert (reason.since, reason.latest, sign.looks) == (date(2026, 11, 10), date(2026, 11, 17), True)


def test_the_reason_is_gone_on_the_day_that_it_names() -> None:
    held = {
        date(2026, 10, 27),
        date(2026, 11, 3),
        *(date(2026, 11, 24) + timedelta(weeks=n) for n in range(4)),
    }
    for today, found in ((date(2026, 12, 10), [Code.MISSING]), (date(2026, 12, 11), [])):
        later = replace(
            facts(held=frozenset(held), steps_ahead=frozenset({END})),
            today=today,
            weeks=weeks(TUESDAYS, today=today),
        )
        assert codes(sign_of(later)) == found


def test_a_duo_without_a_fixed_day_may_miss_one_week_more() -> None:
    free = weeks()
    two = frozenset(week.due for week in free[:2])
    assert codes(sign_of(facts(weeks=free, held=two))) == []
    assert codes(sign_of(facts(weeks=free, held=frozenset({free[0].due})))) == [Code.MISSING]


def test_nothing_is_expected_of_the_first_two_weeks() -> None:
    young = facts(held=frozenset(), steps_ahead=frozenset())
    assert codes(sign_of(replace(young, started_on=day(20)))) == []


@pytest.mark.parametrize("kind", [Kind.AWAY, Kind.SUBSTITUTE, Kind.PAUSE, Kind.HOLIDAY])
def test_what_is_known_excuses_the_week_that_it_covers(kind: Kind) -> None:
    span = Span(kind, date(2026, 11, 9), date(2026, 11, 11), Side.MENTOR)
    sign = sign_of(facts(held=frozenset({date(2026, 10, 27), date(2026, 11, 3)}), spans=(span,)))
    assert (codes(sign), sign.looks, sign.brakes) == ([], False, (span,))


def test_a_free_week_is_excused_by_three_days_not_by_one() -> None:
    free = weeks()
    one, three = (
        Span(Kind.AWAY, free[-1].monday, free[-1].monday + timedelta(days=n), "mentor") for n in (0, 2)
    )
    held = frozenset({free[0].due})
    assert codes(sign_of(facts(weeks=free, held=held, spans=(one,)))) == [Code.MISSING]
    assert codes(sign_of(facts(weeks=free, held=held, spans=(three,)))) == []


def test_an_absence_that_holds_now_brakes_and_a_pause_stops() -> None:
    away = Span(Kind.AWAY, TODAY, TODAY + timedelta(days=3), Side.MENTOR)
    two = frozenset({date(2026, 10, 27), date(2026, 11, 3)})
    braked, strong = sign_of(facts(held=two, spans=(away,))), sign_of(facts(held=frozenset(), spans=(away,)))
    assert (codes(braked), braked.looks, braked.resting) == ([Code.MISSING], False, True)
    assert (strong.points, strong.looks) == (3, True)
    pause = Span(Kind.PAUSE, TODAY, TODAY)
    stopped = sign_of(facts(held=frozenset(), spans=(pause,)))
    assert (bool(stopped.reasons), stopped.looks, stopped.paused) == (True, False, True)


def test_messages_count_per_side_and_only_since_the_last_that_arrived() -> None:
    lost = marks(Side.MENTEE, 20, 6, 2)
    (reason,) = sign_of(facts(undelivered=lost)).reasons
    assert (reason.code, reason.side, reason.number, reason.clears) == (
        Code.UNDELIVERED,
        "mentee",
        3,
        Clear.MESSAGE,
    )
    assert reason.clears_on == day(6) + timedelta(days=28)
    assert codes(sign_of(facts(undelivered=lost, delivered=marks(Side.MENTEE, 4)))) == []
    assert codes(sign_of(facts(undelivered=lost, delivered=marks(Side.MENTOR, 4)))) == [Code.UNDELIVERED]
    assert codes(sign_of(facts(undelivered=marks(Side.MENTEE, 3) + marks(Side.MENTOR, 3)))) == []


def test_questions_by_link_count_until_one_is_answered() -> None:
    asked = marks(Side.MENTOR, 30, 20, 10)
    sign = sign_of(facts(asked=asked))
    assert (codes(sign), sign.looks) == ([Code.UNANSWERED], False)  # alone it is too weak
    assert codes(sign_of(facts(asked=asked, answered=marks(Side.MENTOR, 15)))) == []
    assert codes(sign_of(facts(asked=marks(Side.MENTOR, 30, 20, 3)))) == []  # the last may still lie
    away = Span(Kind.AWAY, day(21), day(19), Side.MENTOR)
    assert codes(sign_of(facts(asked=asked, spans=(away,)))) == []


def test_two_weak_reasons_are_one_to_look_at() -> None:
    sign = sign_of(facts(asked=marks(Side.MENTOR, 30, 20, 10), steps_ahead=frozenset()))
    assert (codes(sign), sign.looks) == ([Code.UNANSWERED, Code.NO_STEP], True)


def test_a_rating_that_fell_or_is_low_stands_until_somebody_talked() -> None:
    fell = marks(Side.MENTEE, 70, value=450) + marks(Side.MENTEE, 10, value=325)
    (reason,) = sign_of(facts(ratings=fell)).reasons
    assert (reason.code, reason.was, reason.now, reason.days) == (Code.FELL, 450, 325, (day(70), day(10)))
    assert codes(sign_of(facts(ratings=fell, talks=marks(Side.MENTEE, 5)))) == []
    assert codes(sign_of(facts(ratings=fell, talks=marks(Side.MENTOR, 5)))) == [Code.FELL]
    assert codes(sign_of(facts(ratings=marks(Side.MENTOR, 10, value=275)))) == [Code.LOW]
    assert codes(sign_of(facts(ratings=marks(Side.MENTOR, 95, value=275)))) == []
    assert codes(sign_of(facts(ratings=marks(Side.MENTOR, 10, value=300)))) == []


def test_no_next_step_is_not_asked_at_the_start_and_at_the_end() -> None:
    none = facts(steps_ahead=frozenset())
    assert codes(sign_of(none)) == [Code.NO_STEP]
    assert codes(sign_of(replace(none, steps_said=frozenset({day(27)})))) == []
    assert codes(sign_of(replace(none, steps_said=frozenset({day(28)})))) == [Code.NO_STEP]
    assert codes(sign_of(replace(none, steps_ahead=frozenset({TODAY})))) == []
    assert codes(sign_of(replace(none, ends_on=TODAY + timedelta(days=13)))) == []
    assert codes(sign_of(replace(none, started_on=day(27)))) == []


# ---- what can never happen

SIDES = st.sampled_from(list(Side))
BACK = st.integers(0, 120)
MARKS = st.lists(
    st.builds(lambda s, n, v: Mark(s, day(n), v), SIDES, BACK, st.integers(100, 500)), max_size=6
)
DAYS = st.frozensets(BACK.map(day), max_size=12)
SPAN = st.builds(
    lambda kind, n, long, side: Span(kind, day(n), day(n) + timedelta(days=long), side),
    st.sampled_from(list(Kind)),
    st.integers(-10, 60),
    st.integers(0, 30),
    SIDES,
)
RHYTHMS = st.lists(
    st.builds(
        lambda n, weekday: Rhythm(day(n), weekday, None if weekday is None else time(10)),
        st.integers(0, 140),
        st.one_of(st.none(), st.integers(0, 6)),
    ),
    max_size=3,
)
DUOS = st.builds(
    lambda rhythms, began, ends, held, lists, ahead, said, spans: Facts(
        TODAY,
        day(began),
        TODAY + timedelta(days=ends),
        weeks=due_weeks(
            rhythms, first=day(began), last=day(RULE.log_days), zone=PARIS, count=RULE.weeks_seen
        ),
        held=held,
        undelivered=tuple(lists[0]),
        delivered=tuple(lists[1]),
        asked=tuple(lists[2]),
        answered=tuple(lists[3]),
        ratings=tuple(lists[4]),
        talks=tuple(lists[5]),
        steps_ahead=ahead,
        steps_said=said,
        spans=tuple(spans),
    ),
    RHYTHMS,
    st.integers(0, 170),
    st.integers(0, 120),
    DAYS,
    st.tuples(*[MARKS] * 6),
    DAYS,
    DAYS,
    st.lists(SPAN, max_size=4),
)


def no_worse(after: Sign, before: Sign) -> None:
    """No reason that was not there, none that weighs or counts more, and nothing to look at anew."""
    known = {(reason.code, reason.side): reason for reason in before.reasons}
    for reason in after.reasons:
        was = known[reason.code, reason.side]
        assert (reason.points, reason.number) <= (was.points, was.number)
        assert set(reason.days) <= set(was.days)
    assert after.points <= before.points
    assert after.looks <= before.looks


@settings(max_examples=300)
@given(DUOS, BACK)
def test_a_meeting_more_never_worsens(duo: Facts, back: int) -> None:
    no_worse(sign_of(replace(duo, held=duo.held | {day(back)})), sign_of(duo))


@settings(max_examples=300)
@given(DUOS, SPAN)
def test_an_absence_more_never_worsens(duo: Facts, span: Span) -> None:
    no_worse(sign_of(replace(duo, spans=(*duo.spans, span))), sign_of(duo))


@settings(max_examples=200)
@given(DUOS, SIDES, BACK)
def test_an_answer_a_message_that_arrives_or_a_talk_never_worsens(duo: Facts, side: Side, back: int) -> None:
    for name in ("answered", "delivered", "talks"):
        more = replace(duo, **{name: (*getattr(duo, name), Mark(side, day(back)))})
        no_worse(sign_of(more), sign_of(duo))


@settings(max_examples=200)
@given(DUOS, BACK)
def test_a_next_step_more_never_worsens(duo: Facts, back: int) -> None:
    no_worse(sign_of(replace(duo, steps_said=duo.steps_said | {day(back)})), sign_of(duo))


@settings(max_examples=300)
@given(DUOS)
def test_no_reason_no_sign_and_the_same_facts_the_same_sign(duo: Facts) -> None:
    sign = sign_of(duo)
    assert sign == sign_of(replace(duo))
    assert not sign.looks or sign.reasons
    assert all(reason.points > 0 for reason in sign.reasons)
    assert all(reason.days or reason.code is Code.NO_STEP for reason in sign.reasons)
    assert sign.points == sum(reason.points for reason in sign.reasons)


@settings(max_examples=200)
@given(DUOS, st.randoms(use_true_random=False))
def test_the_order_of_the_facts_changes_nothing(duo: Facts, chance: object) -> None:
    def mixed(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
        kept = list(marks)
        chance.shuffle(kept)  # type: ignore[attr-defined]  # a Random
        return tuple(kept)

    same_day = len({(mark.side, mark.day) for mark in duo.ratings}) < len(duo.ratings)
    names = ("undelivered", "delivered", "asked", "answered", "talks", *(() if same_day else ("ratings",)))
    other = replace(duo, **{name: mixed(getattr(duo, name)) for name in names})
    assert sign_of(other) == sign_of(duo)


# ---- silence, and the record


def test_who_looked_lets_it_rest_until_a_day_or_a_new_fact() -> None:
    sign = sign_of(facts(held=frozenset({date(2026, 10, 27), date(2026, 11, 3)})))
    seen = seen_of(sign)
    assert seen == (Seen("meetings_missing", "", date(2026, 11, 17)),)
    assert is_silent(seen, TODAY, sign)
    assert not is_silent(seen, day(1), sign)
    later = replace(
        facts(held=frozenset({date(2026, 11, 3)})), today=TODAY + timedelta(days=5),
        weeks=weeks(TUESDAYS, today=TODAY + timedelta(days=5)),
    )  # fmt: skip
    (news,) = news_since(seen, sign_of(later))
    assert (news.latest, is_silent(seen, TODAY + timedelta(days=9), sign_of(later))) == (
        date(2026, 11, 24),
        False,
    )


def test_a_reason_of_another_kind_or_side_is_new_and_one_that_is_gone_is_not() -> None:
    lost = sign_of(facts(undelivered=marks(Side.MENTEE, 6, 2)))
    assert news_since(seen_of(lost), sign_of(facts(undelivered=marks(Side.MENTOR, 6, 2))))
    assert news_since(seen_of(lost), sign_of(facts())) == ()
    step = sign_of(facts(steps_ahead=frozenset()))
    assert news_since(seen_of(step), step) == ()


def test_under_fifty_ended_duos_nothing_is_printed_but_how_many_are_lacking() -> None:
    few = score([Past(True, True)] * (FEWEST - 1))
    assert (few.n, few.lacking, few.base, few.precision, few.recall) == (49, 1, None, None, None)


def test_precision_and_recall_come_with_their_interval() -> None:
    found = score(
        [Past(True, True)] * 6 + [Past(True, False)] * 4 + [Past(False, True)] * 3 + [Past(False, False)] * 47
    )
    assert (found.n, found.early, found.warned, found.right, found.lacking) == (60, 10, 9, 6, 0)
    assert found.precision is not None
    assert found.recall is not None
    assert found.base is not None
    assert (round(found.precision.value, 3), round(found.recall.value, 3)) == (0.667, 0.6)
    assert found.base.value == pytest.approx(1 / 6)
    assert found.precision.low < found.precision.value < found.precision.high
    nobody = score([Past(False, False)] * 50)
    assert (nobody.precision, nobody.recall) == (None, None)
