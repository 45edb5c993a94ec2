"""Exchange of practice on pages: groups, a gathering, the two buttons by link and on my place."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import exchange
from tests.factories import pairing as pair
from tests.factories import people as make
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.messages.models import Message
from traboule.apps.people.actions.own import my_place_address
from traboule.apps.people.enums import Role
from traboule.apps.support.models import Gathering, GatheringInvitation, PeerGroup, PeerMember

pytestmark = pytest.mark.django_db
BUDGET = 15


def soon(days: float = 9) -> Any:
    return timezone.now() + timedelta(days=days)


def link_of(message: Message) -> str:
    secret = message.body.split("/l/")[1].split("/")[0]
    return f"/l/{secret}/"


def test_a_mentor_answers_by_the_link_and_may_change_their_mind(lyon: Branch, client: Client) -> None:
    by, anne = make.coordinator(lyon), make.mentor(lyon, contact_language="en", first_name="Anne")
    gathering = exchange.gathering(exchange.group(lyon, by, anne), by, starts_at=soon())
    where = link_of(Message.everywhere.get(kind="exchange.invited"))
    page = client.get(where).content.decode()
    assert "I come" in page
    assert "Anne" in page
    seat = exchange.invitation(gathering, anne)
    assert seat.answer == "waiting"
    client.post(where, {"answer": "yes"})
    seat.refresh_from_db()
    assert (seat.answer, seat.number) == ("comes", 1)
    client.post(where, {"answer": "no"})
    seat.refresh_from_db()
    assert (seat.answer, seat.number) == ("cannot", None)


def test_my_place_shows_the_next_gathering_and_takes_the_answer(lyon: Branch, client: Client) -> None:
    by, anne = make.coordinator(lyon), make.mentor(lyon, contact_language="en")
    pair.duo(make.mentee(lyon), anne, by)
    gathering = exchange.gathering(exchange.group(lyon, by, anne), by, starts_at=soon())
    where = "/" + my_place_address(person=anne, now=timezone.now()).split("/", 3)[3]
    page = client.get(where).content.decode()
    assert "Mentors meet" in page
    assert "You came to 0 of 2 meetings in this duo." in page
    seat = exchange.invitation(gathering, anne)
    client.post(where, {"act": "gathering_yes", "invitation": seat.pk})
    assert "You come" in client.get(where).content.decode()
    with CaptureQueriesContext(connection) as found:
        client.get(where)
    assert len(found) <= BUDGET


def test_the_team_forms_a_group_plans_and_notes_who_came(lyon: Branch, sign_in: SignIn) -> None:
    anne = make.mentor(lyon)
    client = sign_in(Role.COORDINATOR, lyon)
    leader = make.login(Role.COORDINATOR, lyon)
    client.post(reverse("exchange_group_new", args=["lyon"]), {"name": "Tuesday", "coordinator": leader.pk})
    group = PeerGroup.everywhere.get()
    members = reverse("exchange_group_members", args=["lyon", group.pk])
    client.post(members, {"person": anne.pk})
    plan = {
        "day": soon().date().isoformat(),
        "begins": "18:00",
        "ends": "20:00",
        "place": "Museum",
        "places": 12,
    }
    where = reverse("gathering_new", args=["lyon", group.pk])
    assert client.post(where, plan | {"ends": "17:00"}).status_code == 422
    client.post(where, plan)
    gathering = Gathering.everywhere.get()
    Gathering.everywhere.update(starts_at=soon(-1), ends_at=soon(-0.9))
    seat = exchange.invitation(gathering, anne)
    marks = reverse("gathering_attendance", args=["lyon", gathering.pk])
    client.post(marks, {f"mark-{seat.pk}": "came", f"seen-{seat.pk}": ""})
    assert GatheringInvitation.everywhere.get().presence == "came"
    conflict = client.post(marks, {f"mark-{seat.pk}": "missed", f"seen-{seat.pk}": ""})
    assert conflict.status_code == 409
    page = reverse("gathering", args=["lyon", gathering.pk])
    assert client.post(page, {"notes": "Listening helped."}).status_code == 302
    assert "Listening helped." in client.get(page).content.decode()
    client.post(members, {"drop": anne.pk})
    assert not PeerMember.everywhere.exists()


def test_notes_with_the_name_of_a_mentee_come_back_with_what_was_typed(lyon: Branch, sign_in: SignIn) -> None:
    by, anne = make.coordinator(lyon), make.mentor(lyon)
    pair.duo(make.mentee(lyon, first_name="Selam"), anne, by)
    gathering = exchange.gathering(exchange.group(lyon, by, anne), by, starts_at=soon())
    Gathering.everywhere.update(starts_at=soon(-1), ends_at=soon(-0.9))
    answer = sign_in(Role.COORDINATOR, lyon).post(
        reverse("gathering", args=["lyon", gathering.pk]), {"notes": "Selam has found work."}
    )
    assert answer.status_code == 422
    assert "Selam has found work." in answer.content.decode()


def test_lists_cost_as_many_queries_at_one_row_as_at_many(lyon: Branch, sign_in: SignIn) -> None:
    by = make.coordinator(lyon)
    group = exchange.group(lyon, by, make.mentor(lyon))
    gathering = exchange.gathering(group, by, starts_at=soon())
    client = sign_in(Role.COORDINATOR, lyon)
    names = {"exchange": [], "exchange_group": [group.pk], "gathering": [gathering.pk]}
    names["gathering_attendance"] = [gathering.pk]
    pages = [reverse(name, args=["lyon", *more]) for name, more in names.items()]

    def costs() -> list[int]:
        found = []
        for where in pages:
            with CaptureQueriesContext(connection) as seen:
                assert client.get(where).status_code == 200
            found.append(len(seen))
        return found

    costs()
    few = costs()
    for number in range(8):
        mentor = make.mentor(lyon)
        PeerMember.everywhere.create(group=group, person=mentor, since=timezone.now())
        GatheringInvitation.everywhere.create(gathering=gathering, person=mentor, invited_at=timezone.now())
        exchange.group(lyon, by, make.mentor(lyon), name=f"Group {number}")
        exchange.gathering(group, by, starts_at=soon(20 + number))
    assert costs() == few
    assert max(few) <= BUDGET
