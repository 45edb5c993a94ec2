"""What time brings: a question is written down, asked, called to mind, given to a call, or let go."""

from datetime import date, datetime

from django.db import transaction

from traboule.apps.duos.models import Duo
from traboule.apps.followups.actions._writing import (
    ask_to_call,
    drop_step,
    event_of,
    link_to,
    move,
    record,
    shut_links,
)
from traboule.apps.followups.enums import FollowUpState, NotAsked
from traboule.apps.followups.follow_up_kinds import ASKED, REMINDER
from traboule.apps.followups.models import FollowUp
from traboule.apps.followups.queries.standing import way_to
from traboule.apps.messages.actions import tell
from traboule.apps.messages.enums import DeliveryState
from traboule.apps.people.enums import Channel
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.scope import locked
from traboule.kernel.calendar import working_days_after
from traboule.kernel.followups import is_too_late
from traboule.kernel.lifecycle import FOLLOW_UP

CALL_WITHIN = 5  # working days
BY_HAND = (Channel.LETTER, Channel.REFERRER)


@transaction.atomic
def open_follow_up(*, duo: Duo, month: int, due_on: date, by: Actor, now: datetime) -> FollowUp:
    """Write down that a mentee is to be asked; doing it twice changes nothing.

    A day that is long past is written down as not asked: nobody answers today how they were then.
    """
    defaults = {"branch": duo.branch, "person": duo.mentee, "due_on": due_on}
    row, is_new = FollowUp.everywhere.get_or_create(duo=duo, month=month, defaults=defaults)
    if is_new:
        record(row, "opened", by, now, due_on=due_on)
        if is_too_late(due_on, local_day(now, duo.branch.timezone)):
            return stand_down(row=row, why=NotAsked.TOO_LATE, by=by, now=now)
    return row


@transaction.atomic
def ask_follow_up(*, row: FollowUp, by: Actor, now: datetime) -> FollowUp:
    """Send the question; whom no message reaches is called instead. Twice sends once."""
    found = locked(row)
    if found.state != FollowUpState.DUE:
        return found
    way = way_to(found.person)
    if way is None or not _sent(found, ASKED, way, by, now):
        return _call(found, by, now)
    move(found, "ask", by, now)
    found.asked_at = found.tried_at = now
    found.by_hand = way in BY_HAND
    found.save(update_fields=["state", "asked_at", "tried_at", "by_hand"])
    record(found, "asked", by, now)
    return found


@transaction.atomic
def remind_of_follow_up(*, row: FollowUp, by: Actor, now: datetime) -> FollowUp:
    """Send the next reminder; of two workers with the same row the second one changes nothing."""
    found = locked(row)
    if found.reminders != row.reminders or not FOLLOW_UP.allows(found.state, "remind"):
        return found
    way = way_to(found.person)
    if way is None:
        return _call(found, by, now)
    found.reminders += 1
    _sent(found, REMINDER, way, by, now)
    move(found, "remind", by, now)
    found.tried_at = now
    found.save(update_fields=["state", "reminders", "tried_at"])
    record(found, "reminded", by, now, number=found.reminders)
    return found


@transaction.atomic
def give_to_call(*, row: FollowUp, by: Actor, now: datetime) -> FollowUp:
    """Messages brought no answer: somebody of the team calls, within a week."""
    found = locked(row)
    return _call(found, by, now) if FOLLOW_UP.allows(found.state, "call") else found


def _call(row: FollowUp, by: Actor, now: datetime) -> FollowUp:
    move(row, "call", by, now)
    row.save(update_fields=["state"])
    ask_to_call(row, working_days_after(local_day(now, row.branch.timezone), CALL_WITHIN), by, now)
    record(row, "to_call", by, now)
    return row


@transaction.atomic
def stand_down(*, row: FollowUp, why: NotAsked, by: Actor, now: datetime) -> FollowUp:
    """Nobody is asked, or not any more: its step, its links and what is still to be sent go."""
    found = locked(row)
    if not FOLLOW_UP.allows(found.state, "stand_down"):
        return found
    drop_step(found, by, now)
    move(found, "stand_down", by, now)
    found.why_not = why
    found.save(update_fields=["state", "why_not", "closed_at"])
    shut_links(found, now)
    record(found, "stood_down", by, now, why=str(why))
    return found


def _sent(row: FollowUp, kind: str, way: Channel, by: Actor, now: datetime) -> bool:
    """Tell the person, with a link of this message; False where the send decision says no."""
    message = tell(
        branch=row.branch,
        kind=kind,
        event=event_of(row),
        values={
            "first_name": row.person.first_name or row.person.display_name,
            "branch": row.branch.name,
            "link": link_to(row, now),
        },
        person=row.person,
        channel=way,
        by=by,
        now=now,
    )
    return message is not None and message.state != DeliveryState.WITHHELD
