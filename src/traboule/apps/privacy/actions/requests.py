"""Requests of people about their data: asked, identity noted, answered within a month."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Consent, Person
from traboule.apps.privacy.enums import Answer, AskedBy, IdentityCheck, RequestKind
from traboule.apps.privacy.models import RightsRequest
from traboule.apps.privacy.rules import last_day_to_answer
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.permissions import authorise
from traboule.core.scope import locked


class AlreadyAnswered(ValueError):
    """This request has its answer."""


class AnswerIncomplete(ValueError):
    """An answer needs to know who asked, and a refusal says why. ``code`` names what is missing."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def ask(
    *, person: Person, kind: RequestKind, asked_by: AskedBy, by: Actor, now: datetime, said: str = ""
) -> RightsRequest:
    """Write a request down; the clock of one month runs from now.

    The person's own link is the right to ask; staff need theirs. Asking the same again while it is open
    returns the open request: nobody has to ask twice, and nobody's clock starts anew.
    """
    if asked_by is not AskedBy.DOOR:
        authorise(by, Permission.RIGHTS_ANSWER, person.branch_id)
    locked(person)
    found = RightsRequest.everywhere.filter(person=person, kind=kind, answer="").first()
    if found is not None:
        return found
    is_door = asked_by is AskedBy.DOOR
    request = RightsRequest.everywhere.create(
        branch=person.branch,
        person=person,
        kind=kind,
        asked_by=asked_by,
        said=said.strip(),
        asked_at=now,
        due_on=last_day_to_answer(local_day(now, person.branch.timezone)),
        taken_by_id=by.id if by.kind is ActorKind.LOGIN else None,
        identity=IdentityCheck.LINK if is_door else "",
        identity_at=now if is_door else None,
    )
    _record(request, "rights.asked", {"kind": kind, "asked_by": asked_by}, by, now)
    return request


@transaction.atomic
def note_identity(*, request: RightsRequest, check: IdentityCheck, by: Actor, now: datetime) -> RightsRequest:
    """Note how the team made sure who asks; no paper is kept. Raises AlreadyAnswered."""
    row = _open(request, by)
    row.identity, row.identity_at = check, now
    row.identity_by_id = by.id if by.kind is ActorKind.LOGIN else None
    row.save(update_fields=["identity", "identity_at", "identity_by"])
    _record(row, "rights.identity_noted", {"check": check}, by, now)
    return row


@transaction.atomic
def answer_request(
    *, request: RightsRequest, answer: Answer, by: Actor, now: datetime, text: str = ""
) -> RightsRequest:
    """Close a request with its answer. Raises AlreadyAnswered, AnswerIncomplete."""
    row = _open(request, by)
    if not row.identity and answer in (Answer.DONE, Answer.PARTLY):
        raise AnswerIncomplete("identity")
    if answer is Answer.REFUSED and not text.strip():
        raise AnswerIncomplete("text")
    row.answer, row.answer_text, row.answered_at = answer, text.strip(), now
    row.answered_by_id = by.id if by.kind is ActorKind.LOGIN else None
    row.save(update_fields=["answer", "answer_text", "answered_at", "answered_by"])
    _record(row, "rights.answered", {"answer": answer}, by, now)
    return row


@transaction.atomic
def withdraw_consents(*, person: Person, by: Actor, now: datetime) -> int:
    """Take back every consent of ``person`` that is in force; return how many. As easy as giving them."""
    authorise(by, Permission.RIGHTS_ANSWER, person.branch_id)
    count = Consent.everywhere.filter(person=person, withdrawn_at=None).update(withdrawn_at=now)
    audit.record(
        by=by,
        now=now,
        branch_id=person.branch_id,
        verb="consent.withdrawn",
        subject_type="person",
        subject_id=person.pk,
        facts={"count": count},
    )
    return count


def _open(request: RightsRequest, by: Actor) -> RightsRequest:
    authorise(by, Permission.RIGHTS_ANSWER, request.branch_id)
    row = locked(request)
    if row.answer:
        raise AlreadyAnswered
    return row


def _record(request: RightsRequest, verb: str, facts: Mapping[str, Any], by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=request.branch_id,
        verb=verb,
        subject_type="rights_request",
        subject_id=request.pk,
        facts=facts,
    )
