"""Today, the team, and the budget of queries of every page that lists something."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import people as make
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import MenteeState, Role
from traboule.apps.people.models import Login, MenteeProfile, Note, Person, RoleGrant

pytestmark = pytest.mark.django_db
BUDGET = 15
LISTS = ["today", "people", "team", "people_export"]


def many_mentees(branch: Branch, number: int) -> None:
    now = timezone.now()
    rows = [
        Person(
            branch=branch,
            first_name=f"F{n}",
            last_name=f"L{n}",
            commune_code=f"69{n % 50:03}",
            commune_name=f"C{n % 50}",
            created_at=now,
            last_contact_at=now,
        )
        for n in range(number)
    ]
    saved = Person.everywhere.bulk_create(rows)
    since = date(2026, 1, 1)
    MenteeProfile.everywhere.bulk_create(
        MenteeProfile(person=person, state=MenteeState.POOL, waiting_since=since) for person in saved
    )
    author = make.login()
    Note.everywhere.bulk_create(
        Note(person=p, author=author, text="t", happened_at=now, next_step="s", next_step_on=now.date())
        for p in saved
    )
    for person in saved[:100]:
        make.speak(person, {"fr": 3, "ar": 6})


def queries_of(client: Client, address: str) -> int:
    client.get(address)  # the session and the caches are warm
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_as_many_queries_at_1_as_at_1000_rows(name: str, lyon: Branch, sign_in: SignIn) -> None:
    client, address = sign_in(at=lyon), reverse(name, args=["lyon"])
    many_mentees(lyon, 1)
    few = queries_of(client, address)
    many_mentees(lyon, 999)
    assert queries_of(client, address) <= few <= BUDGET


def test_the_page_of_a_person_stays_within_its_budget(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(at=lyon)
    many_mentees(lyon, 1)
    person = Person.everywhere.get(first_name="F0")
    address = reverse("person", args=["lyon", person.pk])
    few = queries_of(client, address)
    author, now = make.login(), timezone.now()
    Note.everywhere.bulk_create(
        Note(person=person, author=author, text="t", happened_at=now) for _ in range(100)
    )
    assert queries_of(client, address) <= few <= BUDGET


@pytest.mark.parametrize("name", ["today", "people"])
def test_a_page_with_1000_people_weighs_under_30_kb(name: str, lyon: Branch, sign_in: SignIn) -> None:
    many_mentees(lyon, 1000)
    assert len(sign_in(at=lyon).get(reverse(name, args=["lyon"])).content) <= 30_000


def test_today_names_who_waits_since_when_and_the_next_act(lyon: Branch, sign_in: SignIn) -> None:
    since = timezone.localdate() - timedelta(days=40)
    selam = make.mentee(lyon, first_name="Selam", last_name="T", waiting_since=since)
    page = BeautifulSoup(sign_in(at=lyon, name="Simon Meyer").get("/b/lyon/today/").content, "html.parser")
    line = page.select(".steps li")[0]
    assert "Hello Simon. One person waits for you." in page.h1.get_text() if page.h1 else False
    assert line.select("a")[0]["href"] == f"/b/lyon/people/{selam.pk}/"
    assert "40 days" in line.get_text()
    assert "Waits longer than promised" in line.get_text()


def test_an_empty_day_says_so(lyon: Branch, sign_in: SignIn) -> None:
    page = sign_in(at=lyon, name="Simon").get("/b/lyon/today/").content.decode()
    assert "Nobody waits for you." in page


def test_the_histogram_has_its_table(lyon: Branch, sign_in: SignIn) -> None:
    make.mentee(lyon, waiting_since=timezone.localdate() - timedelta(days=40))
    page = BeautifulSoup(sign_in(at=lyon).get("/b/lyon/today/").content, "html.parser")
    picture = page.select("svg.bars")[0]
    assert picture["role"] == "img"
    assert "1 people wait" in str(picture["aria-label"])
    assert len(page.select("figure table tbody tr")) == 6


# --- the team ---------------------------------------------------------------------------------------------


def test_a_director_invites_a_coordinator(
    lyon: Branch, sign_in: SignIn, django_capture_on_commit_callbacks: object
) -> None:
    client = sign_in(Role.DIRECTOR, lyon)
    said = {"name": "Anne Roux", "email": "Anne@Example.org", "role": "coordinator", "locale": "fr"}
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture that is a function
        response = client.post(reverse("team_invite", args=["lyon"]), said)
    grant = RoleGrant.objects.get(login__email="anne@example.org")
    assert response.headers["Location"] == "/b/lyon/team/"
    assert (grant.role, grant.branch) == (Role.COORDINATOR, lyon)
    assert "http://testserver/accounts/login/" in mail.outbox[0].body


def test_nobody_is_offered_a_role_above_their_own(lyon: Branch, sign_in: SignIn) -> None:
    page = sign_in(Role.DIRECTOR, lyon).get(reverse("team_invite", args=["lyon"])).content.decode()
    assert 'value="coordinator"' in page
    assert 'value="administrator"' not in page


def test_a_role_above_the_own_cannot_be_forced_in(lyon: Branch, sign_in: SignIn) -> None:
    said = {"name": "A", "email": "a@example.org", "role": "administrator", "locale": "fr"}
    response = sign_in(Role.DIRECTOR, lyon).post(reverse("team_invite", args=["lyon"]), said)
    assert response.status_code == 422
    assert not Login.objects.filter(email="a@example.org").exists()


def test_a_role_is_given_and_taken_back_after_a_question(lyon: Branch, sign_in: SignIn) -> None:
    anne = make.login(Role.COORDINATOR, lyon)
    client = sign_in(Role.DIRECTOR, lyon)
    client.post(reverse("team_role", args=["lyon", anne.pk]), {"role": "director"})
    grant = RoleGrant.objects.get(login=anne, role=Role.DIRECTOR)
    address = reverse("team_revoke", args=["lyon", grant.pk])
    assert client.get(address).status_code == 200
    assert RoleGrant.objects.filter(pk=grant.pk).exists()
    client.post(address)
    assert not RoleGrant.objects.filter(pk=grant.pk).exists()


def test_the_last_administrator_stays(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    grant = RoleGrant.objects.get(role=Role.ADMINISTRATOR)
    response = client.post(reverse("team_revoke", args=["lyon", grant.pk]), follow=True)
    assert "last administrator" in response.content.decode()
    assert RoleGrant.objects.filter(pk=grant.pk).exists()


def test_a_role_cannot_be_given_to_somebody_of_another_team(lyon: Branch, sign_in: SignIn) -> None:
    stranger = make.login(Role.COORDINATOR, make.branch())
    response = sign_in(Role.DIRECTOR, lyon).get(reverse("team_role", args=["lyon", stranger.pk]))
    assert response.status_code == 404
