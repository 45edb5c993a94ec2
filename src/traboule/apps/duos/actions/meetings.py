"""Planning, moving and cancelling one meeting. Both are told, in the same transaction."""

from datetime import datetime, timedelta

from django.db import transaction

from traboule.apps.duos.actions import _meeting_messages as messages
from traboule.apps.duos.actions._meetings import (
    authorise_side,
    held_duo,
    held_meeting,
    record,
    set_state,
)
from traboule.apps.duos.actions.errors_meetings import DuoRests, NotAhead, OutsideDuo
from traboule.apps.duos.enums import DuoState
from traboule.apps.duos.enums_meetings import Because, How, MeetingState, Source
from traboule.apps.duos.models import Duo, Meeting
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.kernel.lifecycle import MEETING
from traboule.kernel.rhythm import MINUTES

FARTHEST = timedelta(days=366)


@transaction.atomic
def plan_meeting(
    *,
    duo: Duo,
    side: str,
    at: datetime,
    by: Actor,
    now: datetime,
    minutes: int = MINUTES,
    how: str = How.IN_PERSON,
    place: str = "",
) -> Meeting:
    """Plan one meeting; the same time again returns the one that is there.

    Raises DuoRests, NotAhead, OutsideDuo.
    """
    authorise_side(duo, side, by, now)
    duo = held_duo(duo.pk)
    _plannable(duo, at, now)
    same = Meeting.everywhere.filter(duo=duo, planned_at=at, state=MeetingState.PLANNED).first()
    if same is not None:
        same.duo = duo
        return same
    meeting = Meeting.everywhere.create(
        duo=duo,
        planned_at=at,
        minutes=minutes,
        how=How(how),
        place=place.strip()[:120],
        source=Source(side),
        changed_at=now,
    )
    record(meeting, "meeting.planned", by, now, at=at.isoformat(), side=side)
    messages.tell_both(meeting, "meeting.planned", by=by, now=now, not_after=at)
    return meeting


@transaction.atomic
def move_meeting(*, meeting: Meeting, side: str, to: datetime, by: Actor, now: datetime) -> Meeting:
    """Move a planned meeting and return the new one; pressed twice, it is moved once.

    Raises IllegalMove, DuoRests, NotAhead, OutsideDuo.
    """
    authorise_side(meeting.duo, side, by, now)
    meeting = held_meeting(meeting)
    if meeting.moved_to is not None and meeting.moved_to.planned_at == to:
        meeting.moved_to.duo = meeting.duo
        return meeting.moved_to
    MEETING.after(meeting.state, "move")
    if to == meeting.planned_at:
        return meeting
    _plannable(meeting.duo, to, now)
    new = Meeting.everywhere.create(
        duo=meeting.duo,
        planned_at=to,
        minutes=meeting.minutes,
        how=meeting.how,
        place=meeting.place,
        source=Source(side),
        changed_at=now,
    )
    set_state(meeting, MeetingState.MOVED, now, moved_to=new)
    messages.withdraw(meeting)
    record(meeting, "meeting.moved", by, now, to=to.isoformat(), side=side, to_meeting=new.pk)
    messages.tell_both(new, "meeting.moved", by=by, now=now, not_after=to)
    return new


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, side: str, by: Actor, now: datetime) -> Meeting:
    """This one does not take place and no other is planned for it; twice changes nothing.

    Raises IllegalMove.
    """
    authorise_side(meeting.duo, side, by, now)
    meeting = held_meeting(meeting)
    if meeting.state == MeetingState.CANCELLED:
        return meeting
    MEETING.after(meeting.state, "cancel")
    set_state(meeting, MeetingState.CANCELLED, now, cancelled_because=Because.ASKED)
    messages.withdraw(meeting)
    record(meeting, "meeting.cancelled", by, now, side=side)
    if meeting.planned_at > now:
        messages.tell_both(meeting, "meeting.cancelled", by=by, now=now, not_after=meeting.planned_at)
    return meeting


@transaction.atomic
def wish_reminder(*, duo: Duo, side: str, wanted: bool, by: Actor, now: datetime) -> Duo:
    """Say whether one of the two wants to be reminded the day before; the other's wish stays.

    Nobody wishes for those for whom they stand in. Raises NotAllowed.
    """
    authorise_side(duo, side, by)
    duo = held_duo(duo.pk)
    name = "remind_mentor" if side == "mentor" else "remind_mentee"
    if getattr(duo, name) != wanted:
        setattr(duo, name, wanted)
        duo.save(update_fields=[name])
        _record_wish(duo, side, wanted, by, now)
    return duo


def _record_wish(duo: Duo, side: str, wanted: bool, by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=duo.branch_id,
        verb="duo.reminder_wished",
        subject_type="duo",
        subject_id=duo.pk,
        facts={"side": side, "wanted": wanted},
    )


def _plannable(duo: Duo, at: datetime, now: datetime) -> None:
    if duo.state != DuoState.ACTIVE:
        raise DuoRests
    if not now < at < now + FARTHEST:
        raise NotAhead
    if local_day(at, duo.branch.timezone) < duo.started_on:
        raise OutsideDuo
