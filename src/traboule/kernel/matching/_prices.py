"""Prices that prove a plan, read off its own pairs.

Nodes are the mentors and one node for 'nobody' (free places, unmatched mentees). An arc costs what the
plan loses when one duo moves along it; an optimal plan has no gainful cycle, so shortest distances exist
and are prices (Ahuja, Magnanti and Orlin, Network Flows, 1993, chapter 9).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from traboule.kernel.matching._parts import Part
from traboule.kernel.matching._problem import MASK_CELLS, Ints, Whole

BATCH = 64  # nodes relaxed together: enough to amortise the call, few enough to use the newest prices


class NotOptimalError(RuntimeError):
    """The plan has a gainful exchange: it is not the best one, so no prices prove it."""


def price(part: Part, best: Ints) -> tuple[Whole, Whole, Whole]:
    """(u of rows, v of columns, weight held by rows): u + v >= weight on every pair, equal on chosen ones."""
    if part.shape[0] * part.shape[1] <= MASK_CELLS:
        table = part.table(part.weight)
        held = np.where(best >= 0, table[np.arange(len(best)), best], 0)
        v = _prices(dense_moves(table, best, part.places), _start(part, best, held))
    else:
        held = held_weight(part, best)
        v = _sparse_prices(*sparse_moves(part, best, held), len(part.cols))
    u = np.where(best >= 0, held - v[best], 0)
    return u, v, held


def held_weight(part: Part, best: Ints) -> Whole:
    """Weight of each row's chosen pair, 0 for an unmatched row."""
    row, col = part.row_col()
    chosen = best[row] == col
    held = np.zeros(len(best), dtype=part.weight.dtype)
    held[row[chosen]] = part.weight[chosen]
    return held


def _start(part: Part, best: Ints, held: Whole) -> Whole:
    """A first guess near the answer: half of what a mentor's duo is worth above the poorest duo."""
    guess = np.zeros(len(part.cols) + 1, dtype=held.dtype)
    matched = best >= 0
    if matched.any():
        guess[best[matched]] = -((held[matched] - held[matched].min()) // 2)
    return guess


def dense_moves(table: Whole, best: Ints, places: Ints) -> Whole:
    """(columns + 1)² costs of moving one duo from a mentor (row) to another; the last node is 'nobody'."""
    cols = table.shape[1]
    never: Any = np.inf if table.dtype == np.float64 else 8 * (sum(table.shape) + 2) * (1 + int(table.max()))
    moves = np.full((cols + 1, cols + 1), never, dtype=table.dtype)
    matched = np.flatnonzero(best >= 0)
    matched = matched[np.argsort(best[matched], kind="stable")]
    if len(matched):
        held = table[matched, best[matched]]
        mentors, first = np.unique(best[matched], return_index=True)
        drop = held[:, None] - table[matched]
        single = len(mentors) == len(matched)
        moves[mentors, :cols] = drop if single else np.minimum.reduceat(drop, first, axis=0)
        moves[mentors, cols] = np.minimum.reduceat(held, first)
    spare = np.bincount(best[matched], minlength=cols) < places
    moves[:cols, cols][spare] = np.minimum(moves[:cols, cols][spare], 0)
    waiting = table[best < 0]
    moves[cols, :cols] = -waiting.max(axis=0) if len(waiting) else 0
    np.fill_diagonal(moves, 0)
    return moves


def _prices(moves: Whole, p: Whole) -> Whole:
    """Label-correcting shortest paths, first from the nodes whose label fell most; v = label of nobody -
    label."""
    size = len(moves)
    p = p.astype(moves.dtype)
    relaxed = p + 1  # labels when last relaxed
    fresh = np.ones(size, dtype=np.bool_)
    patience = (
        40 * size if p.dtype != object else 0
    )  # beyond it, plain rounds over all fallen nodes, which end within size + 1 rounds
    rounds = 0
    while True:
        fallen = np.flatnonzero(p < relaxed)
        if not len(fallen):
            v: Whole = p[-1] - p[:-1]
            return v
        if len(fallen) > BATCH and patience > 0:
            drop = np.where(fresh[fallen], np.inf, (relaxed - p)[fallen].astype(np.float64))
            fallen = fallen[np.argpartition(-drop, BATCH)[:BATCH]]
        patience -= len(fallen)
        rounds += patience <= 0
        if rounds > size + 2:
            raise NotOptimalError
        fresh[fallen] = False
        relaxed[fallen] = p[fallen]
        np.minimum(p, (p[fallen, None] + moves[fallen]).min(axis=0), out=p)


def sparse_moves(part: Part, best: Ints, held: Whole) -> tuple[Ints, Ints, Whole]:
    """The same arcs as a list (tail, head, cost), for parts too large for a table."""
    row, col = part.row_col()
    cols = len(part.cols)
    home = np.where(best >= 0, best, cols)
    matched = best >= 0
    spare = np.flatnonzero(np.bincount(best[matched], minlength=cols) < part.places)
    tail = np.concatenate([home[row], best[matched], spare, np.full(cols, cols)])
    head = np.concatenate([col, np.full(matched.sum() + len(spare), cols), np.arange(cols)])
    zeros = np.zeros(len(spare) + cols, dtype=held.dtype)
    cost = np.concatenate([held[row] - part.weight, held[matched], zeros])
    order = np.argsort(tail, kind="stable")
    return tail[order], head[order], cost[order]


def _sparse_prices(tail: Ints, head: Ints, cost: Whole, cols: int) -> Whole:
    p = np.zeros(cols + 1, dtype=cost.dtype)
    active = np.ones(len(tail), dtype=np.bool_)
    for _ in range(cols + 3):
        reached = p.copy()
        np.minimum.at(reached, head[active], p[tail[active]] + cost[active])
        fallen = reached < p
        if not fallen.any():
            v: Whole = p[-1] - p[:-1]
            return v
        p = reached
        active = fallen.astype(np.bool_)[tail]
    raise NotOptimalError
