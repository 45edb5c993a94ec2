"""Shared by the actions of this app."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from traboule.apps.expenses.models import ExpenseClaim
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind

DECIDE_STEP = "expense.to_decide"


def login_id(by: Actor) -> int | None:
    """Return the login that acts, or None for a link or the clock."""
    return by.id if by.kind is ActorKind.LOGIN else None


def record(claim: ExpenseClaim, past: str, by: Actor, now: datetime, facts: Mapping[str, Any]) -> None:
    """Write the audit entry ``expense.<past>``; the person stands in it by id."""
    audit.record(
        by=by,
        now=now,
        branch_id=claim.branch_id,
        verb=f"expense.{past}",
        subject_type="expenseclaim",
        subject_id=claim.pk,
        facts={"person": claim.person_id, "cents": claim.amount, **facts},
    )


def step_key(claim: ExpenseClaim) -> str:
    """Name of the open step about a claim that waits for a decision."""
    return f"{DECIDE_STEP}:{claim.pk}"
