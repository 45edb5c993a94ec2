"""Looking at data under a registered plan: computed first, then written with its audit row."""

from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime

from django.db import transaction

from traboule.apps.evaluations.actions.computing import (
    Figures,
    figures_of_counts,
    figures_of_rows,
    figures_of_totals,
    look_at,
)
from traboule.apps.evaluations.actions.plans import NotRegistered, Replaced, login_id
from traboule.apps.evaluations.enums import GradeChoice
from traboule.apps.evaluations.models import Evaluation, EvaluationPlan
from traboule.apps.evaluations.queries.comparison import FEWEST, Rows
from traboule.apps.evaluations.queries.plans import is_intact, replacement_of
from traboule.apps.people.enums import Permission
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.canonical import canonical_json
from traboule.core.canonical import digest as digest_of_parts
from traboule.core.permissions import authorise
from traboule.core.scope import locked
from traboule.kernel.scales import Cell


class WrongGrade(Exception):
    """The plan compares in another way."""


class PlanAltered(Exception):
    """The plan does not say any more what was hashed."""


class TooFew(ValueError):
    """Fewer people than a figure may be about."""


def run_on_rows(*, plan: EvaluationPlan, rows: Rows, by: Actor, now: datetime) -> Evaluation:
    """Compute and keep the figures of a comparison file; the same file again gives the same look.

    Raises CannotEstimate (kernel), WrongGrade, NotRegistered, Replaced, PlanAltered, NotVisible, NotAllowed.
    """
    authorise(by, Permission.EVALUATIONS_WRITE, plan.branch_id)
    _must_stand(plan)
    if plan.grade == GradeChoice.PUBLISHED or plan.takes_totals:
        raise WrongGrade
    known = Evaluation.everywhere.filter(plan=plan, file_digest=rows.digest).first()
    if known is not None:
        return known
    # It takes seconds: nobody else should wait for it behind a lock.
    return _keep(plan=plan, figures=figures_of_rows(plan, rows), digest=rows.digest, by=by, now=now)


def run_on_counts(*, plan: EvaluationPlan, successes: int, n: int, by: Actor, now: datetime) -> Evaluation:
    """Compare typed counts with the published rate of a plan.

    Raises TooFew, ValueError (more successes than people), WrongGrade, NotRegistered, Replaced, PlanAltered,
    NotVisible, NotAllowed.
    """
    authorise(by, Permission.EVALUATIONS_WRITE, plan.branch_id)
    _must_stand(plan)
    if plan.grade != GradeChoice.PUBLISHED:
        raise WrongGrade
    if n < FEWEST:
        raise TooFew
    digest = digest_of_parts(canonical_json({"successes": successes, "n": n}))
    known = Evaluation.everywhere.filter(plan=plan, file_digest=digest).first()
    if known is not None:
        return known
    return _keep(plan=plan, figures=figures_of_counts(plan, successes, n), digest=digest, by=by, now=now)


def run_on_totals(*, plan: EvaluationPlan, cells: Sequence[Cell], by: Actor, now: datetime) -> Evaluation:
    """Compare our totals with those of others, group by group; the same totals again give the same look.

    Raises TooFew, ValueError (impossible counts), WrongGrade, NotRegistered, Replaced, PlanAltered,
    NotVisible, NotAllowed.
    """
    authorise(by, Permission.EVALUATIONS_WRITE, plan.branch_id)
    _must_stand(plan)
    if not plan.takes_totals:
        raise WrongGrade
    if min(sum(cell.ours for cell in cells), sum(cell.theirs for cell in cells)) < FEWEST:
        raise TooFew
    digest = digest_of_parts(canonical_json([list(astuple(cell)) for cell in cells]))
    known = Evaluation.everywhere.filter(plan=plan, file_digest=digest).first()
    if known is not None:
        return known
    return _keep(plan=plan, figures=figures_of_totals(cells), digest=digest, by=by, now=now)


@transaction.atomic
def _keep(*, plan: EvaluationPlan, figures: Figures, digest: str, by: Actor, now: datetime) -> Evaluation:
    """Write one look at data. The plan is locked: looks are counted one after the other."""
    plan = locked(plan)
    _must_stand(plan)
    known = Evaluation.everywhere.filter(plan=plan, file_digest=digest).first()
    if known is not None:
        return known
    look = Evaluation.everywhere.filter(plan=plan).count() + 1
    found = Evaluation.everywhere.create(
        branch_id=plan.branch_id,
        plan=plan,
        look=look,
        file_digest=digest,
        n_treated=figures["n_treated"],
        n_comparison=figures["n_comparison"],
        n_dropped=figures["n_dropped"],
        is_supported=figures["supported"],
        figures=figures | look_at(figures, look=look, looks=plan.looks),
        run_by_id=login_id(by),
        run_at=now,
    )
    audit.record(
        by=by,
        now=now,
        branch_id=plan.branch_id,
        verb="evaluation.computed",
        subject_type="evaluation",
        subject_id=found.pk,
        facts={
            "plan": plan.pk,
            "plan_digest": plan.digest,
            "file_digest": digest,
            "look": look,
            "treated": found.n_treated,
            "supported": found.is_supported,
        },
    )
    return found


def _must_stand(plan: EvaluationPlan) -> None:
    if not plan.is_registered:
        raise NotRegistered
    later = replacement_of(plan)
    if later is not None and later.is_registered:
        raise Replaced
    if not is_intact(plan):
        raise PlanAltered
