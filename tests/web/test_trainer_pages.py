"""Pages of trainers and papers; the link of a trainer; the list of who came without and with a script."""

import json
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.core.hostile_files import docx, picture
from tests.factories import people as make
from tests.factories import training as train
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Person
from traboule.apps.training.actions.sessions import dates_link
from traboule.apps.training.enums import Presence
from traboule.apps.training.models import Attendance, ModuleMaterial, Trainer

pytestmark = pytest.mark.django_db


def go(name: str, *args: Any) -> str:
    return reverse(name, args=["lyon", *args])


@pytest.fixture
def director(lyon: Branch, sign_in: SignIn) -> Client:
    train.modules(lyon)
    return sign_in(Role.DIRECTOR, at=lyon)


@pytest.fixture
def anne(lyon: Branch) -> Person:
    return train.candidate(lyon, first_name="Anne", last_name="Martin", contact_language="en")


def agenda(client: Client, trainer: Trainer) -> str:
    page = client.post(go("trainer_agenda", trainer.pk))
    found = BeautifulSoup(page.content, "html.parser").select_one("code")
    assert found is not None
    return "/" + found.get_text().split("/", 3)[3]


def test_a_person_is_found_by_name_and_somebody_else_typed(
    lyon: Branch, director: Client, anne: Person
) -> None:
    assert "Anne Martin" in director.get(go("trainers") + "?name=mart").content.decode()
    director.post(go("trainers"), {"person": anne.pk})
    director.post(go("trainers"), {"name": "Odile Garnier", "language": "fr"})
    assert [str(row) for row in Trainer.everywhere.all()] == ["Anne Martin", "Odile Garnier"]
    wrong = director.post(go("trainers"), {"name": "", "email": "no", "language": "fr"})
    assert (wrong.status_code, 'value="no"' in wrong.content.decode()) == (422, True)
    assert director.post(go("trainers"), {"person": "99999"}).status_code == 404
    director.post(go("trainer_drop", Trainer.everywhere.get(name="Odile Garnier").pk))
    assert Trainer.everywhere.count() == 1


def test_the_link_of_a_trainer_shows_first_names_and_papers_and_changes_nothing(
    lyon: Branch, director: Client, anne: Person
) -> None:
    director.post(go("trainers"), {"name": "Odile Garnier", "language": "en"})
    led, module = Trainer.everywhere.get(), train.modules(lyon)[0]
    session = train.sitting(lyon, module=module, starts_at=timezone.now() + timedelta(days=3), led_by=led)
    train.seat(session, anne, Presence.PLANNED)
    file = SimpleUploadedFile("plan.docx", docx())
    director.post(go("training_materials", module.pk), {"about": "Handout", "file": file})
    where = agenda(director, led)
    page = Client().get(where)
    text = page.content.decode()
    assert "Anne" in text
    assert "Martin" not in text
    paper = Client().get(where + f"?file={ModuleMaterial.everywhere.get().pk}")
    assert paper.headers["Content-Disposition"].startswith("attachment")
    assert Client().get(where + "?file=99999").status_code == 404
    assert Client().get(where + "?file=x").status_code == 404
    led.delete()
    assert Client().get(where).status_code == 410


def test_a_mentor_opens_the_papers_of_the_modules_they_have_a_seat_in(
    lyon: Branch, director: Client, anne: Person
) -> None:
    first, second = train.modules(lyon)[:2]
    for module, about in ((first, "Handout one"), (second, "Handout two")):
        file = SimpleUploadedFile("photo.png", picture("PNG"))
        director.post(go("training_materials", module.pk), {"about": about, "file": file})
    train.seat(train.sitting(lyon, module=first), anne)
    where = f"/l/{dates_link(anne, timezone.now())}/"
    text = Client().get(where).content.decode()
    assert "Handout one" in text
    assert "Handout two" not in text
    own, other = ModuleMaterial.everywhere.order_by("pk")
    assert Client().get(f"{where}?file={own.pk}").headers["Content-Type"] == "image/png"
    assert Client().get(f"{where}?file={other.pk}").status_code == 404


