"""Bringing in a file, stage by stage, in a browser without JavaScript."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories import people as make
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.people.models import ImportRun, Person

pytestmark = pytest.mark.django_db
FIRST = "/b/lyon/people/import/"
GOOD = "id;prenom;nom;code_postal;langues;disponibilites;metier\nA1;Zoé;Martin;69009;fr:C2;tue-am;M1101\n"
BAD = GOOD + "A2;Éric;Petit;99999;xx:C2;;Z9\n"


@pytest.fixture
def coordinator(lyon: Branch, sign_in: SignIn) -> Client:
    return sign_in(at=lyon)


def upload(client: Client, text: str | bytes, side: str = "mentor") -> Any:
    content = text.encode("cp1252") if isinstance(text, str) else text
    file = SimpleUploadedFile("people.csv", content)
    return client.post(FIRST, {"side": side, "file": file})


def walk(client: Client, text: str) -> str:
    """Upload and keep the guessed columns; return the address of the rows."""
    columns = upload(client, text).headers["Location"]
    page = BeautifulSoup(client.get(columns).content, "html.parser")
    chosen: dict[str, Any] = {}
    for select in page.select("main select"):
        option = select.select_one("option[selected]")
        chosen[str(select["name"])] = option["value"] if option else ""
    location: str = client.post(columns, chosen).headers["Location"]
    return location


def test_a_good_file_is_written_after_the_rows_were_seen(coordinator: Client) -> None:
    rows = walk(coordinator, GOOD)
    page = coordinator.get(rows).content.decode()
    assert "Zoé Martin" in page
    assert not Person.everywhere.exists()
    done = coordinator.post(rows, {"act": "apply"}, follow=True)
    assert "1 person added" in done.content.decode()
    assert Person.everywhere.get().first_name == "Zoé"


def test_the_same_file_again_makes_no_duplicates(coordinator: Client) -> None:
    for _ in range(2):
        coordinator.post(walk(coordinator, GOOD), {"act": "apply"})
    assert Person.everywhere.count() == 1


def test_errors_stand_at_their_rows_and_nothing_is_written(coordinator: Client) -> None:
    rows = walk(coordinator, BAD)
    page = BeautifulSoup(coordinator.get(rows).content, "html.parser")
    first = page.select("main table tbody tr")[0].get_text()
    assert all(piece in first for piece in ("A2", "code_postal", "99999", "langues", "metier"))
    assert not page.select("button[value=apply]")
    assert coordinator.post(rows, {"act": "apply"}).status_code == 422
    assert not Person.everywhere.exists()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 renamed", b"\x00\x01\x02"])
def test_a_file_that_is_no_table_is_refused_with_the_reason(content: bytes, coordinator: Client) -> None:
    response = upload(coordinator, content)
    assert response.status_code == 422
    assert BeautifulSoup(response.content, "html.parser").select(".errors li")
    assert not ImportRun.everywhere.exists()


def test_without_a_file_or_a_side_the_form_says_what_is_missing(coordinator: Client) -> None:
    page = BeautifulSoup(coordinator.post(FIRST, {}).content, "html.parser")
    assert len(page.select(".errors li")) == 2


def test_a_column_chosen_twice_is_said(coordinator: Client) -> None:
    columns = upload(coordinator, GOOD).headers["Location"]
    response = coordinator.post(columns, {"column_0": "id", "column_1": "id"})
    assert response.status_code == 422


def test_a_forgotten_file_leaves_nothing(coordinator: Client) -> None:
    rows = walk(coordinator, GOOD)
    coordinator.post(rows, {"act": "discard"})
    assert ImportRun.everywhere.get().rows == []
    assert coordinator.get(rows).headers["Location"] == "/b/lyon/people/"
    assert not Person.everywhere.exists()


def test_a_file_of_another_branch_does_not_exist(coordinator: Client, sign_in: SignIn) -> None:
    rows = walk(coordinator, GOOD)
    lille = make.branch(slug="lille")
    other = sign_in(at=lille)
    assert other.get(rows).status_code == 404
    assert other.get(rows.replace("lyon", "lille")).status_code == 404
