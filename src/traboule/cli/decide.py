"""Decisions that contradict each other or the input: all of them found at once, each with its line."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from traboule.tables.decisions import FORBID, LOCK, DecisionRow
from traboule.tables.errors import Problem

Pair = tuple[str, str]


@dataclass(slots=True)
class Decisions:
    """Locks and forbids as pairs (mentee id, mentor id), each once, in the order of the file."""

    locks: list[Pair] = field(default_factory=list)
    forbids: list[Pair] = field(default_factory=list)
    contradictions: list[Problem] = field(default_factory=list)


def settle(
    file: str,
    rows: Sequence[DecisionRow],
    capacity: Mapping[str, int],
    limits: Callable[[str, str], Sequence[str]],
) -> Decisions:
    """``limits`` names what forbids a pair (empty = feasible); ``capacity`` gives each mentor's places."""
    found = Decisions()
    forbidden = {(row.mentee, row.mentor): row.line for row in reversed(rows) if row.decision == FORBID}
    found.forbids = list(dict.fromkeys((row.mentee, row.mentor) for row in rows if row.decision == FORBID))
    taken: dict[str, int] = defaultdict(int)
    mine: dict[str, DecisionRow] = {}
    for row in rows:
        pair = row.mentee, row.mentor
        if row.decision != LOCK or pair in found.locks:
            continue
        reason = _contradiction(row, forbidden.get(pair), mine.get(row.mentee), taken, capacity, limits)
        if reason:
            code, params = reason
            value = f"{row.mentee}, {row.mentor}"
            found.contradictions.append(
                Problem(file, row.line, "decision", value, code, tuple(params.items()))
            )
            continue
        found.locks.append(pair)
        mine.setdefault(row.mentee, row)
        taken[row.mentor] += 1
    return found


def _contradiction(
    row: DecisionRow,
    forbidden_on: int | None,
    earlier: DecisionRow | None,
    taken: Mapping[str, int],
    capacity: Mapping[str, int],
    limits: Callable[[str, str], Sequence[str]],
) -> tuple[str, dict[str, str | int]] | None:
    if forbidden_on is not None:
        return "lock_forbidden", {"line": forbidden_on}
    if failing := limits(row.mentee, row.mentor):
        return "lock_infeasible", {"limits": ", ".join(failing)}
    if earlier is not None:
        return "locked_twice", {"line": earlier.line, "mentor": earlier.mentor}
    if taken[row.mentor] >= capacity[row.mentor]:
        return "places_full", {"places": capacity[row.mentor]}
    return None
