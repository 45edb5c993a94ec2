"""Going on beyond the planned end: both agree, and dates, check-ins, talk and agreement follow."""

from datetime import date, datetime, timedelta

from django.db import transaction

from traboule.apps.duos.actions import WrongDates, extend_duo
from traboule.apps.duos.actions.redating import amend_for_new_end
from traboule.apps.duos.enums import OPEN_DUO_STATES
from traboule.apps.duos.models import Duo
from traboule.apps.duos.rules import human
from traboule.apps.endings.actions._writing import (
    hand_of,
    link_to,
    own_or_team,
    record,
    say_day,
    tell_side,
)
from traboule.apps.endings.actions.talks import redate_talk
from traboule.apps.endings.enums import ExtensionReason, ExtensionState
from traboule.apps.endings.models import Extension
from traboule.apps.people.actions.contact import touch
from traboule.apps.people.enums import Permission, Side
from traboule.apps.steps.enums import Closing
from traboule.apps.support.actions.check_ins import drop_step
from traboule.apps.support.enums import CheckInState
from traboule.apps.support.models import CheckIn
from traboule.apps.support.queries.check_ins import SIDES, person_of
from traboule.core.actors import Actor
from traboule.core.links import withdraw_links
from traboule.core.permissions import authorise
from traboule.core.scope import locked
from traboule.kernel.calendar import working_day
from traboule.kernel.endings import LAST_WEEKS, LONGEST_EXTENSION
from traboule.kernel.lifecycle import DUO, EXTENSION

RIGHTS = {Side.MENTEE: "extension.mentee", Side.MENTOR: "extension.mentor"}


class AlreadyAsked(Exception):
    """Both are being asked about a later end already."""


@transaction.atomic
def ask_extension(*, duo: Duo, new_end: date, reason: ExtensionReason, by: Actor, now: datetime) -> Extension:
    """Ask both whether they want to go on until `new_end`, each by a link.

    Raises AlreadyAsked, WrongDates, IllegalMove.
    """
    authorise(by, Permission.DUOS_WRITE, duo.branch_id)
    login = human(by)
    row = _held(duo)
    DUO.after(row.state, "extend")
    if not row.ends_on < new_end <= row.ends_on + LONGEST_EXTENSION:
        raise WrongDates
    if Extension.everywhere.filter(duo=row, state=ExtensionState.ASKED).exists():
        raise AlreadyAsked
    made = Extension.everywhere.create(
        duo=row,
        old_end=row.ends_on,
        new_end=new_end,
        reason=ExtensionReason(reason),
        state=EXTENSION.first,
        asked_at=now,
        asked_by_id=login,
    )
    for side in SIDES:
        link = link_to(RIGHTS[side], "extension", made.pk, row.branch_id, now)
        values = {"day": say_day(new_end), "link": link}
        tell_side(row, person_of(row, side), "extension.asked", f"extension:{made.pk}", by, now, **values)
    record(row.branch_id, "duo", row.pk, "extension.asked", by, now, new_end=new_end.isoformat())
    return made


@transaction.atomic
def answer_extension(*, extension: Extension, side: str, yes: bool, by: Actor, now: datetime) -> Extension:
    """One side says yes or no, or the team writes it down; the second yes moves the end, a no leaves it.

    The other is never told who said no. Raises IllegalMove, WrongDates; NotAllowed for anybody else.
    """
    duo = _held(extension.duo)
    person = person_of(duo, side)
    own_or_team(person, by)
    row = locked(extension)
    state = EXTENSION.after(row.state, "agree" if yes else "refuse")
    setattr(row, f"{Side(side)}_says", yes)
    if not yes or (row.mentee_says and row.mentor_says):
        row.state, row.settled_at = state, now
    row.save(update_fields=["mentee_says", "mentor_says", "state", "settled_at"])
    touch(person.pk, now)
    withdraw_links(subject_type="extension", subject_id=row.pk, now=now, right=RIGHTS[Side(side)])
    record(duo.branch_id, "duo", duo.pk, "extension.answered", by, now, side=side, yes=yes)
    if row.state == ExtensionState.AGREED:
        _go_on(row, duo, hand_of(person, by), now)
    elif row.state == ExtensionState.REFUSED:
        _stays(row, duo, hand_of(person, by), now)
    return row


@transaction.atomic
def withdraw_extension(*, extension: Extension, by: Actor, now: datetime) -> Extension:
    """The team takes the question back; both are told that it stays as it was. Raises IllegalMove."""
    authorise(by, Permission.DUOS_WRITE, extension.duo.branch_id)
    human(by)
    duo = _held(extension.duo)
    row = _withdrawn(locked(extension), by, now)
    _stays(row, duo, by, now)
    return row


def drop_extension(*, duo: Duo, by: Actor, now: datetime) -> None:
    """The duo has ended: nobody is asked any more. In the transaction of the end; nobody is told twice."""
    for row in Extension.everywhere.filter(duo=duo, state=ExtensionState.ASKED):
        withdraw_links(subject_type="extension", subject_id=row.pk, now=now)
        _withdrawn(row, by, now)


def _withdrawn(row: Extension, by: Actor, now: datetime) -> Extension:
    row.state, row.settled_at = EXTENSION.after(row.state, "withdraw"), now
    row.save(update_fields=["state", "settled_at"])
    record(row.duo.branch_id, "duo", row.duo_id, "extension.withdrawn", by, now)
    return row


def _go_on(row: Extension, duo: Duo, by: Actor, now: datetime) -> None:
    """Everything that hangs on the end moves along; whoever asked the two stands behind it."""
    moved = extend_duo(duo=duo, ends_on=row.new_end, by=by, now=now, decided_by=row.asked_by)
    _move_last_check_in(moved, row.old_end, by, now)
    redate_talk(duo=moved, by=by, now=now)
    amend_for_new_end(duo=moved, by=by, now=now, decided_by=row.asked_by)
    for person in (moved.mentee, moved.mentor):
        event = f"extension:{row.pk}"
        tell_side(moved, person, "extension.agreed", event, by, now, day=say_day(row.new_end))


def _stays(row: Extension, duo: Duo, by: Actor, now: datetime) -> None:
    withdraw_links(subject_type="extension", subject_id=row.pk, now=now)
    if duo.state not in OPEN_DUO_STATES:
        return
    for person in (duo.mentee, duo.mentor):
        event = f"extension:{row.pk}"
        tell_side(duo, person, "extension.stays", event, by, now, day=say_day(duo.ends_on))


def _move_last_check_in(duo: Duo, old_end: date, by: Actor, now: datetime) -> None:
    """The check-in of the last weeks stays that of the last weeks."""
    last = CheckIn.everywhere.filter(duo=duo).order_by("-month").first()
    if last is None or last.state != CheckInState.PLANNED or last.due_on < old_end - LAST_WEEKS:
        return
    last.due_on = min(working_day(duo.ends_on - max(timedelta(0), old_end - last.due_on)), duo.ends_on)
    last.alarm = 0
    last.save(update_fields=["due_on", "alarm"])
    drop_step(last, by, now, Closing.DROPPED)
    record(duo.branch_id, "check_in", last.pk, "check_in.moved", by, now, due_on=last.due_on.isoformat())


def _held(duo: Duo) -> Duo:
    rows = Duo.everywhere.select_for_update(of=("self",)).select_related("mentee", "mentor", "branch")
    return rows.get(pk=duo.pk)
