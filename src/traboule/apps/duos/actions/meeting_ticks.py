"""What time alone brings about: meetings planned ahead, a log that is missing, a reminder that was wished."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from traboule.apps.duos.actions import _meeting_messages as messages
from traboule.apps.duos.actions._meetings import held_duo, held_meeting, today_of
from traboule.apps.duos.actions.rhythms import AHEAD, sync_plan
from traboule.apps.duos.enums import DuoState
from traboule.apps.duos.enums_meetings import MeetingState
from traboule.apps.duos.models import Duo, Meeting
from traboule.core.actors import system
from traboule.core.days import local_day
from traboule.core.each import each_apart
from traboule.core.registry import is_away

CLOCK = system("clock of meetings")
A_DAY_LATER = timedelta(days=1)
MENTEE_AFTER = timedelta(days=3)
# Who has not said it after two weeks is asked by a person, not by another message.
FORGOTTEN_AFTER = timedelta(days=14)


def tick_meetings(now: datetime) -> None:
    """Do what is due at ``now``; a clock that slept catches up, and twice changes nothing."""
    with each_apart() as apart:
        for duo in _to_plan(now):
            with apart.one(duo):
                plan_ahead(duo=duo, now=now)
        for meeting in _unlogged(now):
            with apart.one(meeting):
                ask_for_log(meeting=meeting, now=now)
        for meeting in _tomorrow(now):
            with apart.one(meeting):
                remind(meeting=meeting, now=now)


@transaction.atomic
def plan_ahead(*, duo: Duo, now: datetime) -> int:
    """Bring one duo's plan up to three weeks ahead."""
    return sync_plan(duo=held_duo(duo.pk), by=CLOCK, now=now)


@transaction.atomic
def ask_for_log(*, meeting: Meeting, now: datetime) -> None:
    """Ask the mentor for the log, or three days later the mentee. Nobody is asked while away."""
    meeting = held_meeting(meeting)
    duo, asked = meeting.duo, meeting.asked_mentor_at
    if meeting.state != MeetingState.PLANNED or duo.state != DuoState.ACTIVE or meeting.logs.exists():
        return
    days = {local_day(meeting.planned_at, duo.branch.timezone), today_of(duo, now)}
    away = {side: any(is_away(pk, day) for day in days) for side, pk in _ids(duo).items()}
    if asked is None and not away["mentor"]:
        _ask(meeting, "mentor", now)
        return
    since = asked or meeting.planned_at + A_DAY_LATER
    if meeting.asked_mentee_at is None and not away["mentee"] and now >= since + MENTEE_AFTER:
        _ask(meeting, "mentee", now)


@transaction.atomic
def remind(*, meeting: Meeting, now: datetime) -> None:
    """Remind whoever wishes it the day before; the words say "tomorrow", so on no other day."""
    meeting = held_meeting(meeting)
    duo = meeting.duo
    day = local_day(meeting.planned_at, duo.branch.timezone)
    stands = meeting.state == MeetingState.PLANNED and duo.state == DuoState.ACTIVE
    if not stands or day != today_of(duo, now) + timedelta(days=1):
        return
    for side, wanted in (("mentor", duo.remind_mentor), ("mentee", duo.remind_mentee)):
        if wanted and not is_away(_ids(duo)[side], day):
            messages.tell_side(
                meeting, side, "meeting.tomorrow", by=CLOCK, now=now, not_after=meeting.planned_at
            )


def _ask(meeting: Meeting, side: str, now: datetime) -> None:
    until = meeting.planned_at + FORGOTTEN_AFTER + MENTEE_AFTER
    messages.tell_side(meeting, side, "meeting.log", by=CLOCK, now=now, link=True, not_after=until)
    name = f"asked_{side}_at"
    setattr(meeting, name, now)
    meeting.save(update_fields=[name])


def _ids(duo: Duo) -> dict[str, int]:
    return {"mentor": duo.mentor_id, "mentee": duo.mentee_id}


def _to_plan(now: datetime) -> list[Duo]:
    """Active duos with a rhythm whose plan does not reach three weeks ahead, or their end."""
    rows = Duo.everywhere.filter(state=DuoState.ACTIVE, plan_reaches__lt=F("ends_on"))
    return list(rows.filter(plan_reaches__lt=(now + AHEAD).date()).order_by("pk"))


def _unlogged(now: datetime) -> list[Meeting]:
    rows = Meeting.everywhere.filter(
        state=MeetingState.PLANNED,
        duo__state=DuoState.ACTIVE,
        planned_at__lte=now - A_DAY_LATER,
        planned_at__gt=now - FORGOTTEN_AFTER,
        logs=None,
        asked_mentee_at=None,
    )
    waiting = Q(asked_mentor_at=None) | Q(asked_mentor_at__lte=now - MENTEE_AFTER)
    return list(rows.filter(waiting).select_related("duo__branch").order_by("planned_at", "pk"))


def _tomorrow(now: datetime) -> list[Meeting]:
    rows = Meeting.everywhere.filter(
        Q(duo__remind_mentor=True) | Q(duo__remind_mentee=True),
        state=MeetingState.PLANNED,
        duo__state=DuoState.ACTIVE,
        planned_at__gt=now,
        planned_at__lte=now + timedelta(hours=24),
    )
    return list(rows.select_related("duo__branch", "duo__mentor", "duo__mentee").order_by("pk"))
