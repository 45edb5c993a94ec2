"""Who meets whom instead when one pair is forced: the cheapest chain of exchanges, for many pairs at once.

``options.price_of`` answers the same for one pair and proves the new plan; here one preparation serves all
pairs, which is what a page with three options for everybody needs.
"""

from collections.abc import Sequence
from typing import Unpack

from traboule.kernel.matching._problem import Context, Edges, Ints, prepare
from traboule.kernel.matching._residual import residual
from traboule.kernel.matching.assignment import Plan
from traboule.kernel.matching.options import Change, _index, _reseat


def exchanges(
    edges: Edges, capacity: Ints, plan: Plan, pairs: Sequence[tuple[int, int]], **context: Unpack[Context]
) -> list[tuple[Change, ...]]:
    """For each feasible (mentee, mentor) of ``pairs``, the mentees who change when it is forced, that mentee
    included.

    ``context``: what ``match`` was called with. Empty for a pair of the plan. Locked mentees and mentors
    whose places are all locked cannot be asked for; NotOptimalError when ``plan`` is not optimal in this
    context.
    """
    if not pairs:
        return []
    problem = prepare(edges, capacity, mentees=len(plan.mentor_of), **context)
    state = residual(problem, problem.canonical(plan.mentor_of))
    before = [int(mentor) for mentor in plan.mentor_of]
    found = []
    for mentee, mentor in pairs:
        after: dict[int, int] = {}
        if before[mentee] != mentor:
            _, moved = _reseat(state, _index(problem.row_at, mentee), _index(problem.col_at, mentor))
            for mover, goal in moved:
                after[int(problem.row_at[mover])] = int(problem.col_at[goal]) if goal >= 0 else -1
        changed = sorted(row for row, goal in after.items() if before[row] != goal)
        found.append(tuple(Change(row, before[row], after[row]) for row in changed))
    return found
