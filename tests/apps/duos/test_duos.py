"""Duos and places: what actions do, and what the tables refuse whoever writes."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories import people
from tests.factories.pairing import duo as a_duo
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos import actions, queries
from traboule.apps.duos.enums import CloseReason, DuoState
from traboule.apps.duos.models import Duo, MentorPlace
from traboule.apps.duos.rules import HumanNeeded
from traboule.apps.people.actions import archive_person
from traboule.apps.people.actions.states import StillEngaged
from traboule.apps.people.enums import MenteeState, Role
from traboule.apps.people.models import MentorProfile
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind, Grant, system
from traboule.core.permissions import NotAllowed, NotVisible
from traboule.kernel.lifecycle import DUO, IllegalMove

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch() -> Branch:
    return people.branch()


@pytest.fixture
def ines(branch: Branch) -> Actor:
    return people.coordinator(branch, name="Inès")


def start(branch: Branch, by: Actor, **more: Any) -> Duo:
    mentor, mentee = people.mentor(branch), people.mentee(branch)
    place = actions.take_place(mentor=mentor, by=by, now=NOW)
    fields = {"started_on": TODAY} | more
    return actions.start_duo(mentor=mentor, mentee=mentee, place=place, by=by, now=NOW, **fields)


# --- places -----------------------------------------------------------------------------------------------


def test_places_are_numbered_from_one_and_the_lowest_free_one_is_taken(branch: Branch, ines: Actor) -> None:
    mentor = people.mentor(branch, capacity=3)
    first, second = (actions.take_place(mentor=mentor, by=ines, now=NOW) for _ in range(2))
    actions.free_place(place=first, by=ines, now=NOW)
    third = actions.take_place(mentor=mentor, by=ines, now=NOW)
    assert (second.number, third.number) == (2, 1)


def test_who_comes_second_to_the_last_place_reads_who_was_first_and_when(branch: Branch, ines: Actor) -> None:
    mentor = people.mentor(branch)
    actions.take_place(mentor=mentor, by=ines, now=NOW)
    late = people.coordinator(branch, name="Omar")
    with pytest.raises(actions.PlaceTaken) as refused:
        actions.take_place(mentor=mentor, by=late, now=NOW + timedelta(minutes=1))
    assert (refused.value.by, refused.value.at) == ("Inès", NOW)


def test_a_mentor_who_offers_no_place_has_none_that_somebody_took(branch: Branch, ines: Actor) -> None:
    with pytest.raises(actions.NoCapacity):
        actions.take_place(mentor=people.mentor(branch, capacity=0), by=ines, now=NOW)


def test_the_database_itself_lets_nobody_take_a_numbered_place_twice(branch: Branch, ines: Actor) -> None:
    mentor = people.mentor(branch)
    actions.take_place(mentor=mentor, by=ines, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        MentorPlace.everywhere.create(mentor=mentor, number=1, taken_at=NOW, taken_by_id=ines.id)


def test_a_place_that_a_duo_holds_cannot_be_freed(branch: Branch, ines: Actor) -> None:
    duo = start(branch, ines)
    assert duo.place is not None
    with pytest.raises(IntegrityError), transaction.atomic():  # ProtectedError is one
        actions.free_place(place=duo.place, by=ines, now=NOW)


# --- a human starts a duo ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "machine",
    [
        system("nightly"),
        Actor(ActorKind.TOKEN, 1, "robot", (Grant(frozenset({"duos.write", "proposals.answer"}), None),)),
        Actor(ActorKind.LOGIN, None, "nobody", (Grant(frozenset({"duos.write"}), None),)),
    ],
)
def test_no_machine_starts_a_duo_or_takes_a_place(branch: Branch, ines: Actor, machine: Actor) -> None:
    mentor, mentee = people.mentor(branch), people.mentee(branch)
    with pytest.raises(HumanNeeded):
        actions.take_place(mentor=mentor, by=machine, now=NOW)
    place = actions.take_place(mentor=mentor, by=ines, now=NOW)
    with pytest.raises(HumanNeeded):
        actions.start_duo(mentor=mentor, mentee=mentee, place=place, started_on=TODAY, by=machine, now=NOW)
    assert not Duo.everywhere.exists()


def test_a_duo_without_the_human_who_started_it_cannot_be_written(branch: Branch, ines: Actor) -> None:
    duo = start(branch, ines)
    with pytest.raises(IntegrityError), transaction.atomic():
        Duo.everywhere.filter(pk=duo.pk).update(started_by=None)


def test_who_may_not_write_duos_starts_none_and_who_is_elsewhere_sees_none(
    branch: Branch, ines: Actor
) -> None:
    duo = start(branch, ines)
    with pytest.raises(NotAllowed):
        actions.pause_duo(duo=duo, paused_on=TODAY, by=people.actor(Role.FUNDER, branch), now=NOW)
    with pytest.raises(NotVisible):
        actions.pause_duo(duo=duo, paused_on=TODAY, by=people.coordinator(people.branch()), now=NOW)


# --- from start to end ------------------------------------------------------------------------------------


def test_a_duo_lasts_26_weeks_and_its_mentee_waits_no_more(branch: Branch, ines: Actor) -> None:
    duo = start(branch, ines)
    assert (duo.state, duo.started_on, duo.ends_on) == (DuoState.ACTIVE, TODAY, TODAY + timedelta(days=181))
    duo.mentee.mentee.refresh_from_db()
    assert duo.mentee.mentee.state == MenteeState.MATCHED


def test_a_mentee_has_one_open_duo_and_a_paused_one_counts(branch: Branch, ines: Actor) -> None:
    duo = start(branch, ines)
    actions.pause_duo(duo=duo, paused_on=TODAY, by=ines, now=NOW)
    mentor = people.mentor(branch)
    place = actions.take_place(mentor=mentor, by=ines, now=NOW)
    with pytest.raises(actions.MenteeAlreadyInDuo) as refused:
        actions.start_duo(mentor=mentor, mentee=duo.mentee, place=place, started_on=TODAY, by=ines, now=NOW)
    assert (refused.value.by, refused.value.at) == ("Inès", NOW)


def test_a_place_of_another_mentor_starts_nothing(branch: Branch, ines: Actor) -> None:
    place = actions.take_place(mentor=people.mentor(branch), by=ines, now=NOW)
    with pytest.raises(ValueError, match="another mentor"):
        actions.start_duo(
            mentor=people.mentor(branch),
            mentee=people.mentee(branch),
            place=place,
            started_on=TODAY,
            by=ines,
            now=NOW,
        )


def test_a_pause_keeps_the_place_and_ends(branch: Branch, ines: Actor) -> None:
    duo = actions.pause_duo(duo=start(branch, ines), paused_on=TODAY, by=ines, now=NOW)
    assert (duo.state, duo.paused_on, duo.place_id is not None) == (DuoState.PAUSED, TODAY, True)
    duo = actions.resume_duo(duo=duo, by=ines, now=NOW)
    assert (duo.state, duo.paused_on) == (DuoState.ACTIVE, None)


def test_closing_gives_the_place_back_and_says_why_and_who(branch: Branch, ines: Actor) -> None:
    duo = start(branch, ines)
    day = TODAY + timedelta(weeks=26)
    duo = actions.close_duo(duo=duo, reason=CloseReason.COMPLETED, closed_on=day, by=ines, now=NOW)
    assert (duo.state, duo.close_reason, duo.closed_by_id) == (DuoState.CLOSED, "completed", ines.id)
    assert not MentorPlace.everywhere.exists()
    duo.mentee.mentee.refresh_from_db()
    assert duo.mentee.mentee.state == MenteeState.LEFT
    with pytest.raises(IllegalMove):
        actions.close_duo(duo=duo, reason=CloseReason.OTHER, closed_on=day, by=ines, now=NOW)


def test_after_a_duo_that_broke_the_mentee_waits_again_from_that_day(branch: Branch, ines: Actor) -> None:
    duo = start(branch, ines)
    day = TODAY + timedelta(weeks=3)
    actions.close_duo(duo=duo, reason=CloseReason.MOVED, closed_on=day, by=ines, now=NOW, wait_again=True)
    profile = duo.mentee.mentee
    profile.refresh_from_db()
    assert (profile.state, profile.waiting_since) == (MenteeState.POOL, day)


def test_what_a_mentor_said_about_waiting_is_over_with_the_duo(branch: Branch, ines: Actor) -> None:
    duo = start(branch, ines)
    MentorProfile.everywhere.filter(person=duo.mentor).update(can_wait_until=TODAY)
    actions.close_duo(duo=duo, reason=CloseReason.MOVED, closed_on=TODAY, by=ines, now=NOW)
    assert MentorProfile.everywhere.get(person=duo.mentor).can_wait_until is None


def test_nothing_happens_to_a_duo_before_it_starts(branch: Branch, ines: Actor) -> None:
    duo, before = start(branch, ines), TODAY - timedelta(days=1)
    with pytest.raises(actions.WrongDates):
        actions.pause_duo(duo=duo, paused_on=before, by=ines, now=NOW)
    with pytest.raises(actions.WrongDates):
        actions.close_duo(duo=duo, reason=CloseReason.OTHER, closed_on=before, by=ines, now=NOW)


def test_the_enum_and_the_table_of_moves_name_the_same_states() -> None:
    assert set(DuoState.values) == set(DUO.states)


def test_nobody_is_archived_out_of_an_open_duo(branch: Branch, ines: Actor) -> None:
    duo = start(branch, ines)
    for person in (duo.mentor, duo.mentee):
        with pytest.raises(StillEngaged) as refused:
            archive_person(person=person, by=ines, now=NOW)
        assert refused.value.codes == ["open_duo"]


BROKEN_ROWS: dict[str, Callable[[Duo], dict[str, Any]]] = {
    "duo_state_is_legal": lambda duo: {"state": "happy"},
    "duo_is_two_people": lambda duo: {"mentor_id": duo.mentee_id},
    "duo_ends_after_it_starts": lambda duo: {"ends_on": duo.started_on - timedelta(days=1)},
    "duo_is_paused_after_it_starts": lambda duo: {
        "state": DuoState.PAUSED,
        "paused_on": duo.started_on - timedelta(days=1),
    },
    "paused without a day": lambda duo: {"state": DuoState.PAUSED},
    "active with a pause": lambda duo: {"paused_on": duo.started_on},
    "active without a place": lambda duo: {"place": None},
    "closed with a place": lambda duo: {
        "state": DuoState.CLOSED,
        "closed_on": duo.started_on,
        "closed_by_id": duo.started_by_id,
        "close_reason": "other",
    },
    "closed without a day": lambda duo: {
        "state": DuoState.CLOSED,
        "place": None,
        "closed_by_id": duo.started_by_id,
        "close_reason": "other",
    },
    "closed by nobody": lambda duo: {
        "state": DuoState.CLOSED,
        "place": None,
        "closed_on": duo.started_on,
        "close_reason": "other",
    },
    "closed without a reason": lambda duo: {
        "state": DuoState.CLOSED,
        "place": None,
        "closed_on": duo.started_on,
        "closed_by_id": duo.started_by_id,
    },
    "closed before it starts": lambda duo: {
        "state": DuoState.CLOSED,
        "place": None,
        "closed_on": duo.started_on - timedelta(days=1),
        "closed_by_id": duo.started_by_id,
        "close_reason": "other",
    },
}


@pytest.mark.parametrize("broken", sorted(BROKEN_ROWS))
def test_the_table_refuses_a_duo_that_cannot_be_true(branch: Branch, ines: Actor, broken: str) -> None:
    duo = start(branch, ines)
    with pytest.raises(IntegrityError), transaction.atomic():
        Duo.everywhere.filter(pk=duo.pk).update(**BROKEN_ROWS[broken](duo))


def test_the_table_refuses_a_second_open_duo_of_a_mentee(branch: Branch, ines: Actor) -> None:
    first, second = start(branch, ines), start(branch, ines)
    with pytest.raises(IntegrityError), transaction.atomic():
        Duo.everywhere.filter(pk=second.pk).update(mentee=first.mentee_id)


def test_each_step_of_a_duo_stands_in_the_log(branch: Branch, ines: Actor) -> None:
    duo = start(branch, ines)
    actions.pause_duo(duo=duo, paused_on=TODAY, by=ines, now=NOW)
    actions.resume_duo(duo=duo, by=ines, now=NOW)
    actions.close_duo(duo=duo, reason=CloseReason.COMPLETED, closed_on=TODAY, by=ines, now=NOW)
    verbs = [entry.verb for entry in reversed(audit.entries(branch.pk))]
    assert verbs == [
        "place.taken",
        "mentee.moved",
        "duo.started",
        "duo.paused",
        "duo.resumed",
        "place.freed",
        "mentee.moved",
        "duo.closed",
    ]
    assert audit.check_chain(branch.pk) is None


# --- reading ----------------------------------------------------------------------------------------------


def test_the_list_shows_the_branch_and_nothing_of_another(branch: Branch, ines: Actor) -> None:
    here = start(branch, ines)
    elsewhere = people.branch()
    start(elsewhere, people.coordinator(elsewhere))
    assert list(queries.duos_of(actor=ines, branch=branch)) == [here]
    assert queries.duo_counts(actor=ines, branch=branch) == {"active": 1, "paused": 0, "closed": 0}
    assert queries.places_taken(actor=ines, branch=branch) == {here.mentor_id: 1}
    with pytest.raises(NotVisible):
        queries.duos_of(actor=ines, branch=elsewhere)
    with pytest.raises(NotAllowed):
        queries.duos_of(actor=people.actor(Role.FUNDER, branch), branch=branch)


def test_the_page_says_which_week_of_how_many(branch: Branch, ines: Actor) -> None:
    duo = start(branch, ines)
    page = queries.duo_page(actor=ines, branch=branch, pk=duo.pk, today=TODAY + timedelta(weeks=11))
    assert (page.week, page.weeks, page.is_past_end) == (12, 26, False)
    assert page.moves == ("pause", "extend", "close")
    with pytest.raises(NotVisible):
        queries.duo_page(actor=ines, branch=branch, pk=duo.pk + 1, today=TODAY)


def test_a_duo_past_its_end_becomes_a_step_of_today(branch: Branch, ines: Actor) -> None:
    duo = start(branch, ines)
    assert list(queries.open_steps(branch.pk, duo.ends_on)) == []
    (step,) = queries.open_steps(branch.pk, duo.ends_on + timedelta(days=1))
    assert (step.reason, step.since, step.object_id) == ("duo_past_end", duo.ends_on, duo.pk)


def test_the_export_has_a_cell_for_each_heading(branch: Branch, ines: Actor) -> None:
    open_duo, closed = start(branch, ines), start(branch, ines)
    actions.close_duo(duo=closed, reason=CloseReason.MOVED, closed_on=TODAY, by=ines, now=NOW)
    header, rows = queries.duos_export(actor=ines, branch=branch)
    written = list(rows)
    assert [row[0] for row in written] == [str(open_duo.pk), str(closed.pk)]
    assert {len(row) for row in written} == {len(header)}


@pytest.mark.parametrize("rows", [1, 40])
def test_the_list_costs_the_same_queries_however_long_it_is(
    branch: Branch, ines: Actor, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        start(branch, ines)
    with django_assert_num_queries(1):
        for duo in queries.duos_of(actor=ines, branch=branch):
            assert all([duo.mentee.display_name, duo.mentor.display_name, str(duo.started_by)])


def test_a_whole_story_starts_on_the_day_of_the_branch(branch: Branch, ines: Actor) -> None:
    assert a_duo(people.mentee(branch), people.mentor(branch), ines).started_on == date(2026, 3, 2)
