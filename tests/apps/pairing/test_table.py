"""The matching table: order, options, reasons, price, limits, and what changed since the run."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import pairing, people
from tests.factories.pairing import REASON
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.pairing import actions
from traboule.apps.pairing.enums import Answer, DeclineReason, PairRuleKind
from traboule.apps.pairing.models import MatchRun, RunOption
from traboule.apps.pairing.queries import TableView, find_run, latest_run, matching_table, what_if
from traboule.apps.people.actions import pause_person
from traboule.apps.people.enums import Role
from traboule.apps.people.models import MenteeProfile, MentorProfile, Person, SpokenLanguage
from traboule.core.actors import Actor
from traboule.core.permissions import NotAllowed, NotVisible

pytestmark = pytest.mark.django_db
TRADES = ("M1101", "G1602", "J1501", "F1703", "H2909", "N4101")


def table(branch: Branch, actor: Actor, **more: Any) -> TableView:
    return matching_table(actor=actor, branch=branch, as_of=TODAY, **more)


def crowd(
    branch: Branch, mentees: int, mentors: int, *, at: float = 45.774
) -> tuple[list[Person], list[Person]]:
    """People who differ in trade, place and hours; written in bulk."""
    made = Person.everywhere.bulk_create(
        Person(
            branch=branch,
            first_name=f"Person{number}",
            last_name="Autre",
            birth_date=date(2000, 1, 1),
            latitude=at + number % 7 / 100,
            longitude=4.805,
            slots=1 << number % 3 | 0b1000,
            created_at=NOW,
            last_contact_at=NOW,
        )
        for number in range(mentees + mentors)
    )
    ours, theirs = made[:mentees], made[mentees:]
    MenteeProfile.everywhere.bulk_create(
        MenteeProfile(
            person=person,
            state="pool",
            waiting_since=TODAY - timedelta(days=number % 40),
            occupations=[TRADES[number % 6]],
        )
        for number, person in enumerate(ours)
    )
    MentorProfile.everywhere.bulk_create(
        MentorProfile(
            person=person, state="pool", capacity=1, occupations=[TRADES[number % 5]], trained_on=TODAY
        )
        for number, person in enumerate(theirs)
    )
    SpokenLanguage.everywhere.bulk_create(
        SpokenLanguage(person=person, code="fr", level=4) for person in made
    )
    return ours, theirs


# --- what stands on it ------------------------------------------------------------------------------------


def test_without_a_run_the_table_says_who_waits_and_shows_no_card(branch: Branch, ines: Actor) -> None:
    mentee = people.mentee(branch)
    people.mentor(branch, capacity=2)
    view = table(branch, ines)
    assert (view.run, view.cards, view.waiting, view.mentors_ready, view.places_left) == (None, (), 1, 1, 2)
    assert [line.id for line in view.not_in_run] == [mentee.pk]
    assert not view.is_stale


def test_who_waits_longest_stands_first(branch: Branch, ines: Actor) -> None:
    days = (date(2026, 2, 20), date(2026, 1, 5), date(2026, 3, 1))
    late, first, last = (people.mentee(branch, waiting_since=day) for day in days)
    pairing.run(branch, ines)
    cards = table(branch, ines).cards
    assert [card.mentee.id for card in cards] == [first.pk, late.pk, last.pk]
    assert [card.mentee.days_waiting for card in cards] == [56, 10, 1]
    assert [card.urgent for card in cards] == [True, False, False]


def test_each_card_shows_three_options_the_plan_first_with_terms_that_sum(
    branch: Branch, ines: Actor
) -> None:
    crowd(branch, 6, 8)
    pairing.run(branch, ines)
    view = table(branch, ines)
    assert view.run is not None
    assert view.run.certificate_holds
    assert view.run.gap == 0
    for card in view.cards:
        assert [option.rank for option in card.options] == [1, 2, 3]
        assert [option.is_chosen for option in card.options] == [True, False, False]
        for option in card.options:
            assert sum(term.points for term in option.terms) == option.points
            assert {reason.code for reason in option.unknown} == {
                term.code for term in option.terms if term.unknown
            }
            assert not {reason.code for reason in option.in_favour} & {
                reason.code for reason in option.against
            }


def test_what_a_choice_changes_for_others_is_what_a_re_solve_says(branch: Branch, ines: Actor) -> None:
    crowd(branch, 7, 5)
    pairing.run(branch, ines)
    view, asked = table(branch, ines), 0
    for card in view.cards:
        for option in card.options:
            if option.is_chosen:
                assert option.changes == ()
                continue
            asked += 1
            solved = what_if(actor=ines, branch=branch, as_of=TODAY, force=(card.mentee.id, option.mentor.id))
            assert max(0, solved.points_before - solved.points_after) == option.regret
            assert solved.duos_before - solved.duos_after == option.duos_lost
            assert option.changes is not None
            own = option.points - (card.chosen.points if card.chosen else 0)
            told = own + sum(change.difference for change in option.changes)
            assert told == solved.points_after - solved.points_before
            for change in option.changes:
                assert change.before != change.after
                assert change.mentee.id != card.mentee.id
    assert asked > 10


def test_a_mentee_who_loses_her_mentor_to_the_choice_is_named(branch: Branch, ines: Actor) -> None:
    selam, karim = people.mentee(branch), people.mentee(branch, occupations=["G1602"], slots=0b10)
    people.mentor(branch, slots=0b01, occupations=["G1602"])
    both = people.mentor(branch, slots=0b11)
    pairing.run(branch, ines)
    card = next(card for card in table(branch, ines).cards if card.mentee.id == selam.pk)
    option = next(option for option in card.options if option.mentor.id == both.pk)
    assert option.changes is not None
    (change,) = option.changes
    assert (change.mentee.id, change.before and change.before.id, change.after) == (karim.pk, both.pk, None)
    assert (change.loses_mentor, option.duos_lost) == (True, 1)


def test_without_an_option_the_limits_are_counted_and_the_nearest_named(branch: Branch, ines: Actor) -> None:
    mentee = people.mentee(branch, languages={"ti": 6})
    near = people.mentor(branch)
    people.mentor(branch, trained_on=None)
    pairing.run(branch, ines)
    (card,) = table(branch, ines).cards
    assert (card.mentee.id, card.options, card.reason) == (mentee.pk, (), "no_shared_language")
    assert [(count.code, count.mentors) for count in card.limits] == [
        ("no_shared_language", 2),
        ("mentor_not_trained", 1),
    ]
    assert (card.nearest[0].mentor.id, card.nearest[0].limits) == (near.pk, ("no_shared_language",))
    assert card.mentors_looked_at == 2


def test_more_mentees_than_places_leaves_somebody_with_options_and_a_reason(
    branch: Branch, ines: Actor
) -> None:
    crowd(branch, 3, 1)
    pairing.run(branch, ines)
    left = [card for card in table(branch, ines).cards if card.chosen is None]
    assert len(left) == 2
    assert all(card.reason == "places_taken" and len(card.options) == 1 for card in left)


def test_the_map_counts_people_by_commune(branch: Branch, ines: Actor) -> None:
    people.mentee(branch)
    people.mentor(branch)
    people.mentor(branch, commune_code="69266", commune_name="Villeurbanne", place_estimated=True)
    people.mentor(branch, capacity=0)
    places = [(p.commune, p.mentees, p.mentors, p.estimated) for p in table(branch, ines).places]
    assert places == [("Lyon 9e Arrondissement", 1, 1, False), ("Villeurbanne", 0, 1, True)]


# --- what changed since -----------------------------------------------------------------------------------


def test_nothing_changed_when_nothing_changed(branch: Branch, ines: Actor) -> None:
    crowd(branch, 3, 3)
    pairing.run(branch, ines)
    assert table(branch, ines).changes_since == 0


def test_each_person_who_changed_came_or_left_counts_once(branch: Branch, ines: Actor) -> None:
    (first, *_), (mentor, *_) = crowd(branch, 3, 3)
    pairing.run(branch, ines)
    Person.everywhere.filter(pk=first.pk).update(slots=0b10)
    pause_person(person=mentor, until=None, by=ines, now=NOW)
    newcomer = people.mentee(branch)
    view = table(branch, ines)
    assert (view.changes_since, view.is_stale) == (3, True)
    assert [line.id for line in view.not_in_run] == [newcomer.pk]


def test_what_matching_does_not_read_is_no_change(branch: Branch, ines: Actor) -> None:
    (first, *_), _ = crowd(branch, 2, 2)
    pairing.run(branch, ines)
    Person.everywhere.filter(pk=first.pk).update(first_name="Other", email="new@example.org")
    MenteeProfile.everywhere.filter(person=first).update(groups={"gender": "f"})
    assert table(branch, ines).changes_since == 0


def test_following_the_plan_is_no_surprise_and_choosing_otherwise_is(branch: Branch, ines: Actor) -> None:
    crowd(branch, 3, 3)
    run = pairing.run(branch, ines)
    one, two, _ = table(branch, ines).cards
    by_id = {person.pk: person for person in Person.everywhere.all()}
    assert one.chosen is not None
    pairing.proposal(by_id[one.mentee.id], by_id[one.chosen.mentor.id], ines, run=run)
    view = table(branch, ines)
    assert view.changes_since == 0
    other = next(
        option for option in two.options if option.mentor.id != one.chosen.mentor.id and not option.is_chosen
    )
    pairing.proposal(by_id[two.mentee.id], by_id[other.mentor.id], ines, run=run)
    assert table(branch, ines).changes_since == 2


def test_an_option_that_is_gone_says_who_took_it_and_when(branch: Branch, ines: Actor) -> None:
    selam, karim = people.mentee(branch), people.mentee(branch)
    mentor = people.mentor(branch)
    run = pairing.run(branch, ines)
    made = pairing.proposal(selam, mentor, ines, run=run)
    cards = {card.mentee.id: card for card in table(branch, ines).cards}
    (option,) = cards[karim.pk].options
    assert not option.is_available
    assert option.taken is not None
    assert (option.taken.by, option.taken.at) == ("Inès", NOW)
    own = cards[selam.pk]
    assert not own.in_pool
    assert own.proposal is not None
    assert (own.proposal.id, own.proposal.mentor.id, own.proposal.by) == (made.pk, mentor.pk, "Inès")


def test_a_pair_that_said_no_is_not_shown_again(branch: Branch, ines: Actor) -> None:
    mentee, mentor = people.mentee(branch), people.mentor(branch)
    asked = pairing.proposal(mentee, mentor, ines)
    no = {"answer": Answer.NO, "decline_reason": DeclineReason.DISTANCE}
    actions.record_mentee_answer(proposal=asked, by=ines, now=NOW, **no)
    assert table(branch, ines).is_stale
    pairing.run(branch, ines)
    (card,) = table(branch, ines).cards
    assert (card.options, card.reason) == ((), "forbidden")
    assert [count.code for count in card.limits] == ["declined_before"]


def test_somebody_named_in_passing_who_left_since_keeps_her_name(branch: Branch, ines: Actor) -> None:
    crowd(branch, 3, 4)
    pairing.run(branch, ines)
    for person in Person.everywhere.filter(branch=branch, mentor__isnull=False):
        pause_person(person=person, until=None, by=ines, now=NOW)
    for card in table(branch, ines).cards:
        assert all(option.mentor.name and not option.is_available for option in card.options)


# --- who may look, and what it costs ----------------------------------------------------------------------


def test_the_table_of_another_branch_does_not_exist_and_funders_see_none(branch: Branch, ines: Actor) -> None:
    elsewhere = people.branch()
    people.mentee(elsewhere)
    run = pairing.run(elsewhere, people.coordinator(elsewhere))
    with pytest.raises(NotVisible):
        table(elsewhere, ines)
    with pytest.raises(NotVisible):
        find_run(actor=ines, branch=branch, pk=run.pk)
    with pytest.raises(NotAllowed):
        table(branch, people.actor(Role.FUNDER, branch))
    assert latest_run(branch) is None
    assert table(branch, ines).cards == ()


@pytest.mark.parametrize(("mentees", "mentors"), [(1, 1), (1000, 40)])
def test_the_table_costs_the_same_queries_for_one_and_for_a_thousand(
    branch: Branch, ines: Actor, mentees: int, mentors: int
) -> None:
    ours, theirs = crowd(branch, mentees, mentors)
    pairing.run(branch, ines)
    actions.set_pair_rule(
        branch=branch,
        mentee=ours[0],
        mentor=theirs[0],
        kind=PairRuleKind.FORBID,
        reason=REASON,
        by=ines,
        now=NOW,
    )
    with CaptureQueriesContext(connection) as all_of_it:
        assert len(table(branch, ines).cards) == mentees
    with CaptureQueriesContext(connection) as a_page:
        assert len(table(branch, ines, limit=20).cards) == min(20, mentees)
    assert (len(all_of_it), len(a_page)) == (10, 10)


def test_a_run_keeps_what_it_read_and_what_it_proved(branch: Branch, ines: Actor) -> None:
    ours, theirs = crowd(branch, 3, 2)
    run = pairing.run(branch, ines)
    assert set(run.inputs["mentees"]) == {str(person.pk) for person in ours}
    assert (run.report["pairs"], run.report["certificate_holds"], run.report["gap"]) == (2, True, 0)
    assert len(run.report["unmatched_mentees"]) == 1
    assert set(run.report["mentor_price"]) == {str(person.pk) for person in theirs}
    again = pairing.run(branch, ines)
    assert (again.inputs_hash, again.report) == (run.inputs_hash, run.report)
    shown = [
        sorted(RunOption.everywhere.filter(run=r).values_list("mentee", "mentor", "points"))
        for r in (run, again)
    ]
    assert shown[0] == shown[1]
    assert MatchRun.everywhere.count() == 2


@pytest.mark.parametrize(("mentees", "mentors"), [(0, 0), (2, 0), (0, 2)])
def test_empty_pools_are_an_answer(branch: Branch, ines: Actor, mentees: int, mentors: int) -> None:
    crowd(branch, mentees, mentors)
    run = pairing.run(branch, ines)
    view = table(branch, ines)
    assert (run.report["pairs"], len(view.cards)) == (0, mentees)
    assert {card.reason for card in view.cards} == ({"no_mentors"} if mentees else set())
