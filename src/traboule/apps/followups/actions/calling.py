"""After a call the coordinator notes what came of it; an answer by link meanwhile is not overwritten."""

from datetime import datetime

from django.db import transaction

from traboule.apps.followups.actions._telling import tell_on
from traboule.apps.followups.actions._writing import ask_to_call, login_id, move, record
from traboule.apps.followups.actions.answering import WITH_HOURS, FollowUpOver, open_to_answer, refused
from traboule.apps.followups.enums import CallResult, Through
from traboule.apps.followups.models import FollowUp
from traboule.apps.followups.own_enums import Hours, Leads, Now, Since
from traboule.apps.people.actions.contact import touch
from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.permissions import authorise
from traboule.core.scope import locked
from traboule.kernel.calendar import working_days_after
from traboule.kernel.lifecycle import FOLLOW_UP

AGAIN_WITHIN = 3  # working days


@transaction.atomic
def note_call(
    *,
    row: FollowUp,
    result: CallResult,
    by: Actor,
    now: datetime,
    what: str = "",
    since: str = "",
    hours: int | None = None,
    leads: str = "",
    ask_again: bool | None = None,
) -> FollowUp:
    """Note a call: what the person told, that they would rather not, nobody there, or not to be reached.

    Raises FollowUpOver if it was answered meanwhile, ValueError for an answer without a word of ours;
    NotVisible, NotAllowed.
    """
    authorise(by, Permission.OUTCOMES_WRITE, row.branch_id)
    found = locked(row)
    if not open_to_answer(found):
        raise FollowUpOver
    found.calls, found.tried_at, found.noted_by_id = found.calls + 1, now, login_id(by)
    if result == CallResult.ANSWERED:
        found.now, found.since = Now(what), Since(since) if since else ""
        found.hours = Hours(hours) if hours and what in WITH_HOURS else None
        found.leads = Leads(leads) if leads and what == Now.TRAINING else ""
        _answered(found, ask_again, by, now)
    elif result == CallResult.REFUSED:
        refused(found, Through.CALL, by, now)
    elif result == CallResult.UNREACHABLE:
        _lost(found, by, now)
    else:
        _again(found, by, now)
    return found


def _answered(row: FollowUp, ask_again: bool | None, by: Actor, now: datetime) -> None:
    move(row, "reach", by, now)
    row.through, row.answered_at, row.done_at, row.ask_again = Through.CALL, now, now, ask_again
    row.save()  # before it is told on: telling looks for questions that still wait
    row.outcome = tell_on(row, by, now)
    row.save(update_fields=["outcome"])
    touch(row.person_id, now)
    record(row, "answered", by, now, calls=row.calls)


def _lost(row: FollowUp, by: Actor, now: datetime) -> None:
    if not FOLLOW_UP.allows(row.state, "lose"):
        raise FollowUpOver
    move(row, "lose", by, now)
    row.save()
    tell_on(row, by, now)
    record(row, "unreachable", by, now, calls=row.calls)


def _again(row: FollowUp, by: Actor, now: datetime) -> None:
    """Nobody there: the step gets another day."""
    if FOLLOW_UP.allows(row.state, "call"):
        move(row, "call", by, now)
    if not row.is_open:
        raise FollowUpOver
    row.save()
    ask_to_call(row, working_days_after(local_day(now, row.branch.timezone), AGAIN_WITHIN), by, now)
    record(row, "tried", by, now, calls=row.calls)
