"""How far the notices of retention have come."""

from collections.abc import Collection
from datetime import datetime

from traboule.apps.messages.enums import DeliveryState
from traboule.apps.messages.models import Message
from traboule.apps.messages.rules import BY_MACHINE
from traboule.apps.people.models import Person
from traboule.apps.steps.enums import Closing
from traboule.apps.steps.models import OpenStep

NOTICE_KIND = "retention.notice"
_WENT = (DeliveryState.SENT, DeliveryState.DELIVERED)


def reached_at(person: Person, since: datetime) -> datetime | None:
    """Return when a notice written since then went out; one for the team, when its step was done."""
    rows = Message.everywhere.filter(person=person, kind=NOTICE_KIND, created_at__gte=since)
    moments = [_reached(message) for message in rows.order_by("pk")]
    return min((at for at in moments if at is not None), default=None)


def _reached(message: Message) -> datetime | None:
    if message.state in _WENT and message.channel in BY_MACHINE:
        return message.sent_at
    if message.state not in (*_WENT, DeliveryState.HANDED):
        return None
    done = OpenStep.everywhere.filter(
        branch=message.branch_id, key__startswith=f"message:{message.pk}:", closing=Closing.DONE
    )
    return done.values_list("closed_at", flat=True).first()


def notices_of(person_ids: Collection[int]) -> dict[int, Message]:
    """Return the latest notice of each person: one query for a page of them."""
    rows = Message.everywhere.filter(person__in=person_ids, kind=NOTICE_KIND).order_by("pk")
    return {row.person_id: row for row in rows if row.person_id is not None}
