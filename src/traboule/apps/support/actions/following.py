"""What time brings: check-ins are planned, asked for, raised when nobody held them, moved by a pause."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import OPEN_DUO_STATES, DuoState
from traboule.apps.duos.models import Duo
from traboule.apps.steps.actions import open_step
from traboule.apps.steps.enums import Closing
from traboule.apps.support.actions._writing import first_name, link_to, others_of, record, say
from traboule.apps.support.actions.check_ins import drop_step, step_key
from traboule.apps.support.enums import CheckInState, SupportStep
from traboule.apps.support.models import CheckIn, CheckInSide, DuoSupport, SupportSetting
from traboule.apps.support.queries.absences import away_among
from traboule.apps.support.queries.check_ins import SIDES, person_of
from traboule.apps.support.queries.settings import owner_of
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.each import Apart, each_apart
from traboule.core.models import AuditEntry
from traboule.core.scope import locked
from traboule.kernel.calendar import after_rest, check_in_days, lateness

ASK_BEFORE = timedelta(days=3)
# What lay more than this far back when Traboule began to follow a duo is not asked for any more.
TOO_LATE = timedelta(days=30)
# How pressing a check-in is: on its day, after a week, after two.
RANKS = {1: 55, 2: 35, 3: 22}
CHECK_IN = "checkin.answer"
PEOPLE = ("branch__organisation", "mentee", "mentor", "started_by")


def follow_check_ins(branch: Branch, setting: SupportSetting, by: Actor, now: datetime) -> None:
    """Do what is due in a branch at ``now``; twice changes nothing, and a clock that slept catches up."""
    today = local_day(now, branch.timezone)
    new = Duo.everywhere.filter(branch=branch, state__in=OPEN_DUO_STATES, support=None)
    planned = CheckIn.everywhere.filter(duo__branch=branch, state=CheckInState.PLANNED)
    with each_apart() as apart:
        for duo in new.select_related(*PEOPLE):
            with apart.one(duo):
                plan_duo(duo=duo, months=tuple(setting.months), by=by, now=now)
        _follow_pauses(branch, today, apart, by, now)
        for check_in in planned.filter(duo__state=DuoState.CLOSED).select_related("duo__branch"):
            with apart.one(check_in):
                drop_check_in(check_in=check_in, by=by, now=now)
        _follow_due(planned, today, apart, by, now)


def _follow_due(planned: QuerySet[CheckIn], today: date, apart: Apart, by: Actor, now: datetime) -> None:
    due = planned.filter(duo__state=DuoState.ACTIVE, due_on__lte=today + ASK_BEFORE)
    rows = list(due.select_related(*(f"duo__{name}" for name in PEOPLE)).prefetch_related("sides"))
    away = away_among({pk for row in rows for pk in (row.duo.mentee_id, row.duo.mentor_id)}, today)
    for check_in in rows:
        with apart.one(check_in):
            ask_both(check_in=check_in, away=away, by=by, now=now)
            raise_alarm(check_in=check_in, away=away, today=today, by=by, now=now)


@transaction.atomic
def plan_duo(*, duo: Duo, months: tuple[int, ...], by: Actor, now: datetime) -> DuoSupport:
    """Plan the check-ins of a duo; doing it twice changes nothing."""
    support, is_new = DuoSupport.everywhere.get_or_create(duo=duo, defaults={"planned_at": now})
    if not is_new:
        return support
    today = local_day(now, duo.branch.timezone)
    days = check_in_days(duo.started_on, duo.ends_on, months)
    CheckIn.everywhere.bulk_create(
        (CheckIn(duo=duo, month=month, due_on=day) for month, day in days if day >= today - TOO_LATE),
        ignore_conflicts=True,
    )
    record(duo.branch_id, "duo", duo.pk, "duo.check_ins_planned", by, now, months=list(months))
    return support


def _follow_pauses(branch: Branch, today: date, apart: Apart, by: Actor, now: datetime) -> None:
    rows = DuoSupport.everywhere.filter(duo__branch=branch).select_related("duo__branch")
    for row in rows.filter(duo__state=DuoState.PAUSED, resting_since=None):
        with apart.one(row):
            begin_rest(support=row, by=by, now=now)
    for row in rows.filter(duo__state=DuoState.ACTIVE, resting_since__isnull=False):
        with apart.one(row):
            end_rest(support=row, today=today, by=by, now=now)


@transaction.atomic
def begin_rest(*, support: DuoSupport, by: Actor, now: datetime) -> DuoSupport:
    """A duo rests: nothing is asked and nothing rises until it goes on."""
    row = locked(support)
    if row.resting_since is None and row.duo.paused_on is not None:
        row.resting_since = row.duo.paused_on
        row.save(update_fields=["resting_since"])
        for check_in in CheckIn.everywhere.filter(duo=row.duo, state=CheckInState.PLANNED):
            drop_step(check_in, by, now, Closing.DROPPED)
        record(row.duo.branch_id, "duo", row.duo_id, "duo.support_rests", by, now)
    return row


@transaction.atomic
def end_rest(*, support: DuoSupport, today: date, by: Actor, now: datetime) -> DuoSupport:
    """A duo goes on: what was still to come moves by the days of rest, counted to the day it went on."""
    row = locked(support)
    since = row.resting_since
    if since is None:
        return row
    until = max(since, _resumed_on(row.duo, today))
    row.rested_days += (until - since).days
    row.resting_since = None
    row.save(update_fields=["rested_days", "resting_since"])
    for check_in in CheckIn.everywhere.filter(duo=row.duo, state=CheckInState.PLANNED):
        check_in.due_on, check_in.alarm = after_rest(check_in.due_on, since, until), 0
        check_in.save(update_fields=["due_on", "alarm"])
    record(row.duo.branch_id, "duo", row.duo_id, "duo.support_goes_on", by, now, days=(until - since).days)
    return row


def _resumed_on(duo: Duo, today: date) -> date:
    """The day of the last `duo.resumed`: the worker may have slept since."""
    rows = AuditEntry.objects.filter(subject_type="duo", subject_id=str(duo.pk), verb="duo.resumed")
    at = rows.order_by("-at", "-pk").values_list("at", flat=True).first()
    return today if at is None else min(today, local_day(at, duo.branch.timezone))


@transaction.atomic
def drop_check_in(*, check_in: CheckIn, by: Actor, now: datetime) -> CheckIn:
    """The duo has ended: what was still planned is not held any more."""
    row = locked(check_in)
    if row.state == CheckInState.PLANNED:
        row.state, row.closed_at = CheckInState.DROPPED, now
        row.save(update_fields=["state", "closed_at"])
        drop_step(row, by, now, Closing.DROPPED)
        record(row.duo.branch_id, "check_in", row.pk, "check_in.dropped", by, now)
    return row


@transaction.atomic
def ask_both(*, check_in: CheckIn, away: set[int], by: Actor, now: datetime) -> None:
    """Send each side its questions by a link, once; whoever is away is asked when they are back."""
    asked = {row.side for row in check_in.sides.all() if row.asked_at or row.held_at}
    duo = check_in.duo
    for side in SIDES:
        person = person_of(duo, side)
        if side in asked or person.pk in away:
            continue
        defaults = {"person": person, "asked_at": now}
        row, _new = CheckInSide.everywhere.get_or_create(check_in=check_in, side=side, defaults=defaults)
        say(
            person,
            "checkin.asked",
            f"check_in:{check_in.pk}",
            duo.branch,
            by,
            now,
            other=first_name(others_of(duo, person.pk)),
            link=link_to(CHECK_IN, "checkinside", row.pk, duo.branch_id, now),
        )
        record(duo.branch_id, "check_in", check_in.pk, "check_in.asked", by, now, side=side)


@transaction.atomic
def raise_alarm(*, check_in: CheckIn, away: set[int], today: date, by: Actor, now: datetime) -> None:
    """Open the step of the coordinator on the day, and raise it after one week and after two.

    While one of the two is away it stays where it is.
    """
    level = lateness(check_in.due_on, today)
    duo = check_in.duo
    gone = bool(away & {duo.mentee_id, duo.mentor_id})
    if level <= check_in.alarm or (gone and check_in.alarm):
        return
    waiting = {"pk": check_in.pk, "state": CheckInState.PLANNED, "alarm__lt": level}
    if not CheckIn.everywhere.filter(**waiting).update(alarm=level):
        return
    late = level > 1
    open_step(
        branch=duo.branch,
        kind=SupportStep.CHECK_IN,
        key=step_key(check_in),
        by=by,
        now=now,
        person=duo.mentee,
        due_on=check_in.due_on,
        owner=owner_of(duo),
        text=duo.mentor.display_name[:200],
        rank=RANKS[level],
        subject_type="check_in",
        subject_id=check_in.pk,
    )
    record(duo.branch_id, "check_in", check_in.pk, "check_in.late" if late else "check_in.due", by, now)
