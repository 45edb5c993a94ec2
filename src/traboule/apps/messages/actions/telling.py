"""Telling somebody something: one message per (person, event, kind), in the transaction of the fact."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import translation

from traboule.apps.branches.models import Branch
from traboule.apps.messages.kinds import kind_of
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Channel
from traboule.apps.people.models import Person
from traboule.core.actors import Actor


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
    where the send decision says that nothing goes out (it records why). Must run in the transaction of the
    fact.
    """
    key = f"{person.pk if person else address}:{event}:{kind}"
    found = Message.everywhere.filter(key=key).first()
    if found is not None:
        return found
    speaks = language or (person.contact_language if person else "fr")
    way = channel or Channel(person.channel if person else Channel.EMAIL)
    reached_at = address or ((person.phone if way == Channel.SMS else person.email) if person else "")
    subject, body = _rendered(kind, values, speaks, way)
    return Message.everywhere.create(
        branch=branch,
        person=person,
        key=key,
        kind=kind,
        channel=way,
        address=reached_at,
        language=speaks,
        subject=subject,
        body=body,
        created_at=now,
        due_at=due_at or now,
        not_after=not_after,
    )


def _rendered(kind: str, values: Mapping[str, Any], language: str, by: Channel) -> tuple[str, str]:
    said = kind_of(kind)
    with translation.override(language):
        if by == Channel.SMS and said.sms:
            return "", str(said.sms) % values
        return str(said.subject) % values, str(said.body) % values
