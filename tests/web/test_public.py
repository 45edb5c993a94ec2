"""Pages that need no role, and the switches of language and size."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.factories import people as make
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission, Role
from traboule.apps.people.models import Login

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["gallery", "credits", "guide", "account_login"])
def test_a_visitor_may_read(name: str, client: Client) -> None:
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert 'lang="fr"' in response.content.decode()


def test_the_gallery_is_shown_in_both_directions(client: Client) -> None:
    assert 'dir="ltr"' in client.get("/gallery/").content.decode()
    assert 'dir="rtl"' in client.get("/gallery/?dir=rtl").content.decode()


def test_a_visitor_lands_at_the_door(client: Client) -> None:
    assert client.get("/").headers["Location"] == "/accounts/login/"


def test_a_coordinator_lands_on_today(lyon: Branch, sign_in: SignIn) -> None:
    assert sign_in(at=lyon).get("/").headers["Location"] == "/b/lyon/today/"


@pytest.mark.parametrize("role", [Role.MENTOR, Role.MENTEE])
def test_who_has_no_page_yet_is_welcomed(role: Role, lyon: Branch, sign_in: SignIn) -> None:
    assert sign_in(role, lyon).get("/").status_code == 200


def test_the_one_click_sign_in_does_not_exist_outside_the_demo(client: Client) -> None:
    login = make.login(Role.COORDINATOR, email="simon@demo.traboule.example")
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/", {"login": login.pk}).status_code == 404


def test_in_the_demo_one_click_opens_the_door(lyon: Branch, client: Client, settings: Settings) -> None:
    settings.TRABOULE_DEMO, settings.TRABOULE_STAFF_SECOND_FACTOR = True, False
    login = make.login(Role.COORDINATOR, lyon, email="simon@demo.traboule.example")
    assert client.get("/").headers["Location"] == "/demo/"
    assert f'value="{login.pk}"' in client.get("/demo/").content.decode()
    response = client.post("/demo/", {"login": login.pk}, follow=True)
    assert response.redirect_chain[-1][0] == "/b/lyon/today/"


def test_in_the_demo_only_its_own_people_can_be_chosen(client: Client, settings: Settings) -> None:
    settings.TRABOULE_DEMO = True
    login = make.login(Role.ADMINISTRATOR, email="director@example.org")
    assert client.post("/demo/", {"login": login.pk}).status_code == 404


def test_the_size_of_the_text_is_kept(client: Client) -> None:
    response = client.post("/size/", {"size": "200", "next": "/gallery/"}, follow=True)
    assert 'class="size-200"' in response.content.decode()
    assert 'class="size-200"' in client.get("/credits/").content.decode()


def test_a_size_that_does_not_exist_changes_nothing(client: Client) -> None:
    client.post("/size/", {"size": "900"})
    assert 'class="size-100"' in client.get("/credits/").content.decode()


def test_a_visitor_changes_the_language(client: Client) -> None:
    response = client.post("/language/", {"language": "en", "next": "/credits/"}, follow=True)
    assert 'lang="en"' in response.content.decode()


def test_a_login_keeps_its_language_for_its_mails(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(at=lyon, locale="fr", email="simon@example.org")
    client.post("/language/", {"language": "en"})
    assert Login.objects.get(email="simon@example.org").locale == "en"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_switches_never_lead_elsewhere(elsewhere: str, client: Client) -> None:
    response = client.post("/size/", {"size": "150", "next": elsewhere})
    assert response.headers["Location"] == "/"


@pytest.mark.parametrize("address", ["/language/", "/size/"])
def test_switches_do_not_answer_to_get(address: str, client: Client) -> None:
    assert client.get(address).status_code == 405


def test_switching_the_branch_leads_to_its_first_page(lyon: Branch, sign_in: SignIn) -> None:
    make.branch(name="Lille", slug="lille", organisation=lyon.organisation)
    client = sign_in(Role.ADMINISTRATOR)
    assert client.post("/branch/", {"branch": "lyon"}).headers["Location"] == "/b/lyon/today/"
    assert client.get("/").headers["Location"] == "/b/lyon/today/"


def test_a_branch_of_others_cannot_be_switched_to(lyon: Branch, sign_in: SignIn) -> None:
    make.branch(slug="lille")
    assert sign_in(at=lyon).post("/branch/", {"branch": "lille"}).status_code == 404


def test_mails_are_shown_where_none_is_sent(client: Client, settings: Settings) -> None:
    settings.TRABOULE_DEV_MAILBOX = None
    assert client.get("/mails/").status_code == 404


def test_a_page_that_does_not_exist_says_so_in_the_frame_of_the_house(client: Client) -> None:
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "site-head" in response.content.decode()


def test_a_form_without_its_key_is_refused_in_words() -> None:
    response = Client(enforce_csrf_checks=True).post("/size/", {"size": "200"})
    assert response.status_code == 403
    assert "site-head" in response.content.decode()


def test_every_permission_has_words(lyon: Branch, sign_in: SignIn) -> None:
    page = sign_in(at=lyon).get("/roles/").content.decode()
    assert page.count("<tr>") == 1 + len(Permission)


def test_the_guide_links_its_pages_and_hides_no_html(client: Client) -> None:
    page = client.get("/guide/").content.decode()
    assert 'href="/guide/today/"' in page
    assert client.get("/guide/today/").status_code == 200
    assert client.get("/guide/secrets/").status_code == 404
    assert client.get("/guide/pictures/nothing.png").status_code == 404


def test_the_page_of_a_broken_program_needs_neither_a_visitor_nor_a_database() -> None:
    page = render_to_string("500.html")
    assert "site-head" in page
    assert 'href="/"' in page
