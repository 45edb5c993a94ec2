"""Keep two people together or apart in every run: a decision with a reason, until somebody drops it."""

from datetime import datetime

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.duos.actions import hold_people
from traboule.apps.duos.rules import human
from traboule.apps.pairing.actions._shared import local_day
from traboule.apps.pairing.actions.errors import MissingReason, RuleContradicts
from traboule.apps.pairing.enums import PairRuleKind
from traboule.apps.pairing.models import PairRule
from traboule.apps.pairing.queries.profiles import build_profiles
from traboule.apps.pairing.validators import written_reason
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise
from traboule.kernel.matching.eligibility import Limit, why_not

LOCKED_TWICE = "locked_twice"
LOCK_INFEASIBLE = "lock_infeasible"
PLACES_FULL = "places_full"


@transaction.atomic
def set_pair_rule(
    *,
    branch: Branch,
    mentee: Person,
    mentor: Person,
    kind: PairRuleKind,
    reason: str,
    by: Actor,
    now: datetime,
) -> PairRule:
    """Lock or forbid a pair, in place of what was decided about this pair before.

    Raises MissingReason, and RuleContradicts for a lock that no plan could keep: `lock_infeasible` with the
    limits, `places_full` when other locks hold all places of the mentor, `locked_twice` when the mentee is
    locked to another.
    """
    authorise(by, Permission.TABLE_DECIDE, branch.pk)
    login = human(by)
    text = written_reason(reason)
    if text is None:
        raise MissingReason
    if {mentee.branch_id, mentor.branch_id} != {branch.pk} or mentee.pk == mentor.pk:
        raise NotVisible
    hold_people(mentee.pk, mentor.pk)  # one decision at a time about the same people
    if PairRuleKind(kind) is PairRuleKind.LOCK:
        _refuse_contradiction(branch, mentee, mentor, now)
    rule, _ = PairRule.everywhere.update_or_create(
        mentee=mentee,
        mentor=mentor,
        defaults={"branch": branch, "kind": PairRuleKind(kind), "reason": text, "by_id": login, "at": now},
    )
    facts = {"mentee": mentee.pk, "mentor": mentor.pk, "kind": str(rule.kind)}
    _record(rule, "pair_rule.set", by, now, facts)
    return rule


@transaction.atomic
def drop_pair_rule(*, rule: PairRule, by: Actor, now: datetime) -> None:
    """Forget a rule.

    The log keeps that it was there. Dropping what somebody else just dropped does nothing.
    """
    authorise(by, Permission.TABLE_DECIDE, rule.branch_id)
    human(by)
    row = PairRule.everywhere.select_for_update().filter(pk=rule.pk).first()
    if row is None:
        return
    facts = {"mentee": row.mentee_id, "mentor": row.mentor_id, "kind": str(row.kind)}
    _record(row, "pair_rule.dropped", by, now, facts)
    row.delete()


def _refuse_contradiction(branch: Branch, mentee: Person, mentor: Person, now: datetime) -> None:
    other = PairRule.everywhere.filter(mentee=mentee, kind=PairRuleKind.LOCK).exclude(mentor=mentor)
    if other.exists():
        raise RuleContradicts(LOCKED_TWICE)
    pools = build_profiles(branch, local_day(branch, now))
    one, two = pools.mentee_of.get(str(mentee.pk)), pools.mentor_of.get(str(mentor.pk))
    if one is None or two is None:
        return  # somebody is not in the pool today: the rule waits for them
    failing = why_not(one, two, pools.rules, pools.as_of)
    if failing:
        raise RuleContradicts(LOCK_INFEASIBLE, failing)
    if sum(held == two.id for known, held in pools.locks if known != one.id) >= two.capacity:
        raise RuleContradicts(PLACES_FULL, (Limit.NO_PLACE_LEFT,))


def _record(rule: PairRule, verb: str, by: Actor, now: datetime, facts: dict[str, object]) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=rule.branch_id,
        verb=verb,
        subject_type="pair_rule",
        subject_id=rule.pk,
        facts=facts,
    )
