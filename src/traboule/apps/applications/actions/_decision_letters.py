"""The letter about a decision: written when it is made, held back as long as it has not left."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import translation

from traboule.apps.applications.actions.errors_judging import LetterHasLeft
from traboule.apps.applications.letters import kind_of_decision
from traboule.apps.applications.models import Decision
from traboule.apps.applications.queries.decisions import values_of
from traboule.apps.messages.actions import tell
from traboule.apps.messages.actions.pool import UNDONE
from traboule.apps.messages.enums import DeliveryState
from traboule.apps.messages.models import Message, NextNews
from traboule.core.actors import Actor
from traboule.core.languages import interface
from traboule.core.links import address_of, make_link, withdraw_links

READ_DECISION = "read_decision"
READ_FOR = timedelta(days=60)


def write_letter(decision: Decision, by: Actor, now: datetime) -> Message | None:
    """Queue the letter about a decision, in the language of the person; it leaves when it is due."""
    person = decision.application.person
    host = decision.decided_by
    secret = make_link(
        right=READ_DECISION,
        subject_type="decision",
        subject_id=decision.pk,
        scope=decision.branch_id,
        now=now,
        ends_at=now + READ_FOR,
    )
    with translation.override(interface(person.contact_language if person else "")):
        values: Mapping[str, Any] = values_of(decision, host, address_of(secret))
    return tell(
        branch=decision.branch,
        kind=kind_of_decision(decision.outcome, decision.application.side, decision.reason),
        event=f"decision:{decision.pk}",
        values=values,
        person=person,
        due_at=decision.letter_due_at,
        by=by,
        now=now,
    )


def hold_letter_back(decision: Decision, now: datetime) -> None:
    """Stop the letter, in one statement: whoever sends it at the same instant wins or loses, never both."""
    withdraw_links(subject_type="decision", subject_id=decision.pk, now=now, right=READ_DECISION)
    if decision.letter_id is None:
        if decision.letter_due_at is not None and decision.letter_due_at <= now:
            raise LetterHasLeft(decision.letter_due_at)
        return
    waiting = Message.everywhere.filter(pk=decision.letter_id, state=DeliveryState.WAITING)
    if waiting.update(state=DeliveryState.WITHHELD, reason=UNDONE):
        # What the pool would say behind the letter is not true any more either.
        person_id = decision.application.person_id or 0
        behind = Message.everywhere.filter(kind__startswith="pool.", person_id=person_id)
        behind.filter(state=DeliveryState.WAITING).update(state=DeliveryState.WITHHELD, reason=UNDONE)
        # Nor is the date: the next yes promises one anew, and says so.
        NextNews.everywhere.filter(person_id=person_id).delete()
        return
    letter = Message.everywhere.get(pk=decision.letter_id)
    if letter.state != DeliveryState.WITHHELD:
        raise LetterHasLeft(letter.sent_at)
