"""What the actions of meetings share: who may speak for whom, one way to move a state, one audit entry."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from traboule.apps.duos.enums_meetings import MeetingState
from traboule.apps.duos.models import Duo, Meeting
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.permissions import NotAllowed, authorise
from traboule.core.registry import may_stand_in
from traboule.kernel.lifecycle import meeting_move


def authorise_side(duo: Duo, side: str, by: Actor, now: datetime | None = None) -> None:
    """Return if ``by`` may speak for ``side``: the team for both, each of the two for themselves.

    Given ``now``, whoever stands in for the mentor that day may speak for the mentor, too.
    The system stands for a link whose door has proven the side. Raises NotVisible, NotAllowed.
    """
    if by.may(Permission.DUOS_WRITE, duo.branch_id):
        return
    authorise(by, Permission.OWN_SEE, duo.branch_id)
    own = {"mentor": duo.mentor_id, "mentee": duo.mentee_id}.get(side)
    login = Login.objects.filter(pk=by.id, is_active=True).first() if by.id is not None else None
    person = login.person_id if login is not None else None
    if own is not None and person == own:
        return
    if side != "mentor" or person is None or now is None:
        raise NotAllowed(Permission.DUOS_WRITE)
    if not may_stand_in(person, duo.pk, today_of(duo, now)):
        raise NotAllowed(Permission.DUOS_WRITE)


def login_of(by: Actor) -> int | None:
    """The login that acts, or None for a link or the clock."""
    return by.id if by.kind is ActorKind.LOGIN else None


def zone_of(duo: Duo) -> ZoneInfo:
    """The time zone of the branch: the two live by its clock on the wall."""
    return ZoneInfo(duo.branch.timezone)


def today_of(duo: Duo, now: datetime) -> date:
    """The calendar day of the branch."""
    return local_day(now, duo.branch.timezone)


def held_duo(duo_id: int) -> Duo:
    """Lock a duo and read it with its branch and its two people: always the first lock of a meeting."""
    rows = Duo.everywhere.select_for_update(of=("self",))
    return rows.select_related("branch", "mentor", "mentee", "coordinator", "started_by").get(pk=duo_id)


def held_meeting(meeting: Meeting) -> Meeting:
    """Lock the duo, then the meeting, and read both anew."""
    duo = held_duo(meeting.duo_id)
    row = Meeting.everywhere.select_for_update(of=("self",)).get(pk=meeting.pk)
    row.duo = duo
    return row


def set_state(meeting: Meeting, to: str, now: datetime, **fields: Any) -> str:
    """Write a new state, by a move that the kernel knows; return the move. Raises IllegalMove."""
    move = meeting_move(meeting.state, to)
    values = {"cancelled_because": "", "met_minutes": None} | fields
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.state, meeting.changed_at = MeetingState(to), now
    meeting.sequence += 1
    meeting.save()
    return move


def record(meeting: Meeting, verb: str, by: Actor, now: datetime, **facts: object) -> None:
    """Append one entry about a meeting."""
    audit.record(
        by=by,
        now=now,
        branch_id=meeting.duo.branch_id,
        verb=verb,
        subject_type="meeting",
        subject_id=meeting.pk,
        facts={"duo": meeting.duo_id, "state": str(meeting.state), **facts},
    )
