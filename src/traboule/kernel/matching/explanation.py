"""Why this pair, and what another choice would change:

codes, numbers and ids; the edge writes the sentences.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from traboule.kernel.matching.assignment import Plan
from traboule.kernel.matching.options import price_of
from traboule.kernel.matching.people import PeopleRun, Question, solve
from traboule.kernel.matching.terms import Facts, Term

TOP = 3
SILENT_RELATIONS = frozenset({"other", "generalist", "no_plan_other"})  # the occupation says it already

Seats: TypeAlias = Mapping[str, tuple[str, int] | None]  # mentee id → (mentor id, points) or nobody


@dataclass(frozen=True, slots=True)
class Reason:
    """One term against its neutral value:

    `weight` thousandths above (for) or below (against) half of `out_of`.
    """

    code: str
    weight: int
    points: int
    out_of: int
    facts: Facts


@dataclass(frozen=True, slots=True)
class Reasons:
    """The strongest first. Unknown terms weigh neutral and stand apart, in the order of the terms."""

    in_favour: tuple[Reason, ...]
    against: tuple[Reason, ...]
    unknown: tuple[Reason, ...]


def reasons(terms: Sequence[Term], top: int = TOP) -> Reasons:
    """At most `top` reasons for and against, and everything that is unknown."""
    every = [_reason(term) for term in terms if not term.unknown or _speaks_anyway(term)]
    ranked = sorted(every, key=lambda reason: -abs(reason.weight))  # stable: ties keep the order of the terms
    return Reasons(
        in_favour=tuple([reason for reason in ranked if reason.weight > 0][:top]),
        against=tuple([reason for reason in ranked if reason.weight < 0 and not _repeats(reason)][:top]),
        unknown=tuple(_reason(term) for term in terms if term.unknown),
    )


def _reason(term: Term) -> Reason:
    return Reason(term.code, term.points - term.out_of // 2, term.points, term.out_of, term.facts)


def _speaks_anyway(term: Term) -> bool:
    """What one side dislikes can clash with what the other loves even if the other named no dislike."""
    return term.code == "dislikes" and term.points != term.out_of // 2


def _repeats(reason: Reason) -> bool:
    return reason.code == "seniority" and dict(reason.facts).get("relation") in SILENT_RELATIONS


@dataclass(frozen=True, slots=True)
class Change:
    """One mentee who would meet somebody else; None = nobody; points in thousandths, 0 for nobody."""

    mentee: str
    mentor_before: str | None
    mentor_after: str | None
    points_before: int
    points_after: int

    @property
    def difference(self) -> int:
        return self.points_after - self.points_before


@dataclass(frozen=True, slots=True)
class Effects:
    """Two plans side by side. Gains and losses by size; `moved` are changes at equal points."""

    gains: tuple[Change, ...]
    losses: tuple[Change, ...]
    moved: tuple[Change, ...]
    unchanged: int
    points_before: int
    points_after: int
    duos_before: int
    duos_after: int

    @property
    def points_lost(self) -> int:
        return self.points_before - self.points_after


def compare(before: Seats, after: Seats) -> Effects:
    """Who gains and who loses between two plans;

    a mentee who is in one plan only counts as unmatched in the other.
    """
    changes = []
    everybody = list(dict.fromkeys([*before, *after]))
    for mentee in everybody:
        old, new = before.get(mentee), after.get(mentee)
        if old != new:
            changes.append(Change(mentee, *_names(old, new), old[1] if old else 0, new[1] if new else 0))
    ranked = sorted(changes, key=lambda change: -abs(change.difference))
    return Effects(
        gains=tuple(change for change in ranked if _verdict(change) > 0),
        losses=tuple(change for change in ranked if _verdict(change) < 0),
        moved=tuple(change for change in ranked if _verdict(change) == 0),
        unchanged=len(everybody) - len(changes),
        points_before=sum(seat[1] for seat in before.values() if seat),
        points_after=sum(seat[1] for seat in after.values() if seat),
        duos_before=sum(seat is not None for seat in before.values()),
        duos_after=sum(seat is not None for seat in after.values()),
    )


def _names(old: tuple[str, int] | None, new: tuple[str, int] | None) -> tuple[str | None, str | None]:
    return (old[0] if old else None), (new[0] if new else None)


def _verdict(change: Change) -> int:
    """Whether a change helps: to have a mentor comes before points, which may be zero."""
    if (change.mentor_before is None) != (change.mentor_after is None):
        return 1 if change.mentor_before is None else -1
    return change.difference


def seats(run: PeopleRun, plan: Plan | None = None) -> dict[str, tuple[str, int] | None]:
    """Mentee id → (mentor id, points) in the run's plan, or in another plan over the same question."""
    chosen = (plan or run.plan).mentor_of
    made = chosen[run.edges.mentee] == run.edges.mentor
    worth = dict(zip(run.edges.mentee[made].tolist(), run.edges.points[made].tolist(), strict=True))
    mentor_of, mentors = chosen.tolist(), run.question.mentors
    return {
        mentee.id: (mentors[mentor_of[row]].id, worth[row]) if mentor_of[row] >= 0 else None
        for row, mentee in enumerate(run.question.mentees)
    }


def with_decisions(
    run: PeopleRun, *, locks: Sequence[tuple[str, str]] = (), forbids: Sequence[tuple[str, str]] = ()
) -> Effects:
    """What more locks and forbids (pairs of ids) would change: one exact re-solve, nothing is saved.

    A new lock replaces what an older one says about the same mentee. Raises UnknownPersonError and
    ContradictoryDecision.
    """
    question = run.question
    new_locks = [question.positions(*pair) for pair in locks]
    new_forbids = [question.positions(*pair) for pair in forbids]
    held = [pair for pair in question.locks if pair[0] not in {row for row, _ in new_locks}]
    held = [pair for pair in held if pair not in new_forbids]
    open_forbids = [pair for pair in question.forbids if pair not in new_locks]
    changed: Question = replace(
        question, locks=(*held, *new_locks), forbids=tuple(dict.fromkeys([*open_forbids, *new_forbids]))
    )
    return compare(seats(run), seats(run, solve(changed, run.edges)))


def force(run: PeopleRun, mentee: str, mentor: str) -> Effects:
    """What forcing one pair changes: who gets whom instead, and the exact price in duos and points.

    Only the cheapest chain of exchanges is searched. Raises UnknownPersonError, and ContradictoryDecision
    when no plan can hold the pair.
    """
    question = run.question
    row, column = question.positions(mentee, mentor)
    if row in {locked for locked, _ in question.locks} or (row, column) in question.forbids:
        return with_decisions(run, locks=[(mentee, mentor)])
    forced = price_of(run.edges, question.capacity(), run.plan, row, column, **question.context())
    return compare(seats(run), seats(run, forced.plan))
