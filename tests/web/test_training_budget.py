"""The lists of training cost as many queries at 1,000 rows as at 1, and never more than 15."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import people as make
from tests.factories import training as train
from tests.factories.people import NOW, TODAY
from traboule.apps.applications.models import IdentityCheck, Reference, SafeguardingCheck
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import MentorState, Role
from traboule.apps.people.models import MentorProfile, Person, SpokenLanguage
from traboule.apps.training.models import Attendance, Module, TrainingSession

pytestmark = pytest.mark.django_db
BUDGET = 15


class Crowd:
    """Fills a branch without a query per row: mentors under way and ready ones, seats, references, checks."""

    def __init__(self, branch: Branch) -> None:
        self.branch = branch
        self.login = make.login(Role.COORDINATOR, branch)
        self.modules = train.modules(branch)
        self.example = self._people(1, MentorState.NEW)[0]
        self.sitting = self._sittings(1)[0]

    def add(self, number: int) -> None:
        new, ready = (self._people(number, state) for state in (MentorState.NEW, MentorState.POOL))
        for at, sitting in enumerate(self._sittings(number)):
            self._seats(sitting, [new[at], ready[at], self.example])
        self._seats(self.sitting, new[:150])
        everybody = [*new, *ready]
        asked = {"asked_at": NOW, "asked_by": self.login}
        Reference.everywhere.bulk_create(
            Reference(
                branch=self.branch, person=p, referee="R", channel="email", address="r@example.org", **asked
            )
            for p in [*everybody, *[self.example] * number]
        )
        SafeguardingCheck.everywhere.bulk_create(
            SafeguardingCheck(person=p, document="fr_bulletin_3", **asked) for p in everybody
        )
        IdentityCheck.everywhere.bulk_create(
            IdentityCheck(person=p, document="passport", seen_on=TODAY, seen_by=self.login, noted_at=NOW)
            for p in everybody
        )

    def _people(self, number: int, state: MentorState) -> list[Person]:
        people = Person.everywhere.bulk_create(make.PersonFactory.build_batch(number, branch=self.branch))
        trained = TODAY - timedelta(days=200) if state == MentorState.POOL else None
        MentorProfile.everywhere.bulk_create(
            MentorProfile(person=p, state=state, trained_on=trained) for p in people
        )
        SpokenLanguage.everywhere.bulk_create(SpokenLanguage(person=p, code="fr", level=6) for p in people)
        return people

    def _sittings(self, number: int) -> list[TrainingSession]:
        module: Module = self.modules[0]
        return TrainingSession.everywhere.bulk_create(
            TrainingSession(
                branch=self.branch,
                module=module,
                starts_at=NOW + timedelta(days=9_000 * (at % 2), minutes=at),
                ends_at=NOW + timedelta(days=9_000 * (at % 2), hours=30),
                place="La Duchère",
                seats=200,
            )
            for at in range(number)
        )

    def _seats(self, sitting: TrainingSession, people: list[Person]) -> None:
        first = Attendance.everywhere.filter(session=sitting).count() + 1
        Attendance.everywhere.bulk_create(
            Attendance(
                session=sitting, person=p, seat=seat, presence="present", enrolled_at=NOW, noted_at=NOW
            )
            for seat, p in enumerate(people, first)
        )


def cost(client: Client, where: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        answer = client.get(where)
    assert answer.status_code == 200
    return len(found)


def test_lists_of_training_take_the_same_number_of_queries_at_1_and_at_1_000_rows(settings: Any) -> None:
    settings.TRABOULE_STAFF_SECOND_FACTOR = False
    crowd = Crowd(make.branch(slug="lyon"))
    client = Client()
    client.force_login(make.login(Role.DIRECTOR, crowd.branch))
    one = [crowd.example.pk]
    pages = {
        name: reverse(name, args=["lyon", *arguments])
        for name, arguments in {
            "training": [],
            "training_sessions": [],
            "training_exchange": [],
            "training_modules": [],
            "mentor_path": one,
            "training_session": [crowd.sitting.pk],
            "training_sheet": [crowd.sitting.pk],
        }.items()
    }
    crowd.add(2)  # one half-day to come and one gone by
    client.get(pages["training"])  # the first page also renews the sign-in
    few = {name: cost(client, where) for name, where in pages.items()}
    crowd.add(998)
    client.get(pages["training"])
    many = {name: cost(client, where) for name, where in pages.items()}
    assert many == few
    assert {name: number for name, number in many.items() if number > BUDGET} == {}
