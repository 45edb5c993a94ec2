"""What a run says about each mentee, ready to be stored.

Options with reasons and price, or the limits in the way.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from traboule.apps.pairing.queries.profiles import Pools
from traboule.kernel.matching.eligibility import Limit, limits
from traboule.kernel.matching.exchanges import exchanges
from traboule.kernel.matching.explanation import Reason, reasons
from traboule.kernel.matching.options import Change
from traboule.kernel.matching.people import Choice, PeopleRun, ProposalRow, indices
from traboule.kernel.matching.terms import Term

MOST_OPTIONS = 3
NEAREST = 3
# Mentees × mentors × options up to which a run also stores who would change. Beyond it, some ten seconds of
# work, the
# page asks when somebody looks (what_if), instead of everybody waiting for all of them.
EXCHANGE_CELLS = 300_000_000


Changes = Mapping[tuple[str, str], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class MenteeFound:
    """Keyword arguments of one RunMentee and of its RunOptions, without the run."""

    row: dict[str, Any]
    options: list[dict[str, Any]]


def found_for(
    pools: Pools, people: PeopleRun, progress: Callable[[str, float], None] | None = None
) -> list[MenteeFound]:
    """One entry per mentee, in the order of waiting."""
    explained = _limits_of_unmatched(pools, people)
    changes = _changes(people)
    found = []
    for position, row in enumerate(people.proposals, start=1):
        found.append(
            MenteeFound(
                row={
                    "mentee_id": int(row.mentee),
                    "position": position,
                    "urgent": row.urgent,
                    "reason": row.reason or "",
                    "limits": explained.get(row.mentee, {}),
                },
                options=_options(people, row, changes),
            )
        )
        if progress is not None and position % 10 == 0:
            progress("explanation", position / len(people.proposals))
    return found


def _shown(row: ProposalRow) -> tuple[Choice, ...]:
    """The alternatives that stand beside the choice: three options in all."""
    return row.alternatives[: MOST_OPTIONS - (row.mentor is not None)]


def _options(people: PeopleRun, row: ProposalRow, changes: Changes | None) -> list[dict[str, Any]]:
    options = []
    if row.mentor is not None:
        chosen = _option(row.mentee, row.mentor, row.points or 0, row.terms)
        options.append({**chosen, "is_chosen": True})
    for choice in _shown(row):
        terms = people.question.terms(row.mentee, choice.mentor)
        other = _option(row.mentee, choice.mentor, choice.points, terms)
        other |= {"regret": choice.regret, "duos_lost": choice.duos_lost}
        other["changes"] = None if changes is None else changes[row.mentee, choice.mentor]
        options.append(other)
    return [{**option, "rank": rank} for rank, option in enumerate(options, start=1)]


def _option(mentee: str, mentor: str, points: int, terms: Sequence[Term]) -> dict[str, Any]:
    found = reasons(terms)
    return {
        "mentee_id": int(mentee),
        "mentor_id": int(mentor),
        "points": points,
        "terms": [_term_json(term) for term in terms],
        "reasons": {
            "for": [_reason_json(reason) for reason in found.in_favour],
            "against": [_reason_json(reason) for reason in found.against],
            "unknown": [_reason_json(reason) for reason in found.unknown],
        },
        "changes": [],
    }


def _term_json(term: Term) -> dict[str, Any]:
    return {
        "code": term.code,
        "points": term.points,
        "out_of": term.out_of,
        "unknown": term.unknown,
        "facts": dict(term.facts),
    }


def _reason_json(reason: Reason) -> dict[str, Any]:
    return {
        "code": reason.code,
        "weight": reason.weight,
        "points": reason.points,
        "out_of": reason.out_of,
        "facts": dict(reason.facts),
    }


def _changes(people: PeopleRun) -> Changes | None:
    """(mentee, mentor) of each alternative shown → who would meet whom instead, losses first.

    None: too much work.
    """
    question, edges = people.question, people.edges
    pairs = [(row.mentee, choice.mentor) for row in people.proposals for choice in _shown(row)]
    if len(question.mentees) * len(question.mentors) * len(pairs) > EXCHANGE_CELLS:
        return None
    found = exchanges(
        edges,
        question.capacity(),
        people.plan,
        indices(pairs, question.mentees, question.mentors),
        urgent=question.urgent(),
        locks=question.locks,
        forbids=question.forbids,
        mentee_keys=[person.id for person in question.mentees],
        mentor_keys=[person.id for person in question.mentors],
        seed=question.seed,
    )
    worth = _worth(people)
    return {
        pair: _sentences(
            people, [change for change in moved if question.mentees[change.mentee].id != pair[0]], worth
        )
        for pair, moved in zip(pairs, found, strict=True)
    }


def _worth(people: PeopleRun) -> Callable[[int, int], int]:
    """Points of a feasible pair by row and column; 0 for nobody (-1)."""
    edges, width = people.edges, len(people.question.mentors)
    flat = edges.mentee * width + edges.mentor
    order = np.argsort(flat, kind="stable")
    keys, values = flat[order], edges.points[order]

    def worth(row: int, column: int) -> int:
        return 0 if column < 0 else int(values[np.searchsorted(keys, row * width + column)])

    return worth


def _sentences(
    people: PeopleRun, moved: Sequence[Change], worth: Callable[[int, int], int]
) -> list[dict[str, Any]]:
    mentees, mentors = people.question.mentees, people.question.mentors
    lines = [
        {
            "mentee": int(mentees[change.mentee].id),
            "before": None if change.before < 0 else int(mentors[change.before].id),
            "after": None if change.after < 0 else int(mentors[change.after].id),
            "difference": worth(change.mentee, change.after) - worth(change.mentee, change.before),
        }
        for change in moved
    ]
    return sorted(lines, key=lambda line: (line["after"] is not None, line["difference"]))


def _limits_of_unmatched(pools: Pools, people: PeopleRun) -> dict[str, dict[str, Any]]:
    """Mentee id → how many mentors fail which limit, and the mentors whom the fewest limits keep away."""
    rows = [pools.mentee_of[row.mentee] for row in people.proposals if row.mentor is None]
    if not rows or not pools.mentors:
        return {}
    failing = limits(rows, pools.mentors, pools.rules, pools.as_of)
    found = {}
    for place, mentee in enumerate(rows):
        codes: list[list[str]] = [[] for _ in pools.mentors]
        counts: Counter[str] = Counter()
        for limit in Limit:
            for column in failing[limit][place].nonzero()[0].tolist():
                codes[column].append(limit.value)
                counts[limit.value] += 1
        for column, mentor in enumerate(pools.mentors):
            bar = pools.bars.get((mentee.id, mentor.id))
            if bar is not None:
                codes[column].append(bar.value)
                counts[bar.value] += 1
        nearest = sorted((len(found), column) for column, found in enumerate(codes) if found)[:NEAREST]
        found[mentee.id] = {
            "mentors": len(pools.mentors),
            "counts": dict(counts.most_common()),
            "nearest": [
                {"mentor": int(pools.mentors[column].id), "limits": codes[column]} for _, column in nearest
            ],
        }
    return found
