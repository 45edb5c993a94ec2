"""What a mentee sees of what they told, and of whom a mentor may tell. The caller has proven who reads."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from traboule.apps.duos.enums import OPEN_DUO_STATES
from traboule.apps.duos.models import Duo
from traboule.apps.outcomes.enums import STANDING, ToldBy
from traboule.apps.outcomes.models import NoOutcome, Outcome
from traboule.apps.people.enums import Side
from traboule.apps.people.models import Person

MENTOR_TELLS = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Door:
    """On which side of a duo somebody may tell, and of whom: a mentee of themselves."""

    side: Side
    mentees: list[Person]


def door_of(person_id: int, today: date) -> Door | None:
    """Return of whom a person may tell: a mentee of a duo, a mentor up to two years after it; else None."""
    rows = Duo.everywhere.filter(Q(mentee=person_id) | Q(mentor=person_id)).filter(
        Q(state__in=OPEN_DUO_STATES) | Q(mentee=person_id) | Q(closed_on__gte=today - MENTOR_TELLS)
    )
    duos = list(rows.select_related("mentee").order_by("-started_on", "-pk"))
    if any(duo.mentee_id == person_id for duo in duos):
        return Door(Side.MENTEE, [duo.mentee for duo in duos if duo.mentee_id == person_id][:1])
    seen = {duo.mentee_id: duo.mentee for duo in duos if _is_there(duo.mentee)}
    return Door(Side.MENTOR, list(seen.values())) if seen else None


def _is_there(mentee: Person) -> bool:
    return mentee.archived_at is None and bool(mentee.first_name)


def own_outcomes(person: Person) -> list[Outcome]:
    """Return all that stands about a mentee, whoever told it, the latest first."""
    rows = Outcome.everywhere.filter(person=person, state__in=STANDING)
    return list(rows.order_by("-starts_on", "-pk"))


def own_outcome(person: Person, pk: int) -> Outcome | None:
    """Return one outcome that a mentee told, or None."""
    rows = Outcome.everywhere.filter(person=person, told_by=ToldBy.MENTEE, state__in=STANDING, pk=pk)
    return rows.select_related("branch", "person").first()


def last_answer(person: Person) -> NoOutcome | None:
    """Return the last answer that a mentee gave themselves, or None."""
    return NoOutcome.everywhere.filter(person=person, told_by=ToldBy.MENTEE).first()
