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


def leave_step(message: Message, *, by: Actor, now: datetime) -> None:
    """Open the step that the state of a message asks for, if it asks for one; one per person and trouble."""
    kind = _step_of(message)
    if kind is None:
        return
    said = kind_or_none(message.kind)
    open_step(
        branch=message.branch,
        kind=kind,
        key=step_key(message, kind),
        by=by,
        now=now,
        person=message.person,
        due_on=local_day(now, message.branch.timezone),
        text=str(said.title)[:200] if said else "",
        rank=RANK,
        subject_type="message",
        subject_id=message.pk,
    )


def close_step_of(message: Message, *, by: Actor, now: datetime) -> None:
    """Close what a message left open."""
    for kind in MessageStep:
        close_steps(branch=message.branch, key=step_key(message, kind), by=by, now=now)


def step_key(message: Message, kind: str) -> str:
    """Name of a step: troubles with an address are one per person, handed messages one each."""
    by_hand = kind in BY_HAND.values() or message.person_id is None
    return f"message:{message.pk}:{kind}" if by_hand else f"reach:{message.person_id}:{kind}"


def _step_of(message: Message) -> MessageStep | None:
    if message.state == DeliveryState.HANDED:
        return BY_HAND[Channel(message.channel)]
    if message.state == DeliveryState.BOUNCED:
        return MessageStep.BOUNCED
    if message.state == DeliveryState.FAILED:
        return MessageStep.FAILED
    cannot = message.state == DeliveryState.WITHHELD and message.reason in (Why.NO_ADDRESS, Why.STOPPED)
    return MessageStep.UNREACHABLE if cannot else None
