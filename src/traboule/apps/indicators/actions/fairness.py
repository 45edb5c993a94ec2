"""The monthly look at the fairness of the path, and what directors write about it."""

import hashlib
from datetime import datetime

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.indicators.actions.snapshots import CLOCK
from traboule.apps.indicators.models import FairnessLook, FairnessNote
from traboule.apps.indicators.queries.fairness import compared
from traboule.apps.people.enums import Permission
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.each import each_apart
from traboule.core.permissions import authorise
from traboule.core.scope import locked

A_TICK = 2
"""Branches that one round of the worker looks at: messages wait behind it."""


def make_look(*, branch: Branch, by: Actor, now: datetime) -> FairnessLook:
    """Compare the groups of a branch for this month; the look that is there already stands."""
    authorise(by, Permission.FAIRNESS_WRITE, branch.pk)
    today = local_day(now, branch.timezone)
    month = today.replace(day=1)
    data = compared(branch, today)
    with transaction.atomic():
        locked(branch)
        look, is_new = FairnessLook.everywhere.get_or_create(
            branch=branch, month=month, defaults={"as_of": today, "made_at": now, "data": data}
        )
        if is_new:
            audit.record(
                by=by,
                now=now,
                branch_id=branch.pk,
                verb="fairness.looked",
                subject_type="fairness_look",
                subject_id=look.pk,
                facts={"month": month.isoformat()},
            )
    return look


@transaction.atomic
def write_note(*, look: FairnessLook, seen: str, doing: str, by: Actor, now: datetime) -> FairnessNote:
    """Keep what a director saw and what the branch does; earlier notes stay."""
    authorise(by, Permission.FAIRNESS_WRITE, look.branch_id)
    note = FairnessNote.everywhere.create(
        look=look,
        seen=seen,
        doing=doing,
        written_by_id=by.id if by.kind is ActorKind.LOGIN else None,
        written_at=now,
    )
    audit.record(
        by=by,
        now=now,
        branch_id=look.branch_id,
        verb="fairness.noted",
        subject_type="fairness_look",
        subject_id=look.pk,
        facts={
            "month": look.month.isoformat(),
            "note": note.pk,
            "words": hashlib.sha256(f"{seen}\0{doing}".encode()).hexdigest(),
        },
    )
    return note


def tick_fairness(now: datetime) -> None:
    """Look once a month at each branch that is open, a few branches a round."""
    due = []
    for branch in Branch.objects.filter(is_active=True).order_by("pk"):
        month = local_day(now, branch.timezone).replace(day=1)
        if not FairnessLook.everywhere.filter(branch=branch, month=month).exists():
            due.append(branch)
    with each_apart() as apart:
        for branch in due[:A_TICK]:
            with apart.one(branch):
                make_look(branch=branch, by=CLOCK, now=now)
