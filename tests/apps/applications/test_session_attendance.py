"""Who came: marks from two phones, walk-ins, what follows for an applicant and for who did not come."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import people as factory
from tests.factories import sessions as make
from tests.factories.people import NOW
from tests.factories.sessions import BY
from traboule.apps.applications.actions import session_attendance as attendance
from traboule.apps.applications.actions.session_bookings import cancel_booking
from traboule.apps.applications.actions.session_ticks import tick_sessions
from traboule.apps.applications.enums import ApplicationState, Presence
from traboule.apps.applications.models import Application, Attendance, Booking, InfoSession
from traboule.apps.branches.models import Branch
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Person
from traboule.apps.steps.models import OpenStep
from traboule.core.permissions import NotAllowed, NotVisible

pytestmark = pytest.mark.django_db
EVENING = NOW + timedelta(days=10)


def came(booking: Booking, *, seen: str = "", key: str = "", **more: Any) -> Attendance:
    known: dict[str, Any] = {"state": Presence.CAME, "by": BY, "now": EVENING, **more}
    return attendance.mark_attendance(booking=booking, seen=seen, client_key=key, **known)


def applicant(person: Person) -> Application:
    return Application.everywhere.create(
        branch=person.branch, person=person, side="mentee", state=ApplicationState.SENT, started_at=NOW,
        saved_at=NOW, sent_at=NOW, moved_at=NOW,
    )  # fmt: skip


def evening(branch: Branch) -> InfoSession:
    return make.session(branch, starts_at=EVENING)


def test_the_same_mark_sent_twice_counts_once() -> None:
    booking = make.booking(evening(factory.branch()))
    assert came(booking, key="a").pk == came(booking, key="a").pk
    assert Attendance.everywhere.count() == 1


def test_who_marked_otherwise_and_when_is_said_and_nothing_is_overwritten() -> None:
    branch = factory.branch()
    booking = make.booking(evening(branch))
    claire, mehdi = factory.coordinator(branch, name="Claire"), factory.coordinator(branch, name="Mehdi")
    came(booking, key="a", by=claire)
    with pytest.raises(attendance.MarkedOtherwise) as other:
        came(booking, key="b", by=mehdi, state=Presence.MISSED, now=EVENING + timedelta(minutes=5))
    assert (other.value.by, other.value.at, other.value.state) == ("Claire", EVENING, "came")
    assert Attendance.everywhere.get().state == "came"
    came(booking, key="c", by=mehdi, state=Presence.MISSED, seen="came")
    assert Attendance.everywhere.get().state == "missed"


def test_a_late_copy_of_an_old_mark_does_not_undo_what_a_human_decided() -> None:
    booking = make.booking(evening(factory.branch()))
    came(booking, key="a")
    came(booking, key="b", state=Presence.MISSED, seen="came")
    with pytest.raises(attendance.MarkedOtherwise):
        came(booking, key="a")


def test_a_phone_whose_clock_runs_ahead_marks_now() -> None:
    booking = make.booking(evening(factory.branch()))
    assert came(booking, marked_at=EVENING + timedelta(hours=3)).marked_at == EVENING


def test_who_cancelled_is_not_marked_and_other_branches_mark_nobody() -> None:
    branch = factory.branch()
    booking = make.booking(evening(branch))
    with pytest.raises(NotVisible):
        came(booking, by=factory.coordinator(factory.branch()))
    with pytest.raises(NotAllowed):
        came(booking, by=factory.actor(Role.MENTOR, branch))
    cancel_booking(booking=booking, by=BY, now=NOW)
    with pytest.raises(attendance.NotExpected):
        came(booking)


def test_an_applicant_who_came_is_next_invited_to_a_talk_unless_the_mark_was_wrong() -> None:
    person = factory.mentee()
    application = applicant(person)
    booking = make.booking(evening(person.branch), person=person)
    came(booking)
    step = OpenStep.everywhere.get(kind="talk.to_plan", closed_at=None)
    assert (step.subject_id, step.person_id) == (application.pk, person.pk)
    came(booking, state=Presence.MISSED, seen="came")
    assert not OpenStep.everywhere.filter(kind="talk.to_plan", closed_at=None).exists()


def test_who_came_without_booking_is_on_the_list_even_of_a_full_room() -> None:
    session = make.session(factory.branch(), places_left=1, starts_at=EVENING)
    make.booking(session, 1)
    guest = attendance.walk_in(session=session, guest={"first_name": "Omid"}, by=BY, now=EVENING)
    assert (guest.state, guest.attendance.state, guest.place) == ("walked_in", "came", None)


def test_who_did_not_come_hears_of_the_next_dates_once_the_list_is_complete() -> None:
    branch = factory.branch()
    session, later = evening(branch), make.session(branch, starts_at=EVENING + timedelta(days=7))
    person = factory.mentee(branch)
    known, guest, present = (
        make.booking(session, person=person),
        make.booking(session, 1),
        make.booking(session, 2),
    )
    came(present)
    came(guest, state=Presence.MISSED)
    tick_sessions(EVENING + timedelta(hours=4))
    assert not Message.everywhere.filter(kind="session.missed").exists()
    tick_sessions(EVENING + timedelta(hours=26))
    assert OpenStep.everywhere.get(kind="session.list_open").subject_id == session.pk
    came(known, state=Presence.MISSED)
    for _twice in range(2):
        tick_sessions(EVENING + timedelta(hours=27))
    missed = Message.everywhere.filter(kind="session.missed")
    assert {row.person_id or row.address for row in missed} == {person.pk, "guest1@example.org"}
    assert later.starts_at.strftime("%H:%M")[3:] in missed[0].body
    assert OpenStep.everywhere.get(kind="session.missed").person_id == person.pk
    assert not OpenStep.everywhere.filter(kind="session.list_open", closed_at=None).exists()


def test_a_clock_that_slept_three_days_sends_no_stale_reminder() -> None:
    session = evening(factory.branch())
    make.booking(session, 1)
    for row in Message.everywhere.filter(kind__in=["session.reminder", "session.today"]):
        assert row.not_after is not None
        assert row.due_at < row.not_after <= session.starts_at
    booked_late = make.booking(session, 2, now=EVENING - timedelta(hours=20))
    kinds = Message.everywhere.filter(address=booked_late.email).values_list("kind", flat=True)
    assert set(kinds) == {"session.booked", "session.today"}
