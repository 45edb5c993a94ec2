"""The best plan of duos: maximum-weight assignment with capacities, exact, with prices that prove it.

Objectives in order: locks, people past the waiting ceiling, number of duos, points (matching.md, section 3).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Unpack

import numpy as np

from traboule.kernel.matching import certificate
from traboule.kernel.matching._parts import Part, local, parts
from traboule.kernel.matching._prices import price
from traboule.kernel.matching._problem import (
    Context,
    ContradictoryDecision,
    Edges,
    Ints,
    Maximise,
    Problem,
    Whole,
    prepare,
)
from traboule.kernel.matching._solvers import MissingExtra, solve

__all__ = ["ContradictoryDecision", "Edges", "Maximise", "MissingExtra", "Plan", "match", "pairs_alone"]

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan and its proof; prices and bonuses are integers in the unit of the points."""

    mentor_of: Ints  # (mentees,), -1 for nobody
    pairs: int
    total_points: int
    upper_bound: int
    gap: float
    mentee_price: list[int]
    mentor_price: list[int]
    bonus: list[int]
    certificate_holds: bool


def match(
    edges: Edges,
    capacity: Ints,
    *,
    mentees: int,
    progress: Progress | None = None,
    **context: Unpack[Context],
) -> Plan:
    """Best plan for ``edges`` and the places of each mentor (``capacity``), with a verified certificate.

    ``maximise="pairs"`` (default): number of duos, then points; "points": points alone, nobody takes a
    negative pair. ``urgent``: (mentees,) bool, those past the waiting ceiling, served before others when
    duos come first. ``locks``, ``forbids``: decided (mentee, mentor) pairs; locked ones are taken out
    first, with their place. Ties follow a hash of ``seed`` and the keys (``mentee_keys``,
    ``mentor_keys``), so that the order of rows and columns does not matter. ``progress`` hears a step's
    name and the share done. Errors: ValueError (bad input), ContradictoryDecision (a lock that cannot
    hold), MissingExtra (too large).
    """
    problem = prepare(edges, capacity, mentees=mentees, **context)
    solved = _solve_all(problem, progress, solve, with_prices=True)
    return _verified(_plan(problem, capacity, solved), edges, capacity, context)


def pairs_alone(
    edges: Edges,
    capacity: Ints,
    *,
    mentees: int,
    progress: Progress | None = None,
    **context: Unpack[Context],
) -> Ints:
    """The pairs of ``match`` without prices or proof: mentor of each mentee, -1 for nobody. Same context."""
    problem = prepare(edges, capacity, mentees=mentees, **context)
    return _original(problem, _solve_all(problem, progress, solve, with_prices=False).best)


def prove(
    problem: Problem, edges: Edges, capacity: Ints, mentor_of: Ints, **context: Unpack[Context]
) -> Plan:
    """Prices and certificate of pairs found otherwise; NotOptimalError when better ones exist."""
    solved = _solve_all(problem, None, partial(local, best=problem.canonical(mentor_of)), with_prices=True)
    return _verified(_plan(problem, capacity, solved), edges, capacity, context)


def _verified(plan: Plan, edges: Edges, capacity: Ints, context: Context) -> Plan:
    refusals = certificate.verify(
        edges,
        capacity,
        plan,
        locks=context.get("locks", ()),
        forbids=context.get("forbids", ()),
        maximise=context.get("maximise", "pairs"),
        urgent=context.get("urgent"),
    )
    return replace(plan, certificate_holds=not refusals)


@dataclass(slots=True)
class _Solved:
    """Canonical: mentor of each mentee, prices, and the weight that each chosen pair brings."""

    best: Ints
    u: Whole
    v: Whole
    held: Whole


def _solve_all(
    problem: Problem, progress: Progress | None, choose: Callable[[Part], Ints], *, with_prices: bool
) -> _Solved:
    rows, cols = problem.shape
    u, v, held = (np.zeros(size, dtype=object) for size in (rows, cols, rows))
    best = np.full(rows, -1, dtype=np.int64)
    done = 0
    for part in parts(problem):
        chosen = choose(part)
        best[part.rows] = np.where(chosen >= 0, part.cols[chosen], -1)
        done += len(part.rows)
        if progress:
            progress("pairs", done / rows)
        if with_prices:
            u[part.rows], v[part.cols], held[part.rows] = (_integers(found) for found in price(part, chosen))
            if progress:
                progress("prices", done / rows)
    if with_prices:
        _price_the_full(problem, u, v)
    return _Solved(best, u, v, held)


def _integers(values: Whole) -> Whole:
    kept = values if values.dtype == object else values.astype(np.int64)
    out = np.empty(len(values), dtype=object)
    out[:] = [int(value) for value in kept.tolist()]
    return out


def _price_the_full(problem: Problem, u: Whole, v: Whole) -> None:
    """A mentor without places adds nothing to the bound; the price still has to cover every listed pair."""
    if problem.places.all() or not len(problem.flat):
        return
    row, col = np.divmod(problem.flat, problem.shape[1])
    full = problem.places[col] == 0
    wish = problem.weights()[full].astype(object) - u[row[full]]
    np.maximum.at(v, col[full], wish)


def _original(problem: Problem, best: Ints) -> Ints:
    mentor_of = np.full(len(best), -1, dtype=np.int64)
    mentor_of[problem.row_at] = np.where(best >= 0, problem.col_at[best] if len(problem.col_at) else -1, -1)
    for mentee, mentor in problem.locks:
        mentor_of[mentee] = mentor
    return mentor_of


def _plan(problem: Problem, capacity: Ints, solved: _Solved) -> Plan:
    mentor_of = _original(problem, solved.best)
    mentee_price, mentor_price = np.zeros(len(solved.u), dtype=object), np.zeros(len(solved.v), dtype=object)
    mentee_price[problem.row_at], mentor_price[problem.col_at] = solved.u, solved.v
    bonus = np.zeros(len(solved.u), dtype=object)
    bonus[problem.row_at] = _integers(problem.row_bonus())
    total = int(sum(solved.held) - sum(_integers(problem.row_bonus())[solved.best >= 0])) + sum(
        problem.lock_points
    )
    for (mentee, mentor), points in zip(problem.locks, problem.lock_points, strict=True):
        bonus[mentee] = mentor_price[mentor] + max(0, -points)
        mentee_price[mentee] = max(0, points)
    matched = mentor_of >= 0
    paid = sum(
        places * price for places, price in zip(np.asarray(capacity).tolist(), mentor_price, strict=True)
    )
    bound = int(sum(mentee_price) + paid - sum(bonus[matched]))
    return Plan(
        mentor_of=mentor_of,
        pairs=int(matched.sum()),
        total_points=total,
        upper_bound=bound,
        gap=(bound - total) / max(1, abs(bound)),
        mentee_price=_plain(mentee_price),
        mentor_price=_plain(mentor_price),
        bonus=_plain(bonus),
        certificate_holds=False,
    )


def _plain(values: Whole) -> list[int]:
    return [int(value) for value in values]
