"""The clock of this app: run by the worker, safe to run twice and after days asleep."""

from datetime import date, datetime, timedelta

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import OPEN_DUO_STATES, DuoState
from traboule.apps.duos.models import Duo
from traboule.apps.endings.actions.choices import ask_again, ask_choice
from traboule.apps.endings.actions.talks import plan_talk, raise_talk
from traboule.apps.endings.actions.well_being import ask_well_being
from traboule.apps.endings.enums import TalkState
from traboule.apps.endings.models import ClosingTalk, MentorChoice, WellBeing
from traboule.apps.support.queries.absences import away_among
from traboule.core.actors import system
from traboule.core.days import local_day
from traboule.core.each import Apart, each_apart
from traboule.kernel.calendar import months_after
from traboule.kernel.endings import LAST_WEEKS, WELL_BEING_MONTHS

CLOCK = system("clock of endings")
PEOPLE = ("branch__organisation", "mentee", "mentor", "started_by", "coordinator")
# After an early end the mentor is left in peace first. What ended long before Traboule knew is not asked.
ASK_AFTER, TOO_LATE = timedelta(days=14), timedelta(days=45)


def tick_endings(now: datetime) -> None:
    """Do what is due at ``now``, branch by branch."""
    with each_apart() as apart:
        for branch in Branch.objects.select_related("organisation").order_by("pk"):
            with apart.one(branch):
                _tick_branch(branch, now)


def _tick_branch(branch: Branch, now: datetime) -> None:
    today = local_day(now, branch.timezone)
    with each_apart() as apart:
        _talks(branch, today, apart, now)
        _choices(branch, today, apart, now)
        _well_being(branch, today, apart, now)


def _talks(branch: Branch, today: date, apart: Apart, now: datetime) -> None:
    new = Duo.everywhere.filter(branch=branch, state__in=OPEN_DUO_STATES, closing_talk=None)
    for duo in new.select_related("branch"):
        with apart.one(duo):
            plan_talk(duo=duo, by=CLOCK, now=now)
    near = ClosingTalk.everywhere.filter(
        duo__branch=branch,
        duo__state=DuoState.ACTIVE,
        state=TalkState.PLANNED,
        raised=False,
        duo__ends_on__lte=today + LAST_WEEKS,
    )
    for talk in near.select_related(*(f"duo__{name}" for name in PEOPLE)):
        with apart.one(talk):
            raise_talk(talk=talk, today=today, by=CLOCK, now=now)


def _choices(branch: Branch, today: date, apart: Apart, now: datetime) -> None:
    ended = Duo.everywhere.filter(
        branch=branch,
        state=DuoState.CLOSED,
        mentor_choice=None,
        mentor__archived_at=None,
        closed_on__lte=today - ASK_AFTER,
        closed_on__gt=today - TOO_LATE,
    )
    for duo in ended.select_related(*PEOPLE):
        with apart.one(duo):
            ask_choice(duo=duo, by=CLOCK, now=now)
    due = MentorChoice.everywhere.filter(
        duo__branch=branch, ask_again_on__lte=today, asked_again_at=None, person__archived_at=None
    )
    for choice in due.select_related("person", *(f"duo__{name}" for name in PEOPLE)):
        with apart.one(choice):
            ask_again(choice=choice, by=CLOCK, now=now)


def _well_being(branch: Branch, today: date, apart: Apart, now: datetime) -> None:
    """A month that a sleeping clock missed for long is not asked any more; nobody is asked while away."""
    first = months_after(today, -min(WELL_BEING_MONTHS))
    running = Duo.everywhere.filter(branch=branch, state=DuoState.ACTIVE, started_on__lte=first)
    rows = list(running.select_related("support", *PEOPLE))
    asked = set(WellBeing.everywhere.filter(duo__in=rows).values_list("duo_id", "month"))
    away = away_among({duo.mentor_id for duo in rows}, today)
    for duo in rows:
        support = getattr(duo, "support", None)
        rested = timedelta(days=support.rested_days if support is not None else 0)
        for month in WELL_BEING_MONTHS:
            due = months_after(duo.started_on, month) + rested
            is_due = due <= today < due + ASK_AFTER and due <= duo.ends_on
            if is_due and (duo.pk, month) not in asked and duo.mentor_id not in away:
                with apart.one(duo):
                    ask_well_being(duo=duo, month=month, by=CLOCK, now=now)
