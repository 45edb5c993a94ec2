"""Who is away, who stands in, who could stand in."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import OPEN_DUO_STATES
from traboule.apps.duos.models import Duo
from traboule.apps.duos.queries import branches_of_duos
from traboule.apps.people.enums import MentorState, Permission
from traboule.apps.people.models import Avoid, MentorProfile, Person
from traboule.apps.support.models import Absence, AdviceCall, Substitution
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise

LONG_DAYS = 14  # longer than two weeks: somebody else is offered
MOST_CANDIDATES = 12


def absences_on(day: date) -> QuerySet[Absence]:
    """Return the absences that hold on `day`: who came back earlier is not away."""
    rows = Absence.everywhere.filter(from_on__lte=day, until_on__gte=day)
    return rows.filter(Q(back_on=None) | Q(back_on__gt=day))


def away(person_id: int, day: date) -> bool:
    """Say whether a person said that they are away on `day` (registry: AWAY)."""
    return absences_on(day).filter(person_id=person_id).exists()


def away_among(people: Iterable[int], day: date) -> set[int]:
    """Return who of these people is away on `day`."""
    return set(absences_on(day).filter(person_id__in=list(people)).values_list("person_id", flat=True))


def absences_of(person_ids: Iterable[int], today: date) -> list[Absence]:
    """Return absences of these people that hold or are still to come, and those of the last two months."""
    since = today - timedelta(days=60)
    rows = Absence.everywhere.filter(person_id__in=list(person_ids), until_on__gte=since)
    return list(rows.select_related("person", "said_by").order_by("-from_on", "-pk"))


def absences_of_page(duo: Duo, today: date) -> list[Absence]:
    """Read them once for all parts of a page that only shows: the row of the duo keeps them."""
    known: list[Absence] | None = getattr(duo, "_absences", None)
    if known is None:
        known = absences_of((duo.mentee_id, duo.mentor_id), today)
        duo._absences = known  # type: ignore[attr-defined]  # kept on the row that was read
    return known


def coming_absence(person: Person, today: date) -> Absence | None:
    """Return the absence of a person that holds now or comes next."""
    rows = Absence.everywhere.filter(person=person, until_on__gte=today)
    return rows.filter(Q(back_on=None) | Q(back_on__gt=today)).order_by("from_on", "pk").first()


def find_absence(
    *, actor: Actor, branch: Branch, pk: int, permission: Permission = Permission.DUOS_SEE
) -> Absence:
    """Return one absence. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, permission, branch.pk)
    rows = Absence.objects.visible_to(actor, permission).filter(person__branch=branch, pk=pk)
    found = rows.select_related("person__branch", "said_by").first()
    if found is None:
        raise NotVisible
    return found


def duos_left_alone(absence: Absence) -> list[Duo]:
    """Return the open duos whose mentor this absence takes away for longer than two weeks."""
    if absence.days <= LONG_DAYS:
        return []
    rows = Duo.everywhere.filter(mentor_id=absence.person_id, state__in=OPEN_DUO_STATES)
    return list(rows.select_related("branch", "mentee", "mentor", "started_by").order_by("pk"))


def substitutions_of(duo: Duo) -> list[Substitution]:
    """Return who stood or stands in for the mentor of a duo, the latest first."""
    rows = Substitution.everywhere.filter(duo=duo)
    return list(rows.select_related("substitute", "arranged_by").order_by("-from_on", "-pk"))


def stands_in(person_id: int, duo_id: int, day: date) -> bool:
    """Say whether a person may act as the mentor of a duo on `day` (registry: STANDS_IN)."""
    return _standing(day).filter(substitute_id=person_id, duo_id=duo_id).exists()


def substitution_of(person_id: int, day: date) -> Substitution | None:
    """Return how a person stands in on `day`, with the open duo, or None."""
    rows = _standing(day).filter(substitute_id=person_id, duo__state__in=OPEN_DUO_STATES)
    rows = rows.select_related("duo__branch__organisation", "duo__mentee", "duo__mentor")
    return rows.order_by("from_on", "pk").first()


def standing_in(person_id: int, day: date) -> QuerySet[Any]:
    """Return the ids of the duos in which a person stands in on `day`."""
    return _standing(day).filter(substitute_id=person_id).values("duo_id")


def branches_of_place(person: Person, day: date) -> set[int]:
    """Return every branch in which something is written that the own page of a person shows on `day`."""
    return {person.branch_id} | branches_of_duos(person.pk, stands_in=standing_in(person.pk, day))


def _standing(day: date) -> QuerySet[Substitution]:
    return Substitution.everywhere.filter(ended_at=None, from_on__lte=day, until_on__gte=day)


def candidates(duo: Duo, from_on: date, until_on: date) -> list[MentorProfile]:
    """Return ready mentors of the branch who are there meanwhile; those with a free place come first.

    Left out: the two themselves, whoever one of them would rather not meet, whoever is away or stands in.
    """
    pair = (duo.mentor_id, duo.mentee_id)
    avoided = Avoid.everywhere.filter(Q(person_id__in=pair) | Q(other_id__in=pair))
    out = {*pair, *(pk for row in avoided.values_list("person_id", "other_id") for pk in row)}
    gone = Absence.everywhere.filter(from_on__lte=until_on, until_on__gte=from_on, back_on=None)
    busy = Substitution.everywhere.filter(ended_at=None, from_on__lte=until_on, until_on__gte=from_on)
    rows = (
        MentorProfile.everywhere.filter(
            person__branch_id=duo.branch_id, person__archived_at=None, state=MentorState.POOL
        )
        .exclude(person_id__in=out)
        .exclude(person_id__in=gone.values("person_id"))
        .exclude(person_id__in=busy.values("substitute_id"))
        .exclude(available_until__lt=until_on)
        .exclude(available_from__gt=from_on)
        .annotate(taken=Count("person__places_taken"))
    )
    ranked = rows.annotate(left=F("capacity") - F("taken")).order_by("-left", "person__last_name", "pk")
    return list(ranked.select_related("person")[:MOST_CANDIDATES])


def find_advice(
    *, actor: Actor, branch: Branch, pk: int, permission: Permission = Permission.DUOS_SEE
) -> AdviceCall:
    """Return one question of somebody who wishes a call. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, permission, branch.pk)
    rows = AdviceCall.objects.visible_to(actor, permission).filter(branch=branch, pk=pk)
    found = rows.select_related("person", "duo__mentee", "duo__mentor", "branch", "answered_by").first()
    if found is None:
        raise NotVisible
    return found


def open_advice_of(person: Person) -> AdviceCall | None:
    """Return the question of a person that waits for a call."""
    return AdviceCall.everywhere.filter(person=person, answered_at=None).order_by("due_on", "pk").first()
