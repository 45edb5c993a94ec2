"""Two years without contact: a notice that arrives, thirty days, then the erasure."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.apps.messages.conftest import Deliver
from tests.factories import people as make
from tests.factories.people import NOW
from traboule.apps.branches.models import Branch
from traboule.apps.messages.actions import retention
from traboule.apps.messages.actions.retention import Outbox, retention_tick
from traboule.apps.messages.enums import DeliveryState
from traboule.apps.messages.models import Beat, Message
from traboule.apps.people.enums import Channel, Role
from traboule.apps.people.models import Person
from traboule.apps.privacy.actions import run_retention, set_hold
from traboule.apps.privacy.models import ErasureEntry, RetentionNotice, RightsRequest
from traboule.apps.steps.actions import tick_step
from traboule.apps.steps.models import OpenStep
from traboule.core.actors import system
from traboule.core.audit import check_chain

pytestmark = pytest.mark.django_db
LONG_AGO = NOW - timedelta(days=731)


def day(number: int) -> datetime:
    return NOW + timedelta(days=number)


def gone_silent(lyon: Branch, **fields: Any) -> Person:
    fields = {"last_contact_at": LONG_AGO, "created_at": LONG_AGO - timedelta(days=9)} | fields
    return make.mentee(lyon, **fields)


def is_there(person: Person) -> bool:
    return Person.everywhere.filter(pk=person.pk).exists()


def test_day_729_hears_nothing_and_day_731_hears_once_in_their_language(
    lyon: Branch, deliver: Deliver
) -> None:
    gone_silent(lyon, last_contact_at=NOW - timedelta(days=729), email="kept@example.org")
    gone_silent(lyon, first_name="Selam", email="due@example.org", contact_language="en")
    for hours in (0, 1, 20):
        retention_tick(NOW + timedelta(hours=hours))
        deliver(NOW + timedelta(hours=hours))
    (letter,) = mail.outbox
    assert letter.to == ["due@example.org"]
    assert "two years" in letter.subject
    assert "/l/" in letter.body
    assert letter.body.startswith("Hello Selam")


def test_who_was_told_goes_after_thirty_days_and_not_a_day_before(lyon: Branch, deliver: Deliver) -> None:
    person = gone_silent(lyon)
    retention_tick(NOW)
    deliver(NOW)
    retention_tick(day(29))
    assert is_there(person)
    retention_tick(day(31))
    assert not is_there(person)
    retention_tick(day(32))
    assert ErasureEntry.everywhere.get().number == person.pk
    assert check_chain(lyon.pk) is None


def test_a_notice_that_was_never_sent_erases_nobody(lyon: Branch) -> None:
    person = gone_silent(lyon)
    for number in (0, 40, 400):
        retention_tick(day(number))
    assert is_there(person)
    assert Message.everywhere.get().state == DeliveryState.WAITING
    assert RetentionNotice.everywhere.get().told_at is None


@pytest.mark.parametrize("state", [DeliveryState.BOUNCED, DeliveryState.FAILED, DeliveryState.WITHHELD])
def test_a_notice_that_came_back_erases_nobody(lyon: Branch, deliver: Deliver, state: DeliveryState) -> None:
    person = gone_silent(lyon)
    retention_tick(NOW)
    deliver(NOW)
    retention_tick(day(1))
    assert RetentionNotice.everywhere.get().told_at is not None
    Message.everywhere.update(state=state)
    retention_tick(day(60))
    assert is_there(person)
    assert RetentionNotice.everywhere.get().told_at is None


def test_after_days_asleep_the_thirty_days_run_from_the_sending(lyon: Branch, deliver: Deliver) -> None:
    person = gone_silent(lyon)
    retention_tick(NOW)
    deliver(day(20))  # the post was down
    retention_tick(day(45))
    assert is_there(person)
    retention_tick(day(51))
    assert not is_there(person)


def test_a_call_counts_from_the_day_on_which_the_team_made_it(lyon: Branch, deliver: Deliver) -> None:
    person, by = gone_silent(lyon, channel=Channel.PHONE), make.coordinator(lyon)
    retention_tick(NOW)
    deliver(NOW)
    retention_tick(day(60))
    assert is_there(person)
    tick_step(step=OpenStep.everywhere.get(), by=by, now=day(61))
    retention_tick(day(80))
    assert is_there(person)
    retention_tick(day(92))
    assert not is_there(person)


def test_a_hold_an_open_request_and_a_word_of_the_person_stop_it(lyon: Branch, deliver: Deliver) -> None:
    held, asking, back = (gone_silent(lyon) for _ in range(3))
    retention_tick(NOW)
    deliver(NOW)
    set_hold(person=held, reason="A court asked.", until=day(90).date(), by=system("test"), now=NOW)
    RightsRequest.everywhere.create(
        branch=lyon, person=asking, kind="access", asked_by="phone", asked_at=NOW, due_on=day(30).date()
    )
    Person.everywhere.filter(pk=back.pk).update(last_contact_at=day(3))
    retention_tick(day(40))
    assert all(is_there(person) for person in (held, asking, back))


def test_a_run_that_is_killed_goes_on_and_tells_nobody_twice(
    lyon: Branch, monkeypatch: pytest.MonkeyPatch, deliver: Deliver
) -> None:
    people = [gone_silent(lyon) for _ in range(4)]
    told: list[int] = []

    class Dying(Outbox):
        def send(self, person: Person, **when: Any) -> None:
            super().send(person, **when)
            told.append(person.pk)
            if len(told) == 3:
                raise KeyboardInterrupt

    monkeypatch.setattr(retention, "Outbox", Dying)
    with pytest.raises(KeyboardInterrupt):
        retention_tick(NOW)
    assert Message.everywhere.count() == RetentionNotice.everywhere.count() == 2
    assert not Beat.objects.filter(name=retention.RUN).exists()
    retention_tick(NOW + timedelta(minutes=5))
    assert sorted(Message.everywhere.values_list("person", flat=True)) == [one.pk for one in people]


def test_a_second_run_at_the_same_moment_writes_nothing_more(lyon: Branch) -> None:
    gone_silent(lyon)
    counts = [run_retention(branch=lyon, post=Outbox(), by=system("test"), now=NOW) for _ in range(2)]
    assert counts == [(1, 0), (0, 0)]
    retention_tick(NOW)
    assert Message.everywhere.count() == 1


@pytest.fixture
def notice(lyon: Branch, deliver: Deliver) -> tuple[Person, str]:
    now = timezone.now()
    person = gone_silent(lyon, last_contact_at=now - timedelta(days=731), contact_language="en")
    retention_tick(now)
    found = re.search(r"/l/\w+/", Message.everywhere.get().body)
    assert found is not None
    return person, found[0]


def test_the_link_keeps_whoever_presses_and_nobody_who_only_opens(notice: tuple[Person, str]) -> None:
    person, address = notice
    before = person.last_contact_at
    page = Client().get(address)
    assert page.status_code == 200
    assert "Keep my data" in page.content.decode()
    person.refresh_from_db()
    assert person.last_contact_at == before
    answer = Client().post(address, {"act": "keep"}, follow=True).content.decode()
    assert "You stay" in answer
    person.refresh_from_db()
    assert timezone.now() - person.last_contact_at < timedelta(minutes=5)
    assert not RetentionNotice.everywhere.exists()
    Client().post(address, {"act": "keep"})
    retention_tick(timezone.now() + timedelta(days=60))
    assert is_there(person)


def test_the_link_asks_for_a_copy_once(notice: tuple[Person, str]) -> None:
    person, address = notice
    for _ in range(2):
        answer = Client().post(address, {"act": "copy"}, follow=True).content.decode()
    assert "Nothing is erased before we have answered." in answer
    assert RightsRequest.everywhere.get().person == person
    Client().post(address, {"act": "nonsense"})
    assert RightsRequest.everywhere.count() == 1


def test_the_link_of_somebody_erased_opens_nothing(notice: tuple[Person, str], deliver: Deliver) -> None:
    person, address = notice
    deliver(timezone.now())
    retention_tick(timezone.now() + timedelta(days=40))
    retention_tick(timezone.now() + timedelta(days=45))
    assert not is_there(person)
    assert Client().get(address).status_code == 404


def test_the_page_of_the_team_says_how_far_each_notice_has_come(
    lyon: Branch, client: Client, deliver: Deliver, settings: Any
) -> None:
    settings.TRABOULE_STAFF_SECOND_FACTOR = False
    now = timezone.now()
    overdue = {"last_contact_at": now - timedelta(days=731)}
    sent = gone_silent(lyon, first_name="Sent", **overdue)
    retention_tick(now)
    deliver(now)
    gone_silent(lyon, first_name="Lost", email="", phone="", **overdue)
    gone_silent(lyon, first_name="Called", channel=Channel.PHONE, **overdue)
    retention_tick(now + timedelta(days=1))
    deliver(now + timedelta(days=1))
    client.force_login(make.login(Role.DPO, lyon))
    page = client.get(reverse("retention", args=["lyon"]), headers={"accept-language": "en"}).content.decode()
    for words in ("the message did not arrive", "the team tells them"):
        assert words in page
    assert RetentionNotice.everywhere.get(person=sent).told_at is not None
