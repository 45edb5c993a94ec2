"""The tables of states and moves, read as a person would read them on paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel.lifecycle import DUO, LIFECYCLES, MEETING, PROPOSAL, IllegalMove, Lifecycle

EVERY_TABLE = sorted(LIFECYCLES)


def walk(table: Lifecycle, moves: list[str]) -> str:
    state = table.first
    for move in moves:
        state = table.after(state, move)
    return state


def test_the_mentee_is_asked_before_the_mentor() -> None:
    assert not PROPOSAL.allows("proposed", "mentor_accepts")
    assert not PROPOSAL.allows("proposed", "mentor_declines")
    assert walk(PROPOSAL, ["mentee_accepts", "mentor_accepts"]) == "accepted"


def test_a_no_from_either_ends_the_proposal() -> None:
    assert walk(PROPOSAL, ["mentee_declines"]) == "declined"
    assert walk(PROPOSAL, ["mentee_accepts", "mentor_declines"]) == "declined"


def test_a_mentee_may_change_her_mind_until_the_mentor_answered() -> None:
    assert walk(PROPOSAL, ["mentee_accepts", "mentee_declines"]) == "declined"
    assert not PROPOSAL.allows("accepted", "mentee_declines")


def test_only_a_proposal_without_answers_can_be_undone() -> None:
    assert [state for state in PROPOSAL.states if PROPOSAL.allows(state, "undo")] == ["proposed"]


def test_nothing_leaves_an_ended_proposal_or_a_closed_duo() -> None:
    assert set(PROPOSAL.ended) == {"accepted", "declined", "undone"}
    assert PROPOSAL.open == ("proposed", "mentee_said_yes")
    assert DUO.ended == ("closed",)
    assert DUO.open == ("active", "paused")


def test_a_paused_duo_resumes_or_closes() -> None:
    assert DUO.open_moves("paused") == ("resume", "extend", "close")
    assert walk(DUO, ["pause", "resume", "close"]) == "closed"


def test_an_illegal_move_names_the_lifecycle_the_state_and_the_move() -> None:
    with pytest.raises(IllegalMove) as refused:
        DUO.after("closed", "resume")
    assert (refused.value.lifecycle, refused.value.state, refused.value.move) == ("duo", "closed", "resume")


def test_an_unknown_state_or_move_is_illegal_and_never_a_key_error() -> None:
    with pytest.raises(IllegalMove):
        PROPOSAL.after("nowhere", "undo")
    with pytest.raises(IllegalMove):
        PROPOSAL.after("proposed", "accept_all")


@pytest.mark.parametrize("name", EVERY_TABLE)
def test_every_state_is_reached_and_every_open_state_can_still_end(name: str) -> None:
    table = LIFECYCLES[name]
    for state in table.states:
        seen, todo = {state}, [state]
        while todo:
            here = todo.pop()
            following = {table.after(here, move) for move in table.open_moves(here)} - seen
            seen |= following
            todo.extend(following)
        assert seen & set(table.ended), f"{state} can never end"


def test_the_tables_cannot_be_changed_at_run_time() -> None:
    with pytest.raises(TypeError):
        PROPOSAL.moves["undo"]["accepted"] = "proposed"  # type: ignore[index]  # the point of the test


@given(
    st.sampled_from(EVERY_TABLE),
    st.lists(st.sampled_from(["mentee_accepts", "mentor_accepts", "undo", "close", "pause"])),
)
def test_no_list_of_moves_reaches_an_unknown_state(name: str, moves: list[str]) -> None:
    table = LIFECYCLES[name]
    state = table.first
    for move in moves:
        if table.allows(state, move):
            state = table.after(state, move)
        else:
            with pytest.raises(IllegalMove):
                table.after(state, move)
    assert state in table.states


def test_a_meeting_is_planned_until_it_was_held_missed_moved_or_cancelled() -> None:
    assert MEETING.open == ("planned",)
    assert set(MEETING.ended) == {"held", "missed", "moved", "cancelled"}
