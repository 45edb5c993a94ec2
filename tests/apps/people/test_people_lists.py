"""The list, the page of today, and how many queries they cost."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.people import (
    NOW,
    TODAY,
    PersonFactory,
    actor,
    branch,
    coordinator,
    login,
    mentee,
    mentor,
    speak,
)
from traboule.apps.branches.models import Branch
from traboule.apps.people.actions import log_note
from traboule.apps.people.enums import MenteeState, MentorState, Role, StepReason
from traboule.apps.people.models import MenteeProfile, Note, Person
from traboule.apps.people.queries import (
    Step,
    actor_of,
    communes_of,
    counts,
    day_summary,
    languages_of,
    people_list,
    today,
)
from traboule.core.permissions import NotAllowed, NotVisible
from traboule.core.registry import OPEN_STEPS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_own_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps of later apps are those apps' tests."""
    monkeypatch.setattr(OPEN_STEPS, "_handlers", {})


def names(here: Branch, **filters: Any) -> list[str]:
    return [person.first_name for person in people_list(actor=coordinator(here), branch=here, **filters)]


def test_who_waits_longest_stands_first_then_names() -> None:
    here = branch()
    mentor(here, first_name="Zoe", last_name="A")
    mentee(here, first_name="New", waiting_since=date(2026, 2, 20))
    mentee(here, first_name="Old", waiting_since=date(2026, 1, 1))
    mentee(here, first_name="Paused", last_name="B", state=MenteeState.PAUSED, waiting_since=date(2025, 1, 1))
    assert names(here) == ["Old", "New", "Zoe", "Paused"]


def test_filters_narrow_the_list() -> None:
    here = branch()
    mentor(here, first_name="Paul", languages={"fr": 6, "ti": 3})
    mentee(here, first_name="Selam", languages={"ti": 6}, commune_code="69266", commune_name="Villeurbanne")
    assert names(here, kind="mentor") == ["Paul"]
    assert names(here, state="pool") == ["Selam", "Paul"]
    assert names(here, language="ti", kind="mentee") == ["Selam"]
    assert names(here, commune="69266") == ["Selam"]
    assert names(here, text="sel VILLEUR") == ["Selam"]
    assert names(here, text="nobody") == []
    assert names(here, waiting=date(2026, 2, 19)) == []
    assert names(here, waiting=date(2026, 2, 20)) == ["Selam"]


def test_a_person_in_two_languages_is_listed_once() -> None:
    here = branch()
    mentee(here, first_name="Selam", languages={"fr": 3, "ti": 6, "en": 4})
    assert names(here, language="fr") == ["Selam"]


def test_choices_and_counts_come_from_the_branch_alone() -> None:
    here = branch()
    anne = coordinator(here)
    mentee(here, languages={"ti": 6})
    mentor(here, state=MentorState.NEW, archived_at=NOW)
    mentee(branch(), languages={"uk": 6}, commune_code="59350", commune_name="Lille")
    assert languages_of(actor=anne, branch=here) == ["ti"]
    assert communes_of(actor=anne, branch=here) == [("69389", "Lyon 9e Arrondissement")]
    found = counts(actor=anne, branch=here)
    assert (found.mentees["pool"], found.mentors["new"], found.archived) == (1, 0, 1)


def many(here: Branch, number: int) -> None:
    people = PersonFactory.build_batch(number, branch=here)
    Person.everywhere.bulk_create(people)
    MenteeProfile.everywhere.bulk_create(
        MenteeProfile(person=person, state="pool", waiting_since=date(2026, 2, 1)) for person in people
    )
    author = login(Role.COORDINATOR, here)
    Note.everywhere.bulk_create(
        Note(
            person=person,
            author=author,
            text="x",
            happened_at=NOW,
            next_step="Call",
            next_step_on=TODAY,
            step_owner=author,
        )
        for person in people
    )
    speak(people[0], {"fr": 3})


@pytest.mark.parametrize("rows", [1, 1000])
def test_the_list_costs_two_queries_however_long(rows: int) -> None:
    here = branch()
    many(here, rows)
    anne = coordinator(here)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = [
            (person.display_name, person.mentee.state, len(person.languages.all()), person.open_step_on)
            for person in people_list(actor=anne, branch=here)
        ]
    assert len(found) == rows
    assert len(queries) == 2


