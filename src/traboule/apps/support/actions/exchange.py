"""Groups of mentors and their gatherings: form, change, plan, cancel, and keep notes without names."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from traboule.apps.branches.models import Branch, Room
from traboule.apps.messages.enums import DeliveryState, Why
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login, Person
from traboule.apps.people.validators import fold
from traboule.apps.steps.actions import close_steps
from traboule.apps.support.actions._exchange_words import SUBJECT, invite, tell_cancelled
from traboule.apps.support.exchange_enums import NONE_PLANNED_STEP
from traboule.apps.support.models import Gathering, GatheringInvitation, PeerGroup, PeerMember
from traboule.apps.support.queries.exchange import mentee_words
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.links import withdraw_links
from traboule.core.permissions import NotVisible, authorise
from traboule.core.scope import locked

KEYS = frozenset({"starts_at", "ends_at", "room", "place", "places", "topic"})


class GroupNameTaken(ValueError):
    """Another open group of the branch has this name."""


class GatheringOver(Exception):
    """It is over, was cancelled, or somebody was marked already."""


class GatheringPast(ValueError):
    """A gathering is planned ahead."""


class RoomTooSmall(ValueError):
    """More places than the room has; carries how many it has."""

    def __init__(self, seats: int) -> None:
        super().__init__(str(seats))
        self.seats = seats


class NamesMentee(ValueError):
    """The notes name a mentee; carries the word."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


@transaction.atomic
def form_group(
    *,
    branch: Branch,
    name: str,
    coordinator: Login | None,
    by: Actor,
    now: datetime,
    group: PeerGroup | None = None,
) -> PeerGroup:
    """Form a group, or correct the name and the coordinator of ``group``. Raises GroupNameTaken."""
    authorise(by, Permission.EXCHANGE_WRITE, branch.pk)
    row = locked(group) if group else PeerGroup(branch=branch, created_at=now)
    row.name, row.coordinator = name.strip(), coordinator
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise GroupNameTaken from None
    record(("peer_group", row.pk), branch.pk, "corrected" if group else "formed", by, now, {})
    return row


@transaction.atomic
def change_members(
    *, group: PeerGroup, add: Collection[Person] = (), drop: Collection[int] = (), by: Actor, now: datetime
) -> None:
    """Take mentors in, or out by id. Who is in another group moves here. Raises NotVisible."""
    authorise(by, Permission.EXCHANGE_WRITE, group.branch_id)
    row = locked(group)
    if any(person.branch_id != row.branch_id for person in add):
        raise NotVisible
    PeerMember.everywhere.filter(group=row, person__in=list(drop)).delete()
    for person in add:
        PeerMember.everywhere.update_or_create(person=person, defaults={"group": row, "since": now})
        facts: dict[str, Any] = {"person": person.pk}
        record(("peer_group", row.pk), row.branch_id, "joined", by, now, facts)
    for left in drop:
        record(("peer_group", row.pk), row.branch_id, "left", by, now, {"person": left})
    coming = Gathering.everywhere.filter(group=row, cancelled_at=None, starts_at__gt=now)
    for gathering in coming.select_related("group__branch", "room__venue"):
        invite(gathering, list(add), by, now)


@transaction.atomic
def leave_exchange(*, person: Person, by: Actor, now: datetime) -> None:
    """Somebody stops or moves away: out of the group, and coming places are free. Where they came, stays."""
    member = PeerMember.everywhere.filter(person=person).select_related("group").first()
    if member is not None:
        facts: dict[str, Any] = {"person": person.pk}
        record(("peer_group", member.group_id), member.group.branch_id, "left", by, now, facts)
        member.delete()
    coming = GatheringInvitation.everywhere.filter(person=person, gathering__starts_at__gt=now)
    for row in coming:
        withdraw_links(subject_type=SUBJECT, subject_id=row.pk, now=now)
    coming.delete()
    waiting = Message.everywhere.filter(person=person, state=DeliveryState.WAITING, kind="exchange.invited")
    waiting.update(state=DeliveryState.WITHHELD, reason=Why.WITHDRAWN)


