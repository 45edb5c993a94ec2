"""Who moves when a pair is forced, held against a proven plan with that pair."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel.matching.assignment import Edges, match
from traboule.kernel.matching.exchanges import exchanges
from traboule.kernel.matching.options import options, price_of


@st.composite
def instances(draw: st.DrawFn) -> tuple[Edges, np.ndarray, int]:
    mentees, mentors = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    pairs = [(row, column) for row in range(mentees) for column in range(mentors) if draw(st.booleans())]
    points = [draw(st.integers(0, 30)) for _ in pairs]
    rows, columns = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    capacity = np.array([draw(st.integers(0, 2)) for _ in range(mentors)], dtype=np.int64)
    return Edges(rows, columns, np.array(points, dtype=np.int64)), capacity, mentees


@given(instances())
def test_the_chain_of_exchanges_is_a_plan_with_the_proven_price(
    instance: tuple[Edges, np.ndarray, int],
) -> None:
    edges, capacity, mentees = instance
    plan = match(edges, capacity, mentees=mentees)
    asked = [
        (mentee, other.mentor)
        for mentee, others in enumerate(options(edges, capacity, plan, count=9))
        for other in others
    ]
    worth = dict(
        zip(zip(edges.mentee.tolist(), edges.mentor.tolist(), strict=True), edges.points, strict=True)
    )
    for pair, changes in zip(asked, exchanges(edges, capacity, plan, asked), strict=True):
        forced = price_of(edges, capacity, plan, *pair)
        seats = plan.mentor_of.copy()
        for change in changes:
            assert plan.mentor_of[change.mentee] == change.before
            seats[change.mentee] = change.after
        assert seats[pair[0]] == pair[1]
        taken = np.bincount(seats[seats >= 0], minlength=len(capacity))
        assert (taken <= capacity).all()
        total = sum(int(worth[row, column]) for row, column in enumerate(seats.tolist()) if column >= 0)
        assert (int((seats >= 0).sum()), total) == (forced.plan.pairs, forced.plan.total_points)


@pytest.mark.parametrize("seed", [0, 1])
def test_a_pair_of_the_plan_changes_nobody_and_no_question_has_no_answer(seed: int) -> None:
    edges = Edges(
        *(np.array(values, dtype=np.int64) for values in ([0, 0, 1, 1], [0, 1, 0, 1], [9, 1, 1, 9]))
    )
    capacity = np.array([1, 1], dtype=np.int64)
    plan = match(edges, capacity, mentees=2, seed=seed)
    assert exchanges(edges, capacity, plan, [(0, 0)], seed=seed) == [()]
    assert exchanges(edges, capacity, plan, [], seed=seed) == []
