"""The lists of partners, referrals and duplicates cost the same at 1 row and at 1,000."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import people as make
from tests.factories.people import NOW
from tests.web.conftest import SignIn
from traboule.apps.applications.models import Application
from traboule.apps.branches.models import Branch
from traboule.apps.partners.models import Partner, Referrer
from traboule.apps.people.actions._writing import refresh_search_key
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Login, MenteeProfile, Person, PersonMerge

pytestmark = pytest.mark.django_db
BUDGET = 15


class Crowd:
    """Partners with advisers, people they sent, each of whom is there twice; none costs a query by itself."""

    def __init__(self, lyon: Branch, adviser: Login) -> None:
        self.lyon, self.adviser, self.count = lyon, adviser, 0

    def add(self, number: int) -> None:
        at = range(self.count, self.count + number)
        self.count += number
        partners = Partner.everywhere.bulk_create(
            Partner(branch=self.lyon, name=f"Partner {n:05}", created_at=NOW) for n in at
        )
        Referrer.everywhere.bulk_create(
            Referrer(partner=partner, login=self.adviser, invited_at=NOW) for partner in partners
        )
        persons = [self._person(n, twice) for n in at for twice in ("", "x")]
        Person.everywhere.bulk_create(persons)
        MenteeProfile.everywhere.bulk_create(
            MenteeProfile(person=person, waiting_since=date(2026, 1, 5)) for person in persons
        )
        Application.everywhere.bulk_create(
            Application(
                branch=self.lyon, person=person, side="mentee", state="sent", source="referrer",
                referred_by=self.adviser, started_at=NOW, saved_at=NOW, sent_at=NOW, moved_at=NOW,
            )
            for person in persons
        )  # fmt: skip
        hidden = [self._person(n, "hidden") for n in at]
        for person in hidden:
            person.archived_at = NOW
        Person.everywhere.bulk_create(hidden)
        PersonMerge.everywhere.bulk_create(
            PersonMerge(
                branch=self.lyon, kept=persons[0], dropped=person, merged_at=NOW, merged_by=self.adviser
            )
            for person in hidden
        )

    def _person(self, n: int, last: str) -> Person:
        person = Person(
            branch=self.lyon,
            first_name=f"Mo{'bcdfgklmnp'[n % 10]}a{'bcdfgklmnp'[n // 10 % 10]}i{'bcdfgklmnp'[n // 100 % 10]}",
            last_name="Ahmed" + last,
            birth_date=date(1990 + n % 15, 1 + n % 12, 2 + n % 26),
            phone=f"+336{n:08}",
            created_at=NOW,
            last_contact_at=NOW,
        )
        refresh_search_key(person)
        return person


def cost(client: Client, name: str, *more: int) -> int:
    client.get(reverse(name, args=["lyon", *more]))  # the session is written once a minute
    with CaptureQueriesContext(
        connection,
    ) as spent:
        assert client.get(reverse(name, args=["lyon", *more])).status_code == 200
    return len(spent)


def test_lists_cost_the_same_queries_at_1_and_at_1000_rows(lyon: Branch, sign_in: SignIn) -> None:
    adviser = make.login(Role.REFERRER, lyon)
    crowd = Crowd(lyon, adviser)
    crowd.add(1)
    team, desk = sign_in(at=lyon), Client()
    desk.force_login(adviser)
    first = Partner.everywhere.get()
    person = Person.everywhere.filter(archived_at=None).earliest("pk")
    pages = [
        (team, "partners"),
        (team, "partner", first.pk),
        (team, "duplicates"),
        (desk, "referrals"),
        (team, "person", person.pk),
    ]
    before = [cost(*page) for page in pages]
    crowd.add(999)
    after = [cost(*page) for page in pages]
    assert after == before
    assert [page[1] for page, spent in zip(pages, after, strict=True) if spent > BUDGET] == []
