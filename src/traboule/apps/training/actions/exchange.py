"""What the clock says about the exchange of practice: one step a branch while mentors are overdue."""

from datetime import datetime, timedelta

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.steps.actions import close_steps, open_step
from traboule.apps.training.enums import TrainingStep
from traboule.apps.training.queries.exchange import overdue
from traboule.core.actors import Actor
from traboule.core.days import local_day

KEY = "exchange.due"
INVITE_WITHIN = timedelta(days=14)
RANK = 78


def tick_exchange_due(*, by: Actor, now: datetime) -> int:
    """Open or bring up to date a step where mentors are overdue, close it where none is; twice is once.

    One step for all of a branch: a step a mentor would bury the page of today under one and the same act.
    """
    return sum(_tick_branch(branch, by, now) for branch in Branch.objects.filter(is_active=True))


@transaction.atomic
def _tick_branch(branch: Branch, by: Actor, now: datetime) -> int:
    found = overdue(branch, local_day(now, branch.timezone))
    if not found:
        close_steps(branch=branch, key=KEY, by=by, now=now)
        return 0
    open_step(
        branch=branch,
        kind=TrainingStep.EXCHANGE_DUE,
        key=KEY,
        by=by,
        now=now,
        due_on=found[0].due_on + INVITE_WITHIN,
        rank=RANK,
        text=str(len(found)),
        subject_type="branch",
        subject_id=branch.pk,
    )
    return len(found)
