"""The day that a page promises: on it people hear what happens now, and when they hear again."""

from datetime import date, datetime, timedelta

import pytest

from tests.factories import judging as app
from tests.factories import people as make
from tests.factories import training as train
from tests.factories.people import NOW, TODAY
from traboule.apps.applications.actions import decisions
from traboule.apps.applications.actions.news_ticks import tick_news
from traboule.apps.applications.enums_judging import Outcome, Reason
from traboule.apps.applications.models import Application
from traboule.apps.applications.queries.standing import next_news_on, promised_to
from traboule.apps.branches.models import Branch
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Side

pytestmark = pytest.mark.django_db


@pytest.fixture
def lyon() -> Branch:
    return make.branch(name="Lyon")


def noon(day: date) -> datetime:
    return NOW + timedelta(days=(day - TODAY).days, hours=3)


def told(of: Application) -> list[Message]:
    return list(Message.everywhere.filter(kind="application.news", person=of.person).order_by("pk"))


@pytest.mark.parametrize("state", ["sent", "talk_planned", "talk_held"])
def test_on_the_promised_day_the_person_hears_once_and_gets_the_next_day(lyon: Branch, state: str) -> None:
    of = app.application(lyon, state=state)
    assert of.person_id is not None
    day = promised_to(of.person_id)
    assert day is not None
    tick_news(noon(day - timedelta(days=1)))
    assert told(of) == []
    for minutes in (0, 5):
        tick_news(noon(day) + timedelta(minutes=minutes))
    (message,) = told(of)
    assert message.not_after is not None
    assert promised_to(of.person_id) == day + timedelta(days=7)
    tick_news(noon(day + timedelta(days=7)))
    assert len(told(of)) == 2


def test_days_that_the_clock_slept_through_are_said_once_with_a_day_to_come(lyon: Branch) -> None:
    of = app.application(lyon)
    day = promised_to(of.person_id or 0)
    assert day is not None
    late = day + timedelta(days=16)
    tick_news(noon(late))
    assert len(told(of)) == 1
    assert promised_to(of.person_id or 0) == day + timedelta(days=21)


def test_who_is_put_off_hears_on_the_day_that_the_letter_named(lyon: Branch) -> None:
    of = app.application(lyon, state="talk_held")
    until = TODAY + timedelta(days=45)
    decisions.decide(
        application=of,
        outcome=Outcome.DEFERRED,
        reason=Reason.NO_PLACE,
        until=until,
        by=make.coordinator(lyon),
        now=NOW,
    )
    of.refresh_from_db()
    assert (next_news_on(of), promised_to(of.person_id or 0)) == (until, until)
    tick_news(noon(until))
    assert len(told(of)) == 1


def test_an_accepted_mentor_in_training_is_not_left_in_silence(lyon: Branch) -> None:
    person = train.candidate(lyon)
    of = Application.everywhere.filter(person=person).first() or app.application(
        lyon, Side.MENTOR, state="accepted", person=person
    )
    Application.everywhere.filter(pk=of.pk).update(state="accepted", moved_at=NOW)
    day = promised_to(person.pk)
    assert day == TODAY + timedelta(days=28)
    tick_news(noon(day))
    assert len(told(of)) == 1


def test_a_move_makes_a_new_promise(lyon: Branch) -> None:
    of = app.application(lyon)
    day = promised_to(of.person_id or 0)
    assert day is not None
    tick_news(noon(day))
    Application.everywhere.filter(pk=of.pk).update(state="talk_held", moved_at=noon(day))
    assert promised_to(of.person_id or 0) != day + timedelta(days=14)
    tick_news(noon(day) + timedelta(hours=1))
    assert len(told(of)) == 1
