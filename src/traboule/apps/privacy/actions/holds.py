"""Legal holds, and the notice before retention ends."""

from datetime import date, datetime

from django.db import transaction

from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.apps.privacy.models import LegalHold, RetentionNotice
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.permissions import authorise
from traboule.core.scope import locked


class HoldIncomplete(ValueError):
    """A hold says why, and ends on a day that is still to come."""


@transaction.atomic
def set_hold(*, person: Person, reason: str, until: date, by: Actor, now: datetime) -> LegalHold:
    """Keep the data of ``person`` from being erased until a day. Raises HoldIncomplete."""
    authorise(by, Permission.RIGHTS_ANSWER, person.branch_id)
    if not reason.strip() or until < now.date():
        raise HoldIncomplete
    hold = LegalHold.everywhere.create(
        person=person,
        reason=reason.strip(),
        until=until,
        set_at=now,
        set_by_id=by.id if by.kind is ActorKind.LOGIN else None,
    )
    _record(person, "hold.set", {"hold": hold.pk, "until": until}, by, now)
    return hold


@transaction.atomic
def lift_hold(*, hold: LegalHold, by: Actor, now: datetime) -> LegalHold:
    """End a hold before its day; doing it twice changes nothing."""
    authorise(by, Permission.RIGHTS_ANSWER, hold.person.branch_id)
    row = locked(hold)
    if row.lifted_at is None:
        row.lifted_at = now
        row.save(update_fields=["lifted_at"])
        _record(row.person, "hold.lifted", {"hold": row.pk}, by, now)
    return row


@transaction.atomic
def give_notice(*, person: Person, by: Actor, now: datetime) -> RetentionNotice:
    """Write down that ``person`` was told today that the data go in 30 days unless they get in touch."""
    authorise(by, Permission.RIGHTS_ANSWER, person.branch_id)
    notice, _ = RetentionNotice.everywhere.update_or_create(
        person=person, defaults={"told_at": now, "by_hand": True}
    )
    _record(person, "retention.noticed", {}, by, now)
    return notice


def _record(person: Person, verb: str, facts: dict[str, object], by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=person.branch_id,
        verb=verb,
        subject_type="person",
        subject_id=person.pk,
        facts=facts,
    )
