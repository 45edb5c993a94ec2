"""Asking to join in public: one group a page, saved at each step, resumed elsewhere, sent once."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import applications as make_application
from tests.factories import people as make
from traboule.apps.applications.actions.applications import MINE_RIGHT, RESUME_RIGHT
from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.forms.applications import ESSENTIALS
from traboule.apps.applications.models import Application
from traboule.apps.branches.models import Branch
from traboule.apps.messages.models import Message
from traboule.apps.people.models import Consent, Person
from traboule.core.links import make_link

pytestmark = pytest.mark.django_db
START = "/apply/lyon/mentee/"
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}


@pytest.fixture
def visitor(lyon: Branch) -> Client:
    return Client(**ENGLISH)


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def fill(client: Client, *groups: str, start: str = START, **changes: dict[str, list[str]]) -> Any:
    response = None
    for group in groups:
        typed = make_application.answers(**changes)[group]
        response = client.post(f"{start}{group}/", {**typed, "act": "go"})
    return response


def english() -> Client:
    """Somebody who chose English on this browser."""
    client = Client()
    client.cookies["language"] = "en"
    return client


def link_to(right: str, row: Application) -> str:
    now = timezone.now()
    secret = make_link(
        right=right,
        subject_type="application",
        subject_id=row.pk,
        scope=row.branch_id,
        now=now,
        ends_at=now + timezone.timedelta(days=9),
    )
    return reverse("door", args=[secret])


def test_a_person_goes_from_the_first_page_to_thank_you_with_a_phone_alone(visitor: Client) -> None:
    assert f"{START}who/" in str(visitor.get(START).content)
    answer = fill(visitor, *ESSENTIALS)
    assert answer["Location"] == f"{START}check/"
    sent = visitor.post(f"{START}check/", follow=True)
    assert sent.redirect_chain == [(f"{START}thank-you/", 302)]
    assert "Thank you, Selam." in sent.content.decode()
    assert "You hear from us by" in sent.content.decode()
    assert Application.everywhere.get().state == ApplicationState.SENT
    assert Message.everywhere.get().address == "+33639981234"


def test_nothing_is_written_before_somebody_types(visitor: Client) -> None:
    visitor.get(START)
    visitor.get(f"{START}who/")
    assert not Application.everywhere.exists()


def test_each_page_says_how_far_it_is_and_one_may_go_back(visitor: Client) -> None:
    fill(visitor, "who")
    page = soup(visitor.get(f"{START}reach/"))
    assert "2 of 6" in page.get_text(" ")
    assert page.select_one(".crumb a")["href"] == f"{START}who/"


def test_an_error_stands_beside_its_field_and_in_the_summary_and_nothing_typed_is_lost(
    visitor: Client,
) -> None:
    answer = fill(visitor, "who", who={"birth_date": ["31/02/2003"], "last_name": [""]})
    page = soup(answer)
    assert answer.status_code == 422
    assert [link["href"] for link in page.select("#errors a")] == ["#id_last_name", "#id_birth_date"]
    assert page.select_one("#id_birth_date_error") is not None
    assert page.select_one("[name=first_name]")["value"] == "Selam"
    # Also what is wrong is saved: it is there on the next visit.
    assert soup(visitor.get(f"{START}who/")).select_one("[name=birth_date]")["value"] == "31/02/2003"


def test_an_unusual_age_is_said_kindly_and_the_way_stays_open(visitor: Client) -> None:
    assert fill(visitor, *ESSENTIALS, who={"birth_date": ["01/01/1975"]}).status_code == 302
    page = visitor.get(f"{START}check/").content.decode()
    assert "The programme is for people from 18 to 33." in page
    assert visitor.post(f"{START}check/").status_code == 302
    assert Application.everywhere.get().state == ApplicationState.SENT


def test_what_is_missing_is_named_before_sending(visitor: Client) -> None:
    fill(visitor, "who", "reach")
    answer = visitor.post(f"{START}check/")
    assert answer.status_code == 422
    missing = [link["href"] for link in soup(answer).select(".errors a")]
    assert missing == [f"{START}{group}/" for group in ("live", "work", "time", "agree")]


def test_pressing_send_twice_sends_once(visitor: Client) -> None:
    fill(visitor, *ESSENTIALS)
    answers = [visitor.post(f"{START}check/") for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [f"{START}thank-you/"] * 2
    assert Person.everywhere.count() == 1


def test_a_code_brings_the_answers_to_another_device(visitor: Client) -> None:
    fill(visitor, "who", "reach")
    shown = soup(visitor.post(f"{START}code/", {"act": "code"})).select_one(".code").get_text()
    other = Client(**ENGLISH)
    assert other.post("/apply/go-on/", {"code": "abcd-efgh"}).status_code == 422
    answer = other.post("/apply/go-on/", {"code": shown.upper().replace("-", " ")})
    assert answer["Location"] == f"{START}live/"
    assert soup(other.get(f"{START}who/")).select_one("[name=first_name]")["value"] == "Selam"


def test_two_devices_that_answer_different_pages_lose_nothing(visitor: Client) -> None:
    fill(visitor, "who")
    code = soup(visitor.post(f"{START}code/", {"act": "code"})).select_one(".code").get_text()
    other = Client(**ENGLISH)
    other.post("/apply/go-on/", {"code": code})
    fill(other, "work", "time")
    fill(visitor, "reach", "live", "agree")
    assert sorted(Application.everywhere.get().answers) == sorted(ESSENTIALS)


def test_a_link_goes_to_the_phone_that_was_typed_and_a_mail_scanner_changes_nothing(visitor: Client) -> None:
    fill(visitor, "who", "reach")
    visitor.post(f"{START}code/", {"act": "tell"})
    message = Message.everywhere.get()
    assert (message.kind, message.address) == ("application.resume", "+33639981234")
    path = "/l/" + message.body.rpartition("/l/")[2].split("/")[0] + "/"
    other = Client(**ENGLISH)
    assert other.get(path).status_code == 200
    assert "applying" not in other.session
    assert other.post(path)["Location"] == f"{START}live/"


def test_a_link_to_what_was_sent_already_is_over(lyon: Branch) -> None:
    path = link_to(RESUME_RIGHT, make_application.sent(lyon))
    assert Client().post(path).status_code == 410


def test_a_stranger_sees_no_draft_of_anybody(visitor: Client) -> None:
    fill(visitor, "who")
    assert soup(Client(**ENGLISH).get(f"{START}who/")).select_one("[name=first_name]").get("value") is None
    assert Client().get(f"{START}check/")["Location"] == START


def test_a_branch_that_closes_says_so_also_in_the_middle(visitor: Client) -> None:
    fill(visitor, "who")
    Branch.objects.update(is_active=False)
    assert visitor.get(START).status_code == 410
    assert visitor.post(f"{START}reach/", {}).status_code == 410


def test_there_is_no_third_side_no_other_branch_and_no_other_page(visitor: Client) -> None:
    for path in ("/apply/lyon/boss/", "/apply/nowhere/mentee/", f"{START}salary/"):
        assert visitor.get(path).status_code == 404


def test_the_rest_may_be_skipped_or_told(visitor: Client) -> None:
    fill(visitor, *ESSENTIALS)
    visitor.post(f"{START}more/", {"needs": ["cv"], "interests": "football, musique", "act": "go"})
    visitor.post(f"{START}check/")
    person = Person.everywhere.get()
    assert (person.mentee.needs, person.interests) == (["cv"], ["football", "musique"])


# --- the person's own page --------------------------------------------------------------------------------


def test_the_own_page_says_where_things_stand_and_never_a_state_of_the_team(lyon: Branch) -> None:
    row = make_application.sent(lyon)
    path = link_to(MINE_RIGHT, row)
    Application.everywhere.update(state=ApplicationState.REFUSED, decided_at=timezone.now())
    page = soup(english().get(path)).select_one("main").get_text(" ")
    assert "We have written to you." in page
    assert "refused" not in page


def test_a_late_answer_is_admitted(lyon: Branch) -> None:
    page = english().get(link_to(MINE_RIGHT, make_application.sent(lyon))).content.decode()
    assert "We are late with our news." in page


def test_a_consent_is_taken_back_as_easily_as_it_was_given(lyon: Branch) -> None:
    row = make_application.sent(lyon)
    path, client = link_to(MINE_RIGHT, row), english()
    client.post(path, {"purpose": "statistics"})
    assert list(Consent.everywhere.filter(withdrawn_at=None).values_list("purpose", flat=True)) == [
        "programme"
    ]
    client.post(path, {"purpose": "programme"})
    row.refresh_from_db()
    assert row.state == ApplicationState.WITHDRAWN


def test_stopping_asks_once_and_stops_once(lyon: Branch) -> None:
    row = make_application.sent(lyon)
    path, client = link_to(MINE_RIGHT, row), english()
    assert "Yes, I want to stop" in client.get(f"{path}?show=stop").content.decode()
    row.refresh_from_db()
    assert row.state == ApplicationState.SENT
    for _ in range(2):
        assert client.post(path, {"act": "stop"}, follow=True).status_code == 200
    row.refresh_from_db()
    assert row.state == ApplicationState.WITHDRAWN


def test_every_page_of_an_application_is_light_and_stored_nowhere(visitor: Client) -> None:
    fill(visitor, *ESSENTIALS)
    for group in ESSENTIALS:
        answer = visitor.get(f"{START}{group}/")
        assert len(answer.content) < 30_000, group
        assert "no-store" in answer["Cache-Control"]


def test_somebody_whom_nobody_invited_twice_is_not_blocked(lyon: Branch) -> None:
    make.mentee(lyon, first_name="Selam", last_name="Tesfay", phone="+33639981234")
    client = Client(**ENGLISH)
    fill(client, *ESSENTIALS)
    assert client.post(f"{START}check/").status_code == 302
    assert Person.everywhere.count() == 2
