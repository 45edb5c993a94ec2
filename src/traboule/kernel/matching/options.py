"""What else could be done: each mentee's other mentors with the exact price of each, and a plan with a pair forced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Unpack

import numpy as np

from traboule.kernel.matching._problem import Context, Edges, Ints, Problem, Whole, prepare
from traboule.kernel.matching._residual import Residual, residual
from traboule.kernel.matching.assignment import Plan, prove

BATCH = 256  # mentees searched side by side: their tables stay in the processor's cache
STEPS = 8  # search steps between two looks at whether the best alternatives are proven


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another feasible mentor and what the whole plan loses when this pair is forced."""

    mentor: int
    regret: int  # points lost, 0 when points are gained because a duo is lost
    duos_lost: int
    urgent_lost: int


@dataclass(frozen=True, slots=True)
class Change:
    """A mentee whose mentor differs; -1 stands for nobody."""

    mentee: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Forced:
    """The best plan that contains one given pair, proven, beside the plan it replaces."""

    mentee: int
    mentor: int
    points_lost: int  # negative when points are gained because a duo is lost
    duos_lost: int
    urgent_lost: int
    plan: Plan
    changes: tuple[Change, ...]

    @property
    def regret(self) -> int:
        return max(0, self.points_lost)


def options(
    edges: Edges,
    capacity: Ints,
    plan: Plan,
    *,
    count: int = 2,
    progress: Callable[[str, float], None] | None = None,
    **context: Unpack[Context],
) -> list[list[Alternative]]:
    """Per mentee up to ``count`` other feasible mentors, least loss of the whole plan first, losses exact.

    ``context``: what ``match`` was called with. None for a locked mentee, and never a mentor whose places are all
    locked. Equal losses follow the seeded hash. NotOptimalError when ``plan`` is not optimal in this context.
    """
    problem = prepare(edges, capacity, mentees=len(plan.mentor_of), **context)
    found: list[list[Alternative]] = [[] for _ in range(len(plan.mentor_of))]
    if not len(problem.flat) or count < 1:
        return found
    state = residual(problem, problem.canonical(plan.mentor_of))
    search = _search_tables if state.back is not None else _search_lists
    for row, ranked in search(state, count, progress):
        found[int(problem.row_at[row])] = [_alternative(problem, loss, col) for loss, col in ranked]
    return found


def price_of(
    edges: Edges, capacity: Ints, plan: Plan, mentee: int, mentor: int, **context: Unpack[Context]
) -> Forced:
    """Exact loss of forcing ``mentee`` to ``mentor``, the best plan with this pair (proven), and who changes.

    Only people on the cheapest chain of exchanges change. ContradictoryDecision when no plan can hold the pair.
    """
    locks = (*context.get("locks", ()), (mentee, mentor))
    forced = prepare(edges, capacity, mentees=len(plan.mentor_of), **{**context, "locks": locks})
    before = [int(j) for j in plan.mentor_of]
    after = list(before)
    loss, problem = 0, prepare(edges, capacity, mentees=len(plan.mentor_of), **context)
    if before[mentee] != mentor:
        state = residual(problem, problem.canonical(plan.mentor_of))
        row, col = (
            int(np.flatnonzero(problem.row_at == mentee)[0]),
            int(np.flatnonzero(problem.col_at == mentor)[0]),
        )
        loss, moved = _reseat(state, row, col)
        for mover, goal in moved:
            after[int(problem.row_at[mover])] = int(problem.col_at[goal]) if goal >= 0 else -1
    urgent, duos, points = problem.split_loss(loss)
    new = prove(forced, edges, capacity, np.array(after, dtype=np.int64), **{**context, "locks": locks})
    changes = tuple(Change(i, b, a) for i, (b, a) in enumerate(zip(before, after, strict=True)) if a != b)
    return Forced(mentee, mentor, points, duos, urgent, new, changes)


def _alternative(problem: Problem, loss: int, col: int) -> Alternative:
    urgent, duos, points = problem.split_loss(loss)
    return Alternative(int(problem.col_at[col]), max(0, points), max(0, duos), urgent)


