"""Concern files: telling, reading (logged), answering, pausing a duo without a reason, closing."""

from datetime import date, datetime

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.duos.actions import pause_duo
from traboule.apps.duos.models import Duo
from traboule.apps.messages.actions import tell
from traboule.apps.people.actions.own import authorise_own
from traboule.apps.people.enums import Channel, Permission
from traboule.apps.people.models import Person
from traboule.apps.support.actions._writing import record, say
from traboule.apps.support.enums import Result
from traboule.apps.support.models import Concern, ConcernEntry
from traboule.apps.support.queries.concerns import due_on
from traboule.apps.support.queries.settings import setting_of
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.each import each_apart
from traboule.core.permissions import authorise
from traboule.core.scope import locked
from traboule.kernel.calendar import working_days_after

FIRST_ANSWER_DAYS = 1  # working days


class ConcernClosed(ValueError):
    """The file is closed."""


class NothingTold(ValueError):
    """A file needs words."""


class StepNeedsDay(ValueError):
    """A next step needs a day that is not past, and a day a step."""


@transaction.atomic
def tell_concern(
    *,
    branch: Branch,
    text: str,
    by: Actor,
    now: datetime,
    duo: Duo | None = None,
    person: Person | None = None,
) -> Concern:
    """Open a file: anybody of the team may, and `person` may from their place or a link.

    Nobody of the duo is told. The lead hears that something waits, without a name. Raises NothingTold.
    """
    if person is not None:
        authorise_own(person, by)
    else:
        authorise(by, Permission.NOTES_WRITE, branch.pk)
    if not text.strip():
        raise NothingTold
    row = Concern.everywhere.create(
        branch=branch,
        duo=duo,
        person=person,
        told_by_id=by.id if person is None and by.kind is ActorKind.LOGIN else None,
        text=text.strip(),
        told_at=now,
        answer_due_on=working_days_after(local_day(now, branch.timezone), FIRST_ANSWER_DAYS),
    )
    record(branch.pk, "concern", row.pk, "concern.told", by, now)
    _tell_lead(row, "concern.new", by, now)
    return row


@transaction.atomic
def read_concern(*, concern: Concern, by: Actor, now: datetime) -> list[ConcernEntry]:
    """Return what was done, and log that this file was read, by whom. Pages read a file through this only."""
    authorise(by, Permission.CONCERNS_SEE, concern.branch_id)
    record(concern.branch_id, "concern", concern.pk, "concern.read", by, now)
    return list(concern.entries.select_related("by"))


@transaction.atomic
def write_entry(
    *,
    concern: Concern,
    text: str,
    by: Actor,
    now: datetime,
    next_step: str = "",
    next_on: date | None = None,
) -> ConcernEntry:
    """Write down what was done and what comes next; the first entry stops the first clock.

    Raises ConcernClosed, NothingTold, StepNeedsDay.
    """
    row = _open(concern, by)
    if not text.strip():
        raise NothingTold
    if bool(next_step.strip()) != (next_on is not None) or (
        next_on is not None and next_on < local_day(now, row.branch.timezone)
    ):
        raise StepNeedsDay
    entry = ConcernEntry.everywhere.create(
        concern=row, at=now, by_id=by.id, text=text.strip(), next_step=next_step.strip(), next_on=next_on
    )
    row.answered_at, row.next_on, row.reminded_on = row.answered_at or now, next_on, None
    row.save(update_fields=["answered_at", "next_on", "reminded_on"])
    record(row.branch_id, "concern", row.pk, "concern.entry_written", by, now, next_on=next_on)
    return entry


@transaction.atomic
def pause_for_concern(*, concern: Concern, by: Actor, now: datetime) -> Concern:
    """Let the duo rest by the team. Both read only that the team calls them. Raises IllegalMove."""
    row = _open(concern, by)
    if row.duo is None:
        raise ValueError("no duo to pause")
    today = local_day(now, row.branch.timezone)
    pause_duo(duo=row.duo, paused_on=today, by=by, now=now)
    row.paused_duo = True
    row.save(update_fields=["paused_duo"])
    for person in (row.duo.mentee, row.duo.mentor):
        say(person, "duo.team_calls", f"duo:{row.duo.pk}:{today:%Y%m%d}", row.branch, by, now)
    record(row.branch_id, "concern", row.pk, "concern.duo_paused", by, now)
    return row


@transaction.atomic
def close_concern(*, concern: Concern, result: Result, text: str, by: Actor, now: datetime) -> Concern:
    """Close a file with its result and a last word. A paused duo goes on only when somebody resumes it.

    Raises ConcernClosed, NothingTold.
    """
    row = _open(concern, by)
    if not text.strip():
        raise NothingTold
    ConcernEntry.everywhere.create(concern=row, at=now, by_id=by.id, text=text.strip())
    row.closed_at, row.closed_by_id, row.result = now, by.id, Result(result)
    row.answered_at, row.next_on = row.answered_at or now, None
    row.save(update_fields=["closed_at", "closed_by", "result", "answered_at", "next_on"])
    record(row.branch_id, "concern", row.pk, "concern.closed", by, now, result=row.result)
    return row


def remind_of_concerns(branch: Branch, by: Actor, now: datetime) -> None:
    """Remind the lead, once a day, that something is past its day; no name and no content."""
    today = local_day(now, branch.timezone)
    with each_apart() as apart:
        for row in Concern.everywhere.filter(branch=branch, closed_at=None).exclude(reminded_on=today):
            due = due_on(row)
            if due is not None and due < today:
                with apart.one(row):
                    _remind(row, today, by, now)


@transaction.atomic
def _remind(concern: Concern, today: date, by: Actor, now: datetime) -> None:
    fresh = Concern.everywhere.filter(pk=concern.pk, closed_at=None).exclude(reminded_on=today)
    if fresh.update(reminded_on=today):
        _tell_lead(concern, "concern.late", by, now)
        record(concern.branch_id, "concern", concern.pk, "concern.reminded", by, now)


def _tell_lead(concern: Concern, kind: str, by: Actor, now: datetime) -> None:
    lead = setting_of(concern.branch).concern_lead
    if lead is None:
        return
    tell(
        branch=concern.branch,
        kind=kind,
        event=f"concern:{concern.pk}:{local_day(now, concern.branch.timezone):%Y%m%d}",
        values={"first_name": lead.get_short_name(), "branch": concern.branch.name},
        address=lead.email,
        channel=Channel.EMAIL,
        language=lead.locale,
        by=by,
        now=now,
    )


def _open(concern: Concern, by: Actor) -> Concern:
    authorise(by, Permission.CONCERNS_WRITE, concern.branch_id)
    row = locked(concern)
    if row.closed_at is not None:
        raise ConcernClosed
    return row
