"""Screening of a mentor: identity seen, safeguarding check with a second look, and what the clock does."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction

from traboule.apps.applications.actions.references import human, remind_or_expire
from traboule.apps.applications.models import IdentityCheck, Reference, SafeguardingCheck
from traboule.apps.applications.screening_enums import (
    CheckDocument,
    Document,
    ReferenceState,
    ScreeningStep,
)
from traboule.apps.messages.actions import tell
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.apps.steps.actions import close_steps, open_step
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.each import each_apart
from traboule.core.permissions import authorise
from traboule.core.scope import locked
from traboule.kernel.readiness import SAFEGUARDS


class NotLawfulHere(ValueError):
    """In this country an association may not ask for an extract."""


class DateInFuture(ValueError):
    """What was seen cannot be seen tomorrow."""


class TooOld(ValueError):
    """The extract is older than the programme accepts; carries the most days."""

    def __init__(self, days: int) -> None:
        super().__init__(str(days))
        self.days = days


class SamePair(ValueError):
    """Who noted a check cannot be its second look."""


class NotSeen(ValueError):
    """Nothing was noted that could be approved, or it was approved already."""


@transaction.atomic
def note_identity(
    *, person: Person, document: Document, seen_on: date, by: Actor, now: datetime
) -> IdentityCheck:
    """Note that a document was looked at: its kind and the day, nothing else. Raises DateInFuture."""
    authorise(by, Permission.SCREENING_WRITE, person.branch_id)
    _refuse_future(seen_on, person, now)
    row = IdentityCheck.everywhere.create(
        person=person, document=document, seen_on=seen_on, seen_by_id=human(by), noted_at=now
    )
    _record(person, "identity.seen", row.pk, by, now, {"document": document, "on": seen_on})
    return row


@transaction.atomic
def ask_check(*, person: Person, by: Actor, now: datetime) -> SafeguardingCheck:
    """Ask the mentor to request the extract of their country and to show it. Raises NotLawfulHere.

    A question that is still open is returned, not asked again.
    """
    authorise(by, Permission.SCREENING_WRITE, person.branch_id)
    guard = SAFEGUARDS.get(person.branch.country)
    if guard is None:
        raise NotLawfulHere
    person = locked(person)
    waiting = SafeguardingCheck.everywhere.filter(person=person, seen_on=None).first()
    if waiting is not None:
        return waiting
    row = SafeguardingCheck.everywhere.create(
        person=person, document=CheckDocument(guard.document), asked_at=now, asked_by_id=human(by)
    )
    tell(
        branch=person.branch,
        kind=f"check.ask.{guard.document}",
        event=f"check:{row.pk}",
        values={"first_name": person.first_name, "branch": person.branch.name, "who": by.name},
        by=by,
        now=now,
        person=person,
    )
    _record(person, "check.asked", row.pk, by, now, {"document": row.document})
    return row


@transaction.atomic
def note_check(
    *, check: SafeguardingCheck, seen_on: date, issued_on: date, by: Actor, now: datetime
) -> SafeguardingCheck:
    """Note that the extract was seen and stands in nobody's way. Raises DateInFuture, TooOld, NotSeen.

    Somebody else then takes a second look. How long it counts follows from the country.
    """
    person = check.person
    authorise(by, Permission.SCREENING_WRITE, person.branch_id)
    row = locked(check)
    if row.approved_by_id is not None:
        raise NotSeen
    _refuse_future(seen_on, person, now)
    guard = SAFEGUARDS[person.branch.country]
    if not 0 <= (seen_on - issued_on).days <= guard.age_days:
        raise TooOld(guard.age_days)
    row.seen_on, row.valid_until = seen_on, issued_on + timedelta(days=guard.valid_days)
    row.noted_by_id, row.noted_at = human(by), now
    row.save()
    open_step(
        branch=person.branch,
        kind=ScreeningStep.CHECK_APPROVE,
        key=f"check.approve:{row.pk}",
        by=by,
        now=now,
        person=person,
        due_on=local_day(now, person.branch.timezone) + timedelta(days=2),
        rank=40,
        subject_type="person",
        subject_id=person.pk,
    )
    _record(person, "check.seen", row.pk, by, now, {"on": seen_on, "until": row.valid_until})
    return row


@transaction.atomic
def approve_check(*, check: SafeguardingCheck, by: Actor, now: datetime) -> SafeguardingCheck:
    """The second look of another login. Raises SamePair, NotSeen."""
    row, login = _for_second_look(check, by)
    row.approved_by_id, row.approved_at = login, now
    row.save(update_fields=["approved_by", "approved_at"])
    person = row.person
    for key in (f"check.approve:{row.pk}", f"check.ends:{person.pk}", f"check.lapsed:{person.pk}"):
        close_steps(branch=person.branch, key=key, by=by, now=now)
    _record(person, "check.approved", row.pk, by, now, {"until": row.valid_until})
    return row


@transaction.atomic
def send_back_check(*, check: SafeguardingCheck, by: Actor, now: datetime) -> SafeguardingCheck:
    """The second look disagrees: the check is asked for again. Raises SamePair, NotSeen."""
    row, _login = _for_second_look(check, by)
    row.seen_on = row.valid_until = row.noted_by = row.noted_at = None
    row.save()
    close_steps(branch=row.person.branch, key=f"check.approve:{row.pk}", by=by, now=now)
    _record(row.person, "check.sent_back", row.pk, by, now, {})
    return row


def tick_screening(*, by: Actor, now: datetime) -> dict[str, int]:
    """What the clock does: reminders and ends of references. Each reference in its own transaction."""
    done: Counter[str] = Counter()
    rows = Reference.everywhere.filter(state=ReferenceState.ASKED).select_related("branch", "person")
    with each_apart() as apart:
        for reference in rows.filter(asked_at__lte=now - timedelta(days=4)):
            with apart.one(reference):
                done[remind_or_expire(reference=reference, by=by, now=now)] += 1
    done.pop("", None)
    return dict(done)


def _for_second_look(check: SafeguardingCheck, by: Actor) -> tuple[SafeguardingCheck, int]:
    authorise(by, Permission.SCREENING_APPROVE, check.person.branch_id)
    login = human(by)
    row = locked(check)
    if row.seen_on is None or row.approved_by_id is not None:
        raise NotSeen
    if row.noted_by_id == login:
        raise SamePair
    return row, login


def _refuse_future(seen_on: date, person: Person, now: datetime) -> None:
    if seen_on > local_day(now, person.branch.timezone):
        raise DateInFuture


def _record(
    person: Person, verb: str, pk: int, by: Actor, now: datetime, facts: Mapping[str, object]
) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=person.branch_id,
        verb=verb,
        subject_type=verb.split(".")[0],
        subject_id=pk,
        facts={"person": person.pk, **facts},
    )
