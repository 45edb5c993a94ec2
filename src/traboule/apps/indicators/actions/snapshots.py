"""Working out the figures of a branch anew: by the clock every night, and when somebody asks."""

from datetime import datetime

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.indicators.models import BranchSnapshot
from traboule.apps.indicators.queries.slices import FORMAT, slices_of
from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor, system
from traboule.core.days import local_day
from traboule.core.each import each_apart
from traboule.core.permissions import authorise
from traboule.core.remember import state_of
from traboule.core.scope import locked

CLOCK = system("clock of indicators")
A_TICK = 4
"""Branches that one round of the worker refreshes: messages wait behind it."""


def refresh_snapshots(*, branch: Branch, by: Actor, now: datetime) -> int:
    """Replace the snapshots of a branch; return how many cohorts there are.

    Nothing is written to the audit log: what is replaced says nothing that is not written elsewhere, and an
    entry would itself be something written since.
    """
    authorise(by, Permission.FIGURES_SEE, branch.pk)
    state = state_of(branch.pk)  # before the facts: at worst they are newer than the page says
    today = local_day(now, branch.timezone)
    data = slices_of(actor=by, branch=branch, as_of=today)
    with transaction.atomic():
        locked(branch)
        BranchSnapshot.everywhere.filter(branch=branch).delete()
        BranchSnapshot.everywhere.bulk_create(
            BranchSnapshot(branch=branch, cohort=cohort, as_of=today, state=state, made_at=now, data=one)
            for cohort, one in data.items()
        )
    return len(data)


def tick_snapshots(now: datetime) -> None:
    """Refresh what is of another day, the oldest first, a few branches a round."""
    made = {
        branch: (day, at)
        for branch, day, at in BranchSnapshot.everywhere.filter(cohort="", data__format=FORMAT).values_list(
            "branch", "as_of", "made_at"
        )
    }
    due = [
        branch
        for branch in Branch.objects.filter(is_active=True).order_by("pk")
        if branch.pk not in made or made[branch.pk][0] != local_day(now, branch.timezone)
    ]
    due.sort(key=lambda branch: (branch.pk in made, made[branch.pk][1] if branch.pk in made else now))
    with each_apart() as apart:
        for branch in due[:A_TICK]:
            with apart.one(branch):
                refresh_snapshots(branch=branch, by=CLOCK, now=now)
