"""What a mentee taps, step by step; sent off it becomes an outcome or an answer, in one place only."""

from datetime import datetime

from django.db import transaction

from traboule.apps.followups.actions._telling import tell_on
from traboule.apps.followups.actions._writing import move, record, shut_links
from traboule.apps.followups.actions.asking import give_to_call
from traboule.apps.followups.enums import FollowUpState, Through
from traboule.apps.followups.models import FollowUp
from traboule.apps.followups.own_enums import Hours, Leads, Now, Since
from traboule.apps.people.actions.contact import touch
from traboule.apps.people.actions.own import authorise_own
from traboule.core.actors import Actor
from traboule.core.scope import locked
from traboule.kernel.lifecycle import FOLLOW_UP

WITH_HOURS = (Now.JOB, Now.INTERNSHIP, Now.TRAINING)


class FollowUpOver(ValueError):
    """Sent off already, known another way, or nobody asks any more."""


def open_to_answer(row: FollowUp) -> bool:
    """Say whether a person may still tap: asked, or not sent off yet, or given up by the team."""
    return row.done_at is None and FOLLOW_UP.allows(row.state, "reach")


@transaction.atomic
def say_now(*, row: FollowUp, what: Now, by: Actor, now: datetime) -> FollowUp:
    """The first tap: it counts as an answer at once, and going back changes it.

    Raises FollowUpOver; NotAllowed for anybody else.
    """
    found = _open(row, by)
    move(found, "reach", by, now)
    if found.now != what:
        found.leads, found.since, found.hours = "", "", None
    found.now, found.through, found.answered_at = what, Through.LINK, now
    found.save()
    touch(found.person_id, now)
    record(found, "answered", by, now)
    return found


@transaction.atomic
def say_more(
    *, row: FollowUp, since: str, hours: int | None, leads: str, by: Actor, now: datetime
) -> FollowUp:
    """The second tap: roughly since when, how many hours, what kind of training; each may be left out.

    Raises FollowUpOver, also before the first tap; NotAllowed for anybody else.
    """
    found = _open(row, by)
    if not found.now:
        raise FollowUpOver
    found.since = Since(since) if since else ""
    found.hours = Hours(hours) if hours and found.now in WITH_HOURS else None
    found.leads = Leads(leads) if leads and found.now == Now.TRAINING else ""
    found.save(update_fields=["since", "hours", "leads"])
    return found


@transaction.atomic
def send_off(*, row: FollowUp, ask_again: bool | None, by: Actor, now: datetime) -> FollowUp:
    """The third tap: the answer stands and is told on; two at once are one.

    Raises FollowUpOver, also before the first tap; NotAllowed for anybody else.
    """
    found = _open(row, by)
    if not found.now:
        raise FollowUpOver
    found.ask_again, found.done_at = ask_again, now
    found.outcome = tell_on(found, by, now)
    found.save(update_fields=["ask_again", "done_at", "outcome"])
    record(found, "sent_off", by, now)
    return found


@transaction.atomic
def refuse_follow_up(*, row: FollowUp, by: Actor, now: datetime) -> FollowUp:
    """The person would rather not say: it is over, and nothing follows from it.

    Raises FollowUpOver; NotAllowed for anybody else.
    """
    found = _open(row, by)
    refused(found, Through.LINK, by, now)
    return found


def refused(row: FollowUp, through: Through, by: Actor, now: datetime) -> None:
    """Write a refusal down, whoever heard it."""
    move(row, "refuse", by, now)
    row.now, row.leads, row.since, row.hours, row.answered_at = "", "", "", None, None
    row.through, row.done_at = through, now
    row.save()
    touch(row.person_id, now)
    tell_on(row, by, now)
    record(row, "refused", by, now)


@transaction.atomic
def wrong_hands(*, row: FollowUp, by: Actor, now: datetime) -> FollowUp:
    """Whoever opened the link says that it is not for them: no link opens it any more, somebody calls."""
    found = _open(row, by)
    if found.state == FollowUpState.REACHED:  # what a stranger tapped is no answer
        raise FollowUpOver
    shut_links(found, now)
    record(found, "wrong_hands", by, now)
    return give_to_call(row=found, by=by, now=now)


def _open(row: FollowUp, by: Actor) -> FollowUp:
    """The row under a lock, still open to an answer. Raises FollowUpOver, NotAllowed."""
    authorise_own(row.person, by)
    found = locked(row)
    if not open_to_answer(found):
        raise FollowUpOver
    return found
