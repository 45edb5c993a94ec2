"""The public pages and the pages that write them cost the same number of queries at 1 and at 1,000 rows."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import people as make
from tests.factories.people import NOW
from tests.web.conftest import SignIn
from tests.web.test_my_place import door
from traboule.apps.branches.models import Branch, SiteFigure, SiteText
from traboule.apps.people.models import Note, Person

pytestmark = pytest.mark.django_db
BUDGET = 15


def cost(client: Client, where: str) -> int:
    client.get(where)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(where).status_code == 200
    return len(seen)


def crowd(lyon: Branch, number: int) -> None:
    SiteFigure.objects.bulk_create(
        SiteFigure(
            branch=lyon,
            value="1",
            labels={"fr": "x"},
            source="y",
            as_of=date(2026, 1, 1),
            counted=1,
            typed_at=NOW,
        )
        for _ in range(number)
    )
    first = SiteText.objects.count() + 1
    SiteText.objects.bulk_create(
        SiteText(
            branch=lyon, part="about", language="fr", version=first + at, text="<p>x</p>", written_at=NOW
        )
        for at in range(number)
    )


@pytest.mark.parametrize("where", ["/at/lyon/", "/b/lyon/site/", "/b/lyon/site/text/?part=about&language=fr"])
def test_site_pages_cost_the_same_queries_at_one_and_at_a_thousand_rows(
    where: str, lyon: Branch, sign_in: SignIn
) -> None:
    client = sign_in(at=lyon)
    crowd(lyon, 1)
    at_one = cost(client, where)
    crowd(lyon, 999)
    assert cost(client, where) == at_one <= BUDGET


def test_places_cost_the_same_queries_at_one_and_at_a_thousand_rows(lyon: Branch) -> None:
    make.branch(slug="lille", organisation=lyon.organisation)
    at_two = cost(Client(), "/at/")
    Branch.objects.bulk_create(
        Branch(organisation=lyon.organisation, name=f"Place {n}", slug=f"place-{n}") for n in range(1_000)
    )
    assert cost(Client(), "/at/") == at_two <= BUDGET


def notes(person: Person, number: int) -> None:
    author = make.login()
    Note.everywhere.bulk_create(
        Note(person=person, author=author, text="x", readers="shared", happened_at=NOW) for _ in range(number)
    )


@pytest.mark.parametrize("show", ["", "?show=written"])
def test_my_place_costs_the_same_queries_at_one_and_at_a_thousand_notes(show: str, lyon: Branch) -> None:
    person = make.mentee(lyon)
    where = door(person) + show
    notes(person, 1)
    at_one = cost(Client(), where)
    notes(person, 999)
    assert cost(Client(), where) == at_one <= BUDGET
