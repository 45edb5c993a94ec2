"""A coordinator proposes, the mentee answers, then the mentor; nothing told is undone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories import pairing, people
from tests.factories.pairing import REASON
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import DuoState
from traboule.apps.duos.models import Duo, MentorPlace
from traboule.apps.duos.rules import HumanNeeded
from traboule.apps.pairing import actions
from traboule.apps.pairing.enums import Answer, DeclineReason, PairRuleKind, ProposalState
from traboule.apps.pairing.models import MatchRun, Proposal
from traboule.apps.people.actions import archive_person, pause_person
from traboule.apps.people.actions.states import StillEngaged
from traboule.apps.people.enums import MenteeState, Role
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind, Grant, system
from traboule.core.permissions import NotAllowed, NotVisible
from traboule.kernel.lifecycle import PROPOSAL, IllegalMove

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def asked(branch: Branch, ines: Actor) -> Proposal:
    return pairing.proposal(people.mentee(branch), people.mentor(branch), ines)


# --- propose ----------------------------------------------------------------------------------------------


def test_a_proposal_keeps_who_decided_why_on_which_run_and_what_was_shown(
    branch: Branch, ines: Actor
) -> None:
    mentee, first, second = people.mentee(branch), people.mentor(branch), people.mentor(branch)
    run = pairing.run(branch, ines)
    proposal = pairing.proposal(mentee, second, ines, run=run, reason=f"  {REASON}\n")
    assert (proposal.reason, proposal.proposed_by_id, proposal.run) == (REASON, ines.id, run)
    assert {option["mentor_id"] for option in proposal.options_shown} == {first.pk, second.pk}
    assert [option["is_chosen"] for option in proposal.options_shown] == [True, False]
    assert proposal.place is not None
    assert proposal.place.mentor_id == second.pk


@pytest.mark.parametrize("reason", ["", "ok", "   good    ", "\n\t  \x00\x01", "123456789"])
def test_a_proposal_needs_a_written_reason(branch: Branch, ines: Actor, reason: str) -> None:
    with pytest.raises(actions.MissingReason):
        pairing.proposal(people.mentee(branch), people.mentor(branch), ines, reason=reason)
    assert not MentorPlace.everywhere.exists()


@pytest.mark.parametrize(
    "machine",
    [system("nightly"), Actor(ActorKind.TOKEN, 1, "", (Grant(frozenset({"proposals.make"}), None),))],
)
def test_no_machine_proposes(branch: Branch, ines: Actor, machine: Actor) -> None:
    run = pairing.run(branch, ines)
    with pytest.raises(HumanNeeded):
        pairing.proposal(people.mentee(branch), people.mentor(branch), machine, run=run)


def test_the_second_mentee_for_the_last_place_reads_who_took_it_and_when(branch: Branch, ines: Actor) -> None:
    mentor, one, two = people.mentor(branch), people.mentee(branch), people.mentee(branch)
    run = pairing.run(branch, ines)
    pairing.proposal(one, mentor, ines, run=run)
    omar = people.coordinator(branch, name="Omar")
    with pytest.raises(actions.PlaceTaken) as refused:
        pairing.proposal(two, mentor, omar, run=run, now=LATER)
    assert (refused.value.by, refused.value.at) == ("Inès", NOW)


def test_a_mentee_has_one_open_proposal_and_the_second_reads_who_made_it(branch: Branch, ines: Actor) -> None:
    mentee, run = people.mentee(branch), pairing.run(branch, ines)
    first = pairing.proposal(mentee, people.mentor(branch), ines, run=run)
    with pytest.raises(actions.MenteeAlreadyProposed) as refused:
        pairing.proposal(mentee, people.mentor(branch), ines, run=run, now=LATER)
    assert (refused.value.by, refused.value.at, refused.value.proposal) == ("Inès", NOW, first.pk)


def test_a_mentee_in_a_duo_is_not_proposed(branch: Branch, ines: Actor) -> None:
    mentee = people.mentee(branch)
    pairing.duo(mentee, people.mentor(branch), ines)
    with pytest.raises(actions.MenteeAlreadyInDuo):
        pairing.proposal(mentee, people.mentor(branch), ines)


def test_every_limit_that_fails_is_named(branch: Branch, ines: Actor) -> None:
    mentee = people.mentee(branch, slots=0b1, languages={"ti": 6})
    mentor = people.mentor(branch, slots=0b10, trained_on=None)
    with pytest.raises(actions.NotEligible) as refused:
        pairing.proposal(mentee, mentor, ines)
    assert refused.value.limits == ("no_shared_language", "no_shared_slot", "mentor_not_trained")
    assert not MentorPlace.everywhere.exists()


def test_a_pair_that_was_forbidden_or_said_no_is_not_proposed(branch: Branch, ines: Actor) -> None:
    mentee, mentor, other = people.mentee(branch), people.mentor(branch), people.mentor(branch)
    kept_apart: dict[str, Any] = {
        "branch": branch,
        "mentee": mentee,
        "mentor": mentor,
        "by": ines,
        "now": NOW,
    }
    actions.set_pair_rule(kind=PairRuleKind.FORBID, reason="They are neighbours.", **kept_apart)
    with pytest.raises(actions.NotEligible) as refused:
        pairing.proposal(mentee, mentor, ines)
    assert refused.value.limits == ("forbidden",)
    no = {"answer": Answer.NO, "decline_reason": DeclineReason.NOT_NOW, "by": ines, "now": NOW}
    actions.record_mentee_answer(proposal=pairing.proposal(mentee, other, ines), **no)
    with pytest.raises(actions.NotEligible) as refused:
        pairing.proposal(mentee, other, ines)
    assert refused.value.limits == ("declined_before",)


def test_a_lock_lets_a_pair_be_proposed_again_after_a_no(branch: Branch, ines: Actor) -> None:
    mentee, mentor = people.mentee(branch), people.mentor(branch)
    actions.record_mentee_answer(
        proposal=pairing.proposal(mentee, mentor, ines),
        answer=Answer.NO,
        decline_reason=DeclineReason.SCHEDULE,
        by=ines,
        now=NOW,
    )
    actions.set_pair_rule(
        branch=branch,
        mentee=mentee,
        mentor=mentor,
        kind=PairRuleKind.LOCK,
        reason="They found a new time together.",
        by=ines,
        now=NOW,
    )
    assert pairing.proposal(mentee, mentor, ines).state == ProposalState.PROPOSED


@pytest.mark.parametrize("who", ["mentee", "mentor"])
def test_who_is_paused_or_archived_is_not_proposed(branch: Branch, ines: Actor, who: str) -> None:
    pair = {"mentee": people.mentee(branch), "mentor": people.mentor(branch)}
    run = pairing.run(branch, ines)
    pause_person(person=pair[who], until=None, by=ines, now=NOW)
    with pytest.raises(actions.NotInThePool) as refused:
        pairing.proposal(**pair, by=ines, run=run)
    assert refused.value.limits == (f"{who}_not_in_pool",)


def test_people_and_runs_of_another_branch_do_not_exist_here(branch: Branch, ines: Actor) -> None:
    elsewhere = people.branch()
    there = people.coordinator(elsewhere)
    run = pairing.run(branch, ines)
    fields: dict[str, Any] = {"branch": branch, "reason": REASON, "now": NOW}
    mentee, mentor = people.mentee(branch), people.mentor(branch)
    with pytest.raises(NotVisible):
        actions.propose(mentee=people.mentee(elsewhere), mentor=mentor, run=run, by=ines, **fields)
    with pytest.raises(NotVisible):
        actions.propose(mentee=mentee, mentor=mentor, run=run, by=there, **fields)
    with pytest.raises(actions.NotOfThisRun):
        actions.propose(mentee=mentee, mentor=mentor, run=pairing.run(elsewhere, there), by=ines, **fields)
    with pytest.raises(NotAllowed):
        actions.propose(mentee=mentee, mentor=mentor, run=run, by=people.actor(Role.DPO, branch), **fields)


def test_nobody_is_archived_out_of_an_open_proposal(asked: Proposal, ines: Actor) -> None:
    for person in (asked.mentor, asked.mentee):
        with pytest.raises(StillEngaged) as refused:
            archive_person(person=person, by=ines, now=NOW)
        assert refused.value.codes == ["open_proposal"]


# --- answers ----------------------------------------------------------------------------------------------


def test_two_yeses_start_the_duo_on_the_place_that_was_held(asked: Proposal, ines: Actor) -> None:
    place = asked.place_id
    asked = actions.record_mentee_answer(proposal=asked, answer=Answer.YES, by=ines, now=NOW)
    assert (asked.state, asked.duo) == (ProposalState.MENTEE_SAID_YES, None)
    asked = actions.record_mentor_answer(proposal=asked, answer=Answer.YES, by=ines, now=LATER)
    assert asked.duo is not None
    assert (asked.state, asked.place, asked.duo.place_id) == (ProposalState.ACCEPTED, None, place)
    assert (asked.duo.state, asked.duo.started_on) == (DuoState.ACTIVE, TODAY)
    asked.mentee.mentee.refresh_from_db()
    assert asked.mentee.mentee.state == MenteeState.MATCHED


def test_the_duo_starts_on_the_calendar_day_of_the_branch(ines: Actor) -> None:
    branch = people.branch(timezone="Pacific/Noumea")  # eleven hours ahead of UTC
    omar = people.coordinator(branch)
    late = NOW.replace(hour=20)
    asked = pairing.proposal(people.mentee(branch), people.mentor(branch), omar)
    asked = actions.record_mentee_answer(proposal=asked, answer=Answer.YES, by=omar, now=late)
    asked = actions.record_mentor_answer(proposal=asked, answer=Answer.YES, by=omar, now=late)
    assert asked.duo is not None
    assert asked.duo.started_on == TODAY + timedelta(days=1)


def test_the_mentor_is_not_asked_before_the_mentee_said_yes(asked: Proposal, ines: Actor) -> None:
    with pytest.raises(IllegalMove):
        actions.record_mentor_answer(proposal=asked, answer=Answer.YES, by=ines, now=NOW)


def test_a_no_of_the_mentee_frees_the_place_and_keeps_its_code(asked: Proposal, ines: Actor) -> None:
    asked = actions.record_mentee_answer(
        proposal=asked, answer=Answer.NO, decline_reason=DeclineReason.DISTANCE, by=ines, now=NOW
    )
    assert (asked.state, asked.decline_reason, asked.place) == (ProposalState.DECLINED, "distance", None)
    assert not MentorPlace.everywhere.exists()


def test_a_no_of_the_mentor_frees_the_place_for_somebody_else(
    asked: Proposal, branch: Branch, ines: Actor
) -> None:
    asked = actions.record_mentee_answer(proposal=asked, answer=Answer.YES, by=ines, now=NOW)
    no = {"answer": Answer.NO, "decline_reason": DeclineReason.NOT_NOW}
    asked = actions.record_mentor_answer(proposal=asked, by=ines, now=NOW, **no)
    assert asked.state == ProposalState.DECLINED
    assert pairing.proposal(people.mentee(branch), asked.mentor, ines).place is not None


def test_a_mentee_may_change_her_mind_before_the_mentor_answers(asked: Proposal, ines: Actor) -> None:
    asked = actions.record_mentee_answer(proposal=asked, answer=Answer.YES, by=ines, now=NOW)
    no = {"answer": Answer.NO, "decline_reason": DeclineReason.NOT_SAID}
    asked = actions.record_mentee_answer(proposal=asked, by=ines, now=LATER, **no)
    assert (asked.state, asked.mentee_answer) == (ProposalState.DECLINED, Answer.NO)


@pytest.mark.parametrize("code", ["", "because"])
def test_a_no_needs_one_of_the_codes(asked: Proposal, ines: Actor, code: str) -> None:
    with pytest.raises(actions.AnswerNeedsAReason):
        actions.record_mentee_answer(proposal=asked, answer=Answer.NO, decline_reason=code, by=ines, now=NOW)


def test_an_answer_that_came_twice_is_written_once(asked: Proposal, ines: Actor) -> None:
    actions.record_mentee_answer(proposal=asked, answer=Answer.YES, by=ines, now=NOW)
    with pytest.raises(IllegalMove):
        actions.record_mentee_answer(proposal=asked, answer=Answer.YES, by=ines, now=LATER)


# --- undo -------------------------------------------------------------------------------------------------


def test_what_nobody_was_told_is_undone_and_the_pair_is_free(asked: Proposal, ines: Actor) -> None:
    undone = actions.undo_proposal(proposal=asked, by=ines, now=LATER)
    assert (undone.state, undone.undone_by_id, undone.undone_at) == (ProposalState.UNDONE, ines.id, LATER)
    assert not MentorPlace.everywhere.exists()
    assert pairing.proposal(asked.mentee, asked.mentor, ines).state == ProposalState.PROPOSED


def test_what_somebody_was_told_is_not_undone(asked: Proposal, branch: Branch, ines: Actor) -> None:
    actions.mark_told(proposal=asked, by=ines, now=LATER)
    with pytest.raises(actions.AlreadyTold) as refused:
        actions.undo_proposal(proposal=asked, by=people.coordinator(branch), now=LATER)
    assert (refused.value.by, refused.value.at) == ("Inès", LATER)


def test_an_answer_says_that_somebody_was_told(asked: Proposal, ines: Actor) -> None:
    actions.record_mentee_answer(proposal=asked, answer=Answer.YES, by=ines, now=LATER)
    with pytest.raises(actions.AlreadyTold):
        actions.undo_proposal(proposal=asked, by=ines, now=LATER)


def test_telling_twice_keeps_the_first_time(asked: Proposal, ines: Actor) -> None:
    actions.mark_told(proposal=asked, by=ines, now=NOW)
    assert actions.mark_told(proposal=asked, by=ines, now=LATER).told_at == NOW


def test_what_is_over_is_neither_told_nor_undone_again(asked: Proposal, ines: Actor) -> None:
    actions.undo_proposal(proposal=asked, by=ines, now=NOW)
    with pytest.raises(IllegalMove):
        actions.undo_proposal(proposal=asked, by=ines, now=NOW)
    with pytest.raises(IllegalMove):
        actions.mark_told(proposal=asked, by=ines, now=NOW)


def test_each_step_stands_in_the_log_and_the_chain_holds(
    asked: Proposal, branch: Branch, ines: Actor
) -> None:
    actions.mark_told(proposal=asked, by=ines, now=NOW)
    actions.record_mentee_answer(proposal=asked, answer=Answer.YES, by=ines, now=NOW)
    actions.record_mentor_answer(proposal=asked, answer=Answer.YES, by=ines, now=NOW)
    own = [entry.verb for entry in reversed(audit.entries(branch.pk)) if entry.subject_type == "proposal"]
    assert own == ["proposal.made", "proposal.told", "proposal.mentee_answered", "proposal.mentor_answered"]
    assert audit.check_chain(branch.pk) is None


def test_no_name_and_no_written_reason_goes_into_the_log(
    asked: Proposal, branch: Branch, ines: Actor
) -> None:
    written = str([entry.facts for entry in audit.entries(branch.pk)])
    for secret in (REASON, asked.mentee.first_name, asked.mentor.last_name, "Inès"):
        assert secret not in written


# --- what the table refuses, whoever writes ---------------------------------------------------------------

BROKEN_ROWS: dict[str, Callable[[Proposal], dict[str, Any]]] = {
    "a state that is none": lambda row: {"state": "happy"},
    "one person": lambda row: {"mentor_id": row.mentee_id},
    "no human": lambda row: {"proposed_by": None},
    "no reason": lambda row: {"reason": "          "},
    "open without a place": lambda row: {"place": None},
    "accepted without a duo": lambda row: {
        "state": "accepted",
        "place": None,
        "told_at": row.proposed_at,
        "told_by_id": row.proposed_by_id,
        "mentee_answer": "yes",
        "mentee_answer_at": row.proposed_at,
        "mentee_answer_by_id": row.proposed_by_id,
        "mentor_answer": "yes",
        "mentor_answer_at": row.proposed_at,
        "mentor_answer_by_id": row.proposed_by_id,
    },
    "an answer in a state without answers": lambda row: {
        "told_at": row.proposed_at,
        "told_by_id": row.proposed_by_id,
        "mentee_answer": "yes",
        "mentee_answer_at": row.proposed_at,
        "mentee_answer_by_id": row.proposed_by_id,
    },
    "a yes that nobody wrote down": lambda row: {
        "state": "mentee_said_yes",
        "told_at": row.proposed_at,
        "told_by_id": row.proposed_by_id,
        "mentee_answer": "yes",
        "mentee_answer_at": row.proposed_at,
    },
    "an answer of somebody who was not told": lambda row: {
        "state": "mentee_said_yes",
        "mentee_answer": "yes",
        "mentee_answer_at": row.proposed_at,
        "mentee_answer_by_id": row.proposed_by_id,
    },
    "told before it was proposed": lambda row: {
        "told_at": row.proposed_at - timedelta(days=1),
        "told_by_id": row.proposed_by_id,
    },
    "told by nobody": lambda row: {"told_at": row.proposed_at},
    "undone though told": lambda row: {
        "state": "undone",
        "place": None,
        "told_at": row.proposed_at,
        "told_by_id": row.proposed_by_id,
        "undone_at": row.proposed_at,
        "undone_by_id": row.proposed_by_id,
    },
    "undone by nobody": lambda row: {"state": "undone", "place": None, "undone_at": row.proposed_at},
    "a no without a code": lambda row: {
        "state": "declined",
        "place": None,
        "told_at": row.proposed_at,
        "told_by_id": row.proposed_by_id,
        "mentee_answer": "no",
        "mentee_answer_at": row.proposed_at,
        "mentee_answer_by_id": row.proposed_by_id,
    },
    "a mentor who answered first": lambda row: {
        "state": "declined",
        "place": None,
        "decline_reason": "not_now",
        "told_at": row.proposed_at,
        "told_by_id": row.proposed_by_id,
        "mentee_answer": "yes",
        "mentee_answer_at": row.proposed_at,
        "mentee_answer_by_id": row.proposed_by_id,
        "mentor_answer": "no",
        "mentor_answer_at": row.proposed_at - timedelta(days=1),
        "mentor_answer_by_id": row.proposed_by_id,
    },
}


@pytest.mark.parametrize("broken", sorted(BROKEN_ROWS))
def test_the_table_refuses_a_proposal_that_cannot_be_true(asked: Proposal, broken: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.everywhere.filter(pk=asked.pk).update(**BROKEN_ROWS[broken](asked))


def test_the_table_refuses_a_second_open_proposal_and_a_shared_place(
    asked: Proposal, branch: Branch, ines: Actor
) -> None:
    other = pairing.proposal(people.mentee(branch), people.mentor(branch), ines)
    for change in ({"mentee": asked.mentee_id}, {"place": asked.place_id}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Proposal.everywhere.filter(pk=other.pk).update(**change)


def test_the_enum_and_the_table_of_moves_name_the_same_states() -> None:
    assert set(ProposalState.values) == set(PROPOSAL.states)


def test_a_run_of_the_machine_proposes_nothing(branch: Branch, ines: Actor) -> None:
    people.mentee(branch)
    people.mentor(branch)
    run = pairing.run(branch, system("nightly"))
    assert (run.by, MatchRun.everywhere.count()) == (None, 1)
    assert not Proposal.everywhere.exists()
    assert not Duo.everywhere.exists()
