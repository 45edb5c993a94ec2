"""A plan goes with its mentee: part of the access export, erased with her; a mentor leaves no trace in it."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from tests.apps.privacy.planting import CANARY, dump
from tests.factories import pairing, plans
from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos.actions import close_duo
from traboule.apps.duos.actions.plan import choose_shown, suggest
from traboule.apps.duos.enums import CloseReason
from traboule.apps.duos.models import (
    Duo,
    Goal,
    Interview,
    JobApplication,
    Milestone,
    PlanChoice,
    ShortJob,
    Suggestion,
)
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Person
from traboule.apps.privacy.actions import erase_person, export_person
from traboule.apps.privacy.enums import EraseReason
from traboule.core.actors import Actor

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
OF_HER = (Goal, Milestone, JobApplication, Interview, ShortJob, PlanChoice, Suggestion)


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


@pytest.fixture
def officer(lyon: Branch) -> Actor:
    return make.actor(Role.DPO, lyon)


def full_plan(lyon: Branch) -> Duo:
    """A plan with the canary in every field of text, in a duo that is over."""
    claire = make.coordinator(lyon)
    duo = pairing.duo(make.mentee(lyon), make.mentor(lyon), claire)
    person, by = duo.mentee, plans.HERSELF
    goal = plans.goal(person, f"goal {CANARY}")
    plans.milestone(goal, f"step {CANARY}")
    plans.application(person, employer=f"to {CANARY}", rome="", occupation=f"job {CANARY}")
    plans.interview(person, employer=f"with {CANARY}", place=f"at {CANARY}")
    plans.short_job(person, work=f"work {CANARY}", employer=f"for {CANARY}")
    choose_shown(person=person, fields={"note": f"note {CANARY}"}, by=by, now=NOW)
    suggest(duo=duo, words=f"idea {CANARY}", goal=goal, due_on=None, by=by, now=NOW)
    return close_duo(duo=duo, reason=CloseReason.COMPLETED, closed_on=TODAY, by=claire, now=LATER)


def test_erasing_the_mentee_leaves_nothing_of_her_plan(lyon: Branch, officer: Actor) -> None:
    other = plans.milestone(plans.goal(make.mentee(lyon)))
    duo = full_plan(lyon)
    assert CANARY in dump()
    erase_person(person=duo.mentee, by=officer, now=LATER, reason=EraseReason.ASKED)
    assert CANARY not in dump()
    assert [model.everywhere.count() for model in OF_HER] == [1, 1, 0, 0, 0, 0, 0]
    other.refresh_from_db()


def test_erasing_the_mentor_keeps_her_plan_and_cuts_the_link(lyon: Branch, officer: Actor) -> None:
    duo = full_plan(lyon)
    erase_person(person=duo.mentor, by=officer, now=LATER, reason=EraseReason.ASKED)
    assert Suggestion.everywhere.get().suggested_by_id is None
    assert Goal.everywhere.get().person_id == duo.mentee_id


def test_the_access_export_holds_the_whole_plan(lyon: Branch, officer: Actor) -> None:
    duo = full_plan(lyon)
    said = exported(duo.mentee, officer)
    for word in ("goal", "step", "to", "job", "with", "at", "work", "for", "note", "idea"):
        assert f"{word} {CANARY}" in said, word


def test_a_mentor_exports_what_he_suggested_and_nothing_of_her_plan(lyon: Branch, officer: Actor) -> None:
    said = exported(full_plan(lyon).mentor, officer)
    assert f"idea {CANARY}" in said
    for word in ("goal", "step", "job", "with", "work", "note"):
        assert f"{word} {CANARY}" not in said, word


def exported(person: Person, by: Actor) -> str:
    content = export_person(person=person, by=by, now=LATER)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return json.dumps(json.loads(archive.read("data.json")), ensure_ascii=False)
