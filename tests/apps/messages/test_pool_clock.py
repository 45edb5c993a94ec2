"""Whoever waits knows when they hear from us next, and then they do."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.apps.messages.conftest import Deliver
from tests.factories import pairing as pair
from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.messages import actions
from traboule.apps.messages.enums import DeliveryState, MessageStep
from traboule.apps.messages.models import Message, NextNews
from traboule.apps.messages.queries.news import who_waits
from traboule.apps.people.enums import MenteeState, MentorState
from traboule.apps.people.models import MenteeProfile, MentorProfile
from traboule.apps.steps.models import OpenStep
from traboule.core.actors import Actor
from traboule.core.days import local_day

pytestmark = pytest.mark.django_db


def kinds_told(person: Any) -> list[str]:
    return list(Message.everywhere.filter(person=person).order_by("pk").values_list("kind", flat=True))


def test_somebody_new_in_the_pool_hears_at_once_when_the_next_news_comes(lyon: Branch) -> None:
    selam = make.mentee(lyon, waiting_since=TODAY, can_wait_until=date(2026, 9, 1), contact_language="en")
    actions.pool_tick(NOW)
    promised = NextNews.everywhere.get(person=selam).next_on
    assert promised == TODAY + timedelta(days=7)
    assert kinds_told(selam) == ["pool.entered"]
    assert "Monday 9 March" in Message.everywhere.get().body


def test_people_who_have_waited_for_long_get_a_date_and_no_flood_of_mails(lyon: Branch) -> None:
    selam = make.mentee(lyon, waiting_since=date(2026, 1, 5), can_wait_until=date(2026, 9, 1))
    actions.pool_tick(NOW)
    assert NextNews.everywhere.get(person=selam).next_on > TODAY
    assert kinds_told(selam) == []


def test_the_news_comes_on_the_day_once_however_often_the_worker_looks(
    lyon: Branch, deliver: Deliver
) -> None:
    selam = make.mentee(lyon, can_wait_until=date(2026, 9, 1))
    actions.pool_tick(NOW)
    day = NextNews.everywhere.get(person=selam).next_on
    noon = NOW + timedelta(days=(day - TODAY).days, hours=3)
    for minutes in (0, 5, 10):
        actions.pool_tick(noon + timedelta(minutes=minutes))
    assert kinds_told(selam) == ["pool.news"]
    assert NextNews.everywhere.get(person=selam).next_on > day


def test_news_that_the_worker_overslept_is_sent_once_and_names_a_day_to_come(
    lyon: Branch, deliver: Deliver
) -> None:
    selam = make.mentee(lyon, can_wait_until=date(2026, 9, 1))
    NextNews.everywhere.create(person=selam, next_on=TODAY - timedelta(days=3))
    actions.pool_tick(NOW)
    deliver(NOW)
    (told,) = Message.everywhere.filter(person=selam)
    assert told.state == DeliveryState.SENT
    assert NextNews.everywhere.get(person=selam).next_on > TODAY


def test_a_day_before_real_news_the_coordinator_is_asked_to_decide(lyon: Branch, coordinator: Actor) -> None:
    selam, anne = make.mentee(lyon), make.mentor(lyon)
    pair.proposal(selam, anne, coordinator)
    NextNews.everywhere.create(person=selam, next_on=TODAY + timedelta(days=1), asked_on=TODAY)
    actions.pool_tick(NOW)
    step = OpenStep.everywhere.get(person=selam)
    assert (step.kind, step.due_on, step.closed_at) == (MessageStep.NEWS_DUE, TODAY + timedelta(days=1), None)
    actions.pool_tick(NOW + timedelta(days=1))
    assert kinds_told(selam) == ["pool.news_open"]
    step.refresh_from_db()
    assert step.closed_at is not None
    MenteeProfile.everywhere.filter(person=selam).update(state=MenteeState.MATCHED)
    actions.pool_tick(NOW + timedelta(days=1))
    assert not NextNews.everywhere.filter(person=selam).exists()


def test_a_mentor_with_a_duo_does_not_wait(lyon: Branch, coordinator: Actor) -> None:
    busy, free = make.mentor(lyon), make.mentor(lyon)
    pair.duo(make.mentee(lyon), busy, coordinator)
    assert [one.person for one in who_waits(lyon) if one.person in (busy, free)] == [free]


def test_until_when_can_you_wait_is_asked_by_link_and_asked_again_near_the_end(lyon: Branch) -> None:
    selam = make.mentee(lyon, contact_language="en")
    actions.pool_tick(NOW)
    actions.pool_tick(NOW + timedelta(hours=1))
    assert kinds_told(selam).count("pool.how_long") == 1
    assert "/l/" in Message.everywhere.get(kind="pool.how_long").body
    actions.say_how_long(person=selam, until=TODAY + timedelta(days=40), by=make.coordinator(lyon), now=NOW)
    actions.pool_tick(NOW + timedelta(days=30))
    assert kinds_told(selam).count("pool.how_long") == 1
    actions.pool_tick(NOW + timedelta(days=34))
    assert kinds_told(selam).count("pool.how_long") == 2


def test_a_mentor_who_waits_is_asked_as_a_mentee_is(lyon: Branch) -> None:
    anne = make.mentor(lyon, contact_language="en")
    actions.pool_tick(NOW)
    actions.pool_tick(NOW + timedelta(hours=1))
    assert kinds_told(anne).count("pool.how_long_mentor") == 1
    assert "/l/" in Message.everywhere.get(kind="pool.how_long_mentor").body
    until = TODAY + timedelta(days=40)
    actions.say_how_long(person=anne, until=until, by=make.coordinator(lyon), now=NOW)
    assert MentorProfile.everywhere.get(person=anne).can_wait_until == until
    actions.pool_tick(NOW + timedelta(days=30))
    assert kinds_told(anne).count("pool.how_long_mentor") == 1
    actions.pool_tick(NOW + timedelta(days=34))
    assert kinds_told(anne).count("pool.how_long_mentor") == 2


def test_whoever_does_not_wait_is_not_asked_how_long(lyon: Branch, coordinator: Actor) -> None:
    in_a_duo, resting = make.mentor(lyon), make.mentor(lyon, state=MentorState.PAUSED)
    pair.duo(make.mentee(lyon), in_a_duo, coordinator)
    actions.pool_tick(NOW)
    for person in (in_a_duo, resting):
        assert kinds_told(person) == []
        with pytest.raises(actions.NotWaiting):
            actions.say_how_long(person=person, until=TODAY, by=make.coordinator(lyon), now=NOW)


def test_in_the_night_of_a_clock_change_the_day_is_that_of_the_branch(lyon: Branch) -> None:
    selam = make.mentee(lyon, can_wait_until=date(2026, 9, 1))
    NextNews.everywhere.create(person=selam, next_on=date(2026, 3, 30))
    actions.pool_tick(datetime.fromisoformat("2026-03-29T21:59+00:00"))  # 23:59 in Lyon, summer time
    assert kinds_told(selam) == []
    actions.pool_tick(datetime.fromisoformat("2026-03-29T22:01+00:00"))
    (told,) = Message.everywhere.filter(person=selam)
    assert told.due_at == datetime.fromisoformat("2026-03-30T07:30+00:00")  # 9:30 in Lyon


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 70)), min_size=1, max_size=6), st.data())
def test_after_a_tick_nobody_waits_without_a_date_to_come(
    lyon: Branch, moves: list[tuple[int, int]], data: st.DataObject
) -> None:
    """Whatever enters, leaves and pauses between the ticks, and however long the worker sleeps."""
    people = [make.mentee(lyon, waiting_since=TODAY - timedelta(days=n * 9)) for n in range(4)]
    people += [make.mentor(lyon) for _ in range(3)]
    now = NOW
    for who, hours in moves:
        person = people[who % len(people)]
        rows = MenteeProfile if hasattr(person, "mentee") else MentorProfile
        out, back = (
            (MenteeState.PAUSED, MenteeState.POOL)
            if rows is MenteeProfile
            else (MentorState.PAUSED, MentorState.POOL)
        )
        rows.everywhere.filter(person=person).update(state=data.draw(st.sampled_from([out, back])))
        now += timedelta(hours=hours)
        actions.pool_tick(now)
        today = local_day(now, lyon.timezone)
        waiting = {one.person.pk for one in who_waits(lyon)}
        dates = dict(NextNews.everywhere.filter(person__branch=lyon).values_list("person_id", "next_on"))
        assert set(dates) == waiting
        assert all(day > today for day in dates.values())
