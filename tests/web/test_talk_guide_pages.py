"""Pages: the questions of a talk, taking over into the profile, whom somebody would rather not meet."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import judging as app
from tests.factories import people as make
from tests.factories.people import NOW
from tests.web.conftest import SignIn
from traboule.apps.applications.actions import talk_notes
from traboule.apps.applications.models import BranchGuide
from traboule.apps.branches.models import Branch
from traboule.apps.people.actions.own import my_place_address
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Avoid, Login, NotToMeet, Person
from traboule.apps.people.queries import actor_of

pytestmark = pytest.mark.django_db


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def fields_of(response: Any) -> dict[str, Any]:
    """What a browser would send of the form that was shown."""
    form = soup(response).select_one("form[data-draft]")
    assert form is not None
    data = {tag["name"]: tag.get("value", "") for tag in form.select("input[name]")}
    data |= {tag["name"]: tag.get_text().strip("\r\n") for tag in form.select("textarea[name]")}
    for tag in form.select("select[name]"):
        chosen = tag.select_one("option[selected]")
        data[tag["name"]] = chosen["value"] if chosen else ""
    return data


@pytest.fixture
def director(lyon: Branch, sign_in: SignIn) -> Client:
    return sign_in(Role.DIRECTOR, at=lyon)


EDIT = "/b/lyon/talks/guide/mentee/edit/"


def test_the_questions_are_changed_looked_at_and_saved_as_a_version(director: Client) -> None:
    data = fields_of(director.get(EDIT))
    data["q-0-text_en"] = "What did you draw as a child?"
    looked = director.post(EDIT, data | {"act": "preview"})
    assert "What did you draw as a child?" in soup(looked).select_one("#preview").get_text()  # type: ignore[union-attr]  # is there, else the test fails
    assert not BranchGuide.everywhere.exists()
    assert director.post(EDIT, fields_of(looked) | {"act": "save"}).status_code == 302
    guide = BranchGuide.everywhere.get()
    assert guide.questions[0]["text"]["en"] == "What did you draw as a child?"
    assert guide.questions[1] == {"code": "now", "section": "background", "shipped": True}
    page = director.get("/b/lyon/talks/guide/mentee/")
    assert "What did you draw as a child?" in page.content.decode()


def test_a_question_is_added_in_one_language_moved_and_another_taken_out(director: Client) -> None:
    data = fields_of(director.get(EDIT))
    for language in ("fr", "en", "nl"):
        data |= {f"q-1-text_{language}": "", f"q-1-hint_{language}": ""}
    last = int(data["q-INITIAL_FORMS"])
    data |= {f"q-{last}-text_fr": "Et la musique ?", f"q-{last}-section": "wishes", f"q-{last}-place": "1"}
    assert director.post(EDIT, data | {"act": "save"}).status_code == 302
    codes = [row["code"] for row in BranchGuide.everywhere.get().questions]
    assert set(codes[:2]) == {"own_1", "path"}
    assert "now" not in codes


def test_a_hint_without_a_question_is_said_beside_it_and_nothing_is_lost(director: Client) -> None:
    data = fields_of(director.get(EDIT))
    last = int(data["q-INITIAL_FORMS"])
    data[f"q-{last}-hint_fr"] = "Notez tout."
    answer = director.post(EDIT, data | {"act": "save"})
    assert answer.status_code == 422
    assert fields_of(answer)[f"q-{last}-hint_fr"] == "Notez tout."
    assert "Say the question in one language at least." in answer.content.decode()


def test_no_question_at_all_is_refused_in_words(director: Client) -> None:
    data = {name: value for name, value in fields_of(director.get(EDIT)).items() if "text_" not in name}
    data = {name: "" if "hint_" in name else value for name, value in data.items()}
    answer = director.post(EDIT, data | {"act": "save"})
    assert answer.status_code == 422
    assert "at least one question" in answer.content.decode()


def test_a_page_opened_before_another_version_says_so_and_saves_after_it(director: Client) -> None:
    data = fields_of(director.get(EDIT))
    first = director.post(EDIT, data | {"q-0-text_fr": "Premier ?", "act": "save"})
    assert first.status_code == 302
    late = director.post(EDIT, data | {"q-0-text_fr": "Second ?", "act": "save"})
    assert late.status_code == 409
    assert director.post(EDIT, fields_of(late) | {"act": "save"}).status_code == 302
    texts = [row.questions[0]["text"]["fr"] for row in BranchGuide.everywhere.order_by("number")]
    assert texts == ["Premier ?", "Second ?"]


def test_what_was_typed_before_a_time_out_is_back(director: Client) -> None:
    data = fields_of(director.get(EDIT)) | {"q-0-text_fr": "Une question à moitié"}
    kept = director.post(reverse("draft_save", args=["lyon"]), data)
    assert kept.status_code == 200
    assert fields_of(director.get(EDIT))["q-0-text_fr"] == "Une question à moitié"


def test_a_coordinator_reads_the_questions_and_their_versions_but_does_not_change_them(
    lyon: Branch, sign_in: SignIn, director: Client
) -> None:
    director.post(EDIT, fields_of(director.get(EDIT)) | {"q-0-text_en": "Drawn?", "act": "save"})
    client = sign_in(at=lyon)
    assert "Drawn?" in client.get("/b/lyon/talks/guide/mentee/?version=1").content.decode()
    assert client.get("/b/lyon/talks/guide/nobody/").status_code == 404
    assert client.get(EDIT).status_code == 403


# --- taking over --------------------------------------------------------------------------------------------


def test_the_page_of_a_talk_offers_what_it_said_otherwise(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(at=lyon)
    by = actor_of(Login.objects.get(pk=client.session["_auth_user_id"]))
    talk = app.talk(app.application(lyon), by)
    talk_notes.start_notes(talk=talk, readers="staff", by=by, now=NOW)  # type: ignore[arg-type]  # its value
    url = reverse("talk_notes", args=["lyon", talk.pk])
    data = {
        "revision": 1,
        "needs": ["cv"],
        "languages": "Tigrinya C2",
        "slots": ["0", "1", "2"],
        "act": "finish",
    }
    assert client.post(url, data).status_code == 302
    page = client.get(reverse("talk", args=["lyon", talk.pk]))
    boxes = soup(page).select("input[name=take]")
    assert [box["value"] for box in boxes] == ["needs", "languages"]
    notes = soup(page).select_one("input[name=notes]")["value"]  # type: ignore[index]  # is there, else the test fails
    take = reverse("talk_take_over", args=["lyon", talk.pk])
    client.post(take, {"notes": notes, "take": ["languages"]})
    talk.application.person.refresh_from_db()
    assert list(talk.application.person.languages.values_list("code", "level")) == [("ti", 6)]
    assert client.post(take, {"notes": "x"}).status_code == 302


# --- whom somebody would rather not meet -------------------------------------------------------------------


@pytest.fixture
def selam(lyon: Branch) -> Person:
    return make.mentee(lyon, first_name="Selam", last_name="Tesfay", contact_language="en")


def door(person: Person) -> str:
    address = my_place_address(person=person, now=timezone.now())
    return "/" + address.split("/", 3)[3]


def test_the_answer_is_the_same_whether_the_one_who_is_named_takes_part_or_not(
    lyon: Branch, selam: Person
) -> None:
    make.mentor(lyon, first_name="Karim", last_name="Haddad")
    pages = []
    for name in ("Karim Haddad", "Samir Haddad"):
        client, address = Client(), door(selam)
        answer = client.post(address, {"act": "say_wish", "words": name}, follow=True)
        pages.append(soup(answer).select_one(".banner, [role=status]"))
        assert name in answer.content.decode()
        NotToMeet.everywhere.all().delete()
    assert str(pages[0]) == str(pages[1])


def test_a_person_takes_their_own_wish_back_and_never_one_of_somebody_else(
    lyon: Branch, selam: Person
) -> None:
    other = make.mentee(lyon, contact_language="en")
    client = Client()
    client.post(door(other), {"act": "say_wish", "words": "Karim Haddad"})
    wish = NotToMeet.everywhere.get()
    client.post(door(selam), {"act": "drop_wish", "wish": wish.pk})
    assert NotToMeet.everywhere.exists()
    client.post(door(other), {"act": "drop_wish", "wish": wish.pk})
    assert not NotToMeet.everywhere.exists()


def test_an_empty_wish_is_said_beside_the_field(selam: Person) -> None:
    answer = Client().post(door(selam), {"act": "say_wish", "words": " "})
    assert answer.status_code == 422
    assert "Write a name, or a few words." in answer.content.decode()


def test_staff_search_by_name_choose_keep_and_take_back(lyon: Branch, selam: Person, sign_in: SignIn) -> None:
    client, karim = sign_in(at=lyon), make.mentor(lyon, first_name="Karim", last_name="Haddad")
    url = reverse("not_to_meet", args=["lyon", selam.pk])
    assert "Karim Haddad" in client.get(url + "?name=hadd").content.decode()
    client.post(url, {"act": "choose", "other": karim.pk})
    assert Avoid.everywhere.get().other_id == karim.pk
    client.post(url, {"act": "keep", "words": "her uncle"})
    page = client.get(url).content.decode()
    assert "her uncle" in page
    assert "her uncle" in client.get(reverse("person", args=["lyon", selam.pk])).content.decode()
    for wish in NotToMeet.everywhere.all():
        client.post(url, {"act": "drop", "wish": wish.pk})
    assert not Avoid.everywhere.exists()
    assert client.post(url, {"act": "choose", "other": "99999"}).status_code == 404
    assert client.post(url, {"act": "keep", "words": ""}).status_code == 302


def test_the_new_pages_ask_the_database_the_same_few_times(
    lyon: Branch, selam: Person, director: Client, django_assert_max_num_queries: Any
) -> None:
    url = reverse("not_to_meet", args=["lyon", selam.pk])
    for number in range(8):
        make.mentor(lyon, first_name="Karim", last_name=f"Haddad{number}")
        director.post(url, {"act": "keep", "words": f"Karim Haddad{number}"})
    for address in (url + "?name=karim", EDIT, "/b/lyon/talks/guide/mentee/", door(selam) + "?show=wishes"):
        with django_assert_max_num_queries(15):
            assert director.get(address).status_code == 200
