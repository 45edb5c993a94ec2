"""The pages of a branch that closes: for who decides, and for who is told."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import people as make
from tests.web.conftest import SignIn
from tests.web.test_budgets import BUDGET, queries_of
from traboule.apps.applications.actions import closing as actions
from traboule.apps.applications.models import BranchClosing, ClosingPerson
from traboule.apps.branches.models import Branch
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import MenteeState, Role
from traboule.apps.people.models import Login, MenteeProfile, Person

pytestmark = pytest.mark.django_db
PAGE, ACT = (reverse(name, args=["lyon"]) for name in ("branch_closing", "branch_closing_act"))


def decide(client: Client) -> None:
    contact = Login.objects.get(grants__role=Role.DIRECTOR)
    day = timezone.localdate() + timedelta(days=20)
    client.post(PAGE, {"closes_on": day.isoformat(), "contact": contact.pk})


def test_a_director_decides_looks_takes_back_decides_and_tells(lyon: Branch, sign_in: SignIn) -> None:
    make.mentee(lyon, first_name="Selam")
    client = sign_in(Role.DIRECTOR, at=lyon)
    assert "1 person is still here." in client.get(PAGE).content.decode()
    decide(client)
    page = client.get(PAGE).content.decode()
    assert "Selam" in page
    assert "Tell 1 person" in page
    client.post(ACT, {"act": "undo"})
    assert BranchClosing.everywhere.get().undone_at is not None
    client.post(ACT, {"act": "tell"})
    assert not Message.everywhere.exists()
    decide(client)
    answer = client.post(ACT, {"act": "tell"}, follow=True).content.decode()
    assert "1 person is told." in answer
    assert "Take it back" not in answer


def test_a_day_that_is_over_is_refused_beside_the_field(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.DIRECTOR, at=lyon)
    answer = client.post(PAGE, {"closes_on": "2001-01-01", "contact": "x"})
    assert answer.status_code == 422
    assert "This day is over." in answer.content.decode()


def test_a_coordinator_neither_sees_nor_does_it(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.COORDINATOR, at=lyon)
    assert client.get(PAGE).status_code == 403
    assert client.post(ACT, {"act": "tell"}).status_code == 403


@pytest.fixture
def letter(lyon: Branch) -> tuple[Person, str]:
    by, now = make.actor(Role.DIRECTOR, lyon), timezone.now()
    person = make.mentee(lyon, contact_language="en")
    closing = actions.close_branch(
        branch=lyon, closes_on=timezone.localdate(), contact=Login.objects.get(pk=by.id), by=by, now=now
    )
    actions.tell_everybody(closing=closing, by=by, now=now)
    found = re.search(r"/l/\w+/", Message.everywhere.get().body)
    assert found is not None
    return person, found[0]


def test_the_person_moves_by_a_press_and_opening_changes_nothing(
    lyon: Branch, letter: tuple[Person, str]
) -> None:
    person, address = letter
    lille = make.branch(name="Lille", slug="lille", organisation=lyon.organisation)
    page = Client().get(address).content.decode()
    assert "Yes, in Lille" in page
    person.refresh_from_db()
    assert person.branch == lyon
    answer = Client().post(address, {"to": "lille"}, follow=True).content.decode()
    assert "You go on with us in Lille." in answer
    person.refresh_from_db()
    assert person.branch == lille
    assert Client().post(address, {"to": "lille"}, follow=True).status_code == 200


def test_the_person_says_no_and_may_still_change_their_mind(lyon: Branch, letter: tuple[Person, str]) -> None:
    person, address = letter
    make.branch(name="Lille", slug="lille", organisation=lyon.organisation)
    answer = Client().post(address, {"act": "no"}, follow=True).content.decode()
    assert "you do not move" in answer
    assert ClosingPerson.everywhere.get().answer == "no"
    Client().post(address, {"to": "lille"})
    person.refresh_from_db()
    assert person.branch.slug == "lille"


def test_a_place_of_another_house_is_no_choice_and_a_closed_branch_says_so(
    lyon: Branch, letter: tuple[Person, str]
) -> None:
    person, address = letter
    make.branch(name="Elsewhere", slug="elsewhere")
    assert "Elsewhere" not in Client().get(address).content.decode()
    assert Client().post(address, {"to": "elsewhere"}).status_code == 409
    person.refresh_from_db()
    assert person.branch == lyon
    assert Client().get("/apply/lyon/mentee/").status_code == 410


def test_the_page_costs_as_many_queries_at_1000_people_as_at_1(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.DIRECTOR, at=lyon)
    make.mentee(lyon)
    decide(client)
    client.get(PAGE)
    few = queries_of(client, PAGE)
    people = Person.everywhere.bulk_create(make.PersonFactory.build_batch(999, branch=lyon))
    MenteeProfile.everywhere.bulk_create(MenteeProfile(person=p, state=MenteeState.NEW) for p in people)
    assert queries_of(client, PAGE) == few
    assert few <= BUDGET