def test_a_file_that_is_not_what_it_says_is_refused_in_words(director: Client, lyon: Branch) -> None:
    module = train.modules(lyon)[0]
    wrong = SimpleUploadedFile("plan.pdf", b"MZ a program")
    answer = director.post(go("training_materials", module.pk), {"about": "Plan", "file": wrong})
    assert answer.status_code == 422
    assert 'value="Plan"' in answer.content.decode()
    assert not ModuleMaterial.everywhere.exists()


def test_staff_take_a_paper_out_and_the_director_removes_it(
    lyon: Branch, director: Client, sign_in: SignIn
) -> None:
    module = train.modules(lyon)[0]
    file = SimpleUploadedFile("plan.docx", docx())
    director.post(go("training_materials", module.pk), {"about": "Plan", "file": file})
    kept = ModuleMaterial.everywhere.get()
    client = sign_in(at=lyon)
    assert client.get(go("training_material", module.pk, kept.pk)).status_code == 200
    assert client.post(go("training_material_drop", module.pk, kept.pk)).status_code == 403
    director.post(go("training_material_drop", module.pk, kept.pk))
    assert not ModuleMaterial.everywhere.exists()


# --- who came -----------------------------------------------------------------------------------------------


@pytest.fixture
def seat(lyon: Branch, anne: Person) -> Attendance:
    return train.seat(train.sitting(lyon, module=train.modules(lyon)[0]), anne, Presence.PLANNED)


def rows(client: Client, seat: Attendance, **row: Any) -> Any:
    said = {"subject": seat.pk, "state": "present", "at": timezone.now().isoformat(), "key": "k", "seen": ""}
    body = json.dumps({"rows": [said | row]})
    return client.post(
        go("training_attendance_rows", seat.session_id), body, content_type="application/json"
    ).json()["rows"]


def test_marks_of_a_phone_are_saved_and_a_conflict_is_said_in_words(
    lyon: Branch, director: Client, seat: Attendance, sign_in: SignIn
) -> None:
    assert rows(director, seat)[0]["result"] == "saved"
    other = rows(sign_in(at=lyon), seat, state="missed", key="x")[0]
    assert (other["result"], other["state"], other["words"]) == ("conflict", "present", "came")
    assert rows(director, seat, subject=99999)[0]["result"] == "gone"


def test_the_plain_form_shows_a_conflict_beside_the_person(
    lyon: Branch, director: Client, seat: Attendance, sign_in: SignIn
) -> None:
    url = go("training_attendance", seat.session_id)
    director.post(url, {f"mark-{seat.pk}": "present", f"seen-{seat.pk}": ""})
    late = sign_in(at=lyon).post(url, {f"mark-{seat.pk}": "missed", f"seen-{seat.pk}": ""})
    assert late.status_code == 409
    again = sign_in(at=lyon).post(url, {f"mark-{seat.pk}": "missed", f"seen-{seat.pk}": "present"})
    assert again.status_code == 302


def test_the_script_that_opens_the_list_lies_beside_it(director: Client, seat: Attendance) -> None:
    answer = director.get(go("training_attendance_worker", seat.session_id))
    assert answer.headers["Content-Type"].startswith("text/javascript")


def test_the_new_pages_ask_the_database_few_times(
    lyon: Branch, director: Client, django_assert_max_num_queries: Any
) -> None:
    module = train.modules(lyon)[0]
    for number in range(12):
        director.post(go("trainers"), {"name": f"Trainer {number}", "language": "fr"})
    led = Trainer.everywhere.all()[0]
    for days in range(1, 12):
        session = train.sitting(
            lyon, module=module, starts_at=timezone.now() + timedelta(days=days), led_by=led
        )
        for _ in range(3):
            train.seat(session, train.candidate(lyon), Presence.PLANNED)
    where = agenda(director, led)
    pages = (
        *(go("trainers"), go("training_materials", module.pk), where),
        *(go("training_attendance", session.pk), go("training_session", session.pk)),
        f"/l/{dates_link(make.mentor(lyon), timezone.now())}/",
    )
    for page in pages:
        with django_assert_max_num_queries(15):
            assert director.get(page).status_code == 200
