"""Booking a place, moving it, giving it back; the waiting list moves up on its own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from traboule.apps.applications.actions import _session_messages as messages
from traboule.apps.applications.enums import HOLDS_A_PLACE, STILL_COUNTS, BookingState
from traboule.apps.applications.models import Application, Booking, InfoSession
from traboule.apps.applications.queries.closing import takes_people
from traboule.apps.people.actions.contact import touch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.permissions import authorise
from traboule.core.scope import locked
from traboule.kernel.gatherings import offer_ends

GUEST_KEYS = ("first_name", "last_name", "email", "phone", "language", "side")


class SessionFull(Exception):
    """No place is left: somebody else took the last one."""


class SessionOver(Exception):
    """The session has started, or does not take place."""


class NotOnTheList(Exception):
    """This booking holds no place and waits for none: there is nothing to give back."""


class NoOffer(Exception):
    """No place is kept for this booking any more."""


@transaction.atomic
def book(
    *,
    session: InfoSession,
    guest: Mapping[str, Any],
    by: Actor,
    now: datetime,
    person: Person | None = None,
    application: Application | None = None,
    wait_if_full: bool = False,
) -> Booking:
    """Give ``guest`` (GUEST_KEYS) a place, or one on the waiting list; booking twice returns the first one.

    Raises SessionFull, SessionOver; NotVisible or NotAllowed.
    """
    authorise(by, Permission.SESSIONS_WRITE, session.branch_id)
    session = _hold(session, now)
    if not takes_people(session.branch, local_day(now, session.branch.timezone)):
        raise SessionOver
    held = _same_guest(session, guest, person)
    if held is not None:
        return held
    booking = Booking(
        session=session,
        person=person,
        application=application,
        made_at=now,
        **{name: guest[name] for name in GUEST_KEYS if guest.get(name)},
    )
    _seat(booking, now, wait_if_full)
    touch(booking.person_id, now)
    _record("booking.made", booking, by, now)
    _confirm(booking, by, now)
    return booking


@transaction.atomic
def cancel_booking(*, booking: Booking, by: Actor, now: datetime) -> Booking:
    """Give the place back and offer it to who waits longest. Raises NotOnTheList."""
    authorise(by, Permission.SESSIONS_WRITE, booking.session.branch_id)
    session, booking = _hold_both(booking)
    if booking.state not in STILL_COUNTS:
        raise NotOnTheList
    messages.withdraw(booking)
    _set(booking, BookingState.CANCELLED, now)
    _record("booking.cancelled", booking, by, now)
    messages.say(booking, "session.unbooked", by=by, now=now, not_after=session.starts_at)
    move_up(session=session, by=by, now=now)
    return booking


@transaction.atomic
def move_booking(*, booking: Booking, to: InfoSession, by: Actor, now: datetime) -> Booking:
    """Take a place at another session, then give the old one back. Raises SessionFull, SessionOver.

    Whoever cancelled, or did not come, books again this way. The old place is kept until the new one is sure.
    """
    authorise(by, Permission.SESSIONS_WRITE, booking.session.branch_id)
    for pk in sorted(
        {booking.session_id, to.pk}
    ):  # always in one order: two who swap do not wait for each other
        InfoSession.everywhere.select_for_update().get(pk=pk)
    old, booking = _hold_both(booking)
    target = _hold(to, now)
    if target.branch_id != old.branch_id:
        raise SessionOver
    if booking.state in STILL_COUNTS and old.pk == target.pk:
        return booking
    held = _same_guest(target, {name: getattr(booking, name) for name in GUEST_KEYS}, booking.person)
    if held is not None:
        return held
    counted = booking.state in STILL_COUNTS
    messages.withdraw(booking)
    if hasattr(
        booking, "attendance"
    ):  # the old list keeps what happened; the new date is a booking of its own
        return book(
            session=target, guest={name: getattr(booking, name) for name in GUEST_KEYS}, by=by, now=now,
            person=booking.person, application=booking.application,
        )  # fmt: skip
    booking.session, booking.place = target, None
    booking.sequence += old.sequence + 2  # calendars count on: more than the old date ever had
    _seat(booking, now, wait_if_full=False)
    _record("booking.moved", booking, by, now, {"from": old.pk})
    _confirm(booking, by, now)
    if counted and old.pk != target.pk:
        move_up(session=old, by=by, now=now)
    return booking


@transaction.atomic
def answer_offer(*, booking: Booking, said_yes: bool, by: Actor, now: datetime) -> Booking:
    """Take an offered place, or leave it to the next. Raises NoOffer once it has gone to somebody else."""
    authorise(by, Permission.SESSIONS_WRITE, booking.session.branch_id)
    _session, booking = _hold_both(booking)
    if booking.state == BookingState.BOOKED and said_yes:
        return booking  # pressed twice
    if booking.state != BookingState.OFFERED or now >= booking.session.starts_at:
        raise NoOffer
    if not said_yes:
        return cancel_booking(booking=booking, by=by, now=now)
    messages.withdraw(booking)
    booking.sequence += 1
    _set(booking, BookingState.BOOKED, now, place=booking.place)
    _record("booking.offer_taken", booking, by, now)
    _confirm(booking, by, now)
    return booking


def move_up(*, session: InfoSession, by: Actor, now: datetime) -> int:
    """Offer what is free to who waits longest; for actions, which hold the row of the session. How many."""
    if session.is_cancelled or (ends := offer_ends(now, session.starts_at)) is None:
        return 0
    waiting = Booking.everywhere.select_for_update(of=("self",)).filter(
        session=session, state=BookingState.WAITING
    )
    offered = 0
    for booking in waiting.select_related("person").order_by("changed_at", "pk"):
        place = _free_place(session)
        if place is None:
            break
        booking.session = session
        messages.withdraw(booking)
        booking.offer_ends_at = ends
        booking.sequence += 1
        _set(booking, BookingState.OFFERED, now, place=place)
        _record("booking.offered", booking, by, now)
        messages.say(booking, "session.offered", by=by, now=now, not_after=ends)
        offered += 1
    return offered


@transaction.atomic
def lapse_offer(*, booking: Booking, by: Actor, now: datetime) -> Booking:
    """Take an offer back that nobody answered in time, and offer the place to the next."""
    authorise(by, Permission.SESSIONS_WRITE, booking.session.branch_id)
    session, booking = _hold_both(booking)
    if booking.state != BookingState.OFFERED or not booking.offer_ends_at or now < booking.offer_ends_at:
        return booking
    messages.withdraw(booking)
    _set(booking, BookingState.LAPSED, now)
    _record("booking.lapsed", booking, by, now)
    messages.say(booking, "session.lapsed", by=by, now=now, not_after=session.starts_at)
    move_up(session=session, by=by, now=now)
    return booking


def _hold(session: InfoSession, now: datetime) -> InfoSession:
    """Lock the row of the session: two who reach for its last place are served one after the other."""
    row = locked(session)
    if row.is_cancelled or now >= row.starts_at:
        raise SessionOver
    return row


def _hold_both(booking: Booking) -> tuple[InfoSession, Booking]:
    """Lock session, then booking: always in this order."""
    session = locked(booking.session)
    row = locked(booking)
    row.session = session
    return session, row


def _free_place(session: InfoSession) -> int | None:
    taken = set(
        Booking.everywhere.filter(session=session, state__in=HOLDS_A_PLACE).values_list("place", flat=True)
    )
    if len(taken) >= session.places:
        return None
    return next(number for number in range(1, session.places + 1) if number not in taken)


def _seat(booking: Booking, now: datetime, wait_if_full: bool) -> None:
    """Save with the lowest free place, or at the end of the waiting list. Who waits already goes first."""
    session = booking.session
    queue = Booking.everywhere.filter(session=session, state=BookingState.WAITING).exists()
    place = None if queue else _free_place(session)
    if place is None and not wait_if_full:
        raise SessionFull
    try:
        with transaction.atomic():
            _set(booking, BookingState.BOOKED if place else BookingState.WAITING, now, place=place)
    except IntegrityError:  # the lock failed us; the unique number did not
        raise SessionFull from None


def _set(booking: Booking, state: BookingState, now: datetime, *, place: int | None = None) -> None:
    booking.state, booking.place, booking.changed_at = state, place, now
    if state != BookingState.OFFERED:
        booking.offer_ends_at = None
    booking.save()


def _same_guest(session: InfoSession, guest: Mapping[str, Any], person: Person | None) -> Booking | None:
    rows = Booking.everywhere.filter(session=session, state__in=STILL_COUNTS).select_related("person")
    if person is not None:
        return rows.filter(person=person).first()
    contact = {name: guest[name] for name in ("email", "phone") if guest.get(name)}
    if not contact:
        return None
    same = rows.filter(first_name__iexact=guest["first_name"], **contact).first()
    if same is not None:
        same.session = session
    return same


def _confirm(booking: Booking, by: Actor, now: datetime) -> None:
    if booking.state == BookingState.BOOKED:
        messages.say(booking, "session.booked", by=by, now=now, not_after=booking.session.starts_at)
        messages.say_reminders(booking, by=by, now=now)
    else:
        messages.say(booking, "session.waiting", by=by, now=now, not_after=booking.session.starts_at)


def _record(
    verb: str, booking: Booking, by: Actor, now: datetime, more: Mapping[str, Any] | None = None
) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=booking.session.branch_id,
        verb=verb,
        subject_type="booking",
        subject_id=booking.pk,
        facts={
            "session": booking.session_id,
            "person": booking.person_id,
            "state": str(booking.state),
            **(more or {}),
        },
    )


def link_for(*, booking: Booking, now: datetime) -> str:
    """Return the secret of a new link for who has just booked: the page of their booking."""
    return messages.link_of(booking, now)
