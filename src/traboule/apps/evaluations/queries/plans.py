"""Plans and what was found under them."""

import hashlib
from typing import Any

from django.db.models import QuerySet

from traboule.apps.branches.models import Branch
from traboule.apps.evaluations.models import Evaluation, EvaluationPlan
from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor
from traboule.core.canonical import canonical_json
from traboule.core.permissions import NotVisible, authorise

_SEE = Permission.EVALUATIONS_SEE


def plans_of(*, actor: Actor, branch: Branch) -> "QuerySet[EvaluationPlan, EvaluationPlan]":
    """Return the plans of a branch, the newest first. Raises NotVisible, NotAllowed."""
    authorise(actor, _SEE, branch.pk)
    rows: Any = EvaluationPlan.objects.visible_to(actor).filter(branch=branch)
    found: QuerySet[EvaluationPlan, EvaluationPlan] = rows.select_related("replaced_by")
    return found


def evaluations_of(*, actor: Actor, branch: Branch) -> "QuerySet[Evaluation, Evaluation]":
    """Return what was found in a branch, the newest first. Raises NotVisible, NotAllowed."""
    authorise(actor, _SEE, branch.pk)
    rows: Any = Evaluation.objects.visible_to(actor).filter(branch=branch)
    found: QuerySet[Evaluation, Evaluation] = rows.select_related("plan")
    return found


def find_plan(
    *, actor: Actor, branch: Branch, pk: int, permission: Permission = Permission.EVALUATIONS_SEE
) -> EvaluationPlan:
    """Return one plan with its neighbours. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, permission, branch.pk)
    rows: Any = EvaluationPlan.objects.visible_to(actor, permission).filter(branch=branch, pk=pk)
    plan: EvaluationPlan | None = rows.select_related(
        "branch", "replaces", "replaced_by", "written_by"
    ).first()
    if plan is None:
        raise NotVisible
    return plan


def find_evaluation(*, actor: Actor, branch: Branch, pk: int) -> Evaluation:
    """Return one result with its plan. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, _SEE, branch.pk)
    rows: Any = Evaluation.objects.visible_to(actor).filter(branch=branch, pk=pk)
    found: Evaluation | None = rows.select_related("plan", "plan__branch", "run_by").first()
    if found is None:
        raise NotVisible
    return found


def results_under(plan: EvaluationPlan) -> list[Evaluation]:
    """Return every look at data under one plan, in order."""
    return list(Evaluation.everywhere.filter(plan=plan).order_by("look"))


def replacement_of(plan: EvaluationPlan) -> EvaluationPlan | None:
    """Return the next version, draft or not, or None."""
    return getattr(plan, "replaced_by", None)


def text_of(plan: EvaluationPlan, *, after_data: bool) -> str:
    """Return what is hashed: everything that the plan promises, as canonical JSON."""
    said: dict[str, Any] = {
        "branch": plan.branch.slug,
        "version": plan.version,
        "replaces": plan.replaces.digest if plan.replaces is not None else "",
        "reason": plan.why_changed,
        "question": plan.question,
        "who": plan.who,
        "grade": plan.grade,
        "outcome": plan.outcome,
        "looks": plan.looks,
        "after_data": after_data,
    }
    if plan.rate is not None:
        said |= {"rate": plan.rate, "rate_n": plan.rate_n, "rate_source": plan.rate_source}
    else:
        said |= {"treatment": plan.treatment, "covariates": plan.covariates, "method": plan.method}
    if plan.followed:  # plans without this column keep the text that they were hashed with
        said |= {"followed": plan.followed}
    return canonical_json(said)


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text, as ``sha256sum`` prints it."""
    return hashlib.sha256(text.encode()).hexdigest()


def is_intact(plan: EvaluationPlan) -> bool:
    """Whether a registered plan still says what was hashed."""
    written = text_of(plan, after_data=plan.after_data)
    return plan.wording == written and plan.digest == digest_of(plan.wording)