@pytest.mark.parametrize("rows", [1, 1000])
def test_the_page_of_today_costs_two_queries_however_long(rows: int) -> None:
    here = branch()
    many(here, rows)
    anne = coordinator(here)
    with CaptureQueriesContext(connection) as queries:
        steps = today(actor=anne, branch=here, today=TODAY)
    assert len(steps) == 2 * rows
    assert len(queries) == 2


def test_the_worst_wait_stands_first_with_its_reason_and_next_act() -> None:
    here = branch()
    anne = login(Role.COORDINATOR, here, name="Anne")
    mentee(here, first_name="Fresh", waiting_since=TODAY - timedelta(days=13))
    mentee(here, first_name="Long", waiting_since=TODAY - timedelta(days=14))
    mentee(here, first_name="Past", waiting_since=TODAY - timedelta(days=31))
    mentee(
        here,
        first_name="Leaving",
        waiting_since=TODAY - timedelta(days=3),
        can_wait_until=TODAY + timedelta(days=7),
    )
    mentee(here, first_name="Rested", state=MenteeState.PAUSED, paused_until=TODAY - timedelta(days=1))
    mentee(here, first_name="Resting", state=MenteeState.PAUSED, paused_until=TODAY + timedelta(days=1))
    mentor(here, first_name="Untrained", state=MentorState.NEW)
    called = mentor(here, first_name="Called")
    mentor(here, first_name="Hurried", can_wait_until=TODAY + timedelta(days=7))
    mentor(here, first_name="Patient", can_wait_until=TODAY + timedelta(days=8))
    for days, step in ((-1, "late"), (0, "now"), (1, "tomorrow"), (2, "later")):
        log_note(
            person=called,
            text="x",
            next_step=step,
            next_step_on=TODAY + timedelta(days=days),
            by=actor_of(anne),
            now=NOW,
        )
    steps = today(actor=actor_of(anne), branch=here, today=TODAY)
    assert [(step.name.split()[0], step.reason, step.text) for step in steps] == [
        ("Leaving", StepReason.MENTEE_CANNOT_WAIT, ""),
        ("Hurried", StepReason.MENTOR_CANNOT_WAIT, ""),
        ("Past", StepReason.MENTEE_PAST_CEILING, ""),
        ("Called", StepReason.STEP_OVERDUE, "late"),
        ("Rested", StepReason.PAUSE_OVER, ""),
        ("Long", StepReason.MENTEE_WAITS_LONG, ""),
        ("Called", StepReason.STEP_TODAY, "now"),
        ("Fresh", StepReason.MENTEE_WAITS, ""),
        ("Untrained", StepReason.MENTOR_NEW, ""),
        ("Called", StepReason.STEP_COMING, "tomorrow"),
    ]
    assert {step.owner for step in steps if step.text} == {"Anne"}
    summary = day_summary(steps, TODAY)
    assert (summary.tomorrow, summary.on_others) == (1, 0)


def test_a_mentee_about_whom_a_later_app_has_a_step_is_not_listed_twice() -> None:
    here = branch()
    waiting = mentee(here)

    def answers(branch_id: int, day: date) -> list[Step]:
        return [
            Step(
                person_id=waiting.pk,
                name="x",
                side="mentee",
                reason="answer_awaited",
                act="ask",
                since=day,
                rank=55,
                waits_for="others",
            )
        ]

    OPEN_STEPS.register("test", answers)
    steps = today(actor=coordinator(here), branch=here, today=TODAY)
    assert [step.reason for step in steps] == ["answer_awaited"]
    assert day_summary(steps, TODAY).on_others == 1
    assert steps[0].days(TODAY + timedelta(days=3)) == 3


def test_archived_people_and_other_branches_ask_for_nothing() -> None:
    here = branch()
    mentee(here, archived_at=NOW)
    mentee(branch())
    assert today(actor=coordinator(here), branch=here, today=TODAY) == []


@pytest.mark.parametrize("query", [people_list, counts, communes_of, languages_of])
def test_lists_ask_who_reads(query: Any) -> None:
    here, elsewhere = branch(), branch()
    with pytest.raises(NotVisible):
        query(actor=coordinator(elsewhere), branch=here)
    with pytest.raises(NotAllowed):
        query(actor=actor(Role.MENTEE, here), branch=here)
    with pytest.raises(NotAllowed):
        today(actor=actor(Role.MENTEE, here), branch=here, today=TODAY)
