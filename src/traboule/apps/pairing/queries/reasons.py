"""What a run says about each mentee, ready to be stored.

Options with reasons and price, or the limits in the way.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from traboule.apps.pairing.queries.profiles import Pools
from traboule.kernel.matching.eligibility import Limit, limits
from traboule.kernel.matching.explanation import Change, Effects, Reason, force, reasons
from traboule.kernel.matching.people import Choice, PeopleRun, ProposalRow
from traboule.kernel.matching.terms import Term

MOST_OPTIONS = 3
NEAREST = 3
# Forcing one option is one exact re-solve. Past this many pairs of people per run the page asks for it when
# somebody
# looks (what_if), instead of everybody waiting for all of them.
RE_SOLVE_CELLS = 40_000_000


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
    cells = len(pools.mentees) * len(pools.mentors)
    asked = sum(len(row.alternatives[:MOST_OPTIONS]) for row in people.proposals)
    with_changes = cells * asked <= RE_SOLVE_CELLS
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
                options=_options(people, row, with_changes),
            )
        )
        if progress is not None and position % 10 == 0:
            progress("explanation", position / len(people.proposals))
    return found


def _options(people: PeopleRun, row: ProposalRow, with_changes: bool) -> list[dict[str, Any]]:
    chosen = [] if row.mentor is None else [_option(row.mentee, row.mentor, row.points or 0, row.terms)]
    for option in chosen:
        option["is_chosen"] = True
    others = [_other(people, row.mentee, choice, with_changes) for choice in row.alternatives]
    shown = [*chosen, *others][:MOST_OPTIONS]
    return [{**option, "rank": rank} for rank, option in enumerate(shown, start=1)]


def _other(people: PeopleRun, mentee: str, choice: Choice, with_changes: bool) -> dict[str, Any]:
    option = _option(mentee, choice.mentor, choice.points, people.question.terms(mentee, choice.mentor))
    option |= {"regret": choice.regret, "duos_lost": choice.duos_lost}
    option["changes"] = (
        changes_json(force(people, mentee, choice.mentor), but=mentee) if with_changes else None
    )
    return option


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


def changes_json(effects: Effects, but: str) -> list[dict[str, Any]]:
    """Who would meet whom instead, the losses first; `but` is the mentee whose option it is."""
    changed: list[Change] = [*effects.losses, *effects.gains, *effects.moved]
    return [
        {
            "mentee": int(change.mentee),
            "before": None if change.mentor_before is None else int(change.mentor_before),
            "after": None if change.mentor_after is None else int(change.mentor_after),
            "difference": change.difference,
        }
        for change in changed
        if change.mentee != but
    ]


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
