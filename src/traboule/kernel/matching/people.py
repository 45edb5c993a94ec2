"""One match run over people:

from two lists of profiles to a proposal, options and reasons for each mentee.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np

from traboule.kernel.matching._arrays import Bools, Ints, flags, numbers
from traboule.kernel.matching._problem import Context
from traboule.kernel.matching.assignment import Edges, Plan, match
from traboule.kernel.matching.eligibility import Limit, feasible, limits, why_not
from traboule.kernel.matching.options import Alternative, options
from traboule.kernel.matching.points import Sectors, Term, points, terms_of
from traboule.kernel.matching.profiles import Mentee, Mentor
from traboule.kernel.matching.rules import Rules

Progress: TypeAlias = Callable[[str, float], None]
Pair: TypeAlias = tuple[str, str]  # mentee id, mentor id

NO_MENTORS = "no_mentors"
PLACES_TAKEN = Limit.NO_PLACE_LEFT.value
FORBIDDEN = "forbidden"  # every feasible mentor was forbidden by a decision


class UnknownPersonError(ValueError):
    """A decision names somebody who is in neither list."""

    def __init__(self, role: str, person: str) -> None:
        super().__init__(f"no {role} {person}")
        self.role, self.person = role, person


@dataclass(frozen=True, slots=True)
class Choice:
    """Another feasible mentor and the exact price of that choice:

    what the whole plan loses when it is forced.
    """

    mentor: str
    points: int
    regret: int
    duos_lost: int
    urgent_lost: int


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """What the run says about one mentee;

    points in thousandths. `reason` is a code, and only when unmatched.
    """

    mentee: str
    mentor: str | None
    points: int | None
    rank: int | None  # 1 + feasible mentors with strictly more points
    terms: tuple[Term, ...]
    alternatives: tuple[Choice, ...]
    reason: str | None
    feasible: int  # how many mentors pass every limit and decision
    urgent: bool  # waiting at least as long as the ceiling


@dataclass(frozen=True, slots=True)
class Question:
    """What a run answers: two pools, the rules, and the decisions already taken as (row, column)."""

    mentees: tuple[Mentee, ...]
    mentors: tuple[Mentor, ...]
    rules: Rules
    as_of: date
    seed: int
    sectors: Sectors
    locks: tuple[tuple[int, int], ...]
    forbids: tuple[tuple[int, int], ...]

    def terms(self, mentee: str, mentor: str) -> tuple[Term, ...]:
        """The ten terms of any pair of ids; UnknownPersonError when one is in neither list."""
        row, column = self.positions(mentee, mentor)
        return self.terms_at(row, column)

    def why_not(self, mentee: str, mentor: str) -> tuple[Limit, ...]:
        """Every hard limit that fails for a pair of ids."""
        row, column = self.positions(mentee, mentor)
        return why_not(self.mentees[row], self.mentors[column], self.rules, self.as_of)

    def positions(self, mentee: str, mentor: str) -> tuple[int, int]:
        """Row and column of a pair of ids."""
        return indices([(mentee, mentor)], self.mentees, self.mentors)[0]

    def terms_at(self, row: int, column: int) -> tuple[Term, ...]:
        return terms_of(self.mentees[row], self.mentors[column], self.rules, self.as_of, self.sectors)

    def context(self) -> Context:
        """What the solver needs beside pairs and places."""
        return {
            "urgent": self.urgent(),
            "locks": self.locks,
            "forbids": self.forbids,
            "mentee_keys": [person.id for person in self.mentees],
            "mentor_keys": [person.id for person in self.mentors],
            "seed": self.seed,
        }

    def capacity(self) -> Ints:
        return numbers([mentor.capacity for mentor in self.mentors])

    def urgent(self) -> Bools:
        """Who has waited at least as long as the ceiling (without a date nobody has), or comes first."""
        ceiling = self.rules.limits.waiting_ceiling_days
        return flags(
            [
                mentee.comes_first
                or (mentee.waiting_since is not None and (self.as_of - mentee.waiting_since).days >= ceiling)
                for mentee in self.mentees
            ]
        )


@dataclass(frozen=True, slots=True)
class PeopleRun:
    """The outcome with its question, so that any pair can be explained and any change re-solved."""

    question: Question
    plan: Plan
    proposals: tuple[ProposalRow, ...]  # one per mentee, in the order given
    unmatched_mentors: tuple[str, ...]  # without any pair
    edges: Edges  # every feasible pair, also those that a decision forbids


def match_people(
    mentors: Sequence[Mentor],
    mentees: Sequence[Mentee],
    *,
    rules: Rules,
    as_of: date,
    seed: int = 0,
    sectors: Sectors,
    locks: Sequence[Pair] = (),
    forbids: Sequence[Pair] = (),
    progress: Progress | None = None,
    count: int = 2,
) -> PeopleRun:
    """The exact plan over two pools: locks, then people past the ceiling, then duos, then points.

    `locks` and `forbids` are pairs (mentee id, mentor id). Raises UnknownPersonError, and
    ContradictoryDecision for a lock that no plan can keep. `progress` hears a stage and a share from 0 to 1;
    `count` alternatives per mentee.
    """
    tell = progress or _silent
    locked, barred = indices(locks, mentees, mentors), indices(forbids, mentees, mentors)
    question = Question(
        tuple(mentees), tuple(mentors), rules, as_of, seed, sectors, tuple(locked), tuple(barred)
    )
    tell("limits", 0.0)
    failing = limits(mentees, mentors, rules, as_of)
    possible = feasible(failing)
    tell("points", 0.0)
    matrix = points(mentees, mentors, rules, as_of, sectors)
    rows, columns = np.nonzero(possible)
    edges = Edges(rows.astype(np.int64), columns.astype(np.int64), matrix[rows, columns])
    plan = solve(question, edges, progress)
    tell("options", 0.0)
    others = options(edges, question.capacity(), plan, count=count, progress=progress, **question.context())
    tell("explanation", 0.0)
    allowed = without(possible, barred)
    proposals = _proposals(question, plan, others, _Table(matrix, allowed, possible, failing))
    taken = set(plan.mentor_of.tolist())
    idle = tuple(mentor.id for column, mentor in enumerate(mentors) if column not in taken)
    return PeopleRun(question, plan, proposals, idle, edges)


def solve(question: Question, edges: Edges, progress: Progress | None = None) -> Plan:
    """The certified plan for a question whose feasible pairs are known."""
    people = len(question.mentees)
    return match(edges, question.capacity(), mentees=people, progress=progress, **question.context())


@dataclass(frozen=True, slots=True)
class _Table:
    matrix: Ints
    allowed: Bools
    possible: Bools
    failing: dict[Limit, Bools]


def _proposals(
    question: Question, plan: Plan, others: list[list[Alternative]], table: _Table
) -> tuple[ProposalRow, ...]:
    urgent = question.urgent()
    choices = table.allowed.sum(axis=1)
    reasons = _reasons(plan.mentor_of, table)
    found = []
    for row, mentee in enumerate(question.mentees):
        column = int(plan.mentor_of[row])
        matched = column >= 0
        worth = table.matrix[row]
        better = int((table.allowed[row] & (worth > worth[column])).sum()) if matched else 0
        found.append(
            ProposalRow(
                mentee=mentee.id,
                mentor=question.mentors[column].id if matched else None,
                points=int(worth[column]) if matched else None,
                rank=1 + better if matched else None,
                terms=question.terms_at(row, column) if matched else (),
                alternatives=tuple(_choice(question, worth, other) for other in others[row]),
                reason=reasons.get(row),
                feasible=int(choices[row]),
                urgent=bool(urgent[row]),
            )
        )
    return tuple(found)


def _choice(question: Question, worth: Ints, other: Alternative) -> Choice:
    mentor = question.mentors[other.mentor].id
    return Choice(mentor, int(worth[other.mentor]), other.regret, other.duos_lost, other.urgent_lost)


def _reasons(mentor_of: Ints, table: _Table) -> dict[int, str]:
    """Row of each unmatched mentee → why."""
    unmatched = np.flatnonzero(mentor_of < 0)
    if not table.matrix.shape[1]:
        return dict.fromkeys(unmatched.tolist(), NO_MENTORS)
    found = {}
    for row in unmatched.tolist():
        if table.allowed[row].any():
            found[row] = PLACES_TAKEN
        elif table.possible[row].any():
            found[row] = FORBIDDEN
        else:
            found[row] = _limit_that_stops(row, table.failing).value
    return found


def _limit_that_stops(row: int, failing: dict[Limit, Bools]) -> Limit:
    """The limit that, lifted alone, would free most mentors; else the one that fails most often."""
    table = np.stack([failing[limit][row] for limit in Limit])
    alone = (table & (table.sum(axis=0) == 1)).sum(axis=1)
    count = alone if alone.any() else table.sum(axis=1)
    return list(Limit)[int(count.argmax())]


def without(possible: Bools, barred: Sequence[tuple[int, int]]) -> Bools:
    """The feasible pairs that no decision forbids."""
    if not barred:
        return possible
    allowed = possible.copy()
    for row, column in barred:
        allowed[row, column] = False
    return allowed


def _silent(_stage: str, _share: float) -> None:
    """Nobody listens."""


def indices(
    pairs: Sequence[Pair], mentees: Sequence[Mentee], mentors: Sequence[Mentor]
) -> list[tuple[int, int]]:
    """Ids to (row, column); UnknownPersonError for an id that is in neither list."""
    if not pairs:
        return []
    rows = {person.id: row for row, person in enumerate(mentees)}
    columns = {person.id: column for column, person in enumerate(mentors)}
    found = []
    for mentee, mentor in pairs:
        if mentee not in rows:
            raise UnknownPersonError("mentee", mentee)
        if mentor not in columns:
            raise UnknownPersonError("mentor", mentor)
        found.append((rows[mentee], columns[mentor]))
    return found
