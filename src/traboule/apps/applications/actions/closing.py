"""Closing a branch: decide, tell everybody who is still here, and move only who says yes."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from traboule.apps.applications.actions._moving import move_to_branch
from traboule.apps.applications.actions.sessions import cancel_session
from traboule.apps.applications.closing_kinds import CLOSES
from traboule.apps.applications.enums import ClosingAnswer
from traboule.apps.applications.models import BranchClosing, ClosingPerson, InfoSession
from traboule.apps.applications.queries.closing import closing_of, others_open, who_remains
from traboule.apps.branches.models import Branch
from traboule.apps.messages.actions import tell
from traboule.apps.messages.words import said_day
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login, Person
from traboule.apps.steps.actions import close_steps, open_step
from traboule.apps.steps.models import OpenStep
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind, system
from traboule.core.days import local_day
from traboule.core.links import address_of, make_link
from traboule.core.permissions import NotAllowed, authorise
from traboule.core.registry import ON_CLOSE, STILL_OPEN
from traboule.core.scope import locked

MOVE_RIGHT = "branch.move"
CLOSING_STEP = "branch.closing"
RANK = 22
LINK_DAYS = 365
CLOCK = system("closing of a branch")


class AlreadyClosing(ValueError):
    """This branch closes already; another date is another decision."""


class ClosingOver(ValueError):
    """The closing was taken back, or people were told: it is not undone any more."""


class CannotMove(ValueError):
    """An open duo or proposal holds this person here, or that branch takes nobody."""


@transaction.atomic
def close_branch(
    *, branch: Branch, closes_on: date, contact: Login, by: Actor, now: datetime
) -> BranchClosing:
    """Decide that a branch closes. Nothing new comes in from that day; nobody is told yet.

    Raises AlreadyClosing, ValueError for a day that is over; NotVisible or NotAllowed.
    """
    authorise(by, Permission.BRANCHES_CLOSE, branch.pk)
    if closes_on < local_day(now, branch.timezone):
        raise ValueError(closes_on)
    row = Branch.objects.select_for_update().get(pk=branch.pk)
    if closing_of(row) is not None:
        raise AlreadyClosing
    closing = BranchClosing.everywhere.create(
        branch=row,
        closes_on=closes_on,
        contact=contact,
        decided_by_id=by.id if by.kind is ActorKind.LOGIN else None,
        decided_at=now,
    )
    _record(closing, "branch.closing_decided", {"on": closes_on, "contact": contact.pk}, by, now)
    return closing


@transaction.atomic
def undo_closing(*, closing: BranchClosing, by: Actor, now: datetime) -> BranchClosing:
    """Take the decision back while nobody was told. Raises ClosingOver."""
    authorise(by, Permission.BRANCHES_CLOSE, closing.branch_id)
    row = locked(closing)
    if row.told_at is not None or row.undone_at is not None:
        raise ClosingOver
    row.undone_at = now
    row.save(update_fields=["undone_at"])
    _record(row, "branch.closing_undone", {}, by, now)
    return row


@transaction.atomic
def tell_everybody(*, closing: BranchClosing, by: Actor, now: datetime) -> int:
    """Tell who remains and was not told yet; call off what lies after the day. Return how many were told.

    Pressed again, it reaches only who came since. Every open step has an owner from then on.
    Raises ClosingOver.
    """
    authorise(by, Permission.BRANCHES_CLOSE, closing.branch_id)
    row = locked(closing)
    if row.undone_at is not None:
        raise ClosingOver
    told = set(ClosingPerson.everywhere.filter(closing=row).values_list("person_id", flat=True))
    fresh = [person for person in who_remains(row.branch) if person.pk not in told]
    for person in fresh:
        _tell_one(row, person, by, now)
    _call_off(row, now)
    OpenStep.everywhere.filter(branch=row.branch, closed_at=None, owner=None).update(owner=row.contact)
    if row.told_at is None:
        row.told_at = now
        row.save(update_fields=["told_at"])
    _record(row, "branch.closing_told", {"people": [person.pk for person in fresh]}, by, now)
    return len(fresh)


@transaction.atomic
def say_yes(*, told: ClosingPerson, to: Branch, by: Actor, now: datetime) -> ClosingPerson:
    """The person wants to go on in another branch: what is theirs goes along. Pressed twice, it is once.

    Raises CannotMove; NotAllowed for anybody but the link of the person.
    """
    if by.kind is not ActorKind.SYSTEM:
        raise NotAllowed(Permission.OWN_SEE)
    row = locked(told)
    if row.moved_to_id is not None:
        return row
    person = locked(row.person)
    old = person.branch
    today = local_day(now, old.timezone)
    held = any(codes for handler in STILL_OPEN if (codes := list(handler(person.pk))))
    if held or to.pk not in {branch.pk for branch in others_open(old, today)}:
        raise CannotMove
    move_to_branch(person=person, to=to, now=now)
    row.answer, row.answered_at, row.moved_to = ClosingAnswer.YES, now, to
    row.save(update_fields=["answer", "answered_at", "moved_to"])
    close_steps(branch=old, key=_key(row), by=by, now=now)
    open_step(
        branch=to,
        kind=CLOSING_STEP,
        key=_key(row),
        by=by,
        now=now,
        person=person,
        due_on=local_day(now, to.timezone) + timedelta(days=2),
        text=old.name,
        rank=RANK,
        subject_type="person",
        subject_id=person.pk,
    )
    for branch in (old, to):
        _note_move(branch, person, {"from": old.pk, "to": to.pk}, by, now)
    return row


@transaction.atomic
def say_no(*, told: ClosingPerson, by: Actor, now: datetime) -> ClosingPerson:
    """The person does not want to move; their named contact keeps the step and calls."""
    if by.kind is not ActorKind.SYSTEM:
        raise NotAllowed(Permission.OWN_SEE)
    row = locked(told)
    if row.answer == "":
        row.answer, row.answered_at = ClosingAnswer.NO, now
        row.save(update_fields=["answer", "answered_at"])
        _record(row.closing, "branch.closing_answered", {"person": row.person_id, "answer": "no"}, by, now)
    return row


def _tell_one(closing: BranchClosing, person: Person, by: Actor, now: datetime) -> None:
    row = ClosingPerson.everywhere.create(closing=closing, person=person, told_at=now)
    secret = make_link(
        right=MOVE_RIGHT,
        subject_type="closingperson",
        subject_id=row.pk,
        scope=closing.branch_id,
        now=now,
        ends_at=now + timedelta(days=LINK_DAYS),
    )
    tell(
        branch=closing.branch,
        person=person,
        kind=CLOSES,
        event=f"closing:{closing.pk}",
        values={
            "first_name": person.first_name or person.display_name,
            "branch": closing.branch.name,
            "day": said_day(closing.closes_on, person.contact_language),
            "host": str(closing.contact or closing.branch.name),
            "link": address_of(secret),
        },
        by=by,
        now=now,
    )
    open_step(
        branch=closing.branch,
        kind=CLOSING_STEP,
        key=_key(row),
        by=by,
        now=now,
        person=person,
        owner=closing.contact,
        due_on=closing.closes_on,
        rank=RANK,
        subject_type="person",
        subject_id=person.pk,
    )


def _call_off(closing: BranchClosing, now: datetime) -> None:
    """Sessions from that day on do not take place; who booked is told in plain words."""
    coming = InfoSession.everywhere.filter(branch=closing.branch, cancelled_at=None, starts_at__gt=now)
    for session in coming:
        if local_day(session.starts_at, closing.branch.timezone) >= closing.closes_on:
            cancel_session(session=session, reason="", by=CLOCK, now=now)
    for handler in ON_CLOSE:
        handler(closing.branch, closing.closes_on, now)


def _key(row: ClosingPerson) -> str:
    return f"{CLOSING_STEP}:{row.closing_id}:{row.person_id}"


def _record(closing: BranchClosing, verb: str, facts: Mapping[str, Any], by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=closing.branch_id,
        verb=verb,
        subject_type="branch",
        subject_id=closing.branch_id,
        facts=facts,
    )


def _note_move(branch: Branch, person: Person, facts: Mapping[str, Any], by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=branch.pk,
        verb="person.moved_branch",
        subject_type="person",
        subject_id=person.pk,
        facts=facts,
    )
