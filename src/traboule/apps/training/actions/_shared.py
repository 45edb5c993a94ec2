"""Shared by the actions of this app."""

from collections.abc import Mapping
from datetime import datetime

from traboule.apps.training.models import TrainingSession
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind


def login_id(by: Actor) -> int | None:
    """Return the login that acts, or None for a link or the clock."""
    return by.id if by.kind is ActorKind.LOGIN else None


def record(
    subject: tuple[str, int], branch_id: int, past: str, by: Actor, now: datetime, facts: Mapping[str, object]
) -> None:
    """Write the audit entry ``<subject>.<past>``."""
    kind, pk = subject
    audit.record(
        by=by,
        now=now,
        branch_id=branch_id,
        verb=f"{kind}.{past}",
        subject_type=kind,
        subject_id=pk,
        facts=facts,
    )


def record_session(
    session: TrainingSession, past: str, by: Actor, now: datetime, facts: Mapping[str, object]
) -> None:
    """Write the audit entry of a sitting."""
    record(("training_session", session.pk), session.branch_id, past, by, now, facts)
