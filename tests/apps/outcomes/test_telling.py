"""Outcomes told, corrected, proven and verified: who may, and what the tables refuse."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories import outcomes as tell
from tests.factories import people as make
from tests.factories import support as app
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.outcomes.actions._shared import VERIFY_WITHIN
from traboule.apps.outcomes.actions.answers import WrongDay, note_answer
from traboule.apps.outcomes.actions.decisions import ReasonMissing, doubt_outcome, verify_outcome
from traboule.apps.outcomes.actions.papers import TooManyPapers, add_paper, drop_paper
from traboule.apps.outcomes.actions.telling import (
    BeforeDuo,
    WrongDates,
    correct_outcome,
    withdraw_outcome,
)
from traboule.apps.outcomes.enums import OutcomeState, PaperKind, ToldBy
from traboule.apps.outcomes.models import Evidence, NoOutcome, Outcome
from traboule.apps.outcomes.own_enums import Answer
from traboule.apps.outcomes.queries.outcomes import days_worked_of, is_open
from traboule.apps.outcomes.rules import HumanNeeded, NotASecondPerson
from traboule.apps.people.enums import Role
from traboule.apps.people.queries import actor_of, today
from traboule.apps.steps.models import OpenStep
from traboule.core.models import AuditEntry
from traboule.core.permissions import NotAllowed, NotVisible
from traboule.kernel.lifecycle import LIFECYCLES, IllegalMove

pytestmark = pytest.mark.django_db
BEGAN = TODAY - timedelta(days=100)


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


@pytest.fixture
def duo(lyon: Branch) -> Duo:
    return app.duo(lyon, started_on=BEGAN)


def open_step(row: Outcome) -> OpenStep:
    return OpenStep.everywhere.get(key=f"outcome.to_verify:{row.pk}", closed_at=None)


def test_the_states_of_the_table_are_those_of_the_kernel() -> None:
    assert set(OutcomeState.values) == set(LIFECYCLES["outcome"].states)


def test_what_a_mentee_tells_belongs_to_the_duo_and_waits_for_a_second_person(duo: Duo) -> None:
    row = tell.told(duo.mentee)
    assert (row.state, row.grade, row.duo, row.told_by) == ("told", "declared", duo, "mentee")
    assert open_step(row).owner == duo.started_by
    entry = AuditEntry.objects.get(verb="outcome.told", subject_id=str(row.pk))
    assert entry.facts["person"] == duo.mentee_id
    assert "Garage" not in str(entry.facts)


def test_a_button_pressed_twice_writes_one_row(duo: Duo) -> None:
    assert tell.told(duo.mentee).pk == tell.told(duo.mentee).pk
    assert Outcome.everywhere.count() == 1


def test_several_at_once_are_several_rows_and_only_what_looks_alike_is_flagged(duo: Duo) -> None:
    job = tell.told(duo.mentee)
    same_day = tell.told(duo.mentee, employer="Café de l’Étoile", contract="temp")
    study = tell.told(duo.mentee, kind="study", employer="", contract="fixed")
    assert (job.maybe_same_as, same_day.maybe_same_as, study.maybe_same_as) == (None, job, None)
    assert study.contract == ""


def test_an_end_before_the_start_and_a_year_typed_wrong_are_refused(duo: Duo) -> None:
    with pytest.raises(WrongDates):
        tell.told(duo.mentee, starts_on=TODAY, days=0)
    with pytest.raises(WrongDates):
        tell.told(duo.mentee, starts_on=TODAY + timedelta(days=400))
    assert not Outcome.everywhere.exists()


def test_what_began_before_the_duo_says_when_that_was_and_may_stand_without_it(duo: Duo) -> None:
    early = BEGAN - timedelta(days=1)
    with pytest.raises(BeforeDuo) as refused:
        tell.told(duo.mentee, starts_on=early)
    assert refused.value.began_on == BEGAN
    assert tell.told(duo.mentee, starts_on=early, apart_from_duo=True).duo is None
    assert tell.told(duo.mentee, starts_on=BEGAN).duo == duo


def test_a_mentor_tells_of_their_own_mentee_alone(duo: Duo) -> None:
    stranger = app.duo(duo.branch).mentee
    row = tell.told(duo.mentee, told_by=ToldBy.MENTOR, teller=duo.mentor)
    assert row.told_by == "mentor"
    with pytest.raises(NotVisible):
        tell.told(stranger, told_by=ToldBy.MENTOR, teller=duo.mentor)


def test_nobody_else_tells(duo: Duo) -> None:
    officer = make.actor(Role.DPO, duo.branch)
    abroad = make.coordinator(make.branch(slug="lille"))
    with pytest.raises(NotAllowed):
        tell.told(duo.mentee, by=officer)
    with pytest.raises((NotVisible, NotAllowed)):
        tell.told(duo.mentee, by=abroad, told_by=ToldBy.TEAM)
    assert not Outcome.everywhere.exists()


def test_a_second_person_verifies_and_never_the_author(duo: Duo) -> None:
    author, second = make.coordinator(duo.branch), make.coordinator(duo.branch)
    row = tell.told(duo.mentee, by=author)
    with pytest.raises(NotASecondPerson):
        verify_outcome(outcome=row, by=author, now=NOW)
    done = verify_outcome(outcome=row, by=second, now=NOW)
    assert (done.state, done.decided_by_id) == ("verified", second.id)
    assert not OpenStep.everywhere.filter(key=f"outcome.to_verify:{row.pk}", closed_at=None).exists()


def test_no_program_verifies(duo: Duo) -> None:
    with pytest.raises((HumanNeeded, NotAllowed, NotVisible)):
        verify_outcome(outcome=tell.told(duo.mentee), by=tell.LINK, now=NOW)


def test_whoever_corrects_does_not_verify_and_a_correction_asks_anew(duo: Duo) -> None:
    one, two = make.coordinator(duo.branch), make.coordinator(duo.branch)
    row = verify_outcome(outcome=tell.told(duo.mentee), by=one, now=NOW)
    row = correct_outcome(outcome=row, fields={"employer": "Garage du Quai"}, by=two, now=NOW)
    assert (row.state, row.decided_by, row.employer) == ("told", None, "Garage du Quai")
    with pytest.raises(NotASecondPerson):
        verify_outcome(outcome=row, by=two, now=NOW)
    assert verify_outcome(outcome=row, by=one, now=NOW).state == "verified"


def test_the_mentor_of_the_duo_is_no_second_person(duo: Duo) -> None:
    login = make.login(Role.COORDINATOR, duo.branch, person=duo.mentor)
    with pytest.raises(NotASecondPerson):
        verify_outcome(outcome=tell.told(duo.mentee), by=actor_of(login), now=NOW)


def test_not_confirmed_needs_a_reason_and_a_paper_asks_again(duo: Duo) -> None:
    by = make.coordinator(duo.branch)
    row = tell.told(duo.mentee)
    with pytest.raises(ReasonMissing):
        doubt_outcome(outcome=row, reason="  ", by=by, now=NOW)
    row = doubt_outcome(outcome=row, reason="No dates on the photo.", by=by, now=NOW)
    assert row.state == "doubted"
    add_paper(outcome=row, file=tell.paper(), paper=PaperKind.CONTRACT, by=tell.LINK, now=NOW)
    row.refresh_from_db()
    assert (row.state, row.reason, row.grade) == ("told", "", "documented")
    assert open_step(row)


def test_the_grade_follows_the_papers_and_one_of_an_office_is_the_strongest(duo: Duo) -> None:
    by, other = make.coordinator(duo.branch), make.coordinator(duo.branch)
    row = tell.told(duo.mentee, paper=tell.paper())
    assert row.grade == "documented"
    office = add_paper(outcome=row, file=tell.paper(10), paper=PaperKind.OFFICE, by=by, now=NOW)
    row.refresh_from_db()
    assert (row.grade, office.sent_by) == ("administrative", "team")
    verify_outcome(outcome=row, by=other, now=NOW)
    row = drop_paper(evidence=office, by=by, now=NOW)
    assert (row.grade, row.state) == ("documented", "told")


def test_the_same_file_is_kept_once_and_an_outcome_is_no_folder(duo: Duo) -> None:
    row = tell.told(duo.mentee, paper=tell.paper())
    add: dict[str, Any] = {"outcome": row, "paper": PaperKind.PAYSLIP, "by": tell.LINK, "now": NOW}
    add_paper(file=tell.paper(), **add)
    assert Evidence.everywhere.count() == 1
    for shade in range(11):
        add_paper(file=tell.paper(shade), **add)
    with pytest.raises(TooManyPapers):
        add_paper(file=tell.paper(99), **add)
    assert Evidence.everywhere.filter(name__contains="contract.png").count() == 0


def test_a_mentee_takes_back_what_nobody_looked_at_and_the_team_anything(duo: Duo) -> None:
    by = make.coordinator(duo.branch)
    row = tell.told(duo.mentee)
    assert withdraw_outcome(outcome=row, by=tell.LINK, now=NOW).state == "withdrawn"
    seen = verify_outcome(outcome=tell.told(duo.mentee, employer="Quai"), by=by, now=NOW)
    with pytest.raises(IllegalMove):
        withdraw_outcome(outcome=seen, by=tell.LINK, now=NOW)
    assert withdraw_outcome(outcome=seen, by=by, now=NOW).state == "withdrawn"
    with pytest.raises(IllegalMove):
        correct_outcome(outcome=seen, fields={}, by=by, now=NOW)


def test_short_contracts_of_the_table_add_up_once(duo: Duo) -> None:
    tell.told(duo.mentee, starts_on=BEGAN, days=20, employer="A B C")
    tell.told(duo.mentee, starts_on=BEGAN + timedelta(15), days=20, employer="Traiteur", contract="temp")
    tell.told(duo.mentee, starts_on=BEGAN, days=90, kind="training", employer="École")
    rows = list(Outcome.everywhere.all())
    assert days_worked_of(rows, BEGAN, 12, TODAY) == 35


def test_an_unknown_end_is_seen_up_to_the_day_it_was_told_and_a_permanent_contract_runs_on(duo: Duo) -> None:
    unknown = tell.told(duo.mentee, starts_on=TODAY - timedelta(days=9))
    later = TODAY + timedelta(days=60)
    assert (is_open(unknown), days_worked_of([unknown], BEGAN, 12, later)) == (False, 10)
    runs = tell.told(duo.mentee, starts_on=TODAY, contract="permanent", employer="Quai")
    assert (is_open(runs), days_worked_of([runs], BEGAN, 12, later)) == (True, 61)


def test_an_answer_of_a_day_and_a_side_stands_once_and_reasons_go_with_nothing_yet(duo: Duo) -> None:
    say: dict[str, Any] = {"person": duo.mentee, "told_by": ToldBy.MENTEE, "by": tell.LINK, "now": NOW}
    note_answer(answer=Answer.NOTHING_YET, whys=["language", "no_offers"], **say)
    assert NoOutcome.everywhere.get().whys == ["language", "no_offers"]
    note_answer(answer=Answer.RATHER_NOT, whys=["language"], **say)
    row = NoOutcome.everywhere.get()
    assert (row.answer, row.whys, row.duo) == ("rather_not", [], duo)
    with pytest.raises(ValueError, match="lazy"):
        note_answer(answer=Answer.NOTHING_YET, whys=["lazy"], **say)
    with pytest.raises(WrongDay):
        note_answer(answer=Answer.NOTHING_YET, asked_on=TODAY + timedelta(1), **say)


FALSE: dict[str, dict[str, Any]] = {
    "outcome_ends_after_it_starts": {"ends_on": TODAY - timedelta(days=9)},
    "outcome_job_says_its_contract": {"contract": ""},
    "outcome_kind_is_legal": {"kind": "luck", "contract": ""},
    "outcome_up_to_80_hours_a_week": {"weekly_hours": 81},
    "outcome_verified_at_a_time": {"state": "verified"},
    "outcome_doubted_with_a_reason": {"state": "doubted", "decided_at": NOW},
    "outcome_joined_to_another_one": {"state": "joined"},
}


@pytest.mark.parametrize("name", sorted(FALSE))
def test_the_table_refuses_what_must_never_be_false(duo: Duo, name: str) -> None:
    row = tell.told(duo.mentee)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Outcome.everywhere.filter(pk=row.pk).update(**FALSE[name])


def test_the_table_refuses_an_author_as_second_person_and_a_row_joined_to_itself(duo: Duo) -> None:
    login = make.login(Role.COORDINATOR, duo.branch)
    row = tell.told(duo.mentee, by=actor_of(login))
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        Outcome.everywhere.filter(pk=row.pk).update(state="verified", decided_at=NOW, decided_by=login)
    with pytest.raises(IntegrityError, match="itself"), transaction.atomic():
        Outcome.everywhere.filter(pk=row.pk).update(state="joined", joined_to=row.pk)


def test_today_shows_what_is_to_verify_from_the_day_it_is_told_and_not_after(lyon: Branch, duo: Duo) -> None:
    row = tell.told(duo.mentee)
    claire = make.coordinator(lyon)
    steps = {one.subject_id: one for one in today(actor=claire, branch=lyon, today=TODAY)}
    assert steps[row.pk].reason == "outcome.to_verify"
    assert steps[row.pk].due == TODAY + VERIFY_WITHIN
    verify_outcome(outcome=row, by=claire, now=NOW)
    assert row.pk not in {one.subject_id for one in today(actor=claire, branch=lyon, today=TODAY)}
