"""A plan: written, registered under its hash, replaced by a later version; never changed in between."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.evaluations.enums import GradeChoice
from traboule.apps.evaluations.models import Evaluation, EvaluationPlan
from traboule.apps.evaluations.queries.plans import digest_of, text_of
from traboule.apps.people.enums import Permission
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.permissions import authorise
from traboule.core.scope import locked
from traboule.kernel.grades import METHODS, Grade

HOW = ("outcome", "treatment", "covariates", "followed", "method", "looks", "rate", "rate_n", "rate_source")


class PlanStands(Exception):
    """The plan is registered: it is not changed and not thrown away."""


class NotRegistered(Exception):
    """A draft: nothing is compared under it and nothing replaces it."""


class Replaced(Exception):
    """There is a later version already."""


class NotComplete(Exception):
    """It does not say yet what is compared and how."""


@transaction.atomic
def draft_plan(*, branch: Branch, fields: Mapping[str, Any], by: Actor, now: datetime) -> EvaluationPlan:
    """Begin a plan with ``question``, ``who`` and ``grade``. Raises NotVisible, NotAllowed."""
    authorise(by, Permission.EVALUATIONS_WRITE, branch.pk)
    plan = EvaluationPlan.everywhere.create(
        branch=branch,
        question=fields["question"],
        who=fields["who"],
        grade=fields["grade"],
        written_by_id=login_id(by),
        written_at=now,
    )
    record(plan, "drafted", by, now, {"grade": plan.grade})
    return plan


@transaction.atomic
def describe_plan(
    *, plan: EvaluationPlan, fields: Mapping[str, Any], by: Actor, now: datetime
) -> EvaluationPlan:
    """Say how a draft compares: columns and method, or a published rate. Raises PlanStands, NotVisible,
    NotAllowed."""
    authorise(by, Permission.EVALUATIONS_WRITE, plan.branch_id)
    plan = _draft(plan)
    for name in HOW:
        if name in fields:
            setattr(plan, name, fields[name])
    plan.save(update_fields=list(HOW))
    record(plan, "described", by, now, {"looks": plan.looks, "columns": len(plan.covariates)})
    return plan


@transaction.atomic
def register_plan(*, plan: EvaluationPlan, by: Actor, now: datetime) -> EvaluationPlan:
    """Hash and date a plan; from then on it stands.

    Raises PlanStands, NotComplete, NotVisible, NotAllowed.
    """
    authorise(by, Permission.EVALUATIONS_WRITE, plan.branch_id)
    plan = _draft(plan)
    if not is_complete(plan):
        raise NotComplete
    plan.after_data = _knows_data(plan)
    plan.wording = text_of(plan, after_data=plan.after_data)
    plan.digest, plan.registered_at = digest_of(plan.wording), now
    plan.save(update_fields=["after_data", "wording", "digest", "registered_at"])
    facts = {"digest": plan.digest, "version": plan.version, "after_data": plan.after_data}
    record(plan, "registered", by, now, facts)
    return plan


@transaction.atomic
def amend_plan(*, plan: EvaluationPlan, reason: str, by: Actor, now: datetime) -> EvaluationPlan:
    """Begin the next version as a draft; the old one stands until that is registered.

    Raises NotRegistered, Replaced, NotVisible, NotAllowed.
    """
    authorise(by, Permission.EVALUATIONS_WRITE, plan.branch_id)
    plan = locked(plan)
    if not plan.is_registered:
        raise NotRegistered
    if EvaluationPlan.everywhere.filter(replaces=plan).exists():
        raise Replaced
    kept = {name: getattr(plan, name) for name in ("branch_id", "question", "who", "grade", *HOW)}
    later = EvaluationPlan.everywhere.create(
        **kept,
        replaces=plan,
        version=plan.version + 1,
        why_changed=reason,
        written_by_id=login_id(by),
        written_at=now,
    )
    record(later, "amended", by, now, {"replaces": plan.pk, "version": later.version})
    return later


@transaction.atomic
def drop_draft(*, plan: EvaluationPlan, by: Actor, now: datetime) -> None:
    """Throw a draft away. Raises PlanStands, NotVisible, NotAllowed."""
    authorise(by, Permission.EVALUATIONS_WRITE, plan.branch_id)
    plan = _draft(plan)
    record(plan, "dropped", by, now, {"version": plan.version})
    plan.delete()


def is_complete(plan: EvaluationPlan) -> bool:
    """Whether it says all that a comparison needs."""
    if plan.grade == GradeChoice.PUBLISHED:
        return bool(plan.outcome and plan.rate is not None and plan.rate_source)
    says_who = plan.treatment or plan.takes_totals
    return bool(plan.outcome and says_who and plan.covariates) and (plan.method in METHODS[Grade(plan.grade)])


def login_id(by: Actor) -> int | None:
    """Return the login that acts, or None for the system."""
    return by.id if by.kind is ActorKind.LOGIN else None


def record(plan: EvaluationPlan, past: str, by: Actor, now: datetime, facts: Mapping[str, Any]) -> None:
    """Write the audit entry ``evaluation_plan.<past>``."""
    audit.record(
        by=by,
        now=now,
        branch_id=plan.branch_id,
        verb=f"evaluation_plan.{past}",
        subject_type="evaluationplan",
        subject_id=plan.pk,
        facts=facts,
    )


def _draft(plan: EvaluationPlan) -> EvaluationPlan:
    found = locked(plan)
    if found.is_registered:
        raise PlanStands
    return found


def _knows_data(plan: EvaluationPlan) -> bool:
    """Whether an earlier version had a result, or knew of one."""
    before = plan.replaces
    return before is not None and (before.after_data or Evaluation.everywhere.filter(plan=before).exists())
