"""Whose retention is over: the dry run of what will be erased, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.apps.privacy import rules
from traboule.apps.privacy.models import LegalHold, RetentionNotice
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.core.registry import STILL_OPEN


@dataclass(frozen=True, slots=True)
class Due:
    """One person whose two years are over: told when, erased from when, and what stands in the way."""

    person: Person
    told_at: datetime | None
    erase_from: datetime
    blocked: tuple[str, ...]

    @property
    def needs_notice(self) -> bool:
        """Whether the person was not told yet, or got in touch since."""
        return self.told_at is None


def retention_list(*, actor: Actor, branch: Branch, now: datetime) -> QuerySet[Person]:
    """Return the people of a branch whose last contact is more than two years ago, the oldest first.

    Each comes with ``told_at`` (or None) and ``is_held``.
    """
    authorise(actor, Permission.RIGHTS_SEE, branch.pk)
    return _over(branch, now)


def retention_due(*, branch: Branch, now: datetime) -> Iterator[Due]:
    """Yield the same people, each with what follows from it: the dry run of ``actions.run_retention``."""
    for person in _over(branch, now).iterator(chunk_size=500):
        yield due_of(person, now, blocked=_blocked(person))


def due_of(person: Person, now: datetime, *, blocked: tuple[str, ...] = ()) -> Due:
    """Return what becomes of a row of ``retention_list``."""
    told_at: datetime | None = getattr(person, "told_at", None)
    if told_at is not None and told_at < person.last_contact_at:
        told_at = None
    held = (rules.LEGAL_HOLD,) if getattr(person, "is_held", False) else ()
    erase_from = rules.erased_from(person.last_contact_at, told_at, now)
    return Due(person, told_at, erase_from, (*blocked, *held))


def _over(branch: Branch, now: datetime) -> QuerySet[Person]:
    held = LegalHold.everywhere.filter(person=OuterRef("pk"), lifted_at=None, until__gte=now.date())
    told = RetentionNotice.everywhere.filter(person=OuterRef("pk")).values("told_at")[:1]
    last = now - timedelta(days=rules.KEPT_DAYS)
    return (
        Person.everywhere.filter(branch=branch, last_contact_at__lt=last, stand_in=None)
        .select_related("mentor", "mentee")
        .annotate(is_held=Exists(held), told_at=told)
        .order_by("last_contact_at", "pk")
    )


def _blocked(person: Person) -> tuple[str, ...]:
    found = {code for handler in STILL_OPEN for code in handler(person.pk)}
    return tuple(sorted(found & rules.BLOCKING))
