"""A half-day that changes, and the reminder two days before."""

from datetime import timedelta

import pytest

from tests.factories import people as make
from tests.factories import training as train
from tests.factories.people import NOW
from traboule.apps.branches.models import Branch
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Person
from traboule.apps.training.actions.changing import SeatsInUse, change_session, remind_of_half_days
from traboule.apps.training.actions.sessions import SessionOver, cancel_session
from traboule.apps.training.actions.trainers import add_trainer
from traboule.apps.training.enums import Presence
from traboule.core.actors import Actor, system
from traboule.core.permissions import NotAllowed

pytestmark = pytest.mark.django_db
CLOCK = system("clock")
IN_NINE_DAYS = NOW + timedelta(days=9)


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


@pytest.fixture
def claire(lyon: Branch) -> Actor:
    return make.coordinator(lyon)


@pytest.fixture
def anne(lyon: Branch) -> Person:
    return train.candidate(lyon, first_name="Anne", contact_language="en")


def told(person: Person, kind: str) -> list[str]:
    return list(
        Message.everywhere.filter(person=person, kind=kind).order_by("pk").values_list("body", flat=True)
    )


def test_who_has_a_seat_hears_of_another_place_and_of_each_change_once(
    lyon: Branch, claire: Actor, anne: Person
) -> None:
    session = train.sitting(lyon, starts_at=IN_NINE_DAYS)
    train.seat(session, anne, Presence.PLANNED)
    for place in ("The town hall", "The town hall", "The museum"):
        change_session(session=session, fields={"place": place}, by=claire, now=NOW)
    said = told(anne, "training.changed")
    assert ["The town hall" in said[0], "The museum" in said[1], len(said)] == [True, True, 2]
    session.refresh_from_db()
    assert session.sequence == 2


def test_another_trainer_or_title_is_no_news(lyon: Branch, claire: Actor, anne: Person) -> None:
    session = train.sitting(lyon, starts_at=IN_NINE_DAYS)
    train.seat(session, anne, Presence.PLANNED)
    change_session(session=session, fields={"trainer": "Paul", "title": "Work"}, by=claire, now=NOW)
    assert told(anne, "training.changed") == []


def test_what_has_begun_stays_and_no_seat_disappears_under_somebody(
    lyon: Branch, claire: Actor, anne: Person
) -> None:
    session = train.sitting(lyon, starts_at=IN_NINE_DAYS)
    train.seat(session, make.mentor(lyon), Presence.PLANNED)
    train.seat(session, anne, Presence.PLANNED)
    with pytest.raises(SeatsInUse):
        change_session(session=session, fields={"seats": 1}, by=claire, now=NOW)
    with pytest.raises(SessionOver):
        change_session(session=session, fields={"seats": 9}, by=claire, now=IN_NINE_DAYS)
    with pytest.raises(NotAllowed):
        change_session(session=session, fields={"seats": 9}, by=make.actor(Role.FUNDER, lyon), now=NOW)


def test_a_reminder_goes_out_two_days_before_once_and_again_for_another_date(
    lyon: Branch, claire: Actor, anne: Person
) -> None:
    session = train.sitting(lyon, starts_at=IN_NINE_DAYS)
    train.seat(session, anne, Presence.PLANNED)
    days = {day: remind_of_half_days(by=CLOCK, now=NOW + timedelta(days=day)) for day in (6, 7, 8, 9)}
    assert days == {6: 0, 7: 1, 8: 1, 9: 0}
    assert len(told(anne, "training.reminder")) == 1
    later = {
        "starts_at": IN_NINE_DAYS + timedelta(days=5),
        "ends_at": IN_NINE_DAYS + timedelta(days=5, hours=3),
    }
    change_session(session=session, fields=later, by=claire, now=NOW + timedelta(days=8))
    remind_of_half_days(by=CLOCK, now=NOW + timedelta(days=13))
    assert len(told(anne, "training.reminder")) == 2


def test_who_leads_it_hears_of_another_time_in_their_language_and_of_a_cancellation_once(
    lyon: Branch, claire: Actor, anne: Person
) -> None:
    led_by = add_trainer(branch=lyon, by=claire, now=NOW, person=anne)
    session = train.sitting(lyon, starts_at=IN_NINE_DAYS, led_by=led_by)
    later = {"starts_at": IN_NINE_DAYS + timedelta(hours=1), "ends_at": IN_NINE_DAYS + timedelta(hours=4)}
    for _twice in range(2):
        change_session(session=session, fields=later, by=claire, now=NOW)
    (changed,) = told(anne, "training.led_changed")
    assert ["Hello Anne" in changed, "you lead" in changed, "La Duchère" in changed] == [True] * 3
    change_session(session=session, fields={"title": "Work"}, by=claire, now=NOW)
    assert len(told(anne, "training.led_changed")) == 1
    for _twice in range(2):
        cancel_session(session=session, by=claire, now=NOW)
    (cancelled,) = told(anne, "training.led_cancelled")
    assert "Work" in cancelled
    assert told(anne, "training.changed") == told(anne, "training.cancelled") == []


def test_a_trainer_from_outside_is_written_to_and_one_without_address_is_not(
    lyon: Branch, claire: Actor
) -> None:
    for name, email in (("Odile Garnier", "odile@example.org"), ("Paul Petit", "")):
        led_by = add_trainer(branch=lyon, by=claire, now=NOW, name=name, email=email, language="nl")
        session = train.sitting(lyon, starts_at=IN_NINE_DAYS, led_by=led_by)
        cancel_session(session=session, by=claire, now=NOW)
    (message,) = Message.everywhere.filter(kind="training.led_cancelled")
    assert (message.address, message.language) == ("odile@example.org", "nl")
    assert "Odile" in message.body
