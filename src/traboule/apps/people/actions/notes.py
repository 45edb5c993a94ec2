"""Calls, visits and notes, each with its next step."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from traboule.apps.people.enums import NoteKind, Permission, Readers
from traboule.apps.people.models import Login, Note, Person
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.permissions import NotAllowed, authorise
from traboule.core.scope import locked


class StepWithoutDate(ValueError):
    """A next step needs a date, and a date a step."""


@transaction.atomic
def log_note(
    *,
    person: Person,
    text: str,
    by: Actor,
    now: datetime,
    kind: NoteKind = NoteKind.NOTE,
    readers: Readers = Readers.STAFF,
    happened_at: datetime | None = None,
    next_step: str = "",
    next_step_on: date | None = None,
    step_owner: Login | None = None,
) -> Note:
    """Write down a call, a visit or a note; its next step belongs to ``step_owner`` (default: the author).

    A call or a visit counts as a contact, from which retention is counted. Raises StepWithoutDate.
    """
    authorise(by, Permission.NOTES_WRITE, person.branch_id)
    if by.kind is not ActorKind.LOGIN or by.id is None:
        raise NotAllowed(Permission.NOTES_WRITE)
    step = next_step.strip()
    if bool(step) != (next_step_on is not None):
        raise StepWithoutDate
    note = Note.everywhere.create(
        person=person,
        author_id=by.id,
        kind=kind,
        text=text,
        readers=readers,
        happened_at=happened_at or now,
        next_step=step,
        next_step_on=next_step_on,
        step_owner_id=(step_owner.pk if step_owner else by.id) if step else None,
    )
    if kind != NoteKind.NOTE:
        _count_as_contact(person, note.happened_at)
    facts = {"note": note.pk, "kind": kind, "readers": readers, "next_step_on": next_step_on}
    _record(person, "note.logged", facts, by, now)
    return note


@transaction.atomic
def finish_step(*, note: Note, by: Actor, now: datetime) -> Note:
    """Tick the next step of a note off; doing it twice changes nothing."""
    authorise(by, Permission.NOTES_WRITE, note.person.branch_id)
    note = locked(note)
    if note.done_at is not None or not note.next_step:
        return note
    note.done_at, note.done_by_id = max(now, note.happened_at), by.id
    note.save(update_fields=["done_at", "done_by"])
    _record(note.person, "step.finished", {"note": note.pk}, by, now)
    return note


def _count_as_contact(person: Person, happened_at: datetime) -> None:
    row = locked(person)
    if happened_at > row.last_contact_at:
        row.last_contact_at = happened_at
        row.save(update_fields=["last_contact_at"])


def _record(person: Person, verb: str, facts: Mapping[str, Any], by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=person.branch_id,
        verb=verb,
        subject_type="person",
        subject_id=person.pk,
        facts=facts,
    )
