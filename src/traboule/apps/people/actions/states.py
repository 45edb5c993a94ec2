"""Pausing, resuming, archiving: where a person stands."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from traboule.apps.people.enums import MenteeState, MentorState, Permission
from traboule.apps.people.models import MenteeProfile, MentorProfile, Person
from traboule.apps.people.rules import MENTEE_MOVES, MENTOR_MOVES
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.permissions import authorise
from traboule.core.registry import STILL_OPEN
from traboule.core.scope import locked


class MoveNotAllowed(ValueError):
    """This state does not follow that one; carries both."""

    def __init__(self, before: str, after: str) -> None:
        super().__init__(f"{before} → {after}")
        self.before = before
        self.after = after


class StillEngaged(ValueError):
    """Something open binds this person (a proposal, a duo); ``codes`` names it."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


@transaction.atomic
def pause_person(*, person: Person, until: date | None, by: Actor, now: datetime) -> Person:
    """Take a person out of the pool until a date (None: until further notice).

    A mentor keeps running duos and gets no new one; a mentee with an open proposal or duo is refused.
    Raises StillEngaged, MoveNotAllowed.
    """
    authorise(by, Permission.PEOPLE_WRITE, person.branch_id)
    person = locked(person)
    mentor, mentee = _profiles(person)
    if mentee is not None and mentee.state != MenteeState.LEFT:
        _refuse_engaged(person)
    if mentor is not None and mentor.state != MentorState.LEFT:
        _move(mentor, MENTOR_MOVES, MentorState.PAUSED, until)
    if mentee is not None and mentee.state != MenteeState.LEFT:
        _move(mentee, MENTEE_MOVES, MenteeState.PAUSED, until)
    _note(person, "person.paused", {"until": until}, by, now)
    return person


@transaction.atomic
def resume_person(*, person: Person, by: Actor, now: datetime) -> Person:
    """Bring a paused person back to the pool; a mentee keeps the waiting date. Raises MoveNotAllowed."""
    authorise(by, Permission.PEOPLE_WRITE, person.branch_id)
    person = locked(person)
    mentor, mentee = _profiles(person)
    paused = [row for row in (mentor, mentee) if row is not None and row.state == "paused"]
    if not paused:
        raise MoveNotAllowed("", "pool")
    if mentor in paused and mentor is not None:
        _move(mentor, MENTOR_MOVES, _ready(mentor), None)
    if mentee in paused and mentee is not None:
        _move(mentee, MENTEE_MOVES, MenteeState.POOL, None)
    _note(person, "person.resumed", {}, by, now)
    return person


@transaction.atomic
def archive_person(*, person: Person, by: Actor, now: datetime) -> Person:
    """Put a person away: off every list, kept until retention ends. Raises StillEngaged."""
    authorise(by, Permission.PEOPLE_ARCHIVE, person.branch_id)
    person = locked(person)
    if person.archived_at is not None:
        return person
    _refuse_engaged(person)
    mentor, mentee = _profiles(person)
    if mentor is not None and mentor.state != MentorState.LEFT:
        _move(mentor, MENTOR_MOVES, MentorState.LEFT, None)
    if mentee is not None and mentee.state != MenteeState.LEFT:
        _move(mentee, MENTEE_MOVES, MenteeState.LEFT, None)
    person.archived_at = now
    person.save(update_fields=["archived_at"])
    _note(person, "person.archived", {}, by, now)
    return person


@transaction.atomic
def bring_back_person(*, person: Person, by: Actor, now: datetime) -> Person:
    """Undo an archive: back to the pool, a mentee at the end of the waiting line."""
    authorise(by, Permission.PEOPLE_ARCHIVE, person.branch_id)
    person = locked(person)
    if person.archived_at is None:
        return person
    if person.merged_into_id is not None:  # its rows hang on the other record: separate the two first
        raise MoveNotAllowed("merged", MenteeState.POOL)
    mentor, mentee = _profiles(person)
    if mentor is not None:
        _move(mentor, MENTOR_MOVES, _ready(mentor), None)
    if mentee is not None:
        mentee.waiting_since, mentee.can_wait_until = local_day(now, person.branch.timezone), None
        _move(mentee, MENTEE_MOVES, MenteeState.POOL, None)
    person.archived_at = None
    person.save(update_fields=["archived_at"])
    _note(person, "person.brought_back", {}, by, now)
    return person


@transaction.atomic
def move_mentee(*, mentee: MenteeProfile, to: MenteeState, by: Actor, now: datetime) -> MenteeProfile:
    """Move a mentee between pool and duo; for the later apps, which authorise."""
    mentee = locked(mentee)
    before = mentee.state
    if before == to:
        return mentee
    if to == MenteeState.POOL and mentee.waiting_since is None:
        mentee.waiting_since = local_day(now, mentee.person.branch.timezone)
    if to in (MenteeState.MATCHED, MenteeState.LEFT):
        mentee.comes_first_since = None
    _move(mentee, MENTEE_MOVES, to, None)
    _note(mentee.person, "mentee.moved", {"from": before, "to": to.value}, by, now)
    return mentee


@transaction.atomic
def move_mentor(*, mentor: MentorProfile, to: MentorState, by: Actor, now: datetime) -> MentorProfile:
    """Move a mentor from state to state; for the later apps, which authorise."""
    mentor = locked(mentor)
    before = mentor.state
    if before == to:
        return mentor
    _move(mentor, MENTOR_MOVES, to, None)
    _note(mentor.person, "mentor.moved", {"from": before, "to": to.value}, by, now)
    return mentor


def _profiles(person: Person) -> tuple[MentorProfile | None, MenteeProfile | None]:
    return (
        MentorProfile.everywhere.select_for_update().filter(person=person).first(),
        MenteeProfile.everywhere.select_for_update().filter(person=person).first(),
    )


def _ready(mentor: MentorProfile) -> MentorState:
    return MentorState.POOL if mentor.trained_on else MentorState.NEW


def _move(row: Any, moves: Mapping[Any, frozenset[Any]], to: str, until: date | None) -> None:
    if row.state != to and to not in moves[type(to)(row.state)]:
        raise MoveNotAllowed(row.state, to)
    row.state, row.paused_until = to, until
    row.save()


def _refuse_engaged(person: Person) -> None:
    codes = [code for still_open in STILL_OPEN for code in still_open(person.pk)]
    if codes:
        raise StillEngaged(codes)


def _note(person: Person, verb: str, facts: Mapping[str, Any], by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=person.branch_id,
        verb=verb,
        subject_type="person",
        subject_id=person.pk,
        facts=facts,
    )
