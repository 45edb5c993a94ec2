"""The pages of other dates for a talk: the team offers, the person chooses with a press."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import judging as make_judging
from tests.factories import people as make
from tests.web.conftest import SignIn
from traboule.apps.applications.actions import talk_slots, talks
from traboule.apps.applications.models import Talk, TalkSlot
from traboule.apps.branches.models import Branch
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Login
from traboule.core.actors import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


def soon(days: int) -> datetime:
    return timezone.now().replace(microsecond=0, second=0) + timedelta(days=days)


def planned(lyon: Branch, by: Actor, starts_at: datetime) -> Talk:
    of = make_judging.application(lyon)
    of.person.contact_language = "en"
    of.person.save()
    return talks.plan_talk(
        application=of, starts_at=starts_at, host=Login.objects.get(pk=by.id), where="Here", by=by,
        now=timezone.now(),
    )  # fmt: skip


def link_of(talk: Talk) -> str:
    found = re.search(r"/l/\w+/", Message.everywhere.filter(person=talk.application.person).latest("pk").body)
    assert found is not None
    return found[0]


def typed(*lines: datetime) -> dict[str, str]:
    said = {}
    for number, at in enumerate(lines, 1):
        said |= {f"slot-day_{number}": f"{at:%Y-%m-%d}", f"slot-hour_{number}": f"{at:%H:%M}"}
    return said


def test_the_team_offers_dates_and_reads_them_on_the_page_of_the_talk(lyon: Branch, sign_in: SignIn) -> None:
    talk = planned(lyon, make.coordinator(lyon), soon(2))
    client = sign_in(Role.COORDINATOR, at=lyon)
    page = reverse("talk_slots", args=["lyon", talk.pk])
    assert client.get(page).status_code == 200
    answer = client.post(page, typed(soon(3), soon(4)), follow=True).content.decode()
    assert TalkSlot.everywhere.filter(talk=talk).count() == 2
    assert "Other dates offered" in answer
    assert f"{soon(3):%Y-%m-%d}" in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ({"slot-day_1": "2099-01-01"}, "Day and time belong together."),
        ({}, "Between two and five different dates."),
        ({"slot-day_1": "31/02/2099", "slot-hour_1": "10:00"}, "id_slot-day_1"),
        (typed(datetime(2001, 1, 1, 9), datetime(2099, 1, 1, 9)), "One of these dates is over."),
    ],
)
def test_dates_that_do_not_fit_are_said_beside_the_field_and_nothing_is_lost(
    lyon: Branch, sign_in: SignIn, lines: dict[str, str], words: str
) -> None:
    talk = planned(lyon, make.coordinator(lyon), soon(2))
    answer = sign_in(Role.COORDINATOR, at=lyon).post(reverse("talk_slots", args=["lyon", talk.pk]), lines)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not TalkSlot.everywhere.exists()


def test_a_talk_is_planned_with_other_dates_in_one_go_or_not_at_all(lyon: Branch, sign_in: SignIn) -> None:
    of = make_judging.application(lyon)
    client = sign_in(Role.COORDINATOR, at=lyon)
    host = Login.objects.get(grants__role=Role.COORDINATOR)
    plan: dict[str, Any] = {"day": f"{soon(2):%Y-%m-%d}", "hour": "10:00", "minutes": 45, "way": "place"}
    plan |= {"where": "Here", "host": host.pk, "second": ""}
    page = reverse("talk_plan", args=["lyon", of.pk])
    assert client.post(page, plan | typed(soon(3))).status_code == 422
    assert not Talk.everywhere.exists()
    client.post(page, plan | typed(soon(3), soon(4)))
    assert Talk.everywhere.get().slots.count() == 2


def test_the_person_chooses_a_date_by_a_press_and_opening_changes_nothing(lyon: Branch) -> None:
    by = make.coordinator(lyon)
    talk = planned(lyon, by, soon(2))
    (slot, _other) = talk_slots.offer_slots(talk=talk, starts=[soon(3), soon(4)], by=by, now=timezone.now())
    address = link_of(talk)
    page = Client().get(address).content.decode()
    assert f'name="slot" value="{slot.pk}"' in page
    assert TalkSlot.everywhere.filter(taken_at=None).count() == 2
    answer = Client().post(address, {"slot": slot.pk}).content.decode()
    assert "That is our new date." in answer
    talk.refresh_from_db()
    assert talk.starts_at == slot.starts_at


def test_who_comes_second_reads_it_kindly_and_keeps_the_old_date(lyon: Branch) -> None:
    by = make.coordinator(lyon)
    first, second = planned(lyon, by, soon(1)), planned(lyon, by, soon(2))
    one, both = [soon(3), soon(4)], []
    for talk in (first, second):
        both.append(talk_slots.offer_slots(talk=talk, starts=one, by=by, now=timezone.now())[0])
    talk_slots.take_slot(talk=first, slot_id=both[0].pk, by=by, now=timezone.now())
    answer = Client().post(link_of(second), {"slot": both[1].pk})
    assert answer.status_code == 409
    assert "Somebody was a moment faster." in answer.content.decode()
    second.refresh_from_db()
    assert second.moves == 0


def test_without_dates_the_wish_stays_and_a_strange_slot_harms_nobody(lyon: Branch) -> None:
    talk = planned(lyon, make.coordinator(lyon), soon(2))
    address = link_of(talk)
    assert "Choose another date" not in Client().get(address).content.decode()
    assert Client().post(address, {"slot": "99999"}).status_code == 409
    assert Client().post(address, {"slot": "x", "wish": "Tuesdays"}).status_code == 200
    talk.refresh_from_db()
    assert talk.wish == "Tuesdays"
