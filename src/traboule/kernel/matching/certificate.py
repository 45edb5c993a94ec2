"""Independent check of a plan's proof, on the published definition (matching.md, ``report.json``).

It shares no code with the solvers and needs none of their intermediate results: who holds the edges, the
capacities and the plan can check it. By weak duality, prices that pass prove that no other plan is worth
more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from traboule.kernel.matching.assignment import Edges, Plan

Numbers = NDArray[Any]
SHOWN = 10  # refusals listed per rule: one is enough to refuse


@dataclass(frozen=True, slots=True)
class Refusal:
    """One broken rule: code, and where it applies the people and the number that broke it."""

    code: str
    mentee: int | None = None
    mentor: int | None = None
    value: int | float | None = None


@dataclass(frozen=True, slots=True)
class _Claim:
    """The plan beside the data it speaks about, as plain arrays."""

    mentee: Numbers
    mentor: Numbers
    points: Numbers
    listed: Numbers  # False for forbidden pairs
    competes: Numbers  # listed, and not the other pair of a locked mentee
    capacity: Numbers
    plan: Plan
    locks: list[tuple[int, int]]
    chosen: Numbers  # positions of the listed pairs that the plan chose

    @property
    def mentor_of(self) -> Numbers:
        return self.plan.mentor_of

    def used(self) -> Numbers:
        return np.bincount(self.mentor_of[self.mentor_of >= 0], minlength=len(self.capacity))


def verify(
    edges: Edges,
    capacity: NDArray[np.int64],
    plan: Plan,
    locks: Sequence[tuple[int, int]] = (),
    forbids: Sequence[tuple[int, int]] = (),
    *,
    maximise: str | None = None,
    urgent: NDArray[np.bool_] | None = None,
) -> list[Refusal]:
    """Every rule that the plan breaks, at most ``SHOWN`` times each; an empty list means proven.

    With ``maximise`` ("pairs" or "points") and ``urgent`` the size of the bonuses is checked too: that one
    more duo, or one more urgent mentee, really outweighs any points.
    """
    malformed = list(_malformed(plan, len(capacity)))
    if malformed:
        return malformed
    claim = _claim(edges, np.asarray(capacity, dtype=np.int64), plan, locks, forbids)
    refusals = [
        *_pairs_exist(claim),
        *_decisions_kept(claim),
        *_places_respected(claim),
        *_figures_add_up(claim),
    ]
    refusals += [*_prices_dominate(claim), *_unbound_is_free(claim)]
    if maximise is not None:
        late = np.zeros(len(plan.mentor_of), dtype=bool) if urgent is None else np.asarray(urgent, dtype=bool)
        refusals += _bonus_is_right(claim, maximise, late)
    return refusals


def _malformed(plan: Plan, mentors: int) -> Iterator[Refusal]:
    """Shapes, ranges and signs, without which the other rules have no meaning."""
    mentees = len(plan.mentor_of)
    for name, values, size in (
        ("mentee_price", plan.mentee_price, mentees),
        ("mentor_price", plan.mentor_price, mentors),
        ("bonus", plan.bonus, mentees),
    ):
        if len(values) != size:
            yield Refusal(f"{name}_has_wrong_length", value=len(values))
        elif not all(type(value) is int for value in values):
            yield Refusal(f"{name}_not_whole")
        elif values and min(values) < 0:
            yield Refusal(f"{name}_negative", value=min(values))
    outside = np.flatnonzero((plan.mentor_of < -1) | (plan.mentor_of >= mentors))
    yield from (Refusal("mentor_unknown", int(i), int(plan.mentor_of[i])) for i in outside[:SHOWN])


def _claim(
    edges: Edges,
    capacity: Numbers,
    plan: Plan,
    locks: Sequence[tuple[int, int]],
    forbids: Sequence[tuple[int, int]],
) -> _Claim:
    mentee, mentor = np.asarray(edges.mentee), np.asarray(edges.mentor)
    listed = np.ones(len(mentee), dtype=bool)
    width = len(capacity)
    barred = [int(i) * width + int(j) for i, j in forbids if 0 <= j < width]
    if barred:
        listed = ~np.isin(mentee * width + mentor, barred)
    competes = listed
    if locks:
        locked = np.isin(mentee, [i for i, _ in locks])
        competes = listed & (~locked | (plan.mentor_of[mentee] == mentor))
    pairs = [(int(i), int(j)) for i, j in locks]
    chosen = np.flatnonzero((plan.mentor_of[mentee] == mentor) & listed)
    return _Claim(mentee, mentor, np.asarray(edges.points), listed, competes, capacity, plan, pairs, chosen)


def _pairs_exist(claim: _Claim) -> Iterator[Refusal]:
    times = np.bincount(claim.mentee[claim.chosen], minlength=len(claim.mentor_of))
    for i in np.flatnonzero((claim.mentor_of >= 0) & (times != 1))[:SHOWN]:
        yield Refusal("pair_not_feasible", int(i), int(claim.mentor_of[i]))


def _decisions_kept(claim: _Claim) -> Iterator[Refusal]:
    for i, j in claim.locks:
        if claim.mentor_of[i] != j:
            yield Refusal("lock_not_kept", i, j)


def _places_respected(claim: _Claim) -> Iterator[Refusal]:
    used = claim.used()
    for j in np.flatnonzero(used > claim.capacity)[:SHOWN]:
        yield Refusal("too_many_duos", mentor=int(j), value=int(used[j]))


def _figures_add_up(claim: _Claim) -> Iterator[Refusal]:
    plan = claim.plan
    matched = np.flatnonzero(claim.mentor_of >= 0)
    total = sum(int(p) for p in claim.points[claim.chosen])
    priced = sum(int(c) * v for c, v in zip(claim.capacity, plan.mentor_price, strict=True))
    bound = sum(plan.mentee_price) + priced - sum(plan.bonus[i] for i in matched)
    gap = (bound - total) / max(1, abs(bound))
    for code, said, found in (
        ("pairs_miscounted", plan.pairs, len(matched)),
        ("total_wrong", plan.total_points, total),
        ("bound_wrong", plan.upper_bound, bound),
        ("gap_wrong", plan.gap, gap),
        ("bound_not_reached", bound, total),
    ):
        if said != found:
            yield Refusal(code, value=said)


def _slack(claim: _Claim) -> Numbers:
    """u + v - (points + bonus) of every pair, exact: 64 bits where they suffice, else Python integers."""
    plan = claim.plan
    figures = [*plan.mentee_price, *plan.mentor_price, *plan.bonus]
    largest = max(map(abs, figures), default=0)
    if len(claim.points):
        largest = max(largest, abs(int(claim.points.min())), abs(int(claim.points.max())))
    kind: Any = np.int64 if largest < 2**60 else object
    net = np.array([u - b for u, b in zip(plan.mentee_price, plan.bonus, strict=True)], dtype=kind)
    slack = net[claim.mentee]
    slack += np.array(plan.mentor_price, dtype=kind)[claim.mentor]
    slack -= claim.points.astype(kind)
    return slack


def _prices_dominate(claim: _Claim) -> Iterator[Refusal]:
    slack = _slack(claim)
    below = (slack < 0).astype(bool)
    if below.any():
        for k in np.flatnonzero(below & claim.competes)[:SHOWN]:
            yield Refusal("price_too_low", int(claim.mentee[k]), int(claim.mentor[k]), int(slack[k]))
    for k in claim.chosen:
        if slack[k] != 0:
            yield Refusal("chosen_pair_not_tight", int(claim.mentee[k]), int(claim.mentor[k]), int(slack[k]))


def _unbound_is_free(claim: _Claim) -> Iterator[Refusal]:
    for i in np.flatnonzero(claim.mentor_of < 0):
        if claim.plan.mentee_price[i] != 0:
            yield Refusal("unmatched_mentee_priced", mentee=int(i), value=claim.plan.mentee_price[i])
    for j in np.flatnonzero(claim.used() < claim.capacity):
        if claim.plan.mentor_price[j] != 0:
            yield Refusal("free_place_priced", mentor=int(j), value=claim.plan.mentor_price[j])


def _bonus_is_right(claim: _Claim, maximise: str, late: Numbers) -> Iterator[Refusal]:
    """A bonus above (most duos any plan can hold × widest spread of points) lets a duo outweigh all
    points. An urgent mentee needs as much again: an exchange that gains one never has to give up a duo."""
    held = {i for i, _ in claim.locks}
    free = [i for i in range(len(claim.mentor_of)) if i not in held]
    if maximise == "points":
        yield from (
            Refusal("bonus_not_zero", i, value=claim.plan.bonus[i]) for i in free if claim.plan.bonus[i]
        )
        return
    left = claim.capacity - np.bincount([j for _, j in claim.locks], minlength=len(claim.capacity))
    rival = claim.listed if not held else claim.listed & ~np.isin(claim.mentee, list(held))
    rows, cols, points = claim.mentee, claim.mentor, claim.points
    if not rival.all():
        rows, cols, points = rows[rival], cols[rival], points[rival]
    if not len(rows):
        return
    seats = int(np.minimum(left, np.bincount(cols, minlength=len(left))).sum())
    most = min(int((np.bincount(rows) > 0).sum()), seats)
    needed = most * (max(0, int(points.max())) - min(0, int(points.min())))
    calm = {claim.plan.bonus[i] for i in free if not late[i]}
    hurried = {claim.plan.bonus[i] for i in free if late[i]}
    if len(calm) > 1 or len(hurried) > 1:
        yield Refusal("bonus_not_equal")
    if min(calm | hurried) <= needed:
        yield Refusal("bonus_too_small", value=min(calm | hurried))
    if calm and hurried and min(hurried) <= max(calm) + needed:
        yield Refusal("urgent_bonus_too_small", value=min(hurried))
