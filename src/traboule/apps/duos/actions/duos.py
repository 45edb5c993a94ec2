"""What changes a duo or takes a place.

Authorise, lock, ask the kernel, write, audit in the same transaction.
"""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from traboule.apps.duos.actions.rhythms import sync_plan
from traboule.apps.duos.enums import OPEN_DUO_STATES, CloseReason
from traboule.apps.duos.models import Duo, MentorPlace
from traboule.apps.duos.rules import human, human_behind
from traboule.apps.people.actions import move_mentee
from traboule.apps.people.enums import MenteeState, Permission
from traboule.apps.people.models import Login, MenteeProfile, MentorProfile, Person
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.kernel.calendar import PROGRAMME_WEEKS, last_day
from traboule.kernel.endings import LONGEST_EXTENSION
from traboule.kernel.lifecycle import DUO


class SomebodyWasFaster(Exception):
    """Somebody else decided first. `by` is a name to show, `at` the instant, in UTC."""

    def __init__(self, by: str, at: datetime) -> None:
        super().__init__(f"{by}, {at.isoformat()}")
        self.by = by
        self.at = at


class PlaceTaken(SomebodyWasFaster):
    """The last free place of this mentor is taken: by whom and when."""


class NoCapacity(Exception):
    """This mentor offers no place at all: nobody took one."""


class MenteeAlreadyInDuo(SomebodyWasFaster):
    """This mentee has an open duo: who started it and when."""


class WrongDates(ValueError):
    """The day lies before the start of the duo, or a new end is no later one or too far away."""


@transaction.atomic
def take_place(*, mentor: Person, by: Actor, now: datetime) -> MentorPlace:
    """The lowest free numbered place of `mentor`, taken. Raises PlaceTaken or NoCapacity.

    The profile row is locked first, so two who come at once are served one after the other; should anything
    ever get around the lock, the unique (mentor, number) in the database still lets in only one.
    """
    authorise(by, Permission.DUOS_WRITE, mentor.branch_id)
    login = human(by)
    hold_people(mentor.pk)
    capacity = (
        MentorProfile.everywhere.select_for_update().values_list("capacity", flat=True).get(person=mentor)
    )
    taken = set(mentor.places_taken.values_list("number", flat=True))
    free = next((number for number in range(1, capacity + 1) if number not in taken), None)
    if free is None:
        raise _place_taken(mentor) if taken else NoCapacity
    try:
        with transaction.atomic():
            place = MentorPlace.everywhere.create(mentor=mentor, number=free, taken_at=now, taken_by_id=login)
    except IntegrityError:
        raise _place_taken(mentor) from None
    facts = {"mentor": mentor.pk, "number": free}
    audit.record(
        by=by,
        now=now,
        branch_id=mentor.branch_id,
        verb="place.taken",
        subject_type="place",
        subject_id=place.pk,
        facts=facts,
    )
    return place


def _place_taken(mentor: Person) -> PlaceTaken:
    last = mentor.places_taken.select_related("taken_by").latest("taken_at", "pk")
    return PlaceTaken(str(last.taken_by), last.taken_at)


@transaction.atomic
def free_place(*, place: MentorPlace, by: Actor, now: datetime, decided_by: Login | None = None) -> None:
    """Give a place back.

    The caller has already let go of it; the database refuses while a duo or proposal holds it. `decided_by`
    is whoever decided what a person now answers by a link.
    """
    branch_id = place.mentor.branch_id
    authorise(by, Permission.DUOS_WRITE, branch_id)
    human_behind(by, decided_by)
    facts = {"mentor": place.mentor_id, "number": place.number}
    audit.record(
        by=by,
        now=now,
        branch_id=branch_id,
        verb="place.freed",
        subject_type="place",
        subject_id=place.pk,
        facts=facts,
    )
    place.delete()


@transaction.atomic
def start_duo(
    *,
    mentor: Person,
    mentee: Person,
    place: MentorPlace,
    started_on: date,
    by: Actor,
    now: datetime,
    weeks: int = PROGRAMME_WEEKS,
    decided_by: Login | None = None,
) -> Duo:
    """A duo on a place held for it, by a human or decided by one. Raises MenteeAlreadyInDuo."""
    authorise(by, Permission.DUOS_WRITE, mentee.branch_id)
    login = human_behind(by, decided_by)
    if place.mentor_id != mentor.pk:
        raise ValueError("the place belongs to another mentor")
    hold_people(mentor.pk, mentee.pk)
    running = (
        Duo.everywhere.filter(mentee=mentee, state__in=OPEN_DUO_STATES).select_related("started_by").first()
    )
    if running is not None:
        raise MenteeAlreadyInDuo(str(running.started_by), running.started_at)
    duo = Duo.everywhere.create(
        branch_id=mentee.branch_id,
        mentor=mentor,
        mentee=mentee,
        place=place,
        state=DUO.first,
        started_on=started_on,
        ends_on=last_day(started_on, weeks),
        started_by_id=login,
        started_at=now,
        coordinator_id=login,
    )
    move_mentee(mentee=mentee.mentee, to=MenteeState.MATCHED, by=by, now=now)
    _record(
        duo, "duo.started", by, now, mentor=mentor.pk, mentee=mentee.pk, started_on=started_on.isoformat()
    )
    return duo


