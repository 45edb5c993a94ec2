"""Documents that a person shares with the team: checked, kept beside the notes, gone with the person."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person, PersonDocument
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.erasing import remove_files
from traboule.core.permissions import authorise
from traboule.core.scope import locked
from traboule.core.uploads import CheckedFile, put_in


@transaction.atomic
def keep_document(
    *, person: Person, file: CheckedFile, about: str, by: Actor, now: datetime
) -> PersonDocument:
    """Keep a checked file that ``person`` shared; ``about`` says what it is."""
    authorise(by, Permission.NOTES_WRITE, person.branch_id)
    document = PersonDocument(
        person=person, about=about.strip(), added_by_id=by.id if by.kind is ActorKind.LOGIN else None
    )
    put_in(document, file, now)
    document.save(force_insert=True)
    _record(document, "document.kept", {"kind": file.kind, "size": len(file.content)}, by, now)
    return document


@transaction.atomic
def read_document(*, document: PersonDocument, by: Actor, now: datetime) -> PersonDocument:
    """Write down that somebody took a document out, and return it."""
    authorise(by, Permission.NOTES_SEE, document.person.branch_id)
    _record(document, "document.read", {}, by, now)
    return document


@transaction.atomic
def drop_document(*, document: PersonDocument, by: Actor, now: datetime) -> None:
    """Delete a document with its file."""
    authorise(by, Permission.NOTES_WRITE, document.person.branch_id)
    row = locked(document)
    _record(row, "document.dropped", {}, by, now)
    files = [(row.file.storage, str(row.file.name))]
    row.delete()
    transaction.on_commit(partial(remove_files, files))


def _record(document: PersonDocument, verb: str, facts: Mapping[str, Any], by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=document.person.branch_id,
        verb=verb,
        subject_type="persondocument",
        subject_id=document.pk,
        facts={"person": document.person_id, **facts},
    )
