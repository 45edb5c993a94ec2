"""Pages of a plan take the same number of queries at 1 and at many rows, and at most 15."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from tests.factories import pairing
from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo, Goal, Interview, JobApplication, Milestone, ShortJob, Suggestion
from traboule.apps.duos.plan_messages import plan_address
from traboule.apps.people.actions.own import my_place_address
from traboule.apps.people.enums import Role

pytestmark = pytest.mark.django_db
BUDGET = 15


def add(duo: Duo, number: int) -> None:
    """Rows of every kind."""
    person = duo.mentee
    goals = Goal.everywhere.bulk_create(
        Goal(person=person, kind="own", words=f"goal {at}", added_at=NOW) for at in range(number)
    )
    Milestone.everywhere.bulk_create(
        Milestone(goal=goal, words="step", due_on=TODAY + timedelta(400 + at))
        for at, goal in enumerate(goals)
    )
    JobApplication.everywhere.bulk_create(
        JobApplication(person=person, rome="D1102", sent_on=TODAY) for _ in range(number)
    )
    Interview.everywhere.bulk_create(
        Interview(person=person, employer="x", starts_at=NOW + timedelta(500 + at), added_at=NOW)
        for at in range(number)
    )
    ShortJob.everywhere.bulk_create(
        ShortJob(person=person, work="x", starts_on=TODAY, ends_on=TODAY + timedelta(600))
        for _ in range(number)
    )
    Suggestion.everywhere.bulk_create(
        Suggestion(person=person, suggested_by=duo.mentor, goal=goals[0], words="x", made_at=NOW)
        for _ in range(number)
    )


def cost(client: Client, where: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(where).status_code == 200, where
    return len(found)


def test_a_plan_costs_the_same_at_1_and_at_50_rows_for_each_reader(lyon: Branch, settings: Settings) -> None:
    settings.TRABOULE_STAFF_SECOND_FACTOR = False
    duo = pairing.duo(make.mentee(lyon), make.mentor(lyon), make.coordinator(lyon))
    now = timezone.now()
    hers, place, his = (
        "/" + address.split("/", 3)[3]
        for address in (
            plan_address(person=duo.mentee, now=now),
            my_place_address(person=duo.mentee, now=now),
            my_place_address(person=duo.mentor, now=now),
        )
    )
    add(duo, 1)
    goal = Goal.everywhere.get().pk
    visitor, staff = Client(), Client()
    staff.force_login(make.login(Role.DIRECTOR, lyon))
    pages = [(visitor, f"{hers}?plan={page}") for page in ("home", "goals", "sent", "shown", "table")]
    pages += [(visitor, f"{hers}?plan=goal&id={goal}"), (visitor, place), (visitor, his)]
    pages += [(visitor, f"{his}?plan=home&of={duo.pk}"), (visitor, f"{his}?plan=suggest&of={duo.pk}")]
    pages += [(staff, f"/b/lyon/duos/{duo.pk}/plan/"), (staff, f"/b/lyon/duos/{duo.pk}/")]
    pages += [(staff, "/b/lyon/plans/")]
    staff.get("/b/lyon/plans/")  # the first page also renews the sign-in
    few = {where: cost(client, where) for client, where in pages}
    add(duo, 49)
    many = {where: cost(client, where) for client, where in pages}
    assert many == few
    assert {where: number for where, number in many.items() if number > BUDGET} == {}
