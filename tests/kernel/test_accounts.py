"""Two people, one meeting: what counts when they say the same, and when they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel.accounts import MET, MISSED, MOVED, Account, Agreement, Value, value_of
from traboule.kernel.lifecycle import MEETING, MEETING_CORRECTION, IllegalMove, meeting_move

ACCOUNTS = st.one_of(
    st.builds(Account, st.just(MET), st.integers(5, 600)),
    st.builds(Account, st.sampled_from([MOVED, MISSED])),
)


def test_equal_words_settle_it() -> None:
    assert value_of([Account(MET, 120), Account(MET, 120)]) == Value("held", 120, Agreement.EQUAL)
    assert value_of([Account(MISSED), Account(MISSED)]) == Value("missed", None, Agreement.EQUAL)


def test_of_two_lengths_the_shorter_counts_until_somebody_asks() -> None:
    assert value_of([Account(MET, 120), Account(MET, 90)]) == Value("held", 90, Agreement.LOWER)


def test_met_against_missed_leaves_the_meeting_open() -> None:
    assert value_of([Account(MET, 120), Account(MISSED)]) == Value("planned", None, Agreement.OPEN)


def test_nobody_said_anything_and_one_alone_is_believed() -> None:
    assert value_of([]) == Value("planned", None, Agreement.NONE)
    assert value_of([Account(MOVED)]) == Value("moved", None, Agreement.ONE)


@pytest.mark.parametrize("said", [(MET, None), (MISSED, 60), ("perhaps", None)])
def test_an_account_is_whole(said: tuple[str, int | None]) -> None:
    with pytest.raises(ValueError):
        Account(*said)


@given(st.lists(ACCOUNTS, max_size=2))
def test_the_order_of_the_two_is_no_matter_and_never_more_counts_than_was_said(said: list[Account]) -> None:
    value = value_of(said)
    assert value == value_of(said[::-1])
    assert (value.state == "held") == (value.minutes is not None)
    assert value.minutes is None or value.minutes <= min(one.minutes or 0 for one in said)


@given(st.lists(st.sampled_from([*MEETING.states]), min_size=1, max_size=50))
def test_a_meeting_walks_only_by_named_moves(walk: list[str]) -> None:
    state = MEETING.first
    for wanted in walk:
        if wanted == state:
            continue
        try:
            move = meeting_move(state, wanted)
        except IllegalMove:
            continue
        table = MEETING if move in MEETING.moves else MEETING_CORRECTION
        state = table.after(state, move)
        assert state == wanted


def test_a_cancelled_meeting_is_planned_again_only_by_its_own_name() -> None:
    assert meeting_move("cancelled", "planned") == "replan"
    with pytest.raises(IllegalMove):
        meeting_move("cancelled", "moved")
