"""What comes back: arrived, came back, STOP; and what the team does about a message by hand."""

from datetime import datetime

from django.db import transaction

from traboule.apps.messages.actions.leaving import close_step_of, leave_step
from traboule.apps.messages.enums import DeliveryState, Why
from traboule.apps.messages.models import Message, Stop
from traboule.apps.messages.queries.facts import digest_of
from traboule.apps.people.enums import Channel, Permission
from traboule.apps.people.models import Person
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.outbox import new_uid
from traboule.core.permissions import authorise
from traboule.core.scope import locked

SETTLED = frozenset(
    {
        DeliveryState.SENT,
        DeliveryState.DELIVERED,
        DeliveryState.HANDED,
        DeliveryState.BOUNCED,
        DeliveryState.FAILED,
        DeliveryState.WITHHELD,
    }
)


class StillWaiting(ValueError):
    """The message has not gone out yet: there is nothing to send again."""


@transaction.atomic
def record_delivery(*, message: Message, by: Actor, now: datetime) -> Message:
    """Write down that a message arrived; later and contrary news (it came back) is kept."""
    authorise(by, Permission.MESSAGES_WRITE, message.branch_id)
    message = locked(message)
    if message.state in (DeliveryState.SENT, DeliveryState.SENDING, DeliveryState.HANDED):
        _write(message, DeliveryState.DELIVERED, "")
        close_step_of(message, by=by, now=now)
        _note(message, "message.delivered", by, now)
    return message


@transaction.atomic
def record_bounce(*, message: Message, by: Actor, now: datetime, trouble: str = "") -> Message:
    """Write down that a message came back, and open a step; twice is once."""
    authorise(by, Permission.MESSAGES_WRITE, message.branch_id)
    message = locked(message)
    if message.state == DeliveryState.BOUNCED:
        return message
    message.trouble = trouble[:200]
    _write(message, DeliveryState.BOUNCED, Why.ADDRESS_REFUSED)
    leave_step(message, by=by, now=now)
    _note(message, "message.bounced", by, now)
    return message


@transaction.atomic
def send_again(*, message: Message, by: Actor, now: datetime) -> Message:
    """Queue a message once more, to the address that the person has today. Raises StillWaiting.

    It goes out under a new name: the receiver must not take it for the copy that it knows.
    """
    authorise(by, Permission.MESSAGES_WRITE, message.branch_id)
    message = locked(message)
    if message.state not in SETTLED:
        raise StillWaiting
    if message.person is not None and message.channel in (Channel.EMAIL, Channel.SMS):
        today = message.person.phone if message.channel == Channel.SMS else message.person.email
        message.address = today or message.address
    message.uid, message.again, message.attempts = new_uid(), True, 0
    message.due_at, message.not_after, message.trouble, message.sent_at = now, None, "", None
    close_step_of(message, by=by, now=now)
    _write(message, DeliveryState.WAITING, "")
    _note(message, "message.sent_again", by, now)
    return message


@transaction.atomic
def record_stop(
    *,
    channel: Channel,
    by: Actor,
    now: datetime,
    address: str = "",
    digest: str = "",
    person: Person | None = None,
) -> Stop | None:
    """Write down that nobody is to write to an address on a channel any more; twice is once.

    The address may be named by its ``digest`` alone. Returns None without either.
    """
    if person is not None:
        authorise(by, Permission.MESSAGES_WRITE, person.branch_id)
    if not digest and not address.strip():
        return None
    row, is_new = Stop.objects.get_or_create(
        digest=digest or digest_of(channel, address),
        defaults={"channel": channel, "said_at": now, "by_staff": by.kind is ActorKind.LOGIN},
    )
    if is_new:
        _note_stop("message.stopped", channel, person, by, now)
    return row


@transaction.atomic
def lift_stop(*, channel: Channel, person: Person, by: Actor, now: datetime) -> bool:
    """Write down that a person wants messages again; False if there was no STOP."""
    authorise(by, Permission.MESSAGES_WRITE, person.branch_id)
    address = person.phone if channel == Channel.SMS else person.email
    gone, _rows = Stop.objects.filter(digest=digest_of(channel, address)).delete()
    if gone:
        _note_stop("message.stop_lifted", channel, person, by, now)
    return bool(gone)


def _write(message: Message, state: DeliveryState, reason: str) -> None:
    message.state, message.reason = state, reason
    message.lease, message.leased_until = "", None
    message.save()


def _note(message: Message, verb: str, by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=message.branch_id,
        verb=verb,
        subject_type="message",
        subject_id=message.pk,
        facts={"kind": message.kind, "person": message.person_id, "channel": message.channel},
    )


def _note_stop(verb: str, channel: Channel, person: Person | None, by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=person.branch_id if person else None,
        verb=verb,
        subject_type="person",
        subject_id=person.pk if person else "",
        facts={"channel": channel},
    )
