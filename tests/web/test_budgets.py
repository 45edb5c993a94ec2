"""Every page that lists something costs as many queries at 1,000 rows as at 1, and never more than 15."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import pairing as pair
from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo, MentorPlace
from traboule.apps.pairing.models import MatchRun, PairRule, Proposal, RunMentee, RunOption
from traboule.apps.people.enums import MenteeState, MentorState, Role
from traboule.apps.people.models import (
    Login,
    MenteeProfile,
    MentorProfile,
    Note,
    Person,
    RoleGrant,
    SpokenLanguage,
)

pytestmark = pytest.mark.django_db
BUDGET = 15
LISTS = (
    *("today", "people", "people_export", "table", "proposals", "proposals_export"),
    *("duos", "duos_export", "team"),
)


class Crowd:
    """Fills a branch without a query per row: `add(n)` puts n more rows on every page that lists."""

    def __init__(self, branch: Branch) -> None:
        self.branch = branch
        self.by = make.login(Role.COORDINATOR, branch)
        self.count = 0
        self.waiting: list[Person] = []
        self.mentors: list[Person] = []
        mentee, mentor = make.mentee(branch), make.mentor(branch, capacity=9)
        self.example = pair.run(branch, make.coordinator(branch))
        self.option = RunOption.everywhere.get(run=self.example, mentee=mentee, mentor=mentor)

    def add(self, number: int) -> None:
        self.mentors += self._people(number, "mentor")
        self.waiting += self._people(number, "mentee")
        self._staff(number)
        self._run()
        self._rules(number)
        others = self._people(number, "other")
        self._proposals(others, self.mentors[-number:])
        self._duos(others, self.mentors[-number:])
        self.count += number

    def _people(self, number: int, name: str) -> list[Person]:
        first = self.count
        rows = make.PersonFactory.build_batch(number, branch=self.branch)
        for n, person in enumerate(rows, first):
            person.external_id = f"{name}{n}"
            person.commune_code, person.commune_name = f"69{n % 50:03}", f"Commune {n % 50}"
        saved = Person.everywhere.bulk_create(rows)
        SpokenLanguage.everywhere.bulk_create(
            SpokenLanguage(person=person, code=code, level=4) for person in saved for code in ("fr", "ar")
        )
        if name == "mentee":
            Note.everywhere.bulk_create(
                Note(person=p, author=self.by, text="t", happened_at=NOW, next_step="s", next_step_on=TODAY)
                for p in saved
            )
        self._profiles(saved, name)
        return saved

    def _profiles(self, people: list[Person], name: str) -> None:
        same: dict[str, Any] = {"occupations": ["M1101"]}
        if name == "mentor":
            same |= {"state": MentorState.POOL, "capacity": 3, "trained_on": date(2026, 1, 1)}
            MentorProfile.everywhere.bulk_create(MentorProfile(person=p, **same) for p in people)
            return
        state = MenteeState.POOL if name == "mentee" else MenteeState.PAUSED
        same |= {"state": state, "waiting_since": date(2026, 1, 1)}
        MenteeProfile.everywhere.bulk_create(MenteeProfile(person=p, **same) for p in people)

    def _staff(self, number: int) -> None:
        logins = Login.objects.bulk_create(make.LoginFactory.build_batch(number))
        RoleGrant.objects.bulk_create(
            RoleGrant(login=login, role=Role.MENTOR, branch=self.branch, granted_at=NOW) for login in logins
        )
        staff = Login.objects.bulk_create(make.LoginFactory.build_batch(number))
        RoleGrant.objects.bulk_create(
            RoleGrant(login=login, role=Role.COORDINATOR, branch=self.branch, granted_at=NOW)
            for login in staff
        )

    def _run(self) -> None:
        """A stored run that shows three options to everybody who waits; it is the latest one."""
        fields = {field.attname: getattr(self.example, field.attname) for field in MatchRun._meta.fields}
        inputs = {**self.example.inputs, "mentees": {str(person.pk): "" for person in self.waiting}}
        fields |= {"id": None, "inputs": inputs, "created_at": NOW + timedelta(hours=self.count + 1)}
        run = MatchRun.everywhere.create(**fields)
        RunMentee.everywhere.bulk_create(
            RunMentee(run=run, mentee=person, position=n) for n, person in enumerate(self.waiting)
        )
        RunOption.everywhere.bulk_create(
            self._option(run, n, rank)
            for n in range(len(self.waiting))
            for rank in range(1, min(3, len(self.mentors)) + 1)
        )
        self.run = run

    def _option(self, run: MatchRun, row: int, rank: int) -> RunOption:
        mentor = self.mentors[(row + rank) % len(self.mentors)]
        other = self.waiting[(row + 1) % len(self.waiting)]
        change = {"mentee": other.pk, "before": mentor.pk, "after": None, "difference": -1}
        fields = {name: getattr(self.option, name) for name in ("points", "terms", "reasons")}
        chosen = {"is_chosen": rank == 1, "changes": [] if rank == 1 else [change]}
        return RunOption(run=run, mentee=self.waiting[row], mentor=mentor, rank=rank, **fields, **chosen)

    def _rules(self, number: int) -> None:
        pairs = zip(self.waiting[-number:], reversed(self.mentors[-number:]), strict=True)
        PairRule.everywhere.bulk_create(
            PairRule(
                branch=self.branch,
                mentee=mentee,
                mentor=mentor,
                kind="forbid",
                reason=pair.REASON,
                by=self.by,
                at=NOW,
            )
            for mentee, mentor in pairs
        )

    def _places(self, mentors: list[Person], number: int) -> list[MentorPlace]:
        return MentorPlace.everywhere.bulk_create(
            MentorPlace(mentor=mentor, number=number, taken_at=NOW, taken_by=self.by) for mentor in mentors
        )

    def _proposals(self, mentees: list[Person], mentors: list[Person]) -> None:
        pairs = zip(mentees, mentors, self._places(mentors, 1), strict=True)
        Proposal.everywhere.bulk_create(
            Proposal(
                branch=self.branch,
                run=self.run,
                mentee=mentee,
                mentor=mentor,
                place=place,
                reason=pair.REASON,
                proposed_by=self.by,
                proposed_at=NOW,
            )
            for mentee, mentor, place in pairs
        )

    def _duos(self, mentees: list[Person], mentors: list[Person]) -> None:
        pairs = zip(mentees, mentors, self._places(mentors, 2), strict=True)
        Duo.everywhere.bulk_create(
            Duo(
                branch=self.branch,
                mentee=mentee,
                mentor=mentor,
                place=place,
                started_on=TODAY,
                ends_on=TODAY + timedelta(weeks=26, days=-1),
                started_by=self.by,
                started_at=NOW,
            )
            for mentee, mentor, place in pairs
        )


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def test_every_list_costs_as_many_queries_at_1000_rows_as_at_1(
    lyon: Branch, sign_in: SignIn, subtests: pytest.Subtests
) -> None:
    crowd, client = Crowd(lyon), sign_in(Role.DIRECTOR, at=lyon)
    addresses = {name: reverse(name, args=["lyon"]) for name in LISTS}
    crowd.add(1)
    for address in addresses.values():
        client.get(address)  # the session and the caches are warm
    few = {name: queries_of(client, address) for name, address in addresses.items()}
    crowd.add(999)
    for name, address in addresses.items():
        with subtests.test(name):
            assert queries_of(client, address) == few[name]
            assert few[name] <= BUDGET
