"""The first meeting of three: booked, moved, said "I can" to, and what became of it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation

from traboule.apps.branches.models import Venue
from traboule.apps.duos.enums import OPEN_DUO_STATES, Coming, FirstMeetingState, FirstStep
from traboule.apps.duos.models import Duo, FirstMeeting
from traboule.apps.duos.rules import human
from traboule.apps.duos.validators import plain
from traboule.apps.messages.actions import tell
from traboule.apps.messages.words import said_day, said_hour
from traboule.apps.people.enums import Permission, Side
from traboule.apps.steps.actions import close_steps, open_step
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.languages import interface
from traboule.core.links import address_of, make_link, withdraw_links
from traboule.core.permissions import authorise
from traboule.kernel.lifecycle import FIRST_MEETING, IllegalMove

# One right per side: a link answers for one person.
RIGHTS = {Side.MENTEE.value: "first_meeting.mentee", Side.MENTOR.value: "first_meeting.mentor"}


class InThePast(ValueError):
    """The date lies behind us."""


class NowhereToMeet(ValueError):
    """A place of the branch or a written one is needed."""


class AlreadyHeld(Exception):
    """The first meeting took place."""


@transaction.atomic
def book_first_meeting(
    *, duo: Duo, starts_at: datetime, by: Actor, now: datetime, venue: Venue | None = None, place: str = ""
) -> FirstMeeting:
    """Book it, or move it: an earlier date ends as moved, and both are told the new one.

    Raises InThePast, NowhereToMeet, AlreadyHeld, IllegalMove for a closed duo.
    """
    authorise(by, Permission.DUOS_WRITE, duo.branch_id)
    login = human(by)
    duo = _held(duo)
    where = plain(f"{venue.name}, {venue.full_address}" if venue else place, 300)
    if starts_at <= now:
        raise InThePast
    if not where:
        raise NowhereToMeet
    if duo.state not in OPEN_DUO_STATES:
        raise IllegalMove("duo", duo.state, "meet")
    rows = FirstMeeting.everywhere.filter(duo=duo)
    if rows.filter(state=FirstMeetingState.HELD).exists():
        raise AlreadyHeld
    for earlier in rows.filter(state=FirstMeetingState.PLANNED):
        _close(earlier, "move", login, by, now)
    meeting = FirstMeeting.everywhere.create(
        duo=duo, starts_at=starts_at, venue=venue, place=where, booked_by_id=login, booked_at=now
    )
    for side in Side.values:
        _invite(meeting, side, by, now)
    _record(meeting, "first_meeting.booked", by, now, starts_at=starts_at)
    return meeting


@transaction.atomic
def say_coming(*, meeting: FirstMeeting, side: str, coming: Coming, by: Actor, now: datetime) -> FirstMeeting:
    """One of the two says "I can" or "I cannot"; the latter becomes a step. Raises IllegalMove."""
    meeting = _locked(meeting)
    if meeting.state != FirstMeetingState.PLANNED:
        raise IllegalMove("first_meeting", meeting.state, "answer")
    setattr(meeting, f"{side}_says", Coming(coming))
    meeting.save(update_fields=[f"{side}_says"])
    person = meeting.duo.mentee if side == Side.MENTEE else meeting.duo.mentor
    key = f"{FirstStep.CANNOT_COME}:{meeting.pk}:{side}"
    if coming == Coming.CAN:
        close_steps(branch=meeting.duo.branch, key=key, by=by, now=now)
    else:
        open_step(
            branch=meeting.duo.branch,
            kind=FirstStep.CANNOT_COME,
            key=key,
            by=by,
            now=now,
            person=person,
            due_on=local_day(now, meeting.duo.branch.timezone) + timedelta(days=1),
            owner=meeting.booked_by,
            rank=20,
            subject_type="duo",
            subject_id=meeting.duo_id,
        )
    _record(meeting, "first_meeting.answered", by, now, side=side, coming=str(coming))
    return meeting


@transaction.atomic
def close_first_meeting(*, meeting: FirstMeeting, held: bool, by: Actor, now: datetime) -> FirstMeeting:
    """Write down that it took place, or that it did not. Raises IllegalMove."""
    authorise(by, Permission.DUOS_WRITE, meeting.duo.branch_id)
    login = human(by)
    meeting = _locked(meeting)
    _close(meeting, "hold" if held else "miss", login, by, now)
    return meeting


def _close(meeting: FirstMeeting, move: str, login: int, by: Actor, now: datetime) -> None:
    meeting.state = FIRST_MEETING.after(meeting.state, move)
    meeting.closed_by_id, meeting.closed_at = login, now
    meeting.save(update_fields=["state", "closed_by", "closed_at"])
    withdraw_links(subject_type="firstmeeting", subject_id=meeting.pk, now=now)
    for side in Side.values:
        key = f"{FirstStep.CANNOT_COME}:{meeting.pk}:{side}"
        close_steps(branch=meeting.duo.branch, key=key, by=by, now=now)
    _record(meeting, f"first_meeting.{meeting.state}", by, now)


def _invite(meeting: FirstMeeting, side: str, by: Actor, now: datetime) -> None:
    duo = meeting.duo
    reader, other = (duo.mentee, duo.mentor) if side == Side.MENTEE else (duo.mentor, duo.mentee)
    secret = make_link(
        right=RIGHTS[side],
        subject_type="firstmeeting",
        subject_id=meeting.pk,
        scope=duo.branch_id,
        now=now,
        ends_at=meeting.starts_at,
    )
    values = {
        "first_name": reader.first_name,
        "other": other.first_name,
        "when": said_when(meeting.starts_at, duo.branch.timezone, interface(reader.contact_language)),
        "where": meeting.place,
        # In a text message up to the first comma: the whole address stands behind its link.
        "place": meeting.place.partition(",")[0],
        "branch": duo.branch.name,
        "link": address_of(secret),
    }
    tell(
        branch=duo.branch,
        kind="first_meeting.booked",
        event=f"first_meeting:{meeting.pk}",
        values=values,
        by=by,
        now=now,
        person=reader,
        not_after=meeting.starts_at,
    )


def said_when(moment: datetime, timezone: str, language: str) -> str:
    """Return "Tuesday 9 December, 10:00" by the clock of the branch."""
    local = moment.astimezone(ZoneInfo(timezone)).replace(tzinfo=None)
    with translation.override(language):
        return f"{said_day(local.date(), language)}, {said_hour(local)}"


def _held(duo: Duo) -> Duo:
    rows = Duo.everywhere.select_for_update(of=("self",)).select_related("mentee", "mentor", "branch")
    return rows.get(pk=duo.pk)


def _locked(meeting: FirstMeeting) -> FirstMeeting:
    _held(meeting.duo)
    rows = FirstMeeting.everywhere.select_for_update(of=("self",))
    people = ("duo__mentee", "duo__mentor", "duo__branch", "booked_by")
    return rows.select_related(*people).get(pk=meeting.pk)


def _record(meeting: FirstMeeting, verb: str, by: Actor, now: datetime, **facts: object) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=meeting.duo.branch_id,
        verb=verb,
        subject_type="duo",
        subject_id=meeting.duo_id,
        facts={"meeting": meeting.pk, **facts},
    )
