"""One contract told by two: flagged, joined, parted again, or said to be two; records that become one."""

from datetime import timedelta

import pytest

from tests.factories import outcomes as tell
from tests.factories import people as make
from tests.factories import support as app
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.outcomes.actions.answers import note_answer
from traboule.apps.outcomes.actions.decisions import TwinOpen, verify_outcome
from traboule.apps.outcomes.actions.papers import add_paper
from traboule.apps.outcomes.actions.twins import OtherPerson, join_outcomes, part_outcome, say_two
from traboule.apps.outcomes.enums import PaperKind, ToldBy
from traboule.apps.outcomes.models import NoOutcome, Outcome
from traboule.apps.outcomes.own_enums import Answer
from traboule.apps.outcomes.queries.facts import branch_facts, facts_of
from traboule.apps.people import actions as people
from traboule.apps.people.enums import Role
from traboule.core.permissions import NotAllowed

pytestmark = pytest.mark.django_db
BEGAN = TODAY - timedelta(days=100)


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


@pytest.fixture
def duo(lyon: Branch) -> Duo:
    return app.duo(lyon, started_on=BEGAN)


def twice(duo: Duo) -> tuple[Outcome, Outcome]:
    """The mentee tells it with a paper, the mentor in capitals and three days off."""
    first = tell.told(duo.mentee, paper=tell.paper(), starts_on=TODAY - timedelta(days=10))
    second = tell.told(
        duo.mentee,
        told_by=ToldBy.MENTOR,
        teller=duo.mentor,
        employer="GARAGE DU PONT",
        contract="unknown",
        starts_on=TODAY - timedelta(days=7),
    )
    return first, second


def test_one_contract_told_by_both_is_flagged_and_cannot_be_verified_twice(duo: Duo) -> None:
    by = make.coordinator(duo.branch)
    first, second = twice(duo)
    assert (first.maybe_same_as, second.maybe_same_as) == (None, first)
    assert verify_outcome(outcome=first, by=by, now=NOW).state == "verified"
    with pytest.raises(TwinOpen):
        verify_outcome(outcome=second, by=by, now=NOW)


def test_the_same_file_on_two_outcomes_is_flagged_whatever_is_written(duo: Duo) -> None:
    tell.told(duo.mentee, paper=tell.paper())
    other = tell.told(
        duo.mentee,
        told_by=ToldBy.MENTOR,
        teller=duo.mentor,
        kind="internship",
        employer="Elsewhere",
        starts_on=BEGAN,
        paper=tell.paper(),
    )
    other.refresh_from_db()
    assert other.maybe_same_as is not None


def test_joined_they_count_once_and_papers_of_both_prove_the_one_that_stays(duo: Duo) -> None:
    by = make.coordinator(duo.branch)
    first, second = twice(duo)
    add_paper(outcome=second, file=tell.paper(7), paper=PaperKind.OFFICE, by=by, now=NOW)
    kept = join_outcomes(kept=first, dropped=second, by=by, now=NOW)
    second.refresh_from_db()
    assert (kept.pk, kept.grade, kept.maybe_same_as) == (first.pk, "administrative", None)
    assert (second.state, second.joined_to) == ("joined", first)
    assert [one.outcome_id for one in branch_facts(duo.branch)[0].outcomes] == [first.pk]
    part_outcome(outcome=second, by=by, now=NOW)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.grade, second.grade, second.state) == ("documented", "administrative", "told")
    assert second.maybe_same_as == first


def test_of_a_verified_one_and_another_the_verified_one_stays(duo: Duo) -> None:
    by = make.coordinator(duo.branch)
    first, second = twice(duo)
    verify_outcome(outcome=first, by=by, now=NOW)
    kept = join_outcomes(kept=second, dropped=first, by=by, now=NOW)
    assert (kept.pk, kept.state) == (first.pk, "verified")


def test_said_to_be_two_they_are_never_flagged_again(duo: Duo) -> None:
    by = make.coordinator(duo.branch)
    first, second = twice(duo)
    say_two(one=second, other=first, by=by, now=NOW)
    say_two(one=first, other=second, by=by, now=NOW)
    second.refresh_from_db()
    assert (second.maybe_same_as, second.apart_from) == (None, [first.pk])
    assert verify_outcome(outcome=second, by=by, now=NOW).state == "verified"


def test_outcomes_of_two_people_are_never_one(duo: Duo) -> None:
    other = tell.told(app.duo(duo.branch, started_on=BEGAN).mentee)
    first = tell.told(duo.mentee)
    assert (first.maybe_same_as, other.maybe_same_as) == (None, None)
    with pytest.raises(OtherPerson):
        join_outcomes(kept=first, dropped=other, by=make.coordinator(duo.branch), now=NOW)


def test_two_records_of_one_mentee_bring_their_outcomes_together_flagged_and_apart_again(duo: Duo) -> None:
    by = make.coordinator(duo.branch)
    twin = make.mentee(duo.branch)
    for person in (duo.mentee, twin):
        tell.told(person)
        note_answer(person=person, answer=Answer.NOTHING_YET, told_by=ToldBy.MENTEE, by=tell.LINK, now=NOW)
    merge = people.merge_people(kept=duo.mentee, dropped=twin, choices={}, by=by, now=NOW)
    rows = Outcome.everywhere.filter(person=duo.mentee).order_by("pk")
    assert [row.maybe_same_as_id for row in rows] == [None, rows[0].pk]
    assert NoOutcome.everywhere.filter(person=duo.mentee).count() == 1
    people.unmerge(merge=merge, by=by, now=NOW)
    assert Outcome.everywhere.get(person=twin).maybe_same_as is None
    assert NoOutcome.everywhere.filter(person=twin).count() == 1


def test_facts_hold_ids_days_and_codes_of_every_duo_and_no_name(duo: Duo) -> None:
    silent = app.duo(duo.branch, started_on=BEGAN + timedelta(days=1))
    row = tell.told(duo.mentee, weekly_hours="27.5")
    note_answer(person=silent.mentee, answer=Answer.RATHER_NOT, told_by=ToldBy.MENTEE, by=tell.LINK, now=NOW)
    found = facts_of(actor=make.coordinator(duo.branch), branch=duo.branch)
    assert [fact.duo_id for fact in found] == [duo.pk, silent.pk]
    (job,) = found[0].outcomes
    assert (job.outcome_id, job.kind, job.weekly_hours, job.seen_on) == (row.pk, "job", 27.5, TODAY)
    assert [fact.known(TODAY) for fact in found] == ["outcome", "refused"]
    assert duo.mentee.first_name not in str(found)
    assert (
        facts_of(actor=make.coordinator(duo.branch), branch=duo.branch, since=BEGAN + timedelta(1))[0].duo_id
        == silent.pk
    )
    with pytest.raises(NotAllowed):
        facts_of(actor=make.actor(Role.MENTOR, duo.branch), branch=duo.branch)
