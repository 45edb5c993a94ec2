"""What else could be done: each mentee's other mentors with the exact price of each, and a plan with a
pair forced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Unpack

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from traboule.kernel.matching._problem import Context, Edges, Ints, Problem, Whole, prepare
from traboule.kernel.matching._residual import Residual, residual
from traboule.kernel.matching.assignment import Plan, prove

BATCH = 256  # mentees searched side by side: their tables stay in the processor's cache
STEPS = 12  # search steps between two looks at whether the best alternatives are proven
Ranked = tuple[int, list[tuple[int, int]]]  # canonical mentee, its best (loss, canonical mentor)


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

    ``context``: what ``match`` was called with. None for a locked mentee, and never a mentor whose places
    are all locked. Equal losses follow the seeded hash. NotOptimalError when ``plan`` is not optimal in
    this context.
    """
    problem = prepare(edges, capacity, mentees=len(plan.mentor_of), **context)
    found: list[list[Alternative]] = [[] for _ in range(len(plan.mentor_of))]
    if not len(problem.flat) or count < 1:
        return found
    state = residual(problem, problem.canonical(plan.mentor_of))
    search = _search_tables if state.dense else _search_lists
    for row, ranked in search(state, count, progress):
        found[int(problem.row_at[row])] = [_alternative(problem, loss, col) for loss, col in ranked]
    return found


def price_of(
    edges: Edges, capacity: Ints, plan: Plan, mentee: int, mentor: int, **context: Unpack[Context]
) -> Forced:
    """Exact loss of forcing ``mentee`` to ``mentor``, the best plan with this pair (proven), and who changes.

    Only people on the cheapest chain of exchanges change. ContradictoryDecision when no plan can hold the
    pair.
    """
    mentees = len(plan.mentor_of)
    within: Context = {**context, "locks": (*context.get("locks", ()), (mentee, mentor))}
    forced, problem = (prepare(edges, capacity, mentees=mentees, **around) for around in (within, context))
    before = [int(j) for j in plan.mentor_of]
    after, loss = list(before), 0
    if before[mentee] != mentor:
        state = residual(problem, problem.canonical(plan.mentor_of))
        loss, moved = _reseat(state, _index(problem.row_at, mentee), _index(problem.col_at, mentor))
        for mover, goal in moved:
            after[int(problem.row_at[mover])] = int(problem.col_at[goal]) if goal >= 0 else -1
    urgent, duos, points = problem.split_loss(loss)
    new = prove(forced, edges, capacity, np.array(after, dtype=np.int64), **within)
    changes = tuple(Change(i, b, a) for i, (b, a) in enumerate(zip(before, after, strict=True)) if a != b)
    return Forced(mentee, mentor, points, duos, urgent, new, changes)


def _index(order: Ints, person: int) -> int:
    return int(np.flatnonzero(order == person)[0])


def _alternative(problem: Problem, loss: int, col: int) -> Alternative:
    urgent, duos, points = problem.split_loss(loss)
    return Alternative(int(problem.col_at[col]), max(0, points), max(0, duos), urgent)


def _search_tables(state: Residual, count: int, progress: Any) -> Iterator[Ranked]:
    """Mentees in batches: a few steps of search for each, which settles ties; then a search bounded by the
    best losses seen so far, which need not look at dearer moves."""
    reduced = _reduced(state)
    wanting = np.flatnonzero((reduced < state.far).any(axis=1))
    need = np.zeros(len(state.best), dtype=state.u.dtype)
    done = 0
    for batch in _batches(wanting):
        proven = _search_in_step(state, batch, reduced[batch], min(count, reduced.shape[1]), need)
        for found in proven:
            done += 1
            yield found
        if progress:
            progress("options", done / len(wanting))
    hard = wanting[(need[wanting] > 0).astype(np.bool_)]
    for batch in _batches(hard[np.argsort(need[hard], kind="stable")]):
        yield from _search_within(state, batch, reduced[batch], count, float(need[batch].max()))
        done += len(batch)
        if progress:
            progress("options", done / len(wanting))


def _batches(rows: Ints) -> Iterator[Ints]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def _reduced(state: Residual) -> Whole:
    """Mentees × mentors: what a pair is short of its prices; far where it is no alternative."""
    reduced = np.full(state.problem.shape, state.far, dtype=state.u.dtype)
    row, col, cost = state.listed()
    reduced[row, col] = cost
    matched = np.flatnonzero(state.best >= 0)
    reduced[matched, state.best[matched]] = state.far  # the mentor one has already
    return reduced


def _search_in_step(
    state: Residual, batch: Ints, reduced: Whole, count: int, need: Whole
) -> Iterator[Ranked]:
    """Search backwards from each mentee's place. Those not proven after ``STEPS`` get the reach still to
    be searched in ``need``; with numbers too large for floats the search goes on to its end instead."""
    dist, ahead = _from_targets(state, batch)
    least = reduced.min(axis=1)
    while len(batch):
        for _ in range(STEPS):
            _step(state.table, dist, ahead, state.far)
        loss = reduced + dist[:, :-1]
        worst = np.partition(loss, count - 1, axis=1)[:, count - 1]
        near = ahead.min(axis=1)
        proven = ((worst <= least + near) | (near >= state.far)).astype(np.bool_)
        for k in np.flatnonzero(proven):
            yield int(batch[k]), _ranked(loss[k], worst[k], reduced[k] < state.far, count)
        rest = ~proven
        batch, reduced, dist, ahead, least = (a[rest] for a in (batch, reduced, dist, ahead, least))
        if dist.dtype == np.float64:
            need[batch] = worst[rest] - least
            return


def _from_targets(state: Residual, batch: Ints) -> tuple[Whole, Whole]:
    """(distances after one move, the same with settled nodes put away)."""
    targets = np.where(state.best[batch] >= 0, state.best[batch], state.nobody)
    dist = np.minimum(state.table[targets], state.far)
    ahead = dist.copy()
    ahead[np.arange(len(batch)), targets] = state.far
    return dist, ahead


def _search_within(
    state: Residual, batch: Ints, reduced: Whole, count: int, reach: float
) -> Iterator[Ranked]:
    """Complete search up to distance ``reach``: beyond it no alternative can be among the best ``count``."""
    tail, head = np.nonzero(state.table <= reach)
    size = len(state.table)
    graph = csr_array((state.table[tail, head], (tail, head)), shape=(size, size))
    targets, which = np.unique(
        np.where(state.best[batch] >= 0, state.best[batch], state.nobody), return_inverse=True
    )
    dist = dijkstra(graph, indices=targets, limit=reach)[which, :-1]
    loss = np.minimum(reduced + dist, 2 * state.far)
    count = min(count, loss.shape[1])
    worst = np.partition(loss, count - 1, axis=1)[:, count - 1]
    for k, row in enumerate(batch):
        yield int(row), _ranked(loss[k], worst[k], reduced[k] < state.far, count)


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


def _search_lists(state: Residual, count: int, progress: Any) -> Iterator[Ranked]:
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
    distance, way = state.way(col, target)
    moved = [(row, col)]
    for node, goal in pairwise(way):
        mover = state.mover(node, goal)
        if mover >= 0:
            stays = goal < state.nobody and state.worth_making(mover, goal)
            moved.append((mover, goal if stays else -1))
    return wish + distance, moved
