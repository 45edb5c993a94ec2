"""Small random matching problems, and a solver that shares nothing with ours: every set of seats is tried."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from traboule.kernel.matching.assignment import Edges

HUGE = 10**9  # a capacity that no plan can use up
HOPELESS = -(2**62)


@dataclass(frozen=True)
class Case:
    mentees: int
    capacity: Any
    edges: Edges
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def maximise(self) -> str:
        return str(self.context.get("maximise", "pairs"))

    def pairs(self) -> dict[tuple[int, int], int]:
        barred = set(self.context.get("forbids", ()))
        listed = zip(self.edges.mentee, self.edges.mentor, self.edges.points, strict=True)
        return {(int(i), int(j)): int(p) for i, j, p in listed if (int(i), int(j)) not in barred}


def random_case(seed: int, most: int = 12, plain: bool = False) -> Case:
    """1 to ``most`` a side, at most 12 usable seats; infeasible people, ties, negative points, decisions,
    urgency."""
    rng = np.random.default_rng(seed)
    mentees, mentors = int(rng.integers(1, most + 1)), int(rng.integers(1, most + 1))
    capacity = np.ones(mentors, dtype=np.int64) if rng.random() < 0.4 else rng.integers(0, 4, mentors)
    while np.minimum(capacity, mentees).sum() > 12:
        capacity[rng.integers(mentors)] = rng.integers(0, 2)
    if mentees <= 3 and rng.random() < 0.3:
        capacity[rng.integers(mentors)] = HUGE
        if np.minimum(capacity, mentees).sum() > 12:
            capacity[:] = np.minimum(capacity, 1)
    listed = rng.random((mentees, mentors)) < rng.choice([0.15, 0.4, 0.7, 1.0])
    mentee, mentor = np.nonzero(listed)
    order = rng.permutation(len(mentee))
    mentee, mentor = mentee[order], mentor[order]
    low, high = ((-100, 101), (0, 100_001), (0, 3), (-2, 2), (-50, 0))[rng.integers(5)]
    edges = Edges(mentee, mentor, rng.integers(low, high, len(mentee)))
    context: dict[str, Any] = {"maximise": "points" if rng.random() < 0.35 else "pairs", "seed": seed}
    if not plain:
        context |= {"urgent": rng.random(mentees) < 0.3} if rng.random() < 0.5 else {}
        context |= _decisions(rng, edges, capacity) if rng.random() < 0.4 else {}
    return Case(mentees, capacity, edges, context)


def _decisions(rng: np.random.Generator, edges: Edges, capacity: Any) -> dict[str, Any]:
    left, locks, forbids = capacity.copy(), {}, []
    for i, j in zip(edges.mentee.tolist(), edges.mentor.tolist(), strict=True):
        draw = rng.random()
        if draw < 0.15 and left[j] > 0 and i not in locks:
            locks[i] = j
            left[j] -= 1
        elif draw > 0.85:
            forbids.append((i, j))
    return {"locks": list(locks.items()), "forbids": forbids}


def best_possible(case: Case, forced: tuple[tuple[int, int], ...] = ()) -> tuple[int, int, int]:
    """(urgent mentees served, duos, points) of the best plan, by trying every set of seats, mentee after
    mentee.

    One number ranks a plan: digits of their own for urgent, duos and points, in the order of the
    objective.
    """
    urgent = case.context.get("urgent")
    kept = dict([*case.context.get("locks", ()), *forced])
    seats = np.repeat(np.arange(len(case.capacity)), np.minimum(case.capacity, case.mentees))
    value = np.full(1 << len(seats), HOPELESS)
    value[0] = 0
    pairs = case.pairs()
    for i in range(case.mentees):
        late = bool(urgent is not None and urgent[i])
        after = np.full_like(value, HOPELESS) if i in kept else value.copy()
        for s, j in enumerate(seats.tolist()):
            if (i, j) in pairs and kept.get(i, j) == j:
                _seat(value, after, s, _rank(case.maximise, late, 1, pairs[i, j]))
        value = after
    return _unrank(case.maximise, int(value.max()))


def _seat(value: Any, after: Any, seat: int, worth: int) -> None:
    before = value.reshape(-1, 2, 1 << seat)
    then = after.reshape(-1, 2, 1 << seat)
    np.maximum(
        then[:, 1], np.where(before[:, 0] > HOPELESS // 2, before[:, 0] + worth, HOPELESS), out=then[:, 1]
    )


DUO, LATE, POINT = 10**9, 10**12, 100


def _rank(maximise: str, late: bool, duos: int, points: int) -> int:
    return points * POINT + duos if maximise == "points" else points + duos * DUO + late * LATE


def _unrank(maximise: str, rank: int) -> tuple[int, int, int]:
    if maximise == "points":
        points = (rank + POINT // 2) // POINT
        return 0, rank - points * POINT, points
    late, rest = divmod(rank + DUO // 2, LATE)
    duos, points = divmod(rest, DUO)
    return late, duos, points - DUO // 2


def figures(case: Case, plan: Any) -> tuple[int, int, int]:
    """The same three figures of a plan, counted from its pairs; urgent ones count when duos come first."""
    pairs = case.pairs()
    chosen = [(i, int(j)) for i, j in enumerate(plan.mentor_of) if j >= 0]
    urgent = case.context.get("urgent")
    late = sum(bool(urgent[i]) for i, _ in chosen) if urgent is not None and case.maximise == "pairs" else 0
    return late, len(chosen), sum(pairs[pair] for pair in chosen)
