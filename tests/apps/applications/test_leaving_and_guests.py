"""Whoever stops gives places, dates and seats back; erasure reaches bookings without a file too."""

from datetime import timedelta

import pytest

from tests.factories import judging as make_judging
from tests.factories import people as make
from tests.factories import sessions as make_session
from tests.factories import training as train
from tests.factories.people import NOW
from traboule.apps.applications.actions.following import withdraw_application
from traboule.apps.applications.actions.guests import GUESTS_KEPT, NOBODY, sweep_guests
from traboule.apps.applications.actions.leaving import stop
from traboule.apps.applications.enums import ApplicationState, BookingState
from traboule.apps.applications.models import Application, Booking, Talk
from traboule.apps.branches.models import Branch
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Side
from traboule.apps.privacy.actions import erase_person
from traboule.apps.privacy.enums import EraseReason
from traboule.apps.steps.models import OpenStep
from traboule.apps.training.models import Attendance
from traboule.core.actors import Actor, system
from traboule.core.links import make_link
from traboule.core.models import Link

pytestmark = pytest.mark.django_db
ME, TEAM = system("my.place"), system("test")
LATER = NOW + timedelta(days=1)


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


@pytest.fixture
def by(lyon: Branch) -> Actor:
    return make.coordinator(lyon)


def test_who_stops_frees_the_place_and_who_waits_is_offered_it(lyon: Branch) -> None:
    person = make.mentee(lyon)
    session = make_session.session(lyon, places_left=1)
    held = make_session.booking(session, person=person)
    waits = make_session.booking(session, 2)
    over = make_session.session(lyon, starts_at=NOW + timedelta(hours=1))
    gone_by = make_session.booking(over, person=person)
    stop(person=person, by=ME, now=LATER)
    states = dict(Booking.everywhere.values_list("pk", "state"))
    assert states == {held.pk: "cancelled", waits.pk: "offered", gone_by.pk: "booked"}
    assert Message.everywhere.filter(person=person, kind="session.reminder", state="waiting").count() == 0


def test_who_stops_has_no_talk_to_come_and_nobody_plans_another(lyon: Branch, by: Actor) -> None:
    application = make_judging.application(lyon)
    make_judging.talk(application, by)
    stop(person=application.person, by=ME, now=NOW)
    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN
    assert Talk.everywhere.get().state == "cancelled"
    assert not Message.everywhere.filter(kind="talk.cancelled").exists()
    assert [step.kind for step in OpenStep.everywhere.filter(closed_at=None)] == ["wants_to_stop"]
    assert not Link.objects.filter(right="answer_talk", withdrawn_at=None).exists()


def test_an_application_that_is_withdrawn_ends_its_talk_too(lyon: Branch, by: Actor) -> None:
    application = make_judging.application(lyon)
    make_judging.talk(application, by)
    application.refresh_from_db()
    withdraw_application(application=application, reason="no time", by=by, now=NOW)
    assert Talk.everywhere.get().state == "cancelled"


def test_who_stops_gives_coming_seats_of_the_training_back(lyon: Branch) -> None:
    mentor = make.mentor(lyon)
    coming = train.sitting(lyon, starts_at=NOW + timedelta(days=5), ends_at=NOW + timedelta(days=5, hours=3))
    past = train.sitting(lyon, starts_at=NOW - timedelta(days=5), ends_at=NOW - timedelta(days=5, hours=-3))
    train.seat(coming, mentor, presence="planned")
    kept = train.seat(past, mentor, presence="planned")
    stop(person=mentor, by=ME, now=NOW)
    assert list(Attendance.everywhere.values_list("pk", flat=True)) == [kept.pk]


def erase(person: object) -> None:
    erase_person(person=person, by=TEAM, now=LATER, reason=EraseReason.ASKED)  # type: ignore[arg-type]  # a person


def test_erasing_reaches_bookings_made_without_a_file_and_their_place_goes_on(lyon: Branch) -> None:
    person = make.mentee(lyon, email="Selam@Example.org", phone="+33612345678")
    session = make_session.session(lyon, places_left=2)
    mine = make_session.booking(session, 1, email="selam@example.ORG")
    phoned = make_session.booking(session, 2, email="", phone="+33612345678")
    waits = make_session.booking(session, 3)
    erase(person)
    assert not Booking.everywhere.filter(pk__in=[mine.pk, phoned.pk]).exists()
    waits.refresh_from_db()
    assert waits.state == BookingState.OFFERED
    assert not Message.everywhere.filter(address__iexact="selam@example.org").exists()


