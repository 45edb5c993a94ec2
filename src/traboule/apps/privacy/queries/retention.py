"""Whose retention is over: the dry run of what will be erased, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, QuerySet

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.apps.privacy import rules
from traboule.apps.privacy.enums import EraseReason
from traboule.apps.privacy.models import ErasureEntry, LegalHold, RightsRequest
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.core.registry import STILL_OPEN, STILL_OWED


@dataclass(frozen=True, slots=True)
class Due:
    """One person whose two years are over: told when, erased from when, and what stands in the way.

    ``queued_at`` is when the message was written; ``told_at`` when it reached them.
    """

    person: Person
    queued_at: datetime | None
    told_at: datetime | None
    erase_from: datetime
    blocked: tuple[str, ...]

    @property
    def needs_notice(self) -> bool:
        """Whether no message was written and nobody told them, or they got in touch since."""
        return self.told_at is None and self.queued_at is None


def retention_list(*, actor: Actor, branch: Branch, now: datetime) -> QuerySet[Person]:
    """Return the people of a branch whose last contact is more than two years ago, the oldest first.

    Each comes with ``queued_at`` and ``told_at`` (or None), ``is_held`` and ``is_asking``.
    """
    authorise(actor, Permission.RIGHTS_SEE, branch.pk)
    return _over(branch, now)


def retention_due(*, branch: Branch, now: datetime) -> Iterator[Due]:
    """Yield the same people, each with what follows from it: the dry run of ``actions.run_retention``."""
    for person in _over(branch, now).iterator(chunk_size=500):
        yield due_of(person, now, blocked=_blocked(person))


def due_of(person: Person, now: datetime, *, blocked: tuple[str, ...] = ()) -> Due:
    """Return what becomes of a row of ``retention_list``."""
    queued_at, told_at = (_since_contact(person, name) for name in ("queued_at", "told_at"))
    held = (rules.LEGAL_HOLD,) if getattr(person, "is_held", False) else ()
    asking = (rules.OPEN_REQUEST,) if getattr(person, "is_asking", False) else ()
    erase_from = rules.erased_from(person.last_contact_at, told_at, now)
    return Due(person, queued_at, told_at, erase_from, (*blocked, *held, *asking))


def erased_lately(*, actor: Actor, branch: Branch, now: datetime) -> QuerySet[ErasureEntry]:
    """Return the lines of the ledger that retention wrote in the last year: numbers and dates, no more."""
    authorise(actor, Permission.RIGHTS_SEE, branch.pk)
    rows = ErasureEntry.objects.visible_to(actor).filter(branch=branch, reason=EraseReason.RETENTION)
    return rows.filter(erased_at__gt=now - timedelta(days=365)).order_by("-erased_at")


def _since_contact(person: Person, name: str) -> datetime | None:
    """A notice from before the last contact counts for nothing."""
    at: datetime | None = getattr(person, name, None)
    return None if at is not None and at < person.last_contact_at else at


def _over(branch: Branch, now: datetime) -> QuerySet[Person]:
    held = LegalHold.everywhere.filter(person=OuterRef("pk"), lifted_at=None, until__gte=now.date())
    asking = RightsRequest.everywhere.filter(person=OuterRef("pk"), answer="")
    last = now - timedelta(days=rules.KEPT_DAYS)
    # A record that was merged away is no person of its own: it goes with the one that was kept.
    return (
        Person.everywhere.filter(branch=branch, last_contact_at__lt=last, stand_in=None, merged_into=None)
        .select_related("mentor", "mentee")
        .annotate(is_held=Exists(held), is_asking=Exists(asking))
        .annotate(queued_at=F("retention_notice__queued_at"), told_at=F("retention_notice__told_at"))
        .order_by("last_contact_at", "pk")
    )


def _blocked(person: Person) -> tuple[str, ...]:
    found = {code for handler in STILL_OPEN for code in handler(person.pk)}
    return tuple(sorted((found & rules.BLOCKING) | set(still_owed(person.pk))))


def still_owed(person_id: int) -> list[str]:
    """Return the codes of what is still to be settled with a person: nobody is erased with it."""
    return sorted({code for handler in STILL_OWED for code in handler(person_id)})