@transaction.atomic
def close_group(*, group: PeerGroup, by: Actor, now: datetime) -> PeerGroup:
    """Close a group: its mentors are free for another one; what was, stays. Twice is once."""
    authorise(by, Permission.EXCHANGE_WRITE, group.branch_id)
    row = locked(group)
    if row.closed_at is None:
        row.closed_at = now
        row.save(update_fields=["closed_at"])
        PeerMember.everywhere.filter(group=row).delete()
        close_steps(branch=group.branch, key=step_key(row), by=by, now=now)
        record(("peer_group", row.pk), row.branch_id, "closed", by, now, {})
    return row


@transaction.atomic
def plan_gathering(*, group: PeerGroup, fields: Mapping[str, Any], by: Actor, now: datetime) -> Gathering:
    """Plan a gathering and invite the group by message. Raises GatheringPast, RoomTooSmall, NotVisible."""
    authorise(by, Permission.EXCHANGE_WRITE, group.branch_id)
    given = {name: value for name, value in fields.items() if name in KEYS}
    room: Room | None = given.get("room")
    if room is not None and room.venue.branch_id != group.branch_id:
        raise NotVisible
    if room is not None and given["places"] > room.capacity:
        raise RoomTooSmall(room.capacity)
    if given["starts_at"] <= now:
        raise GatheringPast
    gathering = Gathering.everywhere.create(
        group=group, planned_by_id=by.id if by.kind is ActorKind.LOGIN else None, **given
    )
    members = Person.everywhere.filter(peer_memberships__group=group).select_related("branch")
    invite(gathering, list(members), by, now)
    close_steps(branch=group.branch, key=step_key(group), by=by, now=now)
    record(
        ("gathering", gathering.pk),
        group.branch_id,
        "planned",
        by,
        now,
        {"at": given["starts_at"].isoformat()},
    )
    return gathering


@transaction.atomic
def cancel_gathering(*, gathering: Gathering, by: Actor, now: datetime) -> Gathering:
    """Cancel a gathering and tell who was invited and did not say no. Twice is once. Raises GatheringOver."""
    authorise(by, Permission.EXCHANGE_WRITE, gathering.group.branch_id)
    row = locked(gathering)
    if row.cancelled_at is not None:
        return row
    invited = GatheringInvitation.everywhere.filter(gathering=row)
    if row.ends_at <= now or invited.filter(~Q(presence="")).exists():
        raise GatheringOver
    row.cancelled_at = now
    row.save(update_fields=["cancelled_at"])
    tell_cancelled(gathering, by, now)
    record(("gathering", row.pk), gathering.group.branch_id, "cancelled", by, now, {})
    return row


@transaction.atomic
def keep_notes(*, gathering: Gathering, notes: str, by: Actor, now: datetime) -> Gathering:
    """Keep what was said. Raises NamesMentee: who is accompanied is not named outside their duo."""
    authorise(by, Permission.EXCHANGE_WRITE, gathering.group.branch_id)
    said = set(re.findall(r"[\w’'-]+", fold(notes)))
    for name in sorted(mentee_words(gathering.group)):
        if fold(name) in said:
            raise NamesMentee(name)
    row = locked(gathering)
    row.notes = notes.strip()
    row.save(update_fields=["notes"])
    record(("gathering", row.pk), gathering.group.branch_id, "noted", by, now, {"length": len(row.notes)})
    return row


def step_key(group: PeerGroup) -> str:
    """Name of the open step of a group without a planned gathering."""
    return f"{NONE_PLANNED_STEP}:{group.pk}"


def record(
    subject: tuple[str, int], branch_id: int, past: str, by: Actor, now: datetime, facts: Mapping[str, Any]
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
