"""Telling somebody something: one message per (person, event, kind), in the transaction of the fact."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from traboule.apps.branches.models import Branch
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
    raise NotImplementedError
