"""What counts of a meeting, and the step by which a coordinator learns that two people say it differently."""

from datetime import date, datetime, timedelta

from traboule.apps.duos.actions._meetings import today_of
from traboule.apps.duos.enums_meetings import Agreement, MeetingState, MeetingStep, Teller
from traboule.apps.duos.models import Meeting, MeetingLog
from traboule.apps.steps.actions import close_steps, open_step
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.kernel.accounts import Account, Value, value_of

DIFFERS_RANK, OPEN_RANK = 80, 58
DIFFERS_DAYS, OPEN_DAYS = 3, 0
A_WEEK = timedelta(days=7)


def apply_value(meeting: Meeting) -> Value:
    """What counts of what was said. The word of the team counts only where neither of the two said one."""
    logs = list(MeetingLog.everywhere.filter(meeting=meeting, replaced_at=None))
    own = [log for log in logs if log.side != Teller.COORDINATOR]
    return value_of([Account(log.outcome, log.minutes) for log in own or logs])


def others_of(meeting: Meeting, day: date) -> list[tuple[date, int]]:
    """Day and minutes of what else the duo counts around ``day``."""
    rows = Meeting.everywhere.filter(
        duo=meeting.duo,
        state=MeetingState.HELD,
        planned_at__gt=meeting.planned_at - A_WEEK,
        planned_at__lt=meeting.planned_at + A_WEEK,
    ).exclude(pk=meeting.pk)
    zone = meeting.duo.branch.timezone
    return [
        (local_day(at, zone), minutes or 0) for at, minutes in rows.values_list("planned_at", "met_minutes")
    ]


def say_difference(meeting: Meeting, by: Actor, now: datetime) -> None:
    """Open the step that fits the words of the two, and close the one that does not any more."""
    duo = meeting.duo
    kinds = {
        Agreement.OPEN: (MeetingStep.OPEN, OPEN_RANK, OPEN_DAYS),
        Agreement.LOWER: (MeetingStep.DIFFERS, DIFFERS_RANK, DIFFERS_DAYS),
    }
    wanted = kinds.get(Agreement(meeting.agreement)) if meeting.agreement else None
    for kind in MeetingStep:
        if wanted is None or wanted[0] != kind:
            close_steps(branch=duo.branch, key=f"{kind}:{meeting.pk}", by=by, now=now)
    if wanted is None:
        return
    kind, rank, days = wanted
    open_step(
        branch=duo.branch,
        kind=kind,
        key=f"{kind}:{meeting.pk}",
        by=by,
        now=now,
        person=duo.mentee,
        due_on=today_of(duo, now) + timedelta(days=days),
        owner=duo.owner,
        text=duo.mentor.display_name,
        rank=rank,
        subject_type="duo",
        subject_id=duo.pk,
    )
