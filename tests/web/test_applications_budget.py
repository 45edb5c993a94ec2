"""The list of applications costs as many queries at 1,000 rows as at 1."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import people as make
from tests.factories.people import NOW
from tests.web.conftest import SignIn
from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.models import Application
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Role, Side
from traboule.apps.people.models import MenteeProfile, Person

pytestmark = pytest.mark.django_db
BUDGET = 15


def add(branch: Branch, number: int) -> None:
    owner = make.login(Role.COORDINATOR, branch)
    people = Person.everywhere.bulk_create(make.PersonFactory.build_batch(number, branch=branch))
    MenteeProfile.everywhere.bulk_create(MenteeProfile(person=person) for person in people)
    Application.everywhere.bulk_create(
        Application(
            branch=branch,
            person=person,
            side=Side.MENTEE,
            state=ApplicationState.SENT,
            owner=owner,
            answers={"who": {"first_name": ["S"]}},
            started_at=NOW,
            saved_at=NOW,
            sent_at=NOW,
            moved_at=NOW + timedelta(minutes=at),
        )
        for at, person in enumerate(people)
    )


@pytest.mark.parametrize("address", ["/b/lyon/applications/", "/b/lyon/applications/?late=on&text=First"])
def test_the_list_costs_as_many_queries_at_1000_rows_as_at_1(
    lyon: Branch, sign_in: SignIn, address: str
) -> None:
    client = sign_in(Role.DIRECTOR, at=lyon)
    add(lyon, 1)
    client.get(address)  # the session and the caches are warm

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert client.get(address).status_code == 200
        return len(counted)

    few = queries()
    add(lyon, 999)
    assert queries() == few
    assert few <= BUDGET
