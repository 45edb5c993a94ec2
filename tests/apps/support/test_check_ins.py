"""Check-ins and the short scale: planned by the clock, asked of each side alone, raised, moved by a pause."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories import people as make
from tests.factories import support as app
from tests.factories.people import NOW, TODAY
from traboule.apps.duos.actions import close_duo, pause_duo, resume_duo
from traboule.apps.duos.enums import CloseReason
from traboule.apps.duos.models import Duo
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Readers, Role, Side
from traboule.apps.people.queries import actor_of
from traboule.apps.steps.models import OpenStep
from traboule.apps.support.actions.check_ins import (
    CheckInOver,
    NothingSaid,
    PulseOver,
    answer_check_in,
    answer_pulse,
    hold_check_in,
    skip_pulse,
)
from traboule.apps.support.actions.settings import ThreeQuestions, set_questions, set_support
from traboule.apps.support.actions.ticks import tick_support
from traboule.apps.support.enums import CheckInState, SupportStep
from traboule.apps.support.models import CheckIn, CheckInSide, Pulse
from traboule.apps.support.queries.check_ins import said_before, trend
from traboule.apps.support.queries.settings import questions_for
from traboule.core.models import Link
from traboule.core.permissions import NotAllowed

pytestmark = pytest.mark.django_db
SAID = [("How did it begin?", "Well."), ("Every week?", ""), ("Easier?", "")]


def at(days: int) -> datetime:
    return NOW + timedelta(days=days)


def due_days(duo: Duo) -> list[int]:
    return [(row.due_on - TODAY).days for row in CheckIn.everywhere.filter(duo=duo).order_by("month")]


def test_the_clock_plans_months_1_3_and_6_of_a_new_duo_once() -> None:
    duo = app.duo()
    tick_support(NOW)
    tick_support(at(1))
    assert list(CheckIn.everywhere.filter(duo=duo).values_list("month", flat=True)) == [1, 3, 6]
    assert due_days(duo) == [31, 92, 181]


def test_a_branch_may_choose_other_months() -> None:
    duo = app.duo()
    chief = make.actor(Role.DIRECTOR, duo.branch)
    set_support(
        branch=duo.branch, months=[2, 4], pulse_first=30, pulse_every=60, concern_lead=None, by=chief, now=NOW
    )
    tick_support(NOW)
    assert list(CheckIn.everywhere.filter(duo=duo).values_list("month", flat=True)) == [2, 4]


def test_each_side_is_asked_by_a_link_of_its_own_three_days_before_and_once() -> None:
    duo = app.duo()
    tick_support(NOW)
    tick_support(at(28))
    tick_support(at(29))
    told = Message.everywhere.filter(kind="checkin.asked")
    assert sorted(told.values_list("person_id", flat=True)) == sorted([duo.mentee_id, duo.mentor_id])
    assert Link.objects.filter(right="checkin.answer").count() == 2


def test_on_its_day_it_stands_on_the_page_of_today_and_rises_when_nobody_holds_it() -> None:
    duo = app.duo()
    tick_support(NOW)
    ranks = []
    for days in (30, 31, 38, 45, 60):
        tick_support(at(days))
        step = OpenStep.everywhere.filter(kind=SupportStep.CHECK_IN, closed_at=None).first()
        ranks.append(step and (step.rank, step.owner == duo.started_by))
    assert ranks == [None, (55, True), (35, True), (22, True), (22, True)]


def test_both_sides_held_apart_close_the_check_in_and_its_step() -> None:
    duo = app.duo()
    row, by = app.check_in(duo), actor_of(duo.started_by)
    tick_support(NOW)
    hold_check_in(check_in=row, side=Side.MENTEE, answers=SAID, readers=Readers.STAFF, by=by, now=NOW)
    row.refresh_from_db()
    assert row.state == CheckInState.PLANNED
    side = CheckInSide.everywhere.get(check_in=row, side=Side.MENTOR)
    answer_check_in(said=side, answers=SAID, by=app.LINK, now=NOW)
    row.refresh_from_db()
    assert row.state == CheckInState.HELD
    assert not OpenStep.everywhere.filter(kind=SupportStep.CHECK_IN, closed_at=None).exists()


def test_what_was_said_before_is_that_side_s_own() -> None:
    duo = app.duo()
    by, first, later = actor_of(duo.started_by), app.check_in(duo), app.check_in(duo, month=3)
    for side, word in ((Side.MENTEE, "mine"), (Side.MENTOR, "his")):
        answers = [("How?", word)]
        hold_check_in(check_in=first, side=side, answers=answers, readers=Readers.STAFF, by=by, now=NOW)
    assert [row.answers[0]["answer"] for row in said_before(later, Side.MENTEE)] == ["mine"]


def test_an_answer_by_link_is_given_once_and_never_empty() -> None:
    duo = app.duo()
    app.check_in(duo)
    tick_support(NOW)
    side = CheckInSide.everywhere.get(side=Side.MENTEE)
    with pytest.raises(NothingSaid):
        answer_check_in(said=side, answers=[("How?", "  ")], by=app.LINK, now=NOW)
    answer_check_in(said=side, answers=SAID, by=app.LINK, now=NOW)
    with pytest.raises(CheckInOver):
        answer_check_in(said=side, answers=SAID, by=app.LINK, now=NOW)
    with pytest.raises(NotAllowed):
        answer_check_in(said=side, answers=SAID, by=actor_of(duo.started_by), now=NOW)


def test_a_pause_moves_what_was_still_to_come_even_if_the_clock_slept() -> None:
    duo, by = app.duo(), None
    by = actor_of(duo.started_by)
    tick_support(NOW)
    pause_duo(duo=duo, paused_on=TODAY + timedelta(days=10), by=by, now=at(10))
    tick_support(at(10))
    tick_support(at(31))
    assert not OpenStep.everywhere.filter(kind=SupportStep.CHECK_IN).exists()
    resume_duo(duo=duo, by=by, now=at(24))
    tick_support(at(40))  # the worker was off when the duo went on
    assert due_days(duo) == [45, 106, 195]


def test_a_closed_duo_drops_its_check_ins() -> None:
    duo = app.duo()
    tick_support(NOW)
    by = actor_of(duo.started_by)
    close_duo(duo=duo, reason=CloseReason.MOVED, closed_on=TODAY, by=by, now=NOW, wait_again=False)
    tick_support(at(1))
    assert set(CheckIn.everywhere.values_list("state", flat=True)) == {CheckInState.DROPPED}


def test_both_are_asked_how_it_goes_after_30_days_then_every_60_and_reminded_once() -> None:
    duo = app.duo()
    for days in (29, 30, 31, 34, 36, 89, 90):
        tick_support(at(days))
    asked = Pulse.everywhere.filter(duo=duo)
    assert sorted(asked.values_list("number", "side")) == [
        (1, "mentee"), (1, "mentor"), (2, "mentee"), (2, "mentor"),
    ]  # fmt: skip
    assert Message.everywhere.filter(kind="pulse.asked").count() == 4
    assert Message.everywhere.filter(kind="pulse.reminder").count() == 2


def test_a_clock_that_slept_asks_once_and_not_for_each_time_that_it_missed() -> None:
    duo = app.duo()
    tick_support(at(160))
    assert sorted(Pulse.everywhere.filter(duo=duo).values_list("number", flat=True)) == [3, 3]


def test_nobody_is_asked_while_one_of_the_two_is_away() -> None:
    duo = app.duo()
    app.absence(duo.mentor, from_on=TODAY + timedelta(days=28), until_on=TODAY + timedelta(days=40))
    tick_support(at(31))
    assert not Pulse.everywhere.filter(duo=duo).exists()
    tick_support(at(41))
    assert Pulse.everywhere.filter(duo=duo).count() == 2


def test_a_low_answer_opens_a_step_for_the_coordinator_and_a_skipped_one_does_not() -> None:
    duo = app.duo()
    tick_support(at(30))
    mine, other = Pulse.everywhere.get(side="mentee"), Pulse.everywhere.get(side="mentor")
    skip_pulse(pulse=other, by=app.LINK, now=at(30))
    assert not OpenStep.everywhere.filter(kind=SupportStep.QUALITY).exists()
    answer_pulse(pulse=mine, marks={"trust": 2, "heard": 3}, by=app.LINK, now=at(30))
    step = OpenStep.everywhere.get(kind=SupportStep.QUALITY)
    assert (step.person_id, step.owner) == (duo.mentee_id, duo.started_by)
    row = trend(duo)[0]
    assert (row.mentee, row.mentor, row.skipped) == (2.5, None, ("mentor",))
    with pytest.raises(PulseOver):
        answer_pulse(pulse=mine, marks={"trust": 5}, by=app.LINK, now=at(31))


def test_the_database_refuses_a_mark_of_six() -> None:
    duo = app.duo()
    row = Pulse(duo=duo, person=duo.mentee, side="mentee", number=1, asked_at=NOW, trust=6)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_branch_words_its_own_questions_and_gets_the_shipped_ones_back() -> None:
    branch = make.branch()
    chief = make.actor(Role.DIRECTOR, branch)
    own = ["One?", "Two?", "Three?"]
    ask = {"branch": branch, "month": 1, "language": "fr", "by": chief, "now": NOW}
    set_questions(questions=own, **ask)  # type: ignore[arg-type]  # plain keywords
    assert questions_for(branch, 1, "ar") == own  # its French, until it is translated
    with pytest.raises(ThreeQuestions):
        set_questions(questions=["One?", "", ""], **ask)  # type: ignore[arg-type]  # plain keywords
    set_questions(questions=["", "", ""], **ask)  # type: ignore[arg-type]  # plain keywords
    assert len(questions_for(branch, 1, "ar")) == 3
    assert questions_for(branch, 1, "ar") != questions_for(branch, 1, "es")


def test_nothing_happens_to_a_duo_that_has_not_begun_yet() -> None:
    duo = app.duo(started_on=TODAY + timedelta(days=20))
    tick_support(datetime(2026, 3, 3, 9, 0, tzinfo=UTC))
    assert not Pulse.everywhere.filter(duo=duo).exists()
    assert not Message.everywhere.filter(kind="checkin.asked").exists()
