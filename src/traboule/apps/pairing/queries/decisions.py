"""What was decided about pairs: kept together, kept apart, said no before, a duo before."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Value

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import DuoState
from traboule.apps.duos.models import Duo
from traboule.apps.pairing.enums import Bar, PairRuleKind, ProposalState
from traboule.apps.pairing.models import PairRule, Proposal
from traboule.kernel.matching.eligibility import Limit, why_not
from traboule.kernel.matching.profiles import Mentee, Mentor
from traboule.kernel.matching.rules import Rules

Pair = tuple[str, str]  # (mentee id, mentor id), as the kernel spells ids

MENTOR_NOT_IN_POOL = "mentor_not_in_pool"
MENTEE_NOT_IN_POOL = "mentee_not_in_pool"


@dataclass(frozen=True, slots=True)
class BrokenLock:
    """A lock that no run can keep today, and why: codes of `Limit`, or `mentor_not_in_pool`."""

    mentee: str
    mentor: str
    limits: tuple[str, ...]


def decisions(
    branch: Branch, rules: Iterable[PairRule] | None = None
) -> tuple[dict[Pair, Bar], tuple[Pair, ...]]:
    """(bars, locks) of `branch`, in two queries.

    A lock is newer than an old no or an old duo, and wins over them.
    """
    bars: dict[Pair, Bar] = {}
    for mentee, mentor, bar in _past(branch):
        bars[_pair((mentee, mentor))] = Bar(bar)
    locks = []
    for rule in PairRule.everywhere.filter(branch=branch).order_by("pk") if rules is None else rules:
        pair = _pair((rule.mentee_id, rule.mentor_id))
        if rule.kind == PairRuleKind.LOCK:
            locks.append(pair)
            bars.pop(pair, None)
        else:
            bars[pair] = Bar.FORBIDDEN
    return bars, tuple(locks)


def _past(branch: Branch) -> Iterable[tuple[int, int, str]]:
    """(mentee, mentor, bar) of earlier duos, then of earlier noes, in one query."""
    columns = ("mentee_id", "mentor_id", "bar")
    earlier = Duo.everywhere.filter(branch=branch, state=DuoState.CLOSED).order_by()
    declined = Proposal.everywhere.filter(branch=branch, state=ProposalState.DECLINED).order_by()
    one = earlier.annotate(bar=Value(Bar.EARLIER_DUO.value, output_field=CharField())).values_list(*columns)
    other = declined.annotate(bar=Value(Bar.DECLINED_BEFORE.value, output_field=CharField())).values_list(
        *columns
    )
    return sorted(one.union(other), key=lambda row: row[2], reverse=True)


def bar_of(branch: Branch, mentee_id: int, mentor_id: int) -> Bar | None:
    """What was decided against this one pair, or None."""
    both = {"branch": branch, "mentee_id": mentee_id, "mentor_id": mentor_id}
    kind = PairRule.everywhere.filter(**both).values_list("kind", flat=True).first()
    if kind is not None:
        return Bar.FORBIDDEN if kind == PairRuleKind.FORBID else None
    if Proposal.everywhere.filter(**both, state=ProposalState.DECLINED).exists():
        return Bar.DECLINED_BEFORE
    return Bar.EARLIER_DUO if Duo.everywhere.filter(**both, state=DuoState.CLOSED).exists() else None


def usable_locks(
    locks: Sequence[Pair], mentees: Sequence[Mentee], mentors: Sequence[Mentor], rules: Rules, as_of: date
) -> tuple[tuple[Pair, ...], tuple[BrokenLock, ...]]:
    """Locks that a run can keep today, and the others. A mentee who does not wait any more needs no lock."""
    mentee_of = {person.id: person for person in mentees}
    mentor_of = {person.id: person for person in mentors}
    held: list[Pair] = []
    broken: list[BrokenLock] = []
    seats: Counter[str] = Counter()
    for mentee, mentor in (pair for pair in locks if pair[0] in mentee_of):
        other = mentor_of.get(mentor)
        if other is None:
            broken.append(BrokenLock(mentee, mentor, (MENTOR_NOT_IN_POOL,)))
            continue
        failing = [limit.value for limit in why_not(mentee_of[mentee], other, rules, as_of)]
        if not failing and seats[mentor] >= other.capacity:
            failing = [Limit.NO_PLACE_LEFT.value]
        if failing:
            broken.append(BrokenLock(mentee, mentor, tuple(failing)))
            continue
        seats[mentor] += 1
        held.append((mentee, mentor))
    return tuple(held), tuple(broken)


def _pair(ids: tuple[int, int]) -> Pair:
    return str(ids[0]), str(ids[1])
