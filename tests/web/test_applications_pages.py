"""The team's pages of applications: the list, one application, the desk, and drafts that survive."""

import time
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.factories import applications as make_application
from tests.factories import people as make
from tests.web.conftest import SignIn
from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.models import Application
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Login, Note, Person
from traboule.core.models import Draft

pytestmark = pytest.mark.django_db


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def names(response: Any) -> list[str]:
    return [cell.get_text() for cell in soup(response).select("table.applications tbody th a")]


@pytest.fixture
def coordinator(lyon: Branch, sign_in: SignIn) -> Client:
    return sign_in(at=lyon, name="Simon Meyer")


def test_the_list_names_state_wait_and_next_act(lyon: Branch, coordinator: Client) -> None:
    make_application.sent(lyon)
    make_application.draft(lyon, who={"first_name": ["Karim"]})
    page = coordinator.get("/b/lyon/applications/")
    assert names(page) == ["Selam Tesfay"]
    assert "Make an appointment for a talk" in soup(page).select_one("table.applications").get_text()
    assert "was promised by" in soup(page).select_one("table.applications").get_text()
    assert names(coordinator.get("/b/lyon/applications/?state=draft")) == ["Karim Tesfay"]
    assert names(coordinator.get("/b/lyon/applications/?state=nonsense")) == ["Selam Tesfay"]
    part = coordinator.get("/b/lyon/applications/", headers={"HX-Request": "true"})
    assert soup(part).select("html, form") == []


def test_the_page_shows_path_answers_and_what_the_person_reads(lyon: Branch, coordinator: Client) -> None:
    row = make_application.sent(lyon, who={"birth_date": ["01/01/1975"]})
    page = soup(coordinator.get(f"/b/lyon/applications/{row.pk}/"))
    assert page.select_one(".path [aria-current]").get_text(strip=True) == "Talk planned"
    text = page.select_one("main").get_text(" ")
    assert "cuisinier" in text
    assert "We have your application." in text
    assert "The programme is for people from 18 to 33." in text


def test_each_panel_offers_its_act_and_the_next_one_stands_out(lyon: Branch, coordinator: Client) -> None:
    row = make_application.sent(lyon)
    page = soup(coordinator.get(f"/b/lyon/applications/{row.pk}/"))
    assert page.select_one("#talk a.primary")["href"] == reverse("talk_plan", args=["lyon", row.pk])
    assert page.select_one("#decision a.secondary")["href"] == reverse("decision", args=["lyon", row.pk])
    assert "The talk has not been held yet." in page.select_one("#decision").get_text()
    person = soup(coordinator.get(f"/b/lyon/people/{row.person_id}/"))
    assert person.select(f'a[href="/b/lyon/applications/{row.pk}/"]')


def test_the_pages_around_arrivals_share_their_tabs(lyon: Branch, coordinator: Client) -> None:
    for where in ("applications", "sessions", "talks", "funnel"):
        page = soup(coordinator.get(f"/b/lyon/{where}/"))
        tabs = page.select(".tabs")[0].select("a")
        assert [tab["href"].split("/")[3] for tab in tabs] == ["applications", "sessions", "talks", "funnel"]
        assert [tab["href"].split("/")[3] for tab in tabs if tab.has_attr("aria-current")] == [where]
        marked = page.select(".site-nav.only-wide [aria-current]")
        assert [link.get_text() for link in marked] == ["Arrivals"]


def test_a_draft_has_a_page_too_and_breaks_on_no_answer(lyon: Branch, coordinator: Client) -> None:
    row = make_application.draft(lyon, who={"first_name": [""], "last_name": [""]})
    Application.everywhere.filter(pk=row.pk).update(name="", answers={"who": {}, "live": {"level_1": ["x"]}})
    assert coordinator.get(f"/b/lyon/applications/{row.pk}/").status_code == 200


def test_an_owner_is_chosen_on_the_page(lyon: Branch, coordinator: Client) -> None:
    row, anne = make_application.sent(lyon), make.login(Role.COORDINATOR, lyon, name="Anne")
    stranger = make.login(Role.COORDINATOR, make.branch())
    coordinator.post(f"/b/lyon/applications/{row.pk}/owner/", {"owner": str(anne.pk)})
    row.refresh_from_db()
    assert row.owner == anne
    coordinator.post(f"/b/lyon/applications/{row.pk}/owner/", {"owner": str(stranger.pk)})
    row.refresh_from_db()
    assert row.owner == anne


def test_withdrawing_and_opening_again_ask_for_a_reason(lyon: Branch, coordinator: Client) -> None:
    row = make_application.sent(lyon)
    address = f"/b/lyon/applications/{row.pk}/"
    assert coordinator.post(f"{address}withdraw/", {"reason": ""}).status_code == 422
    coordinator.post(f"{address}withdraw/", {"reason": "Has found work"})
    row.refresh_from_db()
    assert row.state == ApplicationState.WITHDRAWN
    page = coordinator.post(f"{address}withdraw/", {"reason": "Again"}, follow=True)
    assert "somebody changed it in the meantime" in page.content.decode()
    coordinator.post(f"{address}reopen/", {"reason": "Is free again"})
    row.refresh_from_db()
    assert row.state == ApplicationState.SENT


