"""Profiles for the kernel, the list and page of proposals, steps of today, exports."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import pairing, people
from tests.factories.pairing import REASON
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.pairing import actions
from traboule.apps.pairing.enums import Answer, DeclineReason
from traboule.apps.pairing.queries import (
    build_profiles,
    find_proposal,
    proposal_page,
    proposals_export,
    proposals_of,
)
from traboule.apps.people.actions import archive_person
from traboule.apps.people.enums import Permission, Role
from traboule.apps.people.models import Avoid, MentorProfile, Person
from traboule.apps.people.queries import today as steps_of_today
from traboule.core.actors import Actor
from traboule.core.permissions import NotAllowed, NotVisible
from traboule.kernel.matching.profiles import Point
from traboule.kernel.matching.rules import DEFAULT_RULES

pytestmark = pytest.mark.django_db


# --- profiles ---------------------------------------------------------------------------------------------


def test_a_profile_holds_what_matching_may_know_and_no_name(branch: Branch) -> None:
    mentor = people.mentor(
        branch,
        languages={"fr": 6, "ti": 2},
        capacity=2,
        generalist=True,
        strengths=["cv"],
        interests=["football"],
        way_pace=2,
        available_until=TODAY,
        place_estimated=True,
        gender="f",
    )
    mentee = people.mentee(branch, needs=["cv"], gender_wish="f", groups={"schooling": "none"}, online=True)
    Avoid.everywhere.create(person=mentee, other=mentor)
    pools = build_profiles(branch, TODAY)
    (one,), (two,) = pools.mentors, pools.mentees
    assert (one.id, one.capacity, one.generalist, one.trained) == (str(mentor.pk), 2, True, True)
    assert (one.languages, one.way, one.gender) == ((("fr", 6), ("ti", 2)), (2, None, None, None, None), "f")
    assert one.point == Point(45.774, 4.805, True)
    assert (two.needs, two.gender_wish, two.avoid) == (frozenset({"cv"}), "f", frozenset({str(mentor.pk)}))
    assert (two.groups, two.waiting_since, two.online) == (
        (("schooling", "none"),),
        mentee.mentee.waiting_since,
        True,
    )
    assert mentor.first_name not in repr(pools)


def test_who_is_not_ready_is_not_in_the_pools(branch: Branch, ines: Actor) -> None:
    people.mentee(branch, state="new")
    people.mentee(branch, state="left")
    people.mentor(branch, state="new")
    archive_person(person=people.mentee(branch), by=ines, now=NOW)
    people.mentee(people.branch())
    pools = build_profiles(branch, TODAY)
    assert (pools.mentees, pools.mentors, pools.places) == ((), (), 0)


def test_a_proposed_mentee_is_not_in_the_pool_and_a_mentor_keeps_the_places_left(
    branch: Branch, ines: Actor
) -> None:
    mentor = people.mentor(branch, capacity=2)
    pairing.proposal(people.mentee(branch), mentor, ines)
    pairing.duo(people.mentee(branch), mentor, ines)
    (seen,) = build_profiles(branch, TODAY).mentors
    assert (seen.capacity, build_profiles(branch, TODAY).mentees) == (0, ())
    MentorProfile.everywhere.filter(person=mentor).update(capacity=1)
    (seen,) = build_profiles(branch, TODAY).mentors
    assert seen.capacity == 0


def test_the_branch_may_have_rules_of_its_own(branch: Branch) -> None:
    assert build_profiles(branch, TODAY).rules == DEFAULT_RULES
    branch.rules = {"version": "lyon", "limits": {"waiting_ceiling_days": 10}}
    own = build_profiles(branch, TODAY).rules
    assert (own.declared, own.limits.waiting_ceiling_days) == ("lyon", 10)


def test_the_fingerprint_changes_with_what_is_read_and_only_then(branch: Branch) -> None:
    person = people.mentee(branch, interests=["music", "football"])
    people.mentor(branch)
    before = build_profiles(branch, TODAY)
    Person.everywhere.filter(pk=person.pk).update(last_name="Other", interests=["football", "music"])
    assert build_profiles(branch, TODAY).inputs_hash == before.inputs_hash
    assert build_profiles(branch, TODAY + timedelta(days=1)).inputs_hash != before.inputs_hash
    Person.everywhere.filter(pk=person.pk).update(interests=["football"])
    assert build_profiles(branch, TODAY).inputs_hash != before.inputs_hash


@pytest.mark.parametrize("many", [1, 30])
def test_the_pools_cost_the_same_queries_however_many_wait(
    branch: Branch, many: int, django_assert_num_queries: Any
) -> None:
    for _ in range(many):
        people.mentee(branch)
        people.mentor(branch)
    with django_assert_num_queries(5):
        assert len(build_profiles(branch, TODAY).mentees) == many


# --- proposals --------------------------------------------------------------------------------------------


def test_the_list_can_be_narrowed_to_what_is_open(branch: Branch, ines: Actor) -> None:
    first = pairing.proposal(people.mentee(branch), people.mentor(branch), ines)
    second = pairing.proposal(
        people.mentee(branch), people.mentor(branch), ines, now=NOW + timedelta(hours=1)
    )
    actions.undo_proposal(proposal=first, by=ines, now=NOW)
    assert list(proposals_of(actor=ines, branch=branch)) == [second, first]
    assert list(proposals_of(actor=ines, branch=branch, only_open=True)) == [second]
    assert list(proposals_of(actor=ines, branch=branch, state="undone")) == [first]


def test_the_page_says_what_may_be_done_now_and_what_was_shown(branch: Branch, ines: Actor) -> None:
    mentee, mentor, other = (
        people.mentee(branch),
        people.mentor(branch),
        people.mentor(branch, occupations=["G1602"]),
    )
    asked = pairing.proposal(mentee, mentor, ines)

    def page() -> Any:
        return proposal_page(actor=ines, branch=branch, pk=asked.pk, today=TODAY)

    assert (page().can_undo, page().can_tell, page().asks) == (True, True, "mentee")
    assert [(shown.mentor_id, shown.was_proposed) for shown in page().shown] == [
        (mentor.pk, True),
        (other.pk, False),
    ]
    assert page().shown[1].name == other.display_name
    assert sum(term.points for term in page().terms) == page().shown[0].points
    actions.mark_told(proposal=asked, by=ines, now=NOW)
    assert (page().can_undo, page().can_tell, page().asks) == (False, False, "mentee")
    actions.record_mentee_answer(proposal=asked, answer=Answer.YES, by=ines, now=NOW)
    assert page().asks == "mentor"
    actions.record_mentor_answer(proposal=asked, answer=Answer.YES, by=ines, now=NOW)
    assert (page().asks, page().can_undo) == ("", False)


def test_a_pair_that_was_not_shown_has_a_page_without_reasons(branch: Branch, ines: Actor) -> None:
    mentee, run = people.mentee(branch), pairing.run(branch, ines)
    asked = pairing.proposal(mentee, people.mentor(branch), ines, run=run)
    page = proposal_page(actor=ines, branch=branch, pk=asked.pk, today=TODAY)
    assert (page.shown, page.terms, page.in_favour, page.unknown) == ((), (), (), ())


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_queries_however_long_it_is(
    branch: Branch, ines: Actor, rows: int, django_assert_num_queries: Any
) -> None:
    run = pairing.run(branch, ines)
    for _ in range(rows):
        pairing.proposal(people.mentee(branch), people.mentor(branch), ines, run=run)
    with django_assert_num_queries(1):
        names = [
            (row.mentee.display_name, row.mentor.display_name, str(row.proposed_by), str(row.told_by))
            for row in proposals_of(actor=ines, branch=branch)
        ]
    assert len(names) == rows


def test_proposals_of_another_branch_do_not_exist_and_others_may_not_look(
    branch: Branch, ines: Actor
) -> None:
    elsewhere = people.branch()
    there = people.coordinator(elsewhere)
    asked = pairing.proposal(people.mentee(elsewhere), people.mentor(elsewhere), there)
    with pytest.raises(NotVisible):
        find_proposal(actor=ines, branch=branch, pk=asked.pk)
    with pytest.raises(NotVisible):
        proposals_of(actor=ines, branch=elsewhere)
    with pytest.raises(NotAllowed):
        find_proposal(
            actor=people.actor(Role.FUNDER, branch),
            branch=branch,
            pk=asked.pk,
            permission=Permission.PROPOSALS_SEE,
        )


def test_the_export_has_a_cell_for_each_heading_and_the_written_reason(branch: Branch, ines: Actor) -> None:
    mentee = people.mentee(branch)
    asked = pairing.proposal(mentee, people.mentor(branch), ines)
    no = {"answer": Answer.NO, "decline_reason": DeclineReason.DISTANCE}
    actions.record_mentee_answer(proposal=asked, by=ines, now=NOW, **no)
    header, rows = proposals_export(actor=ines, branch=branch)
    (row,) = list(rows)
    assert len(row) == len(header)
    assert {REASON, mentee.display_name, "2026-03-02", "Inès"} <= set(row)
    with pytest.raises(NotAllowed):
        proposals_export(actor=people.actor(Role.DPO, branch), branch=branch)


# --- steps of today ---------------------------------------------------------------------------------------


def test_an_open_proposal_is_a_step_and_its_mentee_no_longer_merely_waits(
    branch: Branch, ines: Actor
) -> None:
    asked = pairing.proposal(people.mentee(branch), people.mentor(branch), ines)

    def only_step(days: int) -> tuple[str, str, int]:
        (step,) = steps_of_today(actor=ines, branch=branch, today=TODAY + timedelta(days=days))
        assert (step.person_id, step.object_id, step.text) == (
            asked.mentee_id,
            asked.pk,
            asked.mentor.display_name,
        )
        return str(step.reason), step.waits_for, step.days(TODAY + timedelta(days=days))

    assert only_step(2) == ("proposal_tell_mentee", "us", 2)
    actions.mark_told(proposal=asked, by=ines, now=NOW)
    assert only_step(7) == ("proposal_mentee_answers", "others", 7)
    assert only_step(8) == ("proposal_no_answer", "us", 8)
    actions.record_mentee_answer(proposal=asked, answer=Answer.YES, by=ines, now=NOW + timedelta(days=3))
    assert only_step(4) == ("proposal_ask_mentor", "us", 1)
    assert only_step(11) == ("proposal_no_answer", "us", 8)
    actions.record_mentor_answer(proposal=asked, answer=Answer.YES, by=ines, now=NOW + timedelta(days=4))
    assert steps_of_today(actor=ines, branch=branch, today=TODAY) == []
