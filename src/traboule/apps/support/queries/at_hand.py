"""What there is at all about a duo, asked once: a page then reads only what exists.

The page of a duo and my place are made of panels, most of them empty on most days. One query says which.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, QuerySet

from traboule.apps.duos.enums import FirstMeetingState
from traboule.apps.duos.models import (
    Agreement,
    Duo,
    FirstMeeting,
    Goal,
    Interview,
    JobApplication,
    Suggestion,
)
from traboule.apps.support.models import (
    Absence,
    AdviceCall,
    CheckInSide,
    Concern,
    GatheringInvitation,
    Look,
    Pulse,
    Substitution,
)


@dataclass(frozen=True, slots=True)
class AtHand:
    """Whether there is any of these; what nobody asked about counts as there."""

    first_meeting: bool = True
    agreement: bool = True
    check_in: bool = True
    pulse: bool = True
    absence: bool = True
    substitution: bool = True
    advice: bool = True
    concern: bool = True
    idea: bool = True
    dated: bool = True
    gathering: bool = True
    look: bool = True
    expense: bool = True
    more: Mapping[str, bool] = field(default_factory=dict)  # what rooms above this one asked for, by its name


EVERYTHING = AtHand()


def at_hand_of(person_id: int, duo: Duo, now: datetime, also: "Mapping[str, QuerySet[Any]]") -> AtHand:
    """Return what waits for one person of a duo, ``also`` more rows that other rooms name.

    One query; the caller has proven who reads.
    """
    planned = FirstMeetingState.PLANNED
    return _asked(
        duo,
        first_meeting=FirstMeeting.everywhere.filter(duo=duo.pk, state=planned),
        agreement=Agreement.everywhere.filter(signatures__person=person_id),
        check_in=CheckInSide.everywhere.filter(person=person_id, held_at=None, asked_at__isnull=False),
        pulse=Pulse.everywhere.filter(person=person_id, answered_at=None, skipped_at=None),
        absence=_absences(duo, person_id, now.date()),
        substitution=Substitution.everywhere.filter(duo=duo.pk, ended_at=None),
        advice=AdviceCall.everywhere.filter(person=person_id, answered_at=None),
        idea=Suggestion.everywhere.filter(person=duo.mentee_id),
        gathering=GatheringInvitation.everywhere.filter(person=person_id, gathering__ends_at__gte=now),
        **also,
    )


def at_hand_for_team(duo: Duo, also: "Mapping[str, QuerySet[Any]]") -> AtHand:
    """Return what the team finds on the page of a duo, ``also`` more rows. One query, for who may see it."""
    return _asked(
        duo,
        first_meeting=FirstMeeting.everywhere.filter(duo=duo.pk),
        agreement=Agreement.everywhere.filter(duo=duo.pk),
        pulse=Pulse.everywhere.filter(duo=duo.pk),
        absence=Absence.everywhere.filter(person__in=(duo.mentee_id, duo.mentor_id)),
        substitution=Substitution.everywhere.filter(duo=duo.pk),
        concern=Concern.everywhere.filter(duo=duo.pk, closed_at=None),
        look=Look.everywhere.filter(duo=duo.pk, ended_at=None),
        dated=_dated(duo.mentee_id),
        **also,
    )


def _absences(duo: Duo, person_id: int, today: date) -> QuerySet[Absence]:
    pair = (person_id, duo.mentee_id, duo.mentor_id)
    return Absence.everywhere.filter(person__in=pair, until_on__gte=today)


def _dated(mentee_id: int) -> QuerySet[Any]:
    """A goal, an interview or an application: without any of them nothing on the plan has a day."""
    rows = Goal.everywhere.filter(person=mentee_id).order_by().values("pk")
    more = (
        Interview.everywhere.filter(person=mentee_id).order_by().values("pk"),
        JobApplication.everywhere.filter(person=mentee_id).order_by().values("pk"),
    )
    return rows.union(*more)


def _asked(duo: Duo, **rows: QuerySet[Any]) -> AtHand:
    asked = {f"has_{name}": Exists(found) for name, found in rows.items()}
    row = Duo.everywhere.filter(pk=duo.pk).annotate(**asked).values(*asked).first() or {}
    there = {name: bool(row.get(f"has_{name}")) for name in rows}
    own = {part.name for part in fields(AtHand)}
    more = {name: is_there for name, is_there in there.items() if name not in own}
    return AtHand(**{name: is_there for name, is_there in there.items() if name in own}, more=more)