@transaction.atomic
def pause_duo(*, duo: Duo, paused_on: date, by: Actor, now: datetime) -> Duo:
    """Rest from `paused_on`; the place stays taken. Raises IllegalMove, WrongDates."""
    duo = _locked(duo, by)
    state = DUO.after(duo.state, "pause")
    if paused_on < duo.started_on:
        raise WrongDates
    duo.state, duo.paused_on = state, paused_on
    duo.save(update_fields=("state", "paused_on"))
    sync_plan(duo=duo, by=by, now=now)
    _record(duo, "duo.paused", by, now, paused_on=paused_on.isoformat())
    return duo


@transaction.atomic
def resume_duo(*, duo: Duo, by: Actor, now: datetime) -> Duo:
    """End the pause. Raises IllegalMove."""
    duo = _locked(duo, by)
    duo.state, duo.paused_on = DUO.after(duo.state, "resume"), None
    duo.save(update_fields=("state", "paused_on"))
    sync_plan(duo=duo, by=by, now=now)
    _record(duo, "duo.resumed", by, now)
    return duo


@transaction.atomic
def extend_duo(*, duo: Duo, ends_on: date, by: Actor, now: datetime, decided_by: Login | None = None) -> Duo:
    """Move the planned end to a later day; meetings are planned up to it. Raises IllegalMove, WrongDates.

    `decided_by` is whoever asked the two what they now answer by a link.
    """
    authorise(by, Permission.DUOS_WRITE, duo.branch_id)
    human_behind(by, decided_by)
    duo = _held(duo)
    duo.state = DUO.after(duo.state, "extend")
    before = duo.ends_on
    if not before < ends_on <= before + LONGEST_EXTENSION:
        raise WrongDates
    duo.ends_on = ends_on
    duo.save(update_fields=("ends_on",))
    sync_plan(duo=duo, by=by, now=now)
    _record(duo, "duo.extended", by, now, before=before.isoformat(), ends_on=ends_on.isoformat())
    return duo


@transaction.atomic
def close_duo(
    *,
    duo: Duo,
    reason: CloseReason,
    closed_on: date,
    by: Actor,
    now: datetime,
    wait_again: bool = False,
    comes_first: bool = False,
) -> Duo:
    """End the duo and give its place back to the mentor. Raises IllegalMove, WrongDates.

    `wait_again` puts the mentee back into the pool, waiting since `closed_on`, and `comes_first` before those
    who wait for a first mentor; else she has left it.
    """
    duo = _locked(duo, by)
    state = DUO.after(duo.state, "close")
    if closed_on < duo.started_on:
        raise WrongDates
    place = duo.place
    duo.state, duo.closed_on, duo.closed_by_id = state, closed_on, human(by)
    duo.close_reason, duo.place, duo.paused_on = CloseReason(reason), None, None
    duo.save(update_fields=("state", "closed_on", "closed_by", "close_reason", "place", "paused_on"))
    if place is not None:
        free_place(place=place, by=by, now=now)
    _leave_duo(duo, wait_again=wait_again, comes_first=comes_first, by=by, now=now)
    sync_plan(duo=duo, by=by, now=now)
    _record(duo, "duo.closed", by, now, reason=str(duo.close_reason), closed_on=closed_on.isoformat())
    return duo


def _leave_duo(duo: Duo, *, wait_again: bool, comes_first: bool, by: Actor, now: datetime) -> None:
    """The mentee waits again since the end of the duo, or has left.

    One who was moved meanwhile stays there.
    """
    profile = MenteeProfile.everywhere.select_for_update().get(person_id=duo.mentee_id)
    if profile.state != MenteeState.MATCHED:
        return
    if wait_again:
        profile.waiting_since, profile.can_wait_until = duo.closed_on, None
        profile.comes_first_since = duo.closed_on if comes_first else None
        profile.save(update_fields=("waiting_since", "can_wait_until", "comes_first_since"))
    to = MenteeState.POOL if wait_again else MenteeState.LEFT
    move_mentee(mentee=profile, to=to, by=by, now=now)


def hold_people(*ids: int) -> list[Person]:
    """Lock these people's rows until the end of the transaction and read them anew, in one order for
    everybody.

    Always the first lock after a decision's own row: pausing and archiving start with the person too, so
    nobody waits for somebody who waits for him.
    """
    return list(Person.everywhere.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))


def _locked(duo: Duo, by: Actor) -> Duo:
    authorise(by, Permission.DUOS_WRITE, duo.branch_id)
    human(by)
    return _held(duo)


def _held(duo: Duo) -> Duo:
    return (
        Duo.everywhere.select_for_update(of=("self",))
        .select_related("place", "mentor", "mentee", "branch")
        .get(pk=duo.pk)
    )


def _record(duo: Duo, verb: str, by: Actor, now: datetime, **facts: object) -> None:
    audit.record(
        by=by, now=now, branch_id=duo.branch_id, verb=verb, subject_type="duo", subject_id=duo.pk, facts=facts
    )
