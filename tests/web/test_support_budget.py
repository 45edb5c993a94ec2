"""Pages of support cost as many queries with many rows as with one, and never more than 15."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import support as app
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.people.actions.own import my_place_address
from traboule.apps.people.enums import Role
from traboule.apps.support.models import Absence, CheckIn, CheckInSide, Concern, ConcernEntry, Pulse

pytestmark = pytest.mark.django_db
BUDGET = 15


def queries(client: Client, where: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(where).status_code == 200
    return len(seen)


def fill(lyon: Branch, number: int) -> None:
    now, day = timezone.now(), timezone.localdate()
    for count in range(number):
        duo = app.duo(lyon, started_on=day - timedelta(days=100))
        row = CheckIn.everywhere.create(duo=duo, month=3, due_on=day)
        Concern.everywhere.create(branch=lyon, duo=duo, text="x", told_at=now, answer_due_on=day)
        for side, person in (("mentee", duo.mentee), ("mentor", duo.mentor)):
            CheckInSide.everywhere.create(check_in=row, person=person, side=side, asked_at=now)
            Pulse.everywhere.create(
                duo=duo,
                person=person,
                side=side,
                number=1,
                asked_at=now,
                answered_at=now,
                trust=1 + count % 5,
            )
        Absence.everywhere.create(person=duo.mentor, from_on=day, until_on=day + timedelta(9), said_at=now)


@pytest.mark.parametrize("name", ["support", "concerns"])
def test_a_list_costs_the_same_at_1_and_at_30_duos(lyon: Branch, sign_in: SignIn, name: str) -> None:
    client = sign_in(Role.DIRECTOR, lyon)
    where = reverse(name, args=["lyon"])
    fill(lyon, 1)
    queries(client, where)
    few = queries(client, where)
    fill(lyon, 30)
    assert queries(client, where) <= few
    assert few <= BUDGET


def test_the_pages_of_one_duo_stay_in_the_budget(lyon: Branch, sign_in: SignIn) -> None:
    client, now = sign_in(Role.DIRECTOR, lyon), timezone.now()
    fill(lyon, 3)
    row = CheckIn.everywhere.latest("pk")
    file = Concern.everywhere.latest("pk")
    ConcernEntry.everywhere.bulk_create(ConcernEntry(concern=file, at=now, text="x") for _ in range(50))
    away = Absence.everywhere.latest("pk")
    Absence.everywhere.filter(pk=away.pk).update(until_on=away.until_on + timedelta(days=20))
    pages = [
        reverse("duo", args=["lyon", row.duo_id]),
        reverse("check_in", args=["lyon", row.pk]),
        reverse("check_in_hold", args=["lyon", row.pk, "mentee"]),
        reverse("absence", args=["lyon", away.pk]),
        reverse("support_rhythm", args=["lyon"]),
        reverse("support_questions", args=["lyon"]),
    ]
    queries(client, pages[0])
    found = {page: queries(client, page) for page in pages}
    assert {page: number for page, number in found.items() if number > BUDGET} == {}
    assert queries(client, reverse("concern", args=["lyon", file.pk])) <= BUDGET + 5  # five write the log


def test_the_place_of_somebody_in_a_duo_stays_in_the_budget(lyon: Branch) -> None:
    fill(lyon, 1)
    duo = CheckIn.everywhere.get().duo
    for person in (duo.mentee, duo.mentor):
        door = "/" + my_place_address(person=person, now=timezone.now()).split("/", 3)[3]
        assert queries(Client(), door) <= BUDGET
        assert queries(Client(), f"{door}?show=check-in") <= BUDGET
