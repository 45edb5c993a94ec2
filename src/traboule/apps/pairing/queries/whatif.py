"""What if.

Lock, forbid or force a pair, or change a weight; re-solve, and show who gains and who loses. Nothing is
saved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from traboule.apps.branches.models import Branch
from traboule.apps.pairing.queries.decisions import Pair, decisions
from traboule.apps.pairing.queries.profiles import Pools, people_at_hand, pools_of, sectors
from traboule.apps.pairing.queries.views import PersonLine, person_line
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise
from traboule.kernel.matching.assignment import ContradictoryDecision
from traboule.kernel.matching.eligibility import why_not
from traboule.kernel.matching.explanation import Change, compare, seats
from traboule.kernel.matching.people import PeopleRun, match_people
from traboule.kernel.matching.rules import Rules, rules_from_mapping

Ids = tuple[int, int]  # (mentee, mentor)


class CannotHold(Exception):
    """No plan can keep this: `code` as the kernel names it, `limits` the limits that fail for the pair."""

    def __init__(self, code: str, mentee: int, mentor: int, limits: Sequence[str]) -> None:
        super().__init__(code)
        self.code, self.mentee, self.mentor, self.limits = code, mentee, mentor, tuple(limits)


@dataclass(frozen=True, slots=True)
class Shift:
    """One mentee in the plan as it stands and in the plan asked for; None = nobody, points in thousandths."""

    mentee: PersonLine
    before: PersonLine | None
    after: PersonLine | None
    points_before: int
    points_after: int

    @property
    def difference(self) -> int:
        return self.points_after - self.points_before


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Two plans side by side.

    `mentors_freed` and `mentors_called` are mentors who lose or get their first duo.
    """

    gains: tuple[Shift, ...]
    losses: tuple[Shift, ...]
    moved: tuple[Shift, ...]
    unchanged: int
    points_before: int
    points_after: int
    duos_before: int
    duos_after: int
    mentors_freed: tuple[PersonLine, ...]
    mentors_called: tuple[PersonLine, ...]
    certificate_holds: bool

    @property
    def changes_nothing(self) -> bool:
        return not (self.gains or self.losses or self.moved)


def what_if(
    *,
    actor: Actor,
    branch: Branch,
    as_of: date,
    lock: Sequence[Ids] = (),
    forbid: Sequence[Ids] = (),
    force: Ids | None = None,
    rules: Mapping[str, Any] | None = None,
) -> WhatIf:
    """Compare the plan of today's pools with the plan under more decisions, exactly (two solves).

    Pairs are (mentee id, mentor id); `force` is one more lock. `rules` is a whole rules mapping, as a branch
    stores it. Points after a change of rules count by the new rules on both sides. Raises NotVisible for
    people who are not in the pools, CannotHold for a lock that no plan can keep, RulesError.
    """
    authorise(actor, Permission.TABLE_SEE, branch.pk)
    people = {person.pk: person for person in people_at_hand(branch)}
    pools = _pools(branch, as_of, people)
    wanted = [_names(pools, pair) for pair in (*lock, *([force] if force else ()))]
    refused = [_names(pools, pair) for pair in forbid]
    before = _solve(pools, pools.rules, pools.locks, pools.forbids)
    new_rules = pools.rules if rules is None else rules_from_mapping(rules)
    after = _solve(pools, new_rules, *_decided(pools, wanted, refused))
    return _side_by_side(pools, people, before, after, as_of)


def _pools(branch: Branch, as_of: date, people: Mapping[int, Person]) -> Pools:
    return pools_of(branch, as_of, people.values(), decisions(branch))


def _names(pools: Pools, pair: Ids) -> Pair:
    mentee, mentor = str(pair[0]), str(pair[1])
    if mentee not in pools.mentee_of or mentor not in pools.mentor_of:
        raise NotVisible
    return mentee, mentor


def _decided(
    pools: Pools, wanted: Sequence[Pair], refused: Sequence[Pair]
) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    """(locks, forbids).

    What is asked for replaces what was decided about the same mentee or the same pair.
    """
    asked = {mentee for mentee, _ in wanted}
    locks = [pair for pair in pools.locks if pair[0] not in asked and pair not in refused]
    forbids = [pair for pair in pools.forbids if pair not in wanted]
    return (*locks, *dict.fromkeys(wanted)), tuple(dict.fromkeys([*forbids, *refused]))


def _solve(pools: Pools, rules: Rules, locks: Sequence[Pair], forbids: Sequence[Pair]) -> PeopleRun:
    try:
        return match_people(
            pools.mentors,
            pools.mentees,
            rules=rules,
            as_of=pools.as_of,
            sectors=sectors(),
            locks=locks,
            forbids=forbids,
            count=0,
        )
    except ContradictoryDecision as error:
        mentee, mentor = pools.mentees[error.mentee], pools.mentors[error.mentor]
        limits = why_not(mentee, mentor, rules, pools.as_of)
        raise CannotHold(error.code, int(mentee.id), int(mentor.id), limits) from error


def _side_by_side(
    pools: Pools, people: Mapping[int, Person], before: PeopleRun, after: PeopleRun, as_of: date
) -> WhatIf:
    old, new = seats(before), seats(after)
    effects = compare(_worth(old, after), new)
    lines: dict[str, PersonLine] = {}

    def line(person: str) -> PersonLine:
        return lines.setdefault(person, person_line(people[int(person)], as_of))

    def shift(change: Change) -> Shift:
        first, second = change.mentor_before, change.mentor_after
        return Shift(
            line(change.mentee),
            None if first is None else line(first),
            None if second is None else line(second),
            change.points_before,
            change.points_after,
        )

    had = {seat[0] for seat in old.values() if seat}
    have = {seat[0] for seat in new.values() if seat}
    return WhatIf(
        gains=tuple(shift(change) for change in effects.gains),
        losses=tuple(shift(change) for change in effects.losses),
        moved=tuple(shift(change) for change in effects.moved),
        unchanged=effects.unchanged,
        points_before=effects.points_before,
        points_after=effects.points_after,
        duos_before=effects.duos_before,
        duos_after=effects.duos_after,
        mentors_freed=tuple(line(person) for person in sorted(had - have, key=int)),
        mentors_called=tuple(line(person) for person in sorted(have - had, key=int)),
        certificate_holds=after.plan.certificate_holds,
    )


def _worth(plan: Mapping[str, tuple[str, int] | None], by: PeopleRun) -> dict[str, tuple[str, int] | None]:
    """The same pairs, their points counted by the rules of `by`."""
    if not plan:
        return {}
    return {
        mentee: None
        if seat is None
        else (seat[0], sum(term.points for term in by.question.terms(mentee, seat[0])))
        for mentee, seat in plan.items()
    }
