"""Who may open which page: other branches do not exist, missing permissions are said."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import people as make
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Role

pytestmark = pytest.mark.django_db
READ = ["today", "people", "people_export", "people_import", "mentor_new", "mentee_new", "team"]
OF_A_PERSON = ["person", "person_edit", "person_pause", "person_resume", "person_archive"]


@pytest.mark.parametrize("name", READ)
def test_a_coordinator_opens_the_pages_of_her_branch(name: str, lyon: Branch, sign_in: SignIn) -> None:
    assert sign_in(at=lyon).get(reverse(name, args=["lyon"])).status_code == 200


@pytest.mark.parametrize("name", READ)
def test_another_branch_does_not_exist(name: str, lyon: Branch, sign_in: SignIn) -> None:
    make.branch(slug="lille")
    assert sign_in(at=lyon).get(reverse(name, args=["lille"])).status_code == 404


@pytest.mark.parametrize("role", [Role.MENTOR, Role.MENTEE, Role.REFERRER, Role.FUNDER, Role.DPO])
@pytest.mark.parametrize("name", READ)
def test_a_role_without_the_permission_is_told_so(
    name: str, role: Role, lyon: Branch, sign_in: SignIn
) -> None:
    response = sign_in(role, lyon).get(reverse(name, args=["lyon"]))
    assert response.status_code == 403
    assert "Traboule" in response.content.decode()


@pytest.mark.parametrize("name", READ)
def test_a_visitor_is_sent_to_the_door(name: str, lyon: Branch, client: Client) -> None:
    address = reverse(name, args=["lyon"])
    response = client.get(address)
    assert (response.status_code, response.headers["Location"]) == (302, f"/accounts/login/?next={address}")


@pytest.mark.parametrize("name", OF_A_PERSON)
def test_a_person_of_another_branch_does_not_exist(name: str, lyon: Branch, sign_in: SignIn) -> None:
    stranger = make.mentee(make.branch(slug="lille"))
    assert sign_in(at=lyon).get(reverse(name, args=["lyon", stranger.pk])).status_code == 404


def test_a_coordinator_may_not_invite(lyon: Branch, sign_in: SignIn) -> None:
    assert sign_in(at=lyon).get(reverse("team_invite", args=["lyon"])).status_code == 403


def test_sections_show_only_what_may_be_opened(lyon: Branch, sign_in: SignIn) -> None:
    page = sign_in(Role.DPO, lyon).get("/roles/").content.decode()
    assert reverse("people", args=["lyon"]) not in page
