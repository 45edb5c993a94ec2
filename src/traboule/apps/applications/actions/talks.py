"""Planning a talk, moving, missing, cancelling it. The person is told each time, with a link to answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from traboule.apps.applications.actions._moves import move
from traboule.apps.applications.actions._slots import put_slots
from traboule.apps.applications.actions.errors_judging import TalkAlreadyPlanned, TalkInThePast, TalkIsOver
from traboule.apps.applications.actions.talk_messages import (
    ANSWER_TALK,
    names_in,
    tell_about,
    tell_date,
    withdraw_dates,
)
from traboule.apps.applications.enums_judging import JudgingStep, TalkState, TalkWay
from traboule.apps.applications.models import Application, Talk, TalkSlot
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login
from traboule.apps.steps.actions import close_steps, open_step
from traboule.apps.steps.enums import Closing
from traboule.apps.steps.models import OpenStep
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.links import withdraw_links
from traboule.core.permissions import authorise
from traboule.core.scope import locked

RANK_HOLD, RANK_PLAN, RANK_MOVE = 45, 35, 25
# After that the next date says it better than an old message.
MISSED_FOR, CANCELLED_FOR = timedelta(days=7), timedelta(days=3)


@transaction.atomic
def plan_talk(
    *,
    application: Application,
    starts_at: datetime,
    host: Login,
    by: Actor,
    now: datetime,
    way: TalkWay = TalkWay.PLACE,
    where: str = "",
    minutes: int = 45,
    second: Login | None = None,
    others: Sequence[datetime] = (),
) -> Talk:
    """Plan a talk and tell the person; ``others`` are dates that they may take instead.

    Raises TalkInThePast, TalkAlreadyPlanned, SlotsUnfit, IllegalMove.
    """
    authorise(by, Permission.TALKS_WRITE, application.branch_id)
    if starts_at <= now:
        raise TalkInThePast
    moved = move(_without_talk(application), "plan_talk", by=by, now=now)
    talk = Talk.everywhere.create(
        branch=moved.branch,
        application=moved,
        starts_at=starts_at,
        minutes=minutes,
        way=way,
        where=where.strip(),
        host=host,
        second=second if second != host else None,
        planned_by_id=login_of(by),
        planned_at=now,
    )
    record(talk, "talk.planned", by, now, {"starts_at": starts_at, "way": way, "host": host.pk})
    close_steps(branch=talk.branch, key=plan_key(talk), by=by, now=now)
    _open_hold_step(talk, by, now)
    if others:
        put_slots(talk, others, now)
    tell_date(talk, "talk.planned", by, now)
    return talk


@transaction.atomic
def move_talk(
    *,
    talk: Talk,
    starts_at: datetime,
    by: Actor,
    now: datetime,
    way: TalkWay | None = None,
    where: str | None = None,
    minutes: int | None = None,
    host: Login | None = None,
) -> Talk:
    """Give a planned talk another date, place or host. Raises TalkInThePast, TalkIsOver."""
    authorise(by, Permission.TALKS_WRITE, talk.branch_id)
    if starts_at <= now:
        raise TalkInThePast
    row = _planned(talk)
    row.starts_at, row.moves, row.wish = starts_at, row.moves + 1, ""
    row.way = way or row.way
    row.where = row.where if where is None else where.strip()
    row.minutes, row.host = minutes or row.minutes, host or row.host
    row.save()
    TalkSlot.everywhere.filter(talk=row).delete()
    record(row, "talk.moved", by, now, {"starts_at": starts_at, "way": row.way})
    close_steps(branch=row.branch, key=_move_key(row), by=by, now=now)
    _open_hold_step(row, by, now)
    withdraw_links(subject_type="talk", subject_id=row.pk, now=now, right=ANSWER_TALK)
    withdraw_dates(row)
    tell_date(row, "talk.moved", by, now)
    return row


@transaction.atomic
def miss_talk(*, talk: Talk, by: Actor, now: datetime) -> Talk:
    """The person did not come: say so without blame, and plan again. Raises TalkIsOver."""
    authorise(by, Permission.TALKS_WRITE, talk.branch_id)
    row = _close(talk, TalkState.MISSED, "talk.missed", by, now)
    tell_about(row, "talk.missed", f"talk:{row.pk}", names_in(row), by, now, not_after=now + MISSED_FOR)
    return row


@transaction.atomic
def cancel_talk(*, talk: Talk, by: Actor, now: datetime) -> Talk:
    """A talk will not be held: by the team, or by the person through the link. Raises TalkIsOver."""
    authorise(by, Permission.TALKS_WRITE, talk.branch_id)
    row = _close(talk, TalkState.CANCELLED, "talk.cancelled", by, now)
    until = max(row.starts_at, now + CANCELLED_FOR)
    tell_about(row, "talk.cancelled", f"talk:{row.pk}", names_in(row), by, now, not_after=until)
    return row


def drop_talk(*, application: Application, by: Actor, now: datetime, keeps_offers: bool = False) -> None:
    """Whoever stops has no talk to come and none to plan; for actions, which tell the person themselves.

    ``keeps_offers`` leaves the dates that were offered beside it, where the talk may hold again.
    """
    talk = Talk.everywhere.filter(application=application, state=TalkState.PLANNED).first()
    if talk is not None:
        row = _close(talk, TalkState.CANCELLED, "talk.cancelled", by, now, keeps_offers=keeps_offers)
        close_steps(branch=row.branch, key=plan_key(row), by=by, now=now, closing=Closing.DROPPED)


def hold_again(talk: Talk, closed_at: datetime) -> None:
    """Plan a talk again that was dropped at an instant, with the steps that went with it."""
    Talk.everywhere.filter(pk=talk.pk).update(state=TalkState.PLANNED, closed_at=None)
    keys = (hold_key(talk), _move_key(talk))
    steps = OpenStep.everywhere.filter(branch_id=talk.branch_id, key__in=keys, closed_at=closed_at)
    steps.update(closed_at=None, closed_by=None, closing="")


@transaction.atomic
def ask_another_date(*, talk: Talk, wish: str, by: Actor, now: datetime) -> Talk:
    """The person wishes for another date; the host sees it on the page of today. Raises TalkIsOver."""
    authorise(by, Permission.TALKS_WRITE, talk.branch_id)
    row = _planned(talk)
    row.wish = " ".join(wish.split())[:300]
    row.save(update_fields=["wish"])
    open_step(
        branch=row.branch,
        kind=JudgingStep.TALK_TO_MOVE,
        key=_move_key(row),
        person=row.application.person,
        owner=row.host,
        text=row.wish[:200],
        rank=RANK_MOVE,
        due_on=local_day(now, row.branch.timezone),
        subject_type="talk",
        subject_id=row.pk,
        by=by,
        now=now,
    )
    record(row, "talk.move_asked", by, now, {})
    return row


def login_of(by: Actor) -> int | None:
    """Return the id of the login that acts, if a login acts."""
    return by.id if by.kind is ActorKind.LOGIN else None


def plan_key(talk: Talk) -> str:
    """Return the key of the step that says: plan this talk again."""
    return f"{JudgingStep.TALK_TO_PLAN}:{talk.application_id}"


def hold_key(talk: Talk) -> str:
    """Return the key of the step that says: this talk is to be held."""
    return f"{JudgingStep.TALK_TO_HOLD}:{talk.pk}"


def _move_key(talk: Talk) -> str:
    return f"{JudgingStep.TALK_TO_MOVE}:{talk.pk}"


def record(talk: Talk, verb: str, by: Actor, now: datetime, facts: Mapping[str, Any]) -> None:
    """Write what happened to a talk into the audit log."""
    audit.record(
        by=by,
        now=now,
        branch_id=talk.branch_id,
        verb=verb,
        subject_type="talk",
        subject_id=talk.pk,
        facts={"application": talk.application_id, **facts},
    )


def _without_talk(application: Application) -> Application:
    """Lock an application without a planned talk. Raises TalkAlreadyPlanned."""
    row = locked(application)
    rows = Talk.everywhere.filter(application=row, state=TalkState.PLANNED)
    planned = rows.select_related("planned_by").first()
    if planned is not None:
        raise TalkAlreadyPlanned(str(planned.planned_by), planned.planned_at)
    return row


def _planned(talk: Talk) -> Talk:
    row = locked(talk)
    if row.state != TalkState.PLANNED:
        raise TalkIsOver
    return row


def _close(
    talk: Talk, state: TalkState, verb: str, by: Actor, now: datetime, *, keeps_offers: bool = False
) -> Talk:
    row = _planned(talk)
    row.state, row.closed_at = state, now
    row.save(update_fields=["state", "closed_at"])
    if row.application.state == "talk_planned":
        move(row.application, "miss_talk", by=by, now=now)
    record(row, verb, by, now, {})
    for key in (hold_key(row), _move_key(row)):
        close_steps(branch=row.branch, key=key, by=by, now=now, closing=Closing.DROPPED)
    withdraw_links(subject_type="talk", subject_id=row.pk, now=now, right=ANSWER_TALK)
    withdraw_dates(row)
    slots = TalkSlot.everywhere.filter(talk=row)
    (slots.filter(taken_at__isnull=False) if keeps_offers else slots).delete()
    plan_again(row.application, by, now, owner=row.host)
    return row


def plan_again(application: Application, by: Actor, now: datetime, *, owner: Login | None = None) -> None:
    """Open the step that says: plan a talk with this person."""
    open_step(
        branch=application.branch,
        kind=JudgingStep.TALK_TO_PLAN,
        key=f"{JudgingStep.TALK_TO_PLAN}:{application.pk}",
        person=application.person,
        owner=owner,
        rank=RANK_PLAN,
        due_on=local_day(now, application.branch.timezone) + timedelta(days=2),
        subject_type="application",
        subject_id=application.pk,
        by=by,
        now=now,
    )


def _open_hold_step(talk: Talk, by: Actor, now: datetime) -> None:
    open_step(
        branch=talk.branch,
        kind=JudgingStep.TALK_TO_HOLD,
        key=hold_key(talk),
        person=talk.application.person,
        owner=talk.host,
        rank=RANK_HOLD,
        due_on=local_day(talk.starts_at, talk.branch.timezone),
        subject_type="talk",
        subject_id=talk.pk,
        by=by,
        now=now,
    )


def answer_planned(talk: Talk, by: Actor, now: datetime) -> Talk:
    """Lock a planned talk whose wish is answered: the wish and its step go. Raises TalkIsOver."""
    row = _planned(talk)
    row.wish = ""
    row.save(update_fields=["wish"])
    close_steps(branch=row.branch, key=_move_key(row), by=by, now=now)
    return row
