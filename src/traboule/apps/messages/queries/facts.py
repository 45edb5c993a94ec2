"""What the send decision must know of one message."""

import hashlib
from datetime import datetime

from django.db.models import Q

from traboule.apps.branches.models import Branch
from traboule.apps.messages.enums import DeliveryState
from traboule.apps.messages.kinds import kind_or_none
from traboule.apps.messages.models import Message, Stop
from traboule.apps.messages.rules import SAME_WORDS_WITHIN, Facts
from traboule.apps.people.enums import Channel, ConsentPurpose
from traboule.apps.people.models import Consent, Person

GONE_OUT = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.DELIVERED)


def digest_of(channel: str, address: str) -> str:
    """Return under which name a STOP of an address is kept; blanks and case do not matter."""
    plain = "".join(address.split()).lower()
    return hashlib.sha256(f"{channel}:{plain}".encode()).hexdigest()


def has_stopped(channel: str, address: str) -> bool:
    """Say whether STOP was said for this address on this channel."""
    return bool(address) and Stop.objects.filter(digest=digest_of(channel, address)).exists()


def is_stopped(digest: str) -> bool:
    """Say whether STOP was said for the address behind a digest."""
    return Stop.objects.filter(digest=digest).exists()


def stopped_channels(person: Person) -> list[Channel]:
    """Return the channels on which a person said STOP."""
    ways = ((Channel.SMS, person.phone), (Channel.EMAIL, person.email))
    return [channel for channel, address in ways if has_stopped(channel, address)]


def took_consent_back(person: Person | None) -> bool:
    """Say whether the last consent to take part was withdrawn and none is in force."""
    if person is None:
        return False
    rows = Consent.everywhere.filter(person_id=person.pk, purpose=ConsentPurpose.PROGRAMME)
    states = list(rows.values_list("withdrawn_at", flat=True))
    return bool(states) and None not in states


def facts_of(message: Message, *, branch: Branch, person: Person | None, at: datetime) -> Facts:
    """Gather what speaks for and against sending ``message`` at ``at``."""
    said = kind_or_none(message.kind)
    return Facts(
        channel=Channel(message.channel),
        at=at,
        timezone=branch.timezone,
        not_after=message.not_after,
        has_address=bool(message.address),
        is_archived=person is not None and person.is_archived,
        has_stopped=has_stopped(message.channel, message.address),
        took_consent_back=took_consent_back(person),
        is_duplicate=not (message.again or (said and said.confidential)) and _said_already(message, at),
        is_urgent=said is not None and said.urgent,
        is_owed=said is not None and said.owed,
    )


def _said_already(message: Message, at: datetime) -> bool:
    """The same words to the same address a short time ago: two records of one person, most likely.

    Where they heard something else in between (planned, cancelled, planned again), the words are news again.
    """
    if not message.address:
        return False
    rows = Message.everywhere.filter(
        address=message.address,
        kind=message.kind,
        body=message.body,
        state__in=GONE_OUT,
        created_at__gt=at - SAME_WORDS_WITHIN,
    )
    # Of two that are on their way at once, the first one goes.
    mine = message.pk or 2**62
    twin = rows.filter(pk__lt=mine).order_by("-pk").values_list("pk", flat=True).first()
    if twin is None:
        return False
    heard = Message.everywhere.filter(pk__gt=twin, pk__lt=mine).exclude(state=DeliveryState.WITHHELD)
    mine_too = Q(person=message.person_id) if message.person_id else Q(address=message.address)
    return not heard.filter(mine_too).exists()
