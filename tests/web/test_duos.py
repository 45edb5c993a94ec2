"""The list of duos and the page of one."""

import re
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import pairing as pair
from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.duos.actions import close_duo, pause_duo
from traboule.apps.duos.enums import CloseReason
from traboule.apps.duos.models import Duo
from traboule.apps.people.enums import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
LIST = "/b/lyon/duos/"


@pytest.fixture
def frozen() -> object:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def started(lyon: Branch, weeks_ago: int = 0, **names: str) -> Duo:
    duo = pair.duo(make.mentee(lyon, **names), make.mentor(lyon), make.coordinator(lyon, name="Simon F"))
    day = TODAY - timedelta(weeks=weeks_ago)
    Duo.everywhere.filter(pk=duo.pk).update(started_on=day, ends_on=day + timedelta(weeks=26, days=-1))
    duo.refresh_from_db()
    return duo


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", BeautifulSoup(response.content, "html.parser").get_text(" "))


def test_the_list_shows_the_week_of_each_duo_in_words_and_as_a_strip(lyon: Branch, sign_in: SignIn) -> None:
    started(lyon, weeks_ago=4, first_name="Selam", last_name="T")
    client = sign_in(at=lyon)

    found = words(client, LIST)

    assert "1 active duo, 0 paused, 0 closed." in found
    assert "Week 5 of 26" in found
    picture = BeautifulSoup(client.get(LIST).content, "html.parser").select_one("main svg.strip")
    assert picture is not None
    assert picture["aria-label"] == "Week 5 of 26"
    assert len(picture.select("rect:not(.now)")) == 26


def test_the_list_can_be_filtered_by_state_and_name(lyon: Branch, sign_in: SignIn) -> None:
    started(lyon, first_name="Selam", last_name="T")
    client = sign_in(at=lyon)

    assert "Selam T" in words(client, f"{LIST}?text=selam&state=active")
    assert "No duo here." in words(client, f"{LIST}?state=closed")
    assert "No duo here." in words(client, f"{LIST}?text=nobody")
    fragment = client.get(LIST, headers={"HX-Request": "true", "HX-Target": "rows"})
    assert b"<html" not in fragment.content


def test_the_page_says_who_decided_and_why(lyon: Branch, sign_in: SignIn) -> None:
    duo = started(lyon, weeks_ago=1)

    found = words(sign_in(at=lyon), f"{LIST}{duo.pk}/")

    assert pair.REASON in found
    assert "Simon F, Monday 2 March, 10:00" in found
    assert "Week 2 of 26" in found


def test_a_paused_and_a_closed_duo_say_so(lyon: Branch, sign_in: SignIn) -> None:
    paused, closed = started(lyon, weeks_ago=6), started(lyon, weeks_ago=20)
    by = make.coordinator(lyon)
    pause_duo(duo=paused, paused_on=TODAY - timedelta(days=8), by=by, now=NOW)
    close_duo(duo=closed, reason=CloseReason.FOUND_WORK, closed_on=TODAY, by=by, now=NOW)
    client = sign_in(at=lyon)

    assert "Paused since" in words(client, f"{LIST}{paused.pk}/")
    assert "Closed on Monday 2 March: Found a job, an internship or a training" in words(
        client, f"{LIST}{closed.pk}/"
    )
    assert "0 active duos, 1 paused, 1 closed." in words(client, LIST)


def test_the_page_tells_the_story_from_the_proposal_to_the_planned_end(lyon: Branch, sign_in: SignIn) -> None:
    duo = started(lyon)
    page = BeautifulSoup(sign_in(at=lyon).get(f"{LIST}{duo.pk}/").content, "html.parser")

    assert [event.get_text() for event in page.select(".timeline strong")] == [
        "Proposed",
        "Somebody was told",
        "The mentee said yes",
        "The mentor said yes",
        "The duo begins",
        "Planned end",
    ]


def test_the_list_costs_the_same_at_one_and_at_many(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(at=lyon)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(LIST)
        return len(caught)

    started(lyon)
    queries()
    few = queries()
    for _ in range(8):
        started(lyon)

    assert queries() == few
    assert few <= 15


def test_the_export_lists_every_duo(lyon: Branch, sign_in: SignIn) -> None:
    started(lyon, first_name="Selam", last_name="T")

    response = sign_in(at=lyon).get(f"{LIST}export.csv")

    assert "Selam T" in response.content.decode("utf-8-sig")
    assert response.headers["Content-Disposition"] == 'attachment; filename="duos-lyon-2026-03-02.csv"'


def test_a_duo_of_another_branch_does_not_exist(lyon: Branch, sign_in: SignIn) -> None:
    duo = started(lyon)
    paris = make.branch(slug="paris")

    assert sign_in(at=paris).get(f"{LIST}{duo.pk}/").status_code == 404
    assert sign_in(at=paris).get(f"/b/paris/duos/{duo.pk}/").status_code == 404
    assert sign_in(Role.DPO, at=lyon).get(f"{LIST}{duo.pk}/").status_code == 403
