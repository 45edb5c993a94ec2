"""The pages of people: list, person, notes, pause, archive, adding, correcting; all without JavaScript."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.factories import people as make
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import MenteeState, Role
from traboule.apps.people.models import Note, Person
from traboule.web.coordinator.downloads import csv_download

pytestmark = pytest.mark.django_db


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def names(response: Any) -> list[str]:
    return [cell.get_text() for cell in soup(response).select("table.people tbody th a")]


@pytest.fixture
def coordinator(lyon: Branch, sign_in: SignIn) -> Client:
    return sign_in(at=lyon, name="Simon Meyer")


# --- the list ---------------------------------------------------------------------------------------------


def test_who_waits_longest_comes_first(lyon: Branch, coordinator: Client) -> None:
    make.mentee(lyon, first_name="Karim", last_name="B", waiting_since=date(2026, 2, 20))
    make.mentee(lyon, first_name="Selam", last_name="T", waiting_since=date(2026, 1, 20))
    make.mentor(lyon, first_name="Anne", last_name="A")
    assert names(coordinator.get("/b/lyon/people/")) == ["Selam T", "Karim B", "Anne A"]


def test_filters_work_by_address_alone(lyon: Branch, coordinator: Client) -> None:
    make.mentee(lyon, first_name="Selam", last_name="T")
    make.mentor(lyon, first_name="Anne", last_name="A")
    assert names(coordinator.get("/b/lyon/people/?kind=mentor")) == ["Anne A"]
    assert names(coordinator.get("/b/lyon/people/?text=sélam")) == ["Selam T"]
    assert names(coordinator.get("/b/lyon/people/?kind=nonsense")) == ["Selam T", "Anne A"]


def test_htmx_gets_the_list_alone(lyon: Branch, coordinator: Client) -> None:
    make.mentee(lyon, first_name="Selam", last_name="T")
    part = coordinator.get("/b/lyon/people/", headers={"HX-Request": "true"})
    assert names(part) == ["Selam T"]
    assert soup(part).select("html, form, header") == []


def test_nobody_yet_and_nobody_who_fits_are_two_things(lyon: Branch, coordinator: Client) -> None:
    assert "Nobody is here yet." in coordinator.get("/b/lyon/people/").content.decode()
    assert "Nobody fits" in coordinator.get("/b/lyon/people/?text=zzz").content.decode()


def test_pages_keep_the_filters(lyon: Branch, coordinator: Client) -> None:
    for _ in range(26):
        make.mentee(lyon)
    link = soup(coordinator.get("/b/lyon/people/?kind=mentee")).select_one("a[rel=next]")
    assert link is not None
    assert link["href"] == "?kind=mentee&page=2"


def test_the_exported_list_is_the_filtered_one(lyon: Branch, coordinator: Client) -> None:
    make.mentee(lyon, first_name="=1+1", last_name="T", external_id="E1")
    make.mentor(lyon, first_name="Anne")
    response = coordinator.get("/b/lyon/people/export.csv?kind=mentee")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert response.headers["Content-Type"].startswith("text/csv")
    assert len(lines) == 2
    assert lines[1].startswith('"E1","\'=1+1","T","mentee","pool",')


def test_a_downloaded_list_has_the_separator_of_the_readers_spreadsheet() -> None:
    for language, line in (("fr", '"é";"1"'), ("en", '"é","1"')):
        with translation.override(language):
            response = csv_download("list.csv", ["a", "b"], [["é", 1]])
        assert response.content.decode("utf-8-sig").splitlines()[1] == line


def test_names_are_isolated_from_the_script_around_them(lyon: Branch, coordinator: Client) -> None:
    make.mentee(lyon, first_name="سلام", last_name="ت")
    assert "<bdi>سلام ت</bdi>" in coordinator.get("/b/lyon/people/").content.decode()


# --- a person ---------------------------------------------------------------------------------------------


def test_a_note_is_written_with_its_next_step(lyon: Branch, coordinator: Client) -> None:
    selam = make.mentee(lyon)
    said = {
        "readers": "staff",
        "kind": "call",
        "text": "Prefers Tuesday.",
        "next_step": "Call again",
        "next_step_on": "2030-01-02",
    }
    response = coordinator.post(reverse("person_note", args=["lyon", selam.pk]), said, follow=True)
    note = Note.everywhere.get(person=selam)
    assert (note.text, note.next_step, note.next_step_on) == (
        "Prefers Tuesday.",
        "Call again",
        date(2030, 1, 2),
    )
    assert "Prefers Tuesday." in response.content.decode()


def test_nothing_typed_in_a_note_is_lost(lyon: Branch, coordinator: Client) -> None:
    selam = make.mentee(lyon)
    said = {"readers": "staff", "kind": "call", "text": "A long talk.", "next_step": "Call again"}
    response = coordinator.post(reverse("person_note", args=["lyon", selam.pk]), said)
    page = soup(response)
    assert response.status_code == 422
    assert "A long talk." in page.select("#id_text")[0].get_text()
    assert page.select("#id_next_step")[0]["value"] == "Call again"
    assert page.select("#id_next_step_on_error")
    assert page.select(".errors a[href='#id_next_step_on']")
    assert not Note.everywhere.exists()


def test_a_step_is_ticked_off_and_leads_back(lyon: Branch, coordinator: Client) -> None:
    selam = make.mentee(lyon)
    said = {"readers": "staff", "kind": "call", "text": "t", "next_step": "s", "next_step_on": "2026-01-02"}
    coordinator.post(reverse("person_note", args=["lyon", selam.pk]), said)
    note = Note.everywhere.get()
    address = reverse("step_finish", args=["lyon", selam.pk, note.pk])
    assert coordinator.get(address).status_code == 405
    response = coordinator.post(address, {"next": "/b/lyon/today/"})
    note.refresh_from_db()
    assert (response.headers["Location"], note.done_at is None) == ("/b/lyon/today/", False)


def test_asking_to_archive_changes_nothing_before_the_yes(lyon: Branch, coordinator: Client) -> None:
    selam = make.mentee(lyon)
    address = reverse("person_archive", args=["lyon", selam.pk])
    assert coordinator.get(address).status_code == 200
    assert Person.everywhere.get(pk=selam.pk).archived_at is None
    coordinator.post(address)
    assert Person.everywhere.get(pk=selam.pk).archived_at is not None
    coordinator.post(address)
    assert Person.everywhere.get(pk=selam.pk).archived_at is None


def test_a_pause_takes_out_of_the_pool_and_coming_back_leads_in_again(
    lyon: Branch, coordinator: Client
) -> None:
    selam = make.mentee(lyon)
    coordinator.post(reverse("person_pause", args=["lyon", selam.pk]), {"until": "2030-01-02"})
    assert Person.everywhere.get(pk=selam.pk).mentee.state == MenteeState.PAUSED
    coordinator.post(reverse("person_resume", args=["lyon", selam.pk]))
    assert Person.everywhere.get(pk=selam.pk).mentee.state == MenteeState.POOL


def test_a_move_that_is_not_possible_is_said_in_words(lyon: Branch, coordinator: Client) -> None:
    selam = make.mentee(lyon)
    response = coordinator.post(reverse("person_resume", args=["lyon", selam.pk]), follow=True)
    assert "not possible now" in response.content.decode()


def test_a_pause_with_a_wrong_date_is_asked_again(lyon: Branch, coordinator: Client) -> None:
    selam = make.mentee(lyon)
    response = coordinator.post(reverse("person_pause", args=["lyon", selam.pk]), {"until": "soon"})
    assert response.status_code == 422
    assert soup(response).select("#id_until")[0]["value"] == "soon"


# --- adding and correcting --------------------------------------------------------------------------------

ESSENTIAL = {
    "first_name": "Selam",
    "last_name": "Tesfay",
    "birth_date": "2003-05-06",
    "phone": "06 12 34 56 78",
    "channel": "sms",
    "contact_language": "ti",
    "postcode": "69009",
    "languages": "Tigrinya C2, French A2",
    "slots": ["3", "4"],
    "consent": "on",
}


def test_a_mentee_is_taken_in_with_twelve_answers(lyon: Branch, coordinator: Client) -> None:
    response = coordinator.post(reverse("mentee_new", args=["lyon"]), ESSENTIAL)
    selam = Person.everywhere.get()
    assert response.headers["Location"] == f"/b/lyon/people/{selam.pk}/"
    assert (selam.phone, selam.slots, selam.commune_code) == ("+33612345678", 0b11000, "69389")
    assert selam.mentee.state == MenteeState.POOL


def test_every_error_stands_beside_its_field_and_in_the_summary(lyon: Branch, coordinator: Client) -> None:
    answers = ESSENTIAL | {"phone": "12", "postcode": "99999", "languages": "Zzzish C2", "first_name": ""}
    response = coordinator.post(reverse("mentee_new", args=["lyon"]), answers)
    page = soup(response)
    wrong = {"first_name", "phone", "postcode", "languages"}
    assert response.status_code == 422
    assert {link["href"] for link in page.select(".errors a")} == {f"#id_{name}" for name in wrong}
    assert all(page.select(f"#id_{name}_error") for name in wrong)
    assert all(page.select(f"#id_{name}")[0]["aria-invalid"] == "true" for name in wrong)
    assert not Person.everywhere.exists()


def test_nothing_typed_in_the_form_is_lost(lyon: Branch, coordinator: Client) -> None:
    answers = ESSENTIAL | {"postcode": "99999", "interests": "cooking, football"}
    page = soup(coordinator.post(reverse("mentee_new", args=["lyon"]), answers))
    kept = {field["name"]: field.get("value") for field in page.select("main input[type=text]")}
    assert kept["postcode"] == "99999"
    assert kept["languages"] == "Tigrinya C2, French A2"
    assert kept["interests"] == "cooking, football"
    ticked = [box["value"] for box in page.select("input[name=slots]:checked, input[name=slots][checked]")]
    assert ticked == ["3", "4"]


def test_an_unusual_age_is_a_warning_and_the_branch_decides(lyon: Branch, coordinator: Client) -> None:
    answers = ESSENTIAL | {"birth_date": "1980-05-06"}
    response = coordinator.post(reverse("mentee_new", args=["lyon"]), answers, follow=True)
    assert Person.everywhere.count() == 1
    assert soup(response).select(".flashes .warning")


def test_a_mentor_is_corrected_without_losing_what_is_not_on_the_page(
    lyon: Branch, coordinator: Client
) -> None:
    anne = make.mentor(lyon, years_experience=12, capacity=2)
    page = soup(coordinator.get(reverse("person_edit", args=["lyon", anne.pk])))
    answers: dict[str, Any] = {}
    for field in page.select("main form input, main form select, main form textarea"):
        name = str(field.get("name"))
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            answers[name] = chosen["value"] if chosen else ""
        elif field.get("type") in ("checkbox", "radio"):
            if field.has_attr("checked"):
                answers.setdefault(name, []).append(field["value"] if field.has_attr("value") else "on")
        elif name != "csrfmiddlewaretoken":
            answers[name] = field.get("value", "")
    response = coordinator.post(
        reverse("person_edit", args=["lyon", anne.pk]), answers | {"first_name": "Annette"}
    )
    corrected = Person.everywhere.get(pk=anne.pk)
    assert response.status_code == 302
    assert (corrected.first_name, corrected.mentor.years_experience, corrected.mentor.capacity) == (
        "Annette",
        12,
        2,
    )
    assert (corrected.slots, corrected.phone) == (anne.slots, anne.phone)


def test_an_id_that_is_taken_is_said_beside_its_field(lyon: Branch, coordinator: Client) -> None:
    make.mentee(lyon, external_id="E1")
    response = coordinator.post(reverse("mentee_new", args=["lyon"]), ESSENTIAL | {"external_id": "E1"})
    assert response.status_code == 422
    assert soup(response).select("#id_external_id_error")


def test_a_director_sees_the_same_pages(lyon: Branch, sign_in: SignIn) -> None:
    selam = make.mentee(lyon)
    assert sign_in(Role.DIRECTOR, lyon).get(f"/b/lyon/people/{selam.pk}/").status_code == 200