# --- the desk ---------------------------------------------------------------------------------------------


def typed(**changes: dict[str, list[str]]) -> dict[str, Any]:
    answers = make_application.answers(**changes)
    return {name: value for group in answers.values() for name, value in group.items()}


def test_an_application_is_written_down_on_one_page(lyon: Branch, coordinator: Client) -> None:
    answer = coordinator.post("/b/lyon/applications/new-mentee/", typed())
    row = Application.everywhere.get()
    assert answer["Location"] == f"/b/lyon/applications/{row.pk}/"
    assert (row.source, row.state, str(row.owner)) == ("staff", "sent", "Simon Meyer")
    consent = Person.everywhere.get().consents.order_by("pk").first()
    assert consent is not None
    assert str(consent.collected_by) == "Simon Meyer"


def test_errors_of_every_group_stand_in_one_summary(lyon: Branch, coordinator: Client) -> None:
    wrong = typed(who={"birth_date": ["31/02/2003"]}, live={"postcode": ["99999"]})
    answer = coordinator.post("/b/lyon/applications/new-mentee/", wrong)
    assert answer.status_code == 422
    assert [a["href"] for a in soup(answer).select("#errors a")] == ["#id_birth_date", "#id_postcode"]
    assert soup(answer).select_one("[name=first_name]")["value"] == "Selam"


# --- drafts -----------------------------------------------------------------------------------------------


def test_what_is_typed_at_the_desk_is_back_and_gone_once_sent(lyon: Branch, coordinator: Client) -> None:
    page = coordinator.get("/b/lyon/applications/new-mentee/")
    hidden = {one["name"]: one["value"] for one in soup(page).select("form[data-draft] input[type=hidden]")}
    kept = {"_draft": hidden["_draft"], "_began": hidden["_began"]}
    saved = coordinator.post("/b/lyon/drafts/", {**kept, "first_name": "Amina", "language_2": "arabe"})
    assert saved.status_code == 200
    back = soup(coordinator.get("/b/lyon/applications/new-mentee/"))
    assert back.select_one("[name=first_name]")["value"] == "Amina"
    assert back.select_one("[name=language_2]")["value"] == "arabe"
    coordinator.post("/b/lyon/applications/new-mentee/", {**kept, **typed()})
    coordinator.post("/b/lyon/drafts/", {**kept, "first_name": "Amina"})  # a slow save arrives late
    empty = soup(coordinator.get("/b/lyon/applications/new-mentee/")).select_one("[name=first_name]")
    assert empty.get("value") is None


def test_a_note_that_is_sent_after_the_session_ended_is_back_after_signing_in(
    lyon: Branch, coordinator: Client
) -> None:
    person = make.mentee(lyon)
    page = reverse("person", args=["lyon", person.pk])
    hidden = {
        one["name"]: one["value"]
        for one in soup(coordinator.get(page)).select("form[data-draft] input[type=hidden]")
    }
    session = coordinator.session
    session["seen_at"] = int(time.time()) - 3_600
    session.save()
    text = "A long talk, written down carefully."
    answer = coordinator.post(f"{page}notes/", {**hidden, "text": text, "kind": "call", "readers": "shared"})
    assert answer.status_code == 302
    assert f"next={page.replace('/', '%2F')}" in answer["Location"]
    assert not Note.everywhere.exists()
    coordinator.force_login(Login.objects.get(name="Simon Meyer"))
    form = soup(coordinator.get(page)).select_one("form[data-draft]")
    assert form.select_one("textarea").get_text(strip=True) == text
    assert form.select_one("[name=readers] [selected]")["value"] == "shared"
    assert form.find_parent("details").has_attr("open")


def test_nobody_else_reads_a_draft_and_it_can_be_thrown_away(
    lyon: Branch, coordinator: Client, sign_in: SignIn
) -> None:
    person = make.mentee(lyon)
    page, key = reverse("person", args=["lyon", person.pk]), f"note:person:{person.pk}"
    coordinator.post("/b/lyon/drafts/", {"_draft": key, "text": "Canary"})
    assert "Canary" in coordinator.get(page).content.decode()
    assert "Canary" not in sign_in(at=lyon).get(page).content.decode()
    answer = coordinator.post("/b/lyon/drafts/drop/", {"_draft": key, "next": page})
    assert answer["Location"] == page
    assert "Canary" not in coordinator.get(page).content.decode()
    assert "Canary" not in str(list(Draft.objects.values_list("content", flat=True)))


def test_a_wrong_draft_is_refused_without_a_fuss(lyon: Branch, coordinator: Client) -> None:
    assert coordinator.post("/b/lyon/drafts/", {"_draft": "../etc"}).status_code == 422
    assert coordinator.post("/b/lyon/drafts/", {"_draft": "note", "text": "a" * 60_001}).status_code == 422
    assert (
        coordinator.post("/b/lyon/drafts/", {"_draft": "note", "_began": "2026-99-99T00:00"}).status_code
        == 422
    )
