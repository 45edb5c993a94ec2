"""The clock of this app: run by the worker, safe to run twice and after days asleep."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from traboule.apps.branches.models import Branch
from traboule.apps.followups.actions.answering import send_off
from traboule.apps.followups.actions.asking import (
    ask_follow_up,
    give_to_call,
    open_follow_up,
    remind_of_follow_up,
    stand_down,
)
from traboule.apps.followups.actions.hearing import stop_asking
from traboule.apps.followups.enums import FollowUpState, NotAsked
from traboule.apps.followups.models import FollowUp
from traboule.apps.followups.queries.standing import (
    Heard,
    against_among,
    heard_among,
    open_rows,
    to_open,
    with_all,
)
from traboule.apps.support.queries.absences import away_among
from traboule.core.actors import system
from traboule.core.days import local_day
from traboule.core.each import Apart, each_apart
from traboule.kernel.followups import GIVE_UP_DAYS, Due, what_is_due

CLOCK = system("clock of follow-up")
# Whoever tapped once and stopped there has answered.
HALF = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Known:
    """What is read at once of all open rows: what stands against asking, what was heard, who is away."""

    against: dict[int, NotAsked]
    heard: dict[int, Heard]
    away: set[int]


def tick_follow_ups(now: datetime) -> None:
    """Do what is due at ``now``, branch by branch."""
    with each_apart() as apart:
        for branch in Branch.objects.select_related("organisation").order_by("pk"):
            with apart.one(branch):
                _tick_branch(branch, now)


def _tick_branch(branch: Branch, now: datetime) -> None:
    today = local_day(now, branch.timezone)
    with each_apart() as apart:
        for duo, month, day in to_open(branch, today):
            with apart.one(duo):
                open_follow_up(duo=duo, month=month, due_on=day, by=CLOCK, now=now)
        rows = list(open_rows(branch))
        known = Known(
            against_among(rows), heard_among(rows), away_among({row.person_id for row in rows}, today)
        )
        for row in rows:
            with apart.one(row):
                _follow(row, known, today, now)
        _send_off_halves(branch, apart, now)


def _follow(row: FollowUp, known: Known, today: date, now: datetime) -> None:
    """First whether to ask at all, then whether we know, then what is due."""
    against = known.against.get(row.pk)
    if against is None and row.state == FollowUpState.TO_CALL and (today - row.due_on).days > GIVE_UP_DAYS:
        against = NotAsked.NO_CALL
    if against is not None:
        stand_down(row=row, why=against, by=CLOCK, now=now)
        return
    heard = known.heard.get(row.pk)
    if heard is not None:
        stop_asking(row=row, found=heard, by=CLOCK, now=now)
    elif row.state != FollowUpState.TO_CALL and row.person_id not in known.away:
        _ask(row, today, now)


def _ask(row: FollowUp, today: date, now: datetime) -> None:
    if row.asked_at is None or row.tried_at is None:
        ask_follow_up(row=row, by=CLOCK, now=now)
        return
    asked_on, tried_on = (local_day(at, row.branch.timezone) for at in (row.asked_at, row.tried_at))
    due = what_is_due(asked_on, row.reminders, tried_on, today, by_hand=row.by_hand)
    if due is Due.REMIND:
        remind_of_follow_up(row=row, by=CLOCK, now=now)
    elif due is Due.CALL:
        give_to_call(row=row, by=CLOCK, now=now)


def _send_off_halves(branch: Branch, apart: Apart, now: datetime) -> None:
    halves = FollowUp.everywhere.filter(
        branch=branch, state=FollowUpState.REACHED, done_at=None, answered_at__lte=now - HALF
    )
    for row in with_all(halves):
        with apart.one(row):
            send_off(row=row, ask_again=None, by=CLOCK, now=now)
