"""Booking a place: the last one goes once, the waiting list moves up, links and clocks behave."""

from datetime import timedelta

import pytest

from tests.factories import people as factory
from tests.factories import sessions as make
from tests.factories.people import NOW
from tests.factories.sessions import BY
from traboule.apps.applications.actions import session_bookings as bookings
from traboule.apps.applications.actions import sessions as actions
from traboule.apps.applications.actions.session_ticks import tick_sessions
from traboule.apps.applications.enums import BookingState
from traboule.apps.applications.models import Booking
from traboule.apps.messages.enums import DeliveryState
from traboule.apps.messages.models import Message
from traboule.core.links import open_link

pytestmark = pytest.mark.django_db


def kinds_for(booking: Booking, state: DeliveryState = DeliveryState.WAITING) -> list[str]:
    rows = Message.everywhere.filter(address=booking.email, state=state)
    return list(rows.order_by("pk").values_list("kind", flat=True))


def test_a_place_is_a_number_and_the_confirmation_and_both_reminders_are_queued() -> None:
    booking = make.booking(make.session(factory.branch()))
    assert (booking.state, booking.place) == (BookingState.BOOKED, 1)
    assert kinds_for(booking) == ["session.booked", "session.reminder", "session.today"]
    said = Message.everywhere.get(kind="session.booked")
    assert "Hello Guest0" in said.body
    assert "/l/" in said.body


def test_who_comes_after_the_last_place_reads_that_it_is_full_and_may_wait() -> None:
    session = make.session(factory.branch(), places_left=1)
    make.booking(session, 1)
    with pytest.raises(bookings.SessionFull):
        bookings.book(session=session, guest=make.guest(2), by=BY, now=NOW)
    waiting = make.booking(session, 2)
    assert (waiting.state, waiting.place) == (BookingState.WAITING, None)
    assert kinds_for(waiting) == ["session.waiting"]


def test_booking_twice_is_one_booking_and_one_confirmation() -> None:
    session = make.session(factory.branch())
    first, second = make.booking(session, 1), make.booking(session, 1, first_name="GUEST1")
    assert first.pk == second.pk
    assert Message.everywhere.filter(kind="session.booked").count() == 1


def test_two_people_with_one_address_both_get_a_place() -> None:
    session = make.session(factory.branch())
    make.booking(session, 1, email="family@example.org")
    make.booking(session, 2, email="family@example.org")
    assert Booking.everywhere.filter(session=session, state=BookingState.BOOKED).count() == 2


def test_a_place_given_back_is_offered_to_who_waits_longest_and_reminders_are_withheld() -> None:
    session = make.session(factory.branch(), places_left=1)
    holder, first, second = (make.booking(session, n, now=NOW + timedelta(minutes=n)) for n in (1, 2, 3))
    bookings.cancel_booking(booking=holder, by=BY, now=NOW + timedelta(hours=1))
    for row in (holder, first, second):
        row.refresh_from_db()
    assert [row.state for row in (holder, first, second)] == ["cancelled", "offered", "waiting"]
    assert first.offer_ends_at == NOW + timedelta(hours=25)
    assert set(kinds_for(holder, DeliveryState.WITHHELD)) >= {"session.reminder", "session.today"}
    assert kinds_for(holder) == ["session.unbooked"]
    assert kinds_for(first) == ["session.offered"]


def test_an_offer_that_nobody_answers_goes_to_the_next_and_the_last_yes_wins_nothing() -> None:
    session = make.session(factory.branch(), places_left=1)
    holder, first, second = (make.booking(session, n, now=NOW + timedelta(minutes=n)) for n in (1, 2, 3))
    bookings.cancel_booking(booking=holder, by=BY, now=NOW + timedelta(hours=1))
    tick_sessions(NOW + timedelta(hours=24))
    first.refresh_from_db()
    assert first.state == BookingState.OFFERED
    for _twice in range(2):
        tick_sessions(NOW + timedelta(hours=25))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state, second.place) == ("lapsed", "offered", 1)
    with pytest.raises(bookings.NoOffer):
        bookings.answer_offer(booking=first, said_yes=True, by=BY, now=NOW + timedelta(hours=26))
    taken = bookings.answer_offer(booking=second, said_yes=True, by=BY, now=NOW + timedelta(hours=26))
    again = bookings.answer_offer(booking=second, said_yes=True, by=BY, now=NOW + timedelta(hours=27))
    assert taken.state == again.state == BookingState.BOOKED
    assert Message.everywhere.filter(kind="session.booked", address=second.email).count() == 1


