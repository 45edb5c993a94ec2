"""What the actions of this app have in common: the audit entry, the link, the step of a call."""

from datetime import date, datetime, timedelta
from typing import Any

from traboule.apps.followups.enums import OPEN_STATES, FollowUpStep
from traboule.apps.followups.follow_up_kinds import KINDS
from traboule.apps.followups.models import FollowUp
from traboule.apps.messages.enums import DeliveryState, Why
from traboule.apps.messages.models import Message
from traboule.apps.steps.actions import close_steps, open_step
from traboule.apps.steps.enums import Closing
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.links import address_of, make_link, withdraw_links
from traboule.kernel.lifecycle import FOLLOW_UP

RIGHT, SUBJECT = "follow_up.answer", "followup"
ANSWER_FOR = timedelta(days=60)
RANK = 58
_EVENT = "follow_up:"


def record(row: FollowUp, past: str, by: Actor, now: datetime, **facts: Any) -> None:
    """Write the audit entry ``follow_up.<past>``: ids and codes, and never what was answered."""
    audit.record(
        by=by,
        now=now,
        branch_id=row.branch_id,
        verb=f"follow_up.{past}",
        subject_type=SUBJECT,
        subject_id=row.pk,
        facts={"person": row.person_id, "month": row.month, **facts},
    )


def move(row: FollowUp, name: str, by: Actor, now: datetime) -> None:
    """Change the state; what is over has its instant, no step and no message that waits. The caller saves.

    Raises IllegalMove.
    """
    row.state = FOLLOW_UP.after(row.state, name)
    row.closed_at = None if row.state in OPEN_STATES else now
    if row.closed_at is not None:
        close_steps(branch=row.branch, key=step_key(row), by=by, now=now)
        _call_back_messages(row)


def event_of(row: FollowUp) -> str:
    """Name of the fact that the next message about a question tells."""
    return f"{_EVENT}{row.pk}:{row.reminders}"


def _call_back_messages(row: FollowUp) -> None:
    """What waits for the morning is not sent any more."""
    waits = Message.everywhere.filter(person=row.person_id, state=DeliveryState.WAITING, kind__in=KINDS)
    mine = waits.filter(key__contains=f":{_EVENT}{row.pk}:")
    mine.update(state=DeliveryState.WITHHELD, reason=Why.WITHDRAWN)


def link_to(row: FollowUp, now: datetime) -> str:
    """Make a link to one question with the right to answer it, and return its address."""
    secret = make_link(
        right=RIGHT,
        subject_type=SUBJECT,
        subject_id=row.pk,
        scope=row.branch_id,
        now=now,
        ends_at=now + ANSWER_FOR,
    )
    return address_of(secret)


def shut_links(row: FollowUp, now: datetime) -> None:
    """No link opens this question any more: it went to wrong hands, or nobody is to be asked."""
    withdraw_links(subject_type=SUBJECT, subject_id=row.pk, now=now)


def step_key(row: FollowUp) -> str:
    """Name of the open step about a call."""
    return f"{FollowUpStep.CALL}:{row.pk}"


def ask_to_call(row: FollowUp, due_on: date, by: Actor, now: datetime) -> None:
    """Open the step of the coordinator, or give it another day."""
    open_step(
        branch=row.branch,
        kind=FollowUpStep.CALL,
        key=step_key(row),
        by=by,
        now=now,
        person=row.person,
        due_on=due_on,
        owner=row.duo.owner,
        rank=RANK,
        subject_type=SUBJECT,
        subject_id=row.pk,
    )


def drop_step(row: FollowUp, by: Actor, now: datetime) -> None:
    """Nobody needs to call any more."""
    close_steps(branch=row.branch, key=step_key(row), by=by, now=now, closing=Closing.DROPPED)


def login_id(by: Actor) -> int | None:
    """Return the login that acts, or None for a link or the clock."""
    return by.id if by.kind is ActorKind.LOGIN else None
