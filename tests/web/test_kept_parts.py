"""Lists are drawn once per state of the branch, and never older than the last write, nor for other rights."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import people as make
from tests.factories import training as train
from tests.factories.people import NOW, TODAY
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.people import actions
from traboule.apps.people.enums import MentorState, Role
from traboule.apps.people.models import Person
from traboule.core import remember
from traboule.web.access import Here
from traboule.web.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeping")]


def page(client: Client, name: str, query: str = "", **headers: str) -> tuple[str, int]:
    """The page, and how many queries it took."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"{reverse(name, args=['lyon'])}{query}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode(), len(queries)


def write_something(branch: Branch) -> None:
    by = make.coordinator(branch)
    person = Person.everywhere.filter(branch=branch).first()
    assert person is not None
    actions.log_note(person=person, text="Called.", by=by, now=timezone.now())


@pytest.mark.parametrize("name", ["people", "training", "table"])
def test_a_second_look_costs_few_queries_and_shows_the_same(lyon: Branch, sign_in: SignIn, name: str) -> None:
    make.mentor(lyon, first_name="Anne", state=MentorState.NEW)
    client = sign_in(Role.COORDINATOR, lyon)
    page(client, name)
    (first, _), (second, queries) = page(client, name), page(client, name)
    assert queries <= 7
    assert [line for line in first.splitlines() if "csrf" not in line] == [
        line for line in second.splitlines() if "csrf" not in line
    ]


@pytest.mark.parametrize("name", ["people", "training"])
def test_a_person_who_came_meanwhile_is_there_at_once(lyon: Branch, sign_in: SignIn, name: str) -> None:
    make.mentor(lyon, first_name="Anne", state=MentorState.NEW)
    client = sign_in(Role.COORDINATOR, lyon)
    assert "Bruno" not in page(client, name)[0]
    make.mentor(lyon, first_name="Bruno", state=MentorState.NEW)
    write_something(lyon)
    assert "Bruno" in page(client, name)[0]


def test_who_may_less_is_given_nothing_that_was_made_for_who_may_more(lyon: Branch) -> None:
    request, here = RequestFactory().get("/"), Here(make.coordinator(lyon), lyon, NOW, TODAY)

    def made(rights: tuple[bool, ...]) -> str:
        return kept(request, here, "list", lambda: f"for {rights}", rights)

    each = [(True, True), (True, False), (False, True), ()]
    assert [made(rights) for rights in each * 2] == [f"for {rights}" for rights in each * 2]


def test_each_language_and_each_filter_has_its_own_words(lyon: Branch, sign_in: SignIn) -> None:
    make.mentee(lyon, first_name="Selam")
    make.mentee(lyon, first_name="Omar")
    client = sign_in(Role.COORDINATOR, lyon)
    assert "Selam" in page(client, "people")[0]
    filtered = page(client, "people", "?text=Omar")[0]
    assert ("Omar" in filtered, "Selam" in filtered) == (True, False)
    assert "Selam" in page(client, "people")[0]


def test_htmx_gets_the_list_alone(lyon: Branch, sign_in: SignIn) -> None:
    make.mentee(lyon, first_name="Selam")
    client = sign_in(Role.COORDINATOR, lyon)
    page(client, "people")
    part = page(client, "people", **{"HX-Request": "true"})[0]
    assert "Selam" in part
    assert "<html" not in part


def test_a_half_day_that_ended_meanwhile_is_gone_without_a_write(
    lyon: Branch, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    noon = NOW.replace(hour=12)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    sitting = train.sitting(lyon, starts_at=noon + timedelta(hours=1))
    client = sign_in(Role.COORDINATOR, lyon)
    href = reverse("training_session", args=["lyon", sitting.pk])
    assert href in page(client, "training")[0]
    later = sitting.ends_at + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert href not in page(client, "training")[0]


def test_a_hundred_addresses_that_nobody_has_are_not_kept(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.COORDINATOR, lyon)
    page(client, "people")
    held = len(remember._kept)
    for odd in ("?page=-1", "?page=x", "?page=99999999", "?odd=1"):
        page(client, "people", odd)
    assert len(remember._kept) == held
