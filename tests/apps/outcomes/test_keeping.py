"""Outcomes of somebody who is erased or exported, and the invented ones of the demo."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage
from django.utils.translation import override

from tests.factories import outcomes as tell
from tests.factories import people as make
from tests.factories import support as app
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import CloseReason, DuoState
from traboule.apps.duos.models import Duo
from traboule.apps.outcomes.actions.answers import note_answer
from traboule.apps.outcomes.actions.decisions import doubt_outcome, verify_outcome
from traboule.apps.outcomes.actions.demo import ANSWERS, STORIES, fill_demo
from traboule.apps.outcomes.enums import ToldBy
from traboule.apps.outcomes.hooks import export
from traboule.apps.outcomes.models import Evidence, NoOutcome, Outcome
from traboule.apps.outcomes.own_enums import Answer
from traboule.apps.outcomes.queries.facts import branch_facts
from traboule.apps.people.enums import Role
from traboule.apps.privacy.actions import erase_person
from traboule.apps.privacy.enums import EraseReason
from traboule.core.actors import system
from traboule.core.erasing import ERASED

pytestmark = pytest.mark.django_db


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


def closed(at: Branch, ended_days: int) -> Duo:
    found = app.duo(at, started_on=TODAY - timedelta(days=ended_days + 181))
    Duo.everywhere.filter(pk=found.pk).update(
        state=DuoState.CLOSED,
        place=None,
        closed_on=TODAY - timedelta(days=ended_days),
        closed_by=found.started_by,
        close_reason=CloseReason.COMPLETED,
    )
    found.refresh_from_db()
    return found


def test_erased_the_outcome_still_counts_without_firm_reasons_and_papers(
    lyon: Branch, django_capture_on_commit_callbacks: object
) -> None:
    mentee = closed(lyon, 90).mentee
    row = tell.told(mentee, paper=tell.paper())
    verify_outcome(outcome=row, by=make.coordinator(lyon), now=NOW)
    note_answer(
        person=mentee,
        answer=Answer.NOTHING_YET,
        whys=["language"],
        told_by=ToldBy.MENTEE,
        by=tell.LINK,
        now=NOW,
    )
    name = row.papers.get().file.name
    assert default_storage.exists(name)
    officer = make.actor(Role.DPO, lyon)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture without types
        erase_person(person=mentee, reason=EraseReason.ASKED, by=officer, now=NOW)
    row.refresh_from_db()
    assert (row.employer, row.state, row.grade) == ("", "verified", "documented")
    assert row.person_id != mentee.pk
    assert not Evidence.everywhere.exists()
    assert not default_storage.exists(name)
    answer = NoOutcome.everywhere.get()
    assert (answer.answer, answer.whys) == ("nothing_yet", [])
    assert [len(fact.outcomes) for fact in branch_facts(lyon)] == [1]


def test_erased_a_doubt_keeps_that_it_had_a_reason_but_not_the_words(lyon: Branch) -> None:
    doubted, told = (
        tell.told(closed(lyon, days).mentee, starts_on=TODAY - timedelta(5)) for days in (90, 80)
    )
    doubt_outcome(
        outcome=doubted, reason="Her paper is of Selam’s sister.", by=make.coordinator(lyon), now=NOW
    )
    officer = make.actor(Role.DPO, lyon)
    for row in (doubted, told):
        erase_person(person=row.person, reason=EraseReason.ASKED, by=officer, now=NOW)
        row.refresh_from_db()
    assert (doubted.state, doubted.reason) == ("doubted", ERASED)
    assert (told.state, told.reason) == ("told", "")


def test_an_export_says_in_words_what_makes_it_hard(lyon: Branch) -> None:
    mentee = closed(lyon, 30).mentee
    assert export(mentee.pk) == {}
    note_answer(
        person=mentee,
        answer=Answer.NOTHING_YET,
        whys=["papers"],
        told_by=ToldBy.MENTEE,
        by=tell.LINK,
        now=NOW,
    )
    with override("en"):
        assert "not recognised" in str(export(mentee.pk))


def test_in_the_demo_seven_of_ten_ended_duos_have_something_and_the_rest_is_answered_or_unknown() -> None:
    with_something = [number for number, steps in enumerate(STORIES) if steps]
    assert len(with_something) / len(STORIES) == 0.7
    silent = [number for number, steps in enumerate(STORIES) if not steps and number not in ANSWERS]
    assert silent == [18, 19]


def test_the_demo_tells_joins_nothing_by_itself_and_shows_every_state(lyon: Branch) -> None:
    for number in range(len(STORIES)):
        closed(lyon, 300 - number)
    logins = {"agnes": make.login(Role.DIRECTOR)}
    claire = make.login(Role.COORDINATOR, lyon)
    loaded = SimpleNamespace(branches={"lyon": lyon}, coordinator=lambda slug: claire, logins=logins)
    fill_demo(loaded, SimpleNamespace(as_of=TODAY), system("demo"), NOW)
    assert set(Outcome.everywhere.values_list("state", flat=True)) == {"told", "verified", "doubted"}
    assert set(Outcome.everywhere.values_list("grade", flat=True)) == {
        "declared",
        "documented",
        "administrative",
    }
    assert Outcome.everywhere.filter(maybe_same_as__isnull=False).count() == 1
    known = [fact.known(TODAY) for fact in branch_facts(lyon)]
    assert {word: known.count(word) for word in set(known)} == {
        "outcome": 14,
        "nothing_yet": 2,
        "refused": 1,
        "not_reached": 1,
        "unknown": 2,
    }
