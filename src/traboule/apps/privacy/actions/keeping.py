"""The two years and their end: a notice is written, reaches the person; thirty days later they are erased.

Which post carries the notice is the matter of a later app: it is handed in (``apps.messages``).
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.people.models import Person
from traboule.apps.privacy import rules
from traboule.apps.privacy.actions.erasing import ErasureRefused, erase_person
from traboule.apps.privacy.enums import EraseReason
from traboule.apps.privacy.models import RetentionNotice, RightsRequest
from traboule.apps.privacy.queries import retention_due
from traboule.apps.privacy.queries.retention import still_owed
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.each import each_apart
from traboule.core.permissions import NotAllowed


class Post(Protocol):
    """What carries the notice to the person."""

    def send(self, person: Person, *, by: Actor, now: datetime) -> None:
        """Write the notice, in the transaction of the caller."""

    def reached(self, person: Person, since: datetime) -> datetime | None:
        """Return when a notice written at ``since`` or later went out, or was handed over; None: not yet."""


def run_retention(*, branch: Branch, post: Post, by: Actor, now: datetime) -> tuple[int, int]:
    """Write the notices that are due and erase whoever had one long enough; return both counts.

    Each person is one transaction: killed in the middle, the next run goes on where this one stopped.
    One with whom something goes wrong stops nobody else. Raises SomeFailed when all had their turn.
    """
    written = erased = 0
    with each_apart() as apart:
        for due in retention_due(branch=branch, now=now):
            if due.blocked:
                continue
            # Something that opened a moment ago stands in the way: the next run looks again.
            with apart.one(due), suppress(ErasureRefused):
                if due.needs_notice:
                    written += _write_notice(due.person, post, by, now)
                else:
                    erased += _erase_if_over(due.person, post, by, now)
    return written, erased


@transaction.atomic
def keep_me(*, person: Person, by: Actor, now: datetime) -> Person:
    """The person wants to stay: a contact like any other, the two years begin anew. Twice is once."""
    if by.kind is not ActorKind.SYSTEM:
        raise NotAllowed("own.see")
    row = _locked(person)
    if row is None:
        return person
    row.last_contact_at = max(row.last_contact_at, now)
    row.save(update_fields=["last_contact_at"])
    if RetentionNotice.everywhere.filter(person=row).delete()[0]:
        _record(row, "retention.stayed", {}, by, now)
    return row


@transaction.atomic
def _write_notice(person: Person, post: Post, by: Actor, now: datetime) -> bool:
    """Write the notice once, whoever else runs; False where somebody was faster or the person came back."""
    row = _locked(person)
    if row is None or row.merged_into_id is not None or not rules.is_due(row.last_contact_at, now):
        return False
    notice = RetentionNotice.everywhere.filter(person=row).first()
    last = max(filter(None, (notice.queued_at, notice.told_at))) if notice else None
    if last is not None and last >= row.last_contact_at:
        return False
    fresh = {"queued_at": now, "told_at": None, "by_hand": False}
    RetentionNotice.everywhere.update_or_create(person=row, defaults=fresh)
    post.send(row, by=by, now=now)
    _record(row, "retention.notice_written", {}, by, now)
    return True


@transaction.atomic
def _erase_if_over(person: Person, post: Post, by: Actor, now: datetime) -> bool:
    """Note whether the notice reached them; erase if that is thirty days ago and nothing came since."""
    row = _locked(person)
    if row is None or row.merged_into_id is not None:  # merged away since the list was read
        return False
    notice = RetentionNotice.everywhere.filter(person=row).first()
    if notice is None or not rules.is_due(row.last_contact_at, now):
        return False
    told = _told(row, notice, post)
    if told != notice.told_at:
        notice.told_at = told
        notice.save(update_fields=["told_at"])
        if told is not None:
            _record(row, "retention.noticed", {"told_at": told}, by, now)
    if told is None or told < row.last_contact_at or told + timedelta(days=rules.NOTICE_DAYS) > now:
        return False
    if RightsRequest.everywhere.filter(person=row, answer="").exists() or still_owed(row.pk):
        return False
    erase_person(person=row, by=by, now=now, reason=EraseReason.RETENTION)
    return True


def _told(row: Person, notice: RetentionNotice, post: Post) -> datetime | None:
    """A message that came back after all takes its date back; what the team did by hand stays."""
    if notice.by_hand or notice.queued_at is None:
        return notice.told_at
    return post.reached(row, notice.queued_at)


def _locked(person: Person) -> Person | None:
    """The row under a lock; None if the person was erased in the meantime."""
    rows = Person.everywhere.select_for_update(of=("self",)).select_related("branch")
    return rows.filter(pk=person.pk).first()


def _record(person: Person, verb: str, facts: Mapping[str, Any], by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=person.branch_id,
        verb=verb,
        subject_type="person",
        subject_id=person.pk,
        facts=facts,
    )
