"""What a message leaves open for the team: a call instead of it, a letter to post, a wrong address."""

from datetime import datetime

from traboule.apps.messages.enums import DeliveryState, MessageStep, Why
from traboule.apps.messages.kinds import kind_or_none
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Channel
from traboule.apps.steps.actions import close_steps, open_step
from traboule.core.actors import Actor
from traboule.core.days import local_day

BY_HAND = {
    Channel.PHONE: MessageStep.CALL,
    Channel.LETTER: MessageStep.LETTER,
    Channel.REFERRER: MessageStep.REFERRER,
}
RANK = 45
# Nobody gets any text message: that waits for nobody's turn.
FIRST = 5


def leave_step(message: Message, *, by: Actor, now: datetime) -> None:
    """Open the step that the state of a message asks for, if it asks for one; one per person and trouble."""
    kind = _step_of(message)
    said = kind_or_none(message.kind)
    if kind is None or (said is not None and said.confidential and kind != MessageStep.SHUT_OUT):
        return
    open_step(
        branch=message.branch,
        kind=kind,
        key=step_key(message, kind),
        by=by,
        now=now,
        person=None if kind == MessageStep.SHUT_OUT else message.person,
        due_on=local_day(now, message.branch.timezone),
        text=_said_of(message, kind),
        rank=FIRST if kind == MessageStep.SHUT_OUT else RANK,
        subject_type="message",
        subject_id=message.pk,
    )


def close_step_of(message: Message, *, by: Actor, now: datetime) -> None:
    """Close what a message left open."""
    for kind in set(MessageStep) - {MessageStep.SHUT_OUT}:
        close_steps(branch=message.branch, key=step_key(message, kind), by=by, now=now)


def let_in_again(message: Message, *, by: Actor, now: datetime) -> None:
    """Close the step about the provider's key once a message has gone through."""
    close_steps(branch=message.branch, key=step_key(message, MessageStep.SHUT_OUT), by=by, now=now)


def step_key(message: Message, kind: str) -> str:
    """Name of a step: one per channel about a provider, one per person about an address, else one each."""
    if kind == MessageStep.SHUT_OUT:
        return f"provider:{message.channel}"
    by_hand = kind in BY_HAND.values() or message.person_id is None
    return f"message:{message.pk}:{kind}" if by_hand else f"reach:{message.person_id}:{kind}"


def _step_of(message: Message) -> MessageStep | None:
    if message.state == DeliveryState.HANDED:
        return BY_HAND[Channel(message.channel)]
    if message.state == DeliveryState.BOUNCED:
        return MessageStep.BOUNCED
    if message.state == DeliveryState.FAILED:
        return MessageStep.FAILED
    if message.state == DeliveryState.WAITING and message.reason == Why.SHUT_OUT:
        return MessageStep.SHUT_OUT
    cannot = message.state == DeliveryState.WITHHELD and message.reason in (Why.NO_ADDRESS, Why.STOPPED)
    return MessageStep.UNREACHABLE if cannot else None


def _said_of(message: Message, kind: str) -> str:
    if kind == MessageStep.SHUT_OUT:
        return message.trouble[:200]
    said = kind_or_none(message.kind)
    return str(said.title)[:200] if said else ""