def test_a_contact_that_a_family_shares_reaches_only_what_bears_the_name(lyon: Branch) -> None:
    shared = {"email": "family@example.org", "last_name": "Haile"}
    person = make.mentee(lyon, first_name="Selam", **shared)
    make.mentee(lyon, first_name="Omar", **shared)
    session = make_session.session(lyon)
    mine = make_session.booking(session, 1, first_name="Sélam", **shared)
    brother = make_session.booking(session, 2, first_name="Omar", **shared)
    erase(person)
    assert list(Booking.everywhere.values_list("pk", flat=True)) == [brother.pk]
    assert mine.pk != brother.pk


def test_after_two_silent_years_a_number_may_be_somebody_elses(lyon: Branch) -> None:
    person = make.mentee(lyon, first_name="Selam", last_name="Haile", phone="+33612345678")
    session = make_session.session(lyon, places_left=3)
    of = {"email": "", "phone": "+33612345678"}
    mine, other, earlier = (
        make_session.booking(session, number, first_name=name, last_name="Haile", **of)
        for number, name in enumerate(("Selam", "Aya", "Omar"), 1)
    )
    Booking.everywhere.filter(pk__in=[mine.pk, other.pk]).update(made_at=NOW + timedelta(days=800))
    later = NOW + timedelta(days=801)
    erase_person(person=person, by=system("retention"), now=later, reason=EraseReason.RETENTION)
    assert list(Booking.everywhere.values_list("pk", flat=True)) == [other.pk]
    assert earlier.pk != other.pk


def test_erasing_reaches_an_application_that_was_never_sent(lyon: Branch) -> None:
    person = make.mentee(lyon, email="", phone="+33612345678")
    answers = {"contact": {"phone": ["06 12 34 56 78"], "first_name": ["Selam"]}}
    draft, stopped, other = (
        Application.everywhere.create(
            branch=lyon, side=Side.MENTEE, state=state, answers=said, name="S", started_at=NOW, saved_at=NOW,
            moved_at=NOW,
        )
        for state, said in (("draft", answers), ("withdrawn", answers), ("draft", {"a": {"phone": ["1"]}}))
    )  # fmt: skip
    make_link(
        right="application.resume", subject_type="application", subject_id=draft.pk, scope=lyon.pk, now=NOW,
        ends_at=LATER,
    )  # fmt: skip
    erase(person)
    assert set(Application.everywhere.values_list("pk", flat=True)) == {stopped.pk, other.pk}
    stopped.refresh_from_db()
    assert (stopped.answers, stopped.name) == ({}, "")
    assert not Link.objects.filter(withdrawn_at=None, subject_type="application").exists()


def test_erasing_reaches_the_draft_of_an_adviser_who_typed_the_same_number(lyon: Branch) -> None:
    person = make.mentee(lyon, first_name="Selam", email="", phone="+33612345678")
    of = {"branch": lyon, "side": Side.MENTEE, "started_at": NOW, "saved_at": NOW, "moved_at": NOW}
    said = {"first_name": "Selam", "phone": "06 12 34 56 78", "languages": [["fr", 3]]}
    Application.everywhere.create(answers=said, **of)
    other = Application.everywhere.create(answers=said | {"phone": "06 99 99 99 99"}, **of)
    erase(person)
    assert list(Application.everywhere.values_list("pk", flat=True)) == [other.pk]


def test_a_guest_is_a_number_ninety_days_after_the_session(lyon: Branch) -> None:
    session = make_session.session(lyon)
    guest = make_session.booking(session, 1, phone="+33612345678")
    known = make_session.booking(session, person=make.mentee(lyon))
    assert sweep_guests(session.ends_at + GUESTS_KEPT - timedelta(minutes=1)) == 0
    assert sweep_guests(session.ends_at + GUESTS_KEPT + timedelta(minutes=1)) == 1
    assert sweep_guests(session.ends_at + GUESTS_KEPT + timedelta(days=3)) == 0
    guest.refresh_from_db()
    assert (guest.display_name, guest.email, guest.phone) == (NOBODY, "", "")
    known.refresh_from_db()
    assert known.first_name != NOBODY
    assert not Message.everywhere.filter(person=None).exists()
