"""Telling somebody something: one message per (person, event, kind), in the transaction of the fact."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation

from traboule.apps.branches.models import Branch
from traboule.apps.messages.actions.leaving import leave_step
from traboule.apps.messages.enums import DeliveryState
from traboule.apps.messages.kinds import kind_of
from traboule.apps.messages.models import Message
from traboule.apps.messages.queries.facts import facts_of
from traboule.apps.messages.queries.lists import wording_of
from traboule.apps.messages.rules import Verdict, decide, in_plain_signs
from traboule.apps.people.enums import Channel
from traboule.apps.people.models import Person
from traboule.apps.people.queries import is_landline
from traboule.core.actors import Actor
from traboule.core.languages import interface


def tell(
    *,
    branch: Branch,
    kind: str,
    event: str,
    values: Mapping[str, Any],
    by: Actor,
    now: datetime,
    person: Person | None = None,
    address: str = "",
    channel: Channel | None = None,
    language: str = "",
    due_at: datetime | None = None,
    not_after: datetime | None = None,
) -> Message | None:
    """Queue the message ``kind`` about ``event`` to ``person`` (channel and language) or to an ``address``.

    ``event`` names the fact (``booking:12:2026-03-02``): with the person and the kind it is the key, and a
    second call returns the message that is there. ``values`` fill the template of ``kind``. Returns None
    where the send decision says that nothing goes out; the row that it leaves says why. Must run in the
    transaction of the fact.
    """
    key = f"{person.pk if person else address}:{event}:{kind}"
    found = Message.everywhere.filter(key=key).first()
    if found is not None:
        return None if found.state == DeliveryState.WITHHELD else found
    speaks = interface(language or (person.contact_language if person else settings.LANGUAGE_CODE))
    way, reached_at = _heard(*_way(person, address, channel))
    subject, body = rendered(branch=branch, kind=kind, values=values, language=speaks, channel=way)
    message = Message(branch=branch, person=person, key=key, kind=kind, channel=way, address=reached_at)
    message.language, message.subject, message.body = speaks, subject[:200], body
    message.created_at, message.due_at, message.not_after = now, max(due_at or now, now), not_after
    return _queued(message, by, now)


def rendered(
    *, branch: Branch, kind: str, values: Mapping[str, Any], language: str, channel: Channel
) -> tuple[str, str]:
    """Return subject and text in ``language``, in the words of the branch if it has its own."""
    said = kind_of(kind)
    own = wording_of(branch=branch, kind=kind, language=language)
    with translation.override(language):
        short = own.sms if own and own.sms else str(said.sms)
        if channel == Channel.SMS and short:
            return "", in_plain_signs(short % values)
        subject, body = (own.subject, own.body) if own else (str(said.subject), str(said.body))
        return subject % values, body % values


def _way(person: Person | None, address: str, channel: Channel | None) -> tuple[Channel, str]:
    """The channel and the address: the person's own choice, or the other one where it has no address."""
    if person is None:
        return channel or Channel.EMAIL, address
    known = {Channel.EMAIL: person.email, Channel.SMS: person.phone if settings.TRABOULE_SMS_PROVIDER else ""}
    chosen = channel or Channel(person.channel)
    if address or chosen not in known:
        return chosen, address or (person.phone if chosen == Channel.PHONE else "")
    if not known[chosen] and channel is None:
        other = Channel.EMAIL if chosen == Channel.SMS else Channel.SMS
        chosen = other if known[other] else chosen
    return chosen, known[chosen]


def _heard(way: Channel, address: str) -> tuple[Channel, str]:
    """A landline shows no text message: somebody of the team calls instead."""
    return (Channel.PHONE if way == Channel.SMS and is_landline(address) else way), address


def _queued(message: Message, by: Actor, now: datetime) -> Message | None:
    """Write a new message down as the send decision wants it; None where it is withheld."""
    _judge(message)
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:  # somebody else told the same a moment ago
        return Message.everywhere.get(key=message.key)
    if message.state == DeliveryState.WITHHELD:
        leave_step(message, by=by, now=now)
        return None
    return message


def _judge(message: Message) -> None:
    """Write on a new message what the send decision says of it as of now."""
    facts = facts_of(message, branch=message.branch, person=message.person, at=message.due_at)
    decision = decide(facts)
    message.reason = decision.why or ""
    if decision.verdict is Verdict.WITHHOLD:
        message.state = DeliveryState.WITHHELD
    elif decision.due_at is not None:
        message.due_at = decision.due_at
