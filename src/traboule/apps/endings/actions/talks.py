"""The closing talk with both: dated from the start, raised in the last two weeks, held once."""

from datetime import date, datetime

from django.db import transaction

from traboule.apps.duos.models import Duo
from traboule.apps.duos.rules import human
from traboule.apps.endings.actions._writing import record
from traboule.apps.endings.enums import EndingStep, Present, TalkState
from traboule.apps.endings.models import ClosingTalk
from traboule.apps.people.actions.contact import touch
from traboule.apps.people.enums import Permission
from traboule.apps.steps.actions import close_steps, open_step
from traboule.apps.steps.enums import Closing
from traboule.apps.support.queries.settings import owner_of
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.core.scope import locked
from traboule.kernel.endings import closing_talk_day, talk_is_near

RANK = 45


class TalkOver(ValueError):
    """The duo ended without it, or it was held already."""


class WrongDay(ValueError):
    """The talk lies ahead, or before the start of the duo."""


def step_key(duo: Duo) -> str:
    """Return under which name the step of the talk is open."""
    return f"{EndingStep.CLOSING_TALK}:{duo.pk}"


@transaction.atomic
def plan_talk(*, duo: Duo, by: Actor, now: datetime) -> ClosingTalk:
    """Date the talk; twice changes nothing."""
    row, is_new = ClosingTalk.everywhere.get_or_create(
        duo=duo, defaults={"due_on": closing_talk_day(duo.ends_on)}
    )
    if is_new:
        record(duo.branch_id, "duo", duo.pk, "closing_talk.planned", by, now, due_on=row.due_on.isoformat())
    return row


@transaction.atomic
def redate_talk(*, duo: Duo, by: Actor, now: datetime) -> None:
    """The planned end has moved, and the talk with it."""
    row = ClosingTalk.everywhere.filter(duo=duo, state=TalkState.PLANNED).first()
    due_on = closing_talk_day(duo.ends_on)
    if row is None or row.due_on == due_on:
        return
    row.due_on, row.raised = due_on, False
    row.save(update_fields=["due_on", "raised"])
    close_steps(branch=duo.branch, key=step_key(duo), by=by, now=now, closing=Closing.DROPPED)
    record(duo.branch_id, "duo", duo.pk, "closing_talk.moved", by, now, due_on=due_on.isoformat())


@transaction.atomic
def raise_talk(*, talk: ClosingTalk, today: date, by: Actor, now: datetime) -> None:
    """Two weeks before the end it stands on the page of whoever follows the duo."""
    duo = talk.duo
    waiting = ClosingTalk.everywhere.filter(pk=talk.pk, state=TalkState.PLANNED, raised=False)
    if not talk_is_near(duo.ends_on, today) or not waiting.update(raised=True):
        return
    open_step(
        branch=duo.branch,
        kind=EndingStep.CLOSING_TALK,
        key=step_key(duo),
        by=by,
        now=now,
        person=duo.mentee,
        due_on=talk.due_on,
        owner=owner_of(duo),
        text=duo.mentor.display_name[:200],
        rank=RANK,
        subject_type="duo",
        subject_id=duo.pk,
    )
    record(duo.branch_id, "duo", duo.pk, "closing_talk.due", by, now)


@transaction.atomic
def hold_talk(
    *, talk: ClosingTalk, held_on: date, present: Present, words: str, today: date, by: Actor, now: datetime
) -> ClosingTalk:
    """Write the talk down; again corrects it. Raises TalkOver, WrongDay."""
    authorise(by, Permission.DUOS_WRITE, talk.duo.branch_id)
    login = human(by)
    row = locked(talk)
    if row.state == TalkState.DROPPED:
        raise TalkOver
    if not row.duo.started_on <= held_on <= today:
        raise WrongDay
    row.state, row.held_on, row.present = TalkState.HELD, held_on, Present(present)
    row.words, row.written_at, row.written_by_id = words.strip()[:4_000], now, login
    row.save()
    for person_id in _there(row):
        touch(person_id, now)
    close_steps(branch=row.duo.branch, key=step_key(row.duo), by=by, now=now)
    record(row.duo.branch_id, "duo", row.duo_id, "closing_talk.held", by, now, present=str(row.present))
    return row


def _there(row: ClosingTalk) -> list[int]:
    duo = row.duo
    only = {Present.MENTEE: [duo.mentee_id], Present.MENTOR: [duo.mentor_id]}
    return only.get(Present(row.present), [duo.mentee_id, duo.mentor_id])


def drop_talk(*, duo: Duo, by: Actor, now: datetime) -> None:
    """The duo has ended without it. In the transaction of the end."""
    dropped = ClosingTalk.everywhere.filter(duo=duo, state=TalkState.PLANNED).update(state=TalkState.DROPPED)
    if dropped:
        close_steps(branch=duo.branch, key=step_key(duo), by=by, now=now, closing=Closing.DROPPED)
        record(duo.branch_id, "duo", duo.pk, "closing_talk.dropped", by, now)
