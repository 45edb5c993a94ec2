"""Who comes, who came: answers by link, marks from a phone, and the step when nothing is planned."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from traboule.apps.people.actions.contact import touch
from traboule.apps.people.enums import Permission
from traboule.apps.steps.actions import open_step
from traboule.apps.support.actions.exchange import GatheringOver, record, step_key
from traboule.apps.support.exchange_enums import (
    NONE_PLANNED_STEP,
    GatheringAnswer,
    GatheringPresence,
)
from traboule.apps.support.models import Gathering, GatheringInvitation, PeerGroup
from traboule.apps.support.queries.exchange import with_plans
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.permissions import authorise
from traboule.core.scope import locked

PLAN_WITHIN = timedelta(days=7)
RANK = 75


class GatheringFull(Exception):
    """Every place is taken; carries how many there are."""

    def __init__(self, places: int) -> None:
        super().__init__(str(places))
        self.places = places


class MarkedOtherwise(Exception):
    """Somebody else marked otherwise meanwhile: who, when, and what. A human decides."""

    def __init__(self, found: GatheringInvitation) -> None:
        super().__init__(found.presence)
        self.by = str(found.marked_by) if found.marked_by else ""
        self.at = found.marked_at
        self.state = found.presence


@transaction.atomic
def answer_invitation(
    *, invitation: GatheringInvitation, comes: bool, by: Actor, now: datetime
) -> GatheringInvitation:
    """Say that one comes or cannot; it may change until it begins. Raises GatheringFull, GatheringOver.

    The gathering is locked first: two who want the last place come one after the other, and the database
    lets one place have one holder.
    """
    gathering = locked(Gathering(pk=invitation.gathering_id))
    row = locked(invitation)
    if gathering.cancelled_at is not None or gathering.starts_at <= now:
        raise GatheringOver
    row.answer = GatheringAnswer.COMES if comes else GatheringAnswer.CANNOT
    if comes and row.number is None:
        held = GatheringInvitation.everywhere.filter(gathering=gathering, number__isnull=False)
        taken = set(held.values_list("number", flat=True))
        row.number = next((n for n in range(1, gathering.places + 1) if n not in taken), None)
        if row.number is None:
            raise GatheringFull(gathering.places)
    if not comes:
        row.number = None
    row.answered_at = now
    try:
        with transaction.atomic():
            row.save(update_fields=["answer", "number", "answered_at"])
    except IntegrityError:
        raise GatheringFull(gathering.places) from None
    touch(row.person_id, now)
    facts = {"person": row.person_id, "answer": str(row.answer)}
    record(("gathering", gathering.pk), invitation.gathering.group.branch_id, "answered", by, now, facts)
    return row


@transaction.atomic
def mark_presence(
    *,
    invitation: GatheringInvitation,
    state: GatheringPresence,
    seen: str,
    by: Actor,
    now: datetime,
    marked_at: datetime | None = None,
    client_key: str = "",
) -> GatheringInvitation:
    """Write whether somebody came. ``seen`` is what stood there when it was marked ("" for nothing).

    The same ``client_key`` again changes nothing. Raises MarkedOtherwise, GatheringOver (it has not begun, or
    was cancelled); NotVisible or NotAllowed.
    """
    gathering = invitation.gathering
    authorise(by, Permission.EXCHANGE_WRITE, gathering.group.branch_id)
    if gathering.cancelled_at is not None or gathering.starts_at > now:
        raise GatheringOver
    row = locked(invitation)
    if (client_key and row.client_key == client_key) or row.presence == state:
        return row
    if row.presence and row.presence != seen:
        raise MarkedOtherwise(row)
    row.presence, row.client_key = state, client_key
    row.marked_at = min(marked_at or now, now)  # a phone whose clock runs ahead
    row.marked_by_id = by.id if by.kind is ActorKind.LOGIN else None
    row.save(update_fields=["presence", "client_key", "marked_at", "marked_by"])
    if state == GatheringPresence.CAME:
        touch(row.person_id, row.marked_at)
    facts = {"person": row.person_id, "state": str(state), "before": seen}
    record(("gathering", gathering.pk), gathering.group.branch_id, "marked", by, now, facts)
    return row


@transaction.atomic
def tick_exchange(*, by: Actor, now: datetime) -> int:
    """Open a step for each group without a gathering in the next 60 days; return how many lack one."""
    rows = PeerGroup.everywhere.filter(closed_at=None, members__isnull=False).distinct()
    groups = with_plans(rows, now).filter(is_planned=False).select_related("branch", "coordinator")
    for group in groups:
        open_step(
            branch=group.branch,
            kind=NONE_PLANNED_STEP,
            key=step_key(group),
            by=by,
            now=now,
            due_on=local_day(now, group.branch.timezone) + PLAN_WITHIN,
            owner=group.coordinator,
            rank=RANK,
            text=group.name,
            subject_type="peergroup",
            subject_id=group.pk,
            keeps=True,
        )
    return len(groups)
