"""What somebody's calendar shows: the meetings of their duos, past and to come, as calendars expect them.

A meeting that was moved stays one event: it keeps the number of the first one, counts on, and stands at its
new time. What does not take place is cancelled, not gone: a calendar strikes it out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from traboule.apps.duos.enums import OPEN_DUO_STATES, FirstMeetingState
from traboule.apps.duos.enums_meetings import MeetingState
from traboule.apps.duos.models import CalendarFeed, Duo, FirstMeeting, Meeting
from traboule.apps.people.models import Person
from traboule.core.days import local_day
from traboule.core.links import digest_of

# So long the meetings of an ended duo stay in the calendar.
STAYS = timedelta(days=90)
FIRST_LASTS = timedelta(hours=1)
OFF = (MeetingState.CANCELLED, MeetingState.MISSED, MeetingState.MOVED)


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One event; `planned` is the row that says where, `other` the first name that the reader sees."""

    uid: str
    sequence: int
    other: str
    planned: Any
    starts_at: datetime
    ends_at: datetime
    timezone: str
    changed_at: datetime
    is_off: bool
    of_three: bool = False


@dataclass(frozen=True, slots=True)
class StandingIn:
    """A duo in which somebody stands in for the mentor, and from which day to which."""

    duo: Duo
    first: date
    last: date


def feed_behind(secret: str) -> CalendarFeed | None:
    """Return the address that a secret opens, with its owner, or None."""
    rows = CalendarFeed.everywhere.select_related("person__branch__organisation")
    return rows.filter(digest=digest_of(secret), stopped_at=None).first()


def feed_of(person: Person) -> CalendarFeed | None:
    """Return the address that a person has now; the caller has proven who reads."""
    return CalendarFeed.everywhere.filter(person=person, stopped_at=None).first()


def duos_in_calendar(person: Person, now: datetime) -> list[Duo]:
    """Return the open duos of a person and those that ended lately."""
    since = local_day(now - STAYS, person.branch.timezone)
    theirs = Q(mentee_id=person.pk) | Q(mentor_id=person.pk)
    lately = Q(state__in=OPEN_DUO_STATES) | Q(closed_on__gte=since)
    rows = Duo.everywhere.filter(theirs & lately).select_related("branch", "mentee", "mentor")
    return list(rows.order_by("started_on", "pk"))


def calendar_of(person: Person, now: datetime, standing_in: StandingIn | None = None) -> list[CalendarEvent]:
    """Return the events of a person in the order of time. Three queries, whatever the number of duos."""
    duos = {duo.pk: duo for duo in duos_in_calendar(person, now)}
    if standing_in is not None:
        duos.setdefault(standing_in.duo.pk, standing_in.duo)
    rows = list(Meeting.everywhere.filter(duo__in=duos).order_by("planned_at", "pk"))
    found = [_event(chain, duos, person) for chain in _chains(rows)]
    firsts = FirstMeeting.everywhere.filter(duo__in=duos)
    found += [_first(row, duos[row.duo_id], person) for row in firsts]
    if standing_in is not None and person.pk not in (standing_in.duo.mentor_id, standing_in.duo.mentee_id):
        found = [event for event in found if _is_theirs(event, standing_in)]
    return sorted(found, key=lambda event: (event.starts_at, event.uid))


def _chains(rows: Iterable[Meeting]) -> list[list[Meeting]]:
    """Group what was moved with where it was moved to, the first one first."""
    known = {row.pk: row for row in rows}
    later = {row.moved_to_id for row in known.values() if row.moved_to_id is not None}
    chains = []
    for row in known.values():
        if row.pk in later:
            continue
        chain = [row]
        while (pk := chain[-1].moved_to_id) is not None and pk in known:
            chain.append(known[pk])
        chains.append(chain)
    return chains


def _event(chain: list[Meeting], duos: Mapping[int, Duo], person: Person) -> CalendarEvent:
    first, last = chain[0], chain[-1]
    duo = duos[last.duo_id]
    return CalendarEvent(
        uid=str(first.uid),
        # Each row only ever counts on, and so does the number of moves: so does their sum.
        sequence=sum(row.sequence for row in chain) + len(chain) - 1,
        other=_other(duo, person),
        planned=last,
        starts_at=last.planned_at,
        ends_at=last.planned_at + timedelta(minutes=last.minutes),
        timezone=duo.branch.timezone,
        changed_at=max(row.changed_at for row in chain),
        is_off=last.state in OFF,
    )


def _first(row: FirstMeeting, duo: Duo, person: Person) -> CalendarEvent:
    return CalendarEvent(
        uid=f"first-{row.pk}-of-{duo.pk}",
        sequence=0 if row.state == FirstMeetingState.PLANNED else 1,
        other=_other(duo, person),
        planned=row,
        starts_at=row.starts_at,
        ends_at=row.starts_at + FIRST_LASTS,
        timezone=duo.branch.timezone,
        changed_at=row.closed_at or row.booked_at,
        is_off=row.state in (FirstMeetingState.MISSED, FirstMeetingState.MOVED),
        of_three=True,
    )


def _other(duo: Duo, person: Person) -> str:
    return str(duo.mentor.first_name if duo.mentee_id == person.pk else duo.mentee.first_name)


def _is_theirs(event: CalendarEvent, standing_in: StandingIn) -> bool:
    """Whoever stands in sees the days of it; of their own duos everything."""
    if event.planned.duo_id != standing_in.duo.pk:
        return True
    return standing_in.first <= local_day(event.starts_at, event.timezone) <= standing_in.last
