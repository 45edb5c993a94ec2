"""Opening and closing steps; called by the actions of later apps, inside their own transactions."""

from datetime import date, datetime

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login, Person
from traboule.apps.steps.enums import Closing
from traboule.apps.steps.models import OpenStep
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.permissions import authorise


def open_step(
    *,
    branch: Branch,
    kind: str,
    key: str,
    by: Actor,
    now: datetime,
    person: Person | None = None,
    due_on: date | None = None,
    owner: Login | None = None,
    text: str = "",
    rank: int = 60,
    subject_type: str = "",
    subject_id: int | None = None,
    keeps: bool = False,
) -> OpenStep:
    """Open a step, or return the open one under ``key``, its date, text and owner brought up to date.

    ``kind`` is a code that a page puts into words; ``rank`` the harm of waiting, small is worse (see
    ``people.queries.RANKS``). What a clock opens again and again ``keeps`` the date and the owner that it
    has: it grows late, and who was given it has it still. Must run in the transaction of its cause, which
    also writes the audit entry.
    """
    step, is_new = OpenStep.everywhere.get_or_create(
        branch=branch,
        key=key,
        closed_at=None,
        defaults={
            "person": person, "kind": kind, "rank": rank, "text": text, "subject_type": subject_type,
            "subject_id": subject_id, "owner": owner, "opened_at": now, "due_on": due_on,
        },
    )  # fmt: skip
    if not is_new:
        if keeps:
            due_on, owner = step.due_on or due_on, step.owner or owner
        step.due_on, step.text, step.owner, step.rank = due_on, text, owner or step.owner, rank
        step.save(update_fields=["due_on", "text", "owner", "rank"])
    return step


def close_steps(
    *, branch: Branch, key: str, by: Actor, now: datetime, closing: Closing = Closing.DONE
) -> int:
    """Close what is open under ``key``; return how many steps that were (0 or 1)."""
    return OpenStep.everywhere.filter(branch=branch, key=key, closed_at=None).update(
        closed_at=now, closed_by_id=by.id if by.kind is ActorKind.LOGIN else None, closing=closing
    )


@transaction.atomic
def tick_step(*, step: OpenStep, by: Actor, now: datetime) -> OpenStep:
    """Tick a step off by hand; doing it twice changes nothing."""
    authorise(by, Permission.NOTES_WRITE, step.branch_id)
    if close_steps(branch=step.branch, key=step.key, by=by, now=now):
        audit.record(
            by=by,
            now=now,
            branch_id=step.branch_id,
            verb="step.ticked",
            subject_type="step",
            subject_id=step.pk,
            facts={"kind": step.kind, "person": step.person_id},
        )
    step.refresh_from_db()
    return step
