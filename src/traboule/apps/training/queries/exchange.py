"""Exchange of practice: who has not come for two months, in a sitting or in a gathering of their group."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max, Q

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import MentorState, Permission
from traboule.apps.people.models import Person
from traboule.apps.training.enums import Presence, SessionKind
from traboule.apps.training.queries.modules import rule_of
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.core.registry import EXCHANGED


@dataclass(frozen=True, slots=True)
class Absent:
    """A ready mentor who has not come to an exchange for a while; ``due_on`` is when it was due."""

    person: Any
    last_on: date | None
    due_on: date


def not_come_lately(*, actor: Actor, branch: Branch, today: date) -> list[Absent]:
    """Return ready mentors whose exchange of practice is overdue, longest first (OECD: every two months).

    The clock starts with the training for somebody who has never come.
    """
    authorise(actor, Permission.TRAINING_SEE, branch.pk)
    return overdue(branch, today)


def overdue(branch: Branch, today: date) -> list[Absent]:
    """Return the same for the clock, which asks for nobody."""
    every, zone = timedelta(days=rule_of(branch).exchange_days), ZoneInfo(branch.timezone)
    came = Q(
        attendances__presence=Presence.PRESENT,
        attendances__session__kind__in=[SessionKind.EXCHANGE, SessionKind.REFRESHER],
    )
    rows = Person.everywhere.filter(branch=branch, archived_at=None, mentor__state=MentorState.POOL)
    rows = rows.select_related("mentor").annotate(last=Max("attendances__session__starts_at", filter=came))
    elsewhere = [exchanged(branch.pk) for exchanged in EXCHANGED]
    found = []
    for person in rows:
        last = _latest([person.last, *(moments.get(person.pk) for moments in elsewhere)])
        last_on = last.astimezone(zone).date() if last else None
        since = last_on or person.mentor.trained_on
        if since is not None and since + every < today:
            found.append(Absent(person, last_on, since + every))
    return sorted(found, key=lambda absent: (absent.due_on, absent.person.pk))


def _latest(moments: Iterable[datetime | None]) -> datetime | None:
    return max((moment for moment in moments if moment is not None), default=None)
