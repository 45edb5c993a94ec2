"""What a plan would lose if places were handed on: shortest ways through the exchanges that a plan leaves
open.

Nodes and arcs are those of ``_prices``; reduced by the prices every arc costs 0 or more, so Dijkstra's
search applies. Forcing a mentee to a mentor overfills that mentor by one; the cheapest way for the surplus
to reach the place that the mentee left (or 'nobody') is what the rest of the plan pays.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from traboule.kernel.matching._parts import Part, local, parts
from traboule.kernel.matching._prices import dense_moves, held_weight, price, sparse_moves
from traboule.kernel.matching._problem import MASK_CELLS, Ints, Problem, Whole

TABLE_NODES = 6_000  # mentors up to which all moves fit in one table (300 MB)


@dataclass(slots=True)
class Residual:
    """Canonical positions. ``table[y]`` holds the reduced cost of moving a duo from each node x to y
    (dense), or ``arcs`` the same as lists of (x, cost) per y (sparse); node ``len(v)`` is 'nobody'."""

    problem: Problem
    best: Ints
    u: Whole
    v: Whole
    far: Any  # more than any loss
    dense: bool
    table: Whole  # empty unless dense
    arcs: list[list[tuple[int, int]]]
    part: Part  # the whole problem's pairs worth making, ranking weights
    row: Ints = field(init=False)  # of the part's pairs
    col: Ints = field(init=False)

    def __post_init__(self) -> None:
        self.row, self.col = self.part.row_col()

    @property
    def nobody(self) -> int:
        return len(self.v)

    def target(self, row: int) -> int:
        """Where the surplus may end: the place that the mentee leaves, or nobody."""
        return int(self.best[row]) if self.best[row] >= 0 else self.nobody

    def listed(self) -> tuple[Ints, Ints, Whole]:
        """Every pair that may be forced (row, column, reduced cost), also those not worth making by
        themselves."""
        flat, ranking = self.problem.flat, self.problem.ranking()
        row, col = np.divmod(flat, max(1, len(self.v)))
        seated = self.problem.places[col] > 0
        row, col = row[seated], col[seated]
        return row, col, self.u[row] + self.v[col] - ranking[seated]

    def way(self, source: int, target: int) -> tuple[int, list[int]]:
        """(distance, nodes) of the cheapest way for a surplus at ``source`` to ``target``."""
        distance, after = (
            self._way_in_table(source, target) if self.dense else self._way_in_lists(source, target)
        )
        nodes = [source]
        while nodes[-1] != target:
            nodes.append(int(after[nodes[-1]]))
        return int(distance), nodes

    def _way_in_table(self, source: int, target: int) -> tuple[int, Ints]:
        dist = self.table[target].copy()
        ahead = dist.copy()
        ahead[target] = self.far
        after = np.full(len(dist), target)
        while True:
            node = int(ahead.argmin())
            near, ahead[node] = ahead[node], self.far
            if node == source:
                return near, after
            reach = self.table[node] + near
            closer = np.flatnonzero(reach < dist)
            dist[closer] = ahead[closer] = reach[closer]
            after[closer] = node

    def _way_in_lists(self, source: int, target: int) -> tuple[int, dict[int, int]]:
        return next((near, after) for node, near, after in self.search(target) if node == source)

    def search(self, target: int) -> Iterator[tuple[int, int, dict[int, int]]]:
        """Over the lists: nodes in order of distance to ``target``, (node, distance, next node of each
        reached)."""
        after: dict[int, int] = {target: target}
        dist: dict[int, int] = {target: 0}
        heap, done = [(0, target)], set()
        while heap:
            near, node = heapq.heappop(heap)
            if node in done:
                continue
            done.add(node)
            yield node, near, after
            for source, cost in self.arcs[node]:
                if source not in done and near + cost < dist.get(source, self.far):
                    dist[source], after[source] = near + cost, node
                    heapq.heappush(heap, (near + cost, source))

    def mover(self, source: int, goal: int) -> int:
        """Row that moves on the arc source → goal; -1 when only an empty place does."""
        rows = np.flatnonzero(self.best == (source if source < self.nobody else -1))
        spare = source == self.nobody or len(rows) < self.problem.places[source]
        if not len(rows) or (goal == self.nobody and spare):
            return -1
        held = self._weights_at(source)[rows]
        gain = self._weights_at(goal)[rows] - held
        if source == self.nobody and gain.max() <= 0:
            return -1
        return int(rows[np.argmax(gain)])

    def worth_making(self, row: int, col: int) -> bool:
        return bool(self._weights_at(col)[row] > 0)

    def _weights_at(self, node: int) -> Whole:
        """Ranking weight of every row's pair with this mentor, 0 where it is not worth making (and for
        nobody)."""
        weights = np.zeros(len(self.best), dtype=self.part.ranking.dtype)
        if node < self.nobody:
            here = np.flatnonzero(self.col == node)
            weights[self.row[here]] = self.part.ranking[here]
        return weights


def residual(problem: Problem, best: Ints) -> Residual:
    """Prices and moves of the optimal plan ``best`` (canonical); NotOptimalError if it is not optimal."""
    rows, cols = problem.shape
    u, v = np.zeros(rows, dtype=object), np.zeros(cols, dtype=object)
    for part in parts(problem):
        u[part.rows], v[part.cols], _ = price(replace(part, weight=part.ranking), local(part, best))
    whole = _whole_part(problem)
    # Everybody reaches nobody, and nobody everybody, for at most the largest weight: with prices up to it
    # too, no way costs more than four of them, no pair is short by more than three.
    far: Any = 16 * max(int(np.abs(problem.ranking()).max(initial=0)), 1)
    kind: Any = np.float64 if far < 2**51 else object
    u, v = u.astype(kind), v.astype(kind)
    if rows * cols <= MASK_CELLS and cols < TABLE_NODES:
        moves = dense_moves(whole.table(whole.ranking).astype(kind), best, problem.places)
        potential = np.append(v, 0).astype(kind)
        back = np.ascontiguousarray((moves - potential[:, None] + potential).T)
        return Residual(problem, best, u, v, far, True, np.minimum(back, far), [], whole)
    return Residual(problem, best, u, v, far, False, np.zeros((0, 0)), _arcs(whole, best, v), whole)


def _whole_part(problem: Problem) -> Part:
    ranking, cols = problem.ranking(), max(1, problem.shape[1])
    worth = (
        (ranking > 0).astype(np.bool_) & (problem.places > 0)[problem.flat % cols]
        if len(ranking)
        else slice(0)
    )
    flat, ranking = problem.flat[worth], ranking[worth]
    rows, cols = problem.shape
    return Part(np.arange(rows), np.arange(cols), flat, ranking, ranking, problem.places, problem.places)


def _arcs(whole: Part, best: Ints, v: Whole) -> list[list[tuple[int, int]]]:
    tail, head, cost = sparse_moves(whole, best, held_weight(whole, best))
    potential = np.append(v, 0)
    reduced = cost - potential[tail] + potential[head]
    arcs: list[list[tuple[int, int]]] = [[] for _ in range(len(v) + 1)]
    for x, y, c in zip(tail.tolist(), head.tolist(), reduced.tolist(), strict=True):
        if x != y:
            arcs[y].append((x, int(c)))
    return arcs