def _search_tables(state: Residual, count: int, progress: Any) -> Any:
    """All mentees of a batch search backwards from their own place in step, each until its best are proven."""
    rows, cols = state.problem.shape
    reduced = np.full((rows, cols), state.far, dtype=state.u.dtype)
    row, col, cost = state.listed()
    reduced[row, col] = cost
    matched = np.flatnonzero(state.best >= 0)
    reduced[matched, state.best[matched]] = state.far  # the mentor one has is no alternative
    wanting = np.flatnonzero((reduced < state.far).any(axis=1))
    for start in range(0, len(wanting), BATCH):
        batch = wanting[start : start + BATCH]
        yield from _search_batch(state, batch, reduced[batch], count)
        if progress:
            progress("options", min(1.0, (start + BATCH) / len(wanting)))


def _search_batch(state: Residual, batch: Ints, reduced: Whole, count: int) -> Any:
    back: Whole = state.back if state.back is not None else np.zeros((0, 0))
    dist = np.minimum(back[[state.target(row) for row in batch]], state.far)
    ahead = dist.copy()  # distances of nodes not settled yet, far for the others
    ahead[np.arange(len(batch)), [state.target(row) for row in batch]] = state.far
    least = reduced.min(axis=1)
    count = min(count, reduced.shape[1])
    while len(batch):
        for _ in range(STEPS):
            _step(back, dist, ahead, state.far)
        loss = reduced + dist[:, :-1]
        worst = np.partition(loss, count - 1, axis=1)[:, count - 1]
        near = ahead.min(axis=1)
        proven = ((worst <= least + near) | (near >= state.far)).astype(np.bool_)
        for k in np.flatnonzero(proven):
            yield int(batch[k]), _ranked(loss[k], worst[k], reduced[k] < state.far, count)
        rest = ~proven
        if proven.any():
            batch, reduced, dist, ahead, least = (a[rest] for a in (batch, reduced, dist, ahead, least))


def _step(back: Whole, dist: Whole, ahead: Whole, far: Any) -> None:
    """Settle each search's nearest node and look one move further back from it."""
    every = np.arange(len(dist))
    node = ahead.argmin(axis=1)
    near = ahead[every, node]
    ahead[every, node] = far
    reach = back[node]
    reach += near[:, None]
    closer = (reach < dist).astype(np.bool_)
    np.copyto(dist, reach, where=closer)
    np.copyto(ahead, reach, where=closer)


def _ranked(loss: Whole, worst: Any, feasible: Any, count: int) -> list[tuple[int, int]]:
    cols = np.flatnonzero((loss <= worst).astype(np.bool_) & feasible.astype(np.bool_))
    best = sorted((int(loss[col]), int(col)) for col in cols)
    return best[:count]


def _search_lists(state: Residual, count: int, progress: Any) -> Any:
    """The same for problems too large for a table: one search after the other over lists of moves."""
    row, col, cost = state.listed()
    keep = state.best[row] != col
    row, col, cost = row[keep], col[keep], cost[keep]
    order = np.argsort(row, kind="stable")
    row, col, cost = row[order], col[order], cost[order]
    wanting, first = np.unique(row, return_index=True)
    for k, (mentee, start) in enumerate(zip(wanting.tolist(), first.tolist(), strict=True)):
        stop = first[k + 1] if k + 1 < len(first) else len(row)
        wishes = dict(zip(col[start:stop].tolist(), (int(c) for c in cost[start:stop].tolist()), strict=True))
        yield mentee, _search_one(state, mentee, wishes, count)
        if progress and k % 1000 == 0:
            progress("options", k / len(wanting))


def _search_one(state: Residual, row: int, wishes: dict[int, int], count: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for node, near, _ in state.search(state.target(row)):
        if not wishes or (len(found) >= count and sorted(found)[count - 1][0] <= near + min(wishes.values())):
            break
        if node in wishes:
            found.append((near + wishes.pop(node), node))
    return sorted(found)[:count]


def _reseat(state: Residual, row: int, col: int) -> tuple[int, list[tuple[int, int]]]:
    """(loss, who moves where) of seating ``row`` at ``col``; -1 stands for nobody."""
    target = state.target(row)
    rows, cols, cost = state.listed()
    wish = int(cost[(rows == row) & (cols == col)][0])
    for node, near, after in state.search(target):
        if node == col:
            break
    else:
        raise AssertionError("a surplus can always be sent to nobody")  # pragma: no cover -- u is finite
    moved = [(row, col)]
    while node != target:
        mover, goal = state.mover(node, after[node]), after[node]
        if mover >= 0:
            stays = goal < state.nobody and state.worth_making(mover, goal)
            moved.append((mover, goal if stays else -1))
        node = goal
    return wish + near, moved
