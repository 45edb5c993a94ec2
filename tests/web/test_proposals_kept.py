"""The list of proposals is drawn once per state of each branch in which its people are; it is never older."""

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import pairing as pair
from tests.factories import people as make
from tests.factories.people import NOW
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.pairing.actions import mark_told
from traboule.apps.pairing.models import Proposal
from traboule.apps.people import actions
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Person
from traboule.core.actors import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeping", "frozen")]


@pytest.fixture
def frozen() -> object:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def by(lyon: Branch) -> Actor:
    return make.coordinator(lyon, name="Inès")


@pytest.fixture
def asked(lyon: Branch, by: Actor) -> Proposal:
    return pair.proposal(make.mentee(lyon, first_name="Selam"), make.mentor(lyon, first_name="Anne"), by)


def look(client: Client, query: str = "", **headers: str) -> tuple[str, int]:
    """The list, and how many queries it took."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"{reverse('proposals', args=['lyon'])}{query}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode(), len(queries)


def test_a_second_look_reads_no_proposal(asked: Proposal, lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(at=lyon)
    look(client)
    first, second = look(client), look(client)
    assert first[1] == second[1] <= 7
    assert "Selam" in second[0]
    assert "1 proposal." in second[0]


def test_what_was_noted_is_there_at_once(asked: Proposal, lyon: Branch, sign_in: SignIn, by: Actor) -> None:
    client = sign_in(at=lyon)
    assert "Tell the mentee" in look(client)[0]
    mark_told(proposal=asked, by=by, now=NOW)
    assert "The mentee answers" in look(client)[0]


def test_a_name_that_is_written_where_somebody_moved_is_there_at_once(
    asked: Proposal, lyon: Branch, sign_in: SignIn
) -> None:
    there = make.branch(name="Paris", slug="paris")
    Person.everywhere.filter(pk=asked.mentee_id).update(branch=there)
    client = sign_in(at=lyon)
    assert "Selam" in look(client)[0]
    person = Person.everywhere.get(pk=asked.mentee_id)
    Person.everywhere.filter(pk=person.pk).update(first_name="Bilen")
    actions.log_note(person=person, text="Another name.", by=make.coordinator(there), now=NOW)
    assert "Bilen" in look(client)[0]


def test_a_filter_and_the_list_alone_have_their_own_answer(
    asked: Proposal, lyon: Branch, sign_in: SignIn, by: Actor
) -> None:
    client = sign_in(at=lyon)
    assert "Selam" in look(client)[0]
    assert "Selam" not in look(client, "?state=declined")[0]
    assert "Selam" in look(client, "?text=anne")[0]
    part = look(client, **{"HX-Request": "true", "HX-Target": "rows"})[0]
    assert ("Selam" in part, "<html" in part) == (True, False)


def test_who_may_not_export_is_offered_no_file_by_what_was_drawn_for_another(
    asked: Proposal, lyon: Branch, sign_in: SignIn
) -> None:
    href = reverse("proposals_export", args=["lyon"])
    shown = {role: href in look(sign_in(role, lyon))[0] for role in (Role.DIRECTOR, Role.COORDINATOR)}
    again = {role: href in look(sign_in(role, lyon))[0] for role in (Role.COORDINATOR, Role.DIRECTOR)}
    assert shown == again