def test_nobody_new_passes_those_who_wait() -> None:
    session = make.session(factory.branch(), places_left=1, starts_at=NOW + timedelta(minutes=90))
    holder = make.booking(session, 1)
    make.booking(session, 2)
    bookings.cancel_booking(booking=holder, by=BY, now=NOW)  # too late to offer the place
    with pytest.raises(bookings.SessionFull):
        bookings.book(session=session, guest=make.guest(3), by=BY, now=NOW)


def test_moving_takes_the_new_place_before_the_old_one_is_given_back() -> None:
    branch = factory.branch()
    old = make.session(branch, places_left=1)
    new = make.session(branch, places_left=1, starts_at=NOW + timedelta(days=20))
    mover, waiter, other = make.booking(old, 1), make.booking(old, 2), make.booking(new, 3)
    with pytest.raises(bookings.SessionFull):
        bookings.move_booking(booking=mover, to=new, by=BY, now=NOW)
    mover.refresh_from_db()
    assert mover.session_id == old.pk
    bookings.cancel_booking(booking=other, by=BY, now=NOW)
    moved = bookings.move_booking(booking=mover, to=new, by=BY, now=NOW)
    waiter.refresh_from_db()
    assert (moved.session_id, moved.place, moved.uid, moved.sequence) == (new.pk, 1, mover.uid, 2)
    assert waiter.state == BookingState.OFFERED


def test_a_session_called_off_tells_everybody_and_no_reminder_goes_out() -> None:
    session = make.session(factory.branch(), places_left=1)
    booked, waiting = make.booking(session, 1), make.booking(session, 2)
    for _twice in range(2):
        actions.cancel_session(session=session, reason="The room is flooded.", by=BY, now=NOW)
    assert kinds_for(booked) == kinds_for(waiting) == ["session.cancelled"]
    assert "flooded" in Message.everywhere.filter(kind="session.cancelled").first().body
    with pytest.raises(bookings.SessionOver):
        make.booking(session, 3)


def test_a_new_hour_is_told_and_the_reminders_follow_it() -> None:
    session = make.session(factory.branch())
    booked = make.booking(session, 1)
    later = session.starts_at + timedelta(days=1)
    fields = {"starts_at": later, "ends_at": later + timedelta(hours=1)}
    actions.change_session(session=session, fields=fields, by=BY, now=NOW)
    assert kinds_for(booked) == ["session.changed", "session.reminder", "session.today"]
    assert Message.everywhere.get(kind="session.today", state="waiting").not_after == later


def test_places_never_fall_below_who_holds_one_and_more_places_move_the_list_up() -> None:
    session = make.session(factory.branch(), places_left=3)
    rows = [make.booking(session, number) for number in range(4)]
    with pytest.raises(actions.TooFewPlaces):
        actions.change_session(session=session, fields={"places": 2}, by=BY, now=NOW)
    actions.change_session(session=session, fields={"places": 4}, by=BY, now=NOW)
    bookings.cancel_booking(booking=rows[0], by=BY, now=NOW)
    actions.change_session(session=session, fields={"places": 3}, by=BY, now=NOW)
    held = Booking.everywhere.filter(session=session, place__isnull=False)
    assert sorted(held.values_list("place", flat=True)) == [1, 2, 3]


def test_the_link_of_a_message_opens_this_booking_alone() -> None:
    booking = make.booking(make.session(factory.branch()))
    secret = Message.everywhere.get(kind="session.booked").body.split("/l/")[1].split("/")[0]
    link = open_link(secret=secret, now=NOW)
    assert (link.right, link.subject_id) == ("booking.change", str(booking.pk))
