"""Sending what is due: the send decision once more, then the way out, then what became of it."""

from datetime import datetime

from django.db import transaction

from traboule.apps.messages.actions.leaving import BY_HAND, leave_step, let_in_again
from traboule.apps.messages.actions.receipts import record_stop
from traboule.apps.messages.enums import DeliveryState, Why
from traboule.apps.messages.models import Beat, Message
from traboule.apps.messages.post import Post
from traboule.apps.messages.queries.facts import facts_of
from traboule.apps.messages.queries.lists import WORKER
from traboule.apps.messages.rules import Verdict, decide
from traboule.apps.messages.sms import Refused, Stopped
from traboule.apps.people.enums import Channel
from traboule.core.actors import Actor
from traboule.core.outbox import Outcome, Watch, unwatched, work_off

BATCH = 20  # at ten seconds for the slowest answer it stays well inside the lease


def deliver_due(*, by: Actor, now: datetime, limit: int = BATCH, watch: Watch = unwatched) -> int:
    """Send one batch of what is due at ``now`` and return how many messages it held; 0: nothing is due."""
    with Post() as post:
        return work_off(
            Message,
            now=now,
            send=lambda message: _send(message, post, now),
            after=lambda message, outcome: _after(message, outcome, by, now),
            limit=limit,
            watch=watch,
        )


@transaction.atomic
def beat(*, now: datetime, trouble: str = "") -> Beat:
    """Write down that the worker is alive; ``trouble`` is what went wrong in its last round."""
    row, _new = Beat.objects.update_or_create(name=WORKER, defaults={"at": now, "trouble": trouble[:200]})
    return row


def _send(message: Message, post: Post, now: datetime) -> Outcome:
    decision = decide(facts_of(message, branch=message.branch, person=message.person, at=now))
    if decision.verdict is Verdict.WITHHOLD:
        return Outcome(DeliveryState.WITHHELD, decision.why or "")
    if decision.verdict is Verdict.MOVE:
        return Outcome(DeliveryState.WAITING, decision.why or "", {"due_at": decision.due_at, "attempts": 0})
    if Channel(message.channel) in BY_HAND:
        return Outcome(DeliveryState.HANDED, "", {"sent_at": now})
    try:
        receipt = (post.text if message.channel == Channel.SMS else post.mail)(message)
    except Stopped as stopped:
        return Outcome(DeliveryState.WITHHELD, Why.STOPPED, {"trouble": str(stopped)[:200]})
    except Refused as refused:
        return Outcome(DeliveryState.BOUNCED, Why.ADDRESS_REFUSED, {"trouble": str(refused)[:200]})
    return Outcome(DeliveryState.SENT, "", {"sent_at": now, "receipt": receipt, "trouble": ""})


def _after(message: Message, outcome: Outcome, by: Actor, now: datetime) -> None:
    message.state, message.reason = outcome.state, outcome.reason
    message.trouble = str(outcome.values.get("trouble", message.trouble))
    leave_step(message, by=by, now=now)
    if outcome.reason == Why.STOPPED:  # a provider may know it before us
        channel = Channel(message.channel)
        record_stop(channel=channel, address=message.address, person=message.person, by=by, now=now)
    if outcome.state == DeliveryState.SENT and message.channel == Channel.SMS:
        let_in_again(message, by=by, now=now)
