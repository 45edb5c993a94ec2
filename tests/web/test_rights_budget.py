"""The pages of rights cost as many queries at 1,000 rows as at 1, and never more than 15."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import people as make
from tests.factories.people import NOW
from tests.web.conftest import SignIn
from tests.web.test_budgets import BUDGET, queries_of
from traboule.apps.applications.models import Application
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import MenteeState, Role
from traboule.apps.people.models import MenteeProfile, Person
from traboule.apps.privacy.models import RightsRequest

pytestmark = pytest.mark.django_db
LISTS = ("rights", "retention", "processing", "funnel")


def add(branch: Branch, number: int) -> None:
    old = timezone.now() - timedelta(days=800)
    batch = make.PersonFactory.build_batch(number, branch=branch, last_contact_at=old)
    people = Person.everywhere.bulk_create(batch)
    MenteeProfile.everywhere.bulk_create(
        MenteeProfile(person=p, state=MenteeState.POOL, waiting_since=NOW.date()) for p in people
    )
    dates = {"started_at": NOW, "saved_at": NOW, "sent_at": NOW, "moved_at": NOW}
    Application.everywhere.bulk_create(
        Application(branch=branch, person=p, side="mentee", state="sent", **dates) for p in people
    )
    RightsRequest.everywhere.bulk_create(
        RightsRequest(
            branch=branch, person=p, kind="access", asked_by="phone", asked_at=NOW, due_on=NOW.date()
        )
        for p in people
    )


def test_every_page_of_rights_costs_as_many_queries_at_1000_rows_as_at_1(
    lyon: Branch, sign_in: SignIn, subtests: pytest.Subtests
) -> None:
    client = sign_in(Role.ADMINISTRATOR, at=lyon)
    addresses = {name: reverse(name, args=["lyon"]) for name in LISTS}
    add(lyon, 1)
    for address in addresses.values():
        client.get(address)
    few = {name: queries_of(client, address) for name, address in addresses.items()}
    add(lyon, 999)
    for name, address in addresses.items():
        with subtests.test(name):
            assert queries_of(client, address) == few[name]
            assert few[name] <= BUDGET
