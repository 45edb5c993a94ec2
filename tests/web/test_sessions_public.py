"""Booking without an account: the pages, and the links that open again, late, or by a scanner."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from tests.factories import people as factory
from tests.factories import sessions as make
from tests.factories.sessions import BY
from traboule.apps.applications.actions.session_bookings import cancel_booking
from traboule.apps.applications.actions.session_ticks import tick_sessions
from traboule.apps.applications.models import Booking, InfoSession
from traboule.apps.branches.models import Branch
from traboule.apps.messages.models import Message
from traboule.core.links import make_link

pytestmark = pytest.mark.django_db
GUEST = {
    "first_name": "Selam", "last_name": "T.", "phone": "06 39 98 00 11", "email": "", "side": "mentee",
    "language": "fr", "act": "book",
}  # fmt: skip


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def ahead(branch: Branch, now: datetime, days: int = 5, places: int = 3, **fields: object) -> InfoSession:
    return make.session(branch, places_left=places, starts_at=now + timedelta(days=days), **fields)


def address(session: InfoSession) -> str:
    return reverse("public_session", args=[session.branch.slug, session.pk])


def door_of(booking: Booking, kind: str = "session.booked") -> str:
    body = Message.everywhere.filter(key__contains=f":booking:{booking.pk}.", kind=kind).last().body
    found = re.search(r"/l/\w+/", body)
    assert found is not None
    return found.group()


def test_the_next_dates_are_shown_and_not_those_past_called_off_or_kept_back(
    client: Client, lyon: Branch, now: datetime
) -> None:
    shown = ahead(lyon, now, hint="Children are welcome")
    ahead(lyon, now, is_open=False)
    ahead(factory.branch(), now)
    hidden = ahead(lyon, now, online_url="https://visio.example.org/secret", room=None)
    page = client.get(reverse("public_sessions", args=["lyon"])).content.decode()
    assert page.count("<article") == 2
    assert address(shown) in page
    assert address(hidden) in page
    assert "visio.example.org" not in page  # the address is for those who have booked


def test_a_phone_number_is_enough_and_the_page_of_the_booking_opens(
    client: Client, lyon: Branch, now: datetime
) -> None:
    session = ahead(lyon, now)
    answer = client.post(address(session), GUEST, follow=True)
    booking = Booking.everywhere.get()
    assert (booking.phone, booking.state, booking.place) == ("+33639980011", "booked", 1)
    assert answer.redirect_chain[0][0].startswith("/l/")
    assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first_name": ""}, "first_name"),
        ({"phone": ""}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"phone": "", "email": "no address"}, "email"),
        ({"side": "director"}, "side"),
    ],
)
def test_what_is_missing_is_said_beside_the_field_and_nothing_typed_is_lost(
    client: Client, lyon: Branch, now: datetime, changes: dict[str, str], field: str
) -> None:
    answer = client.post(address(ahead(lyon, now)), {**GUEST, **changes})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "T." in answer.content.decode()
    assert not Booking.everywhere.exists()


@pytest.mark.parametrize(
    "phone", ["+32 470 12 34 56", "0032 470 12 34 56", "+251 91 123 4567", "04 72 00 00 00"]
)
def test_numbers_of_other_countries_and_landlines_are_taken(
    client: Client, lyon: Branch, now: datetime, phone: str
) -> None:
    assert client.post(address(ahead(lyon, now)), {**GUEST, "phone": phone}).status_code == 302


def test_full_while_somebody_types_is_said_and_the_waiting_list_is_one_press_away(
    client: Client, lyon: Branch, now: datetime
) -> None:
    session = ahead(lyon, now, places=1)
    make.booking(session, 1)
    answer = client.post(address(session), GUEST)
    assert answer.status_code == 409
    assert 'value="wait"' in answer.content.decode()
    assert "Selam" in answer.content.decode()
    client.post(address(session), {**GUEST, "act": "wait"})
    assert Booking.everywhere.get(first_name="Selam").state == "waiting"


def test_booking_again_does_not_open_the_booking_to_whoever_knows_the_number(
    client: Client, lyon: Branch, now: datetime
) -> None:
    session = ahead(lyon, now)
    client.post(address(session), GUEST)
    answer = Client().post(address(session), GUEST)
    assert answer.status_code == 200
    assert "/l/" not in answer.content.decode()
    assert Booking.everywhere.count() == 1


def test_a_scanner_that_opens_the_link_changes_nothing(client: Client, lyon: Branch, now: datetime) -> None:
    booking = make.booking(ahead(lyon, now), 1, now=now)
    before = Booking.everywhere.values().get()
    for _opened in range(3):
        for extra in ("", "?calendar=1", "?act=cancel"):
            assert client.get(door_of(booking) + extra).status_code == 200
        assert client.head(door_of(booking)).status_code == 200
    assert Booking.everywhere.values().get() == before


def test_cancelling_twice_is_kind_and_the_date_leaves_the_calendar(
    client: Client, lyon: Branch, now: datetime
) -> None:
    booking = make.booking(ahead(lyon, now), 1, now=now)
    door = door_of(booking)
    kept = Calendar.from_ical(client.get(door + "?calendar=1").content)
    for _pressed in range(2):
        answer = client.post(door, {"act": "cancel"}, follow=True)
        assert answer.status_code == 200
    booking.refresh_from_db()
    assert booking.state == "cancelled"
    gone = Calendar.from_ical(client.get(door + "?calendar=1").content)
    events = [found.walk("VEVENT")[0] for found in (kept, gone)]
    assert gone["method"] == "CANCEL"
    assert events[0]["uid"] == events[1]["uid"]
    assert events[1]["sequence"] > events[0]["sequence"]
    assert "Novak" not in gone.to_ical().decode()


def test_moving_by_link_keeps_the_uid_and_the_old_link_still_opens(
    client: Client, lyon: Branch, now: datetime
) -> None:
    booking, other = make.booking(ahead(lyon, now), 1, now=now), ahead(lyon, now, days=12)
    door = door_of(booking)
    client.post(door, {"act": "move", "session": other.pk})
    client.post(door, {"act": "move", "session": other.pk})
    booking.refresh_from_db()
    assert booking.session_id == other.pk
    assert Booking.everywhere.count() == 1
    assert client.get(door).status_code == 200


def test_a_link_past_its_end_says_so(client: Client, lyon: Branch, now: datetime) -> None:
    booking = make.booking(ahead(lyon, now), 1, now=now)
    secret = make_link(
        right="booking.change", subject_type="booking", subject_id=booking.pk, scope=lyon.pk,
        now=now - timedelta(days=2), ends_at=now - timedelta(days=1),
    )  # fmt: skip
    assert client.get(f"/l/{secret}/").status_code == 410
    assert client.post(f"/l/{secret}/", {"act": "cancel"}).status_code == 410
    booking.refresh_from_db()
    assert booking.state == "booked"


def test_an_offer_is_taken_by_its_link_and_a_late_yes_is_told_kindly(
    client: Client, lyon: Branch, now: datetime
) -> None:
    session = ahead(lyon, now, places=1)
    holder, first, second = (make.booking(session, n, now=now) for n in (1, 2, 3))
    cancel_booking(booking=holder, by=BY, now=now)
    late = door_of(first, "session.offered")
    assert 'value="yes"' in client.get(late).content.decode()
    tick_sessions(now + timedelta(days=2))
    answer = client.post(late, {"act": "yes"}, follow=True)
    first.refresh_from_db()
    second.refresh_from_db()
    assert answer.status_code == 200
    assert (first.state, second.state) == ("lapsed", "offered")
    client.post(door_of(second, "session.offered"), {"act": "yes"})
    second.refresh_from_db()
    assert second.state == "booked"


def test_somebody_we_know_chooses_a_date_by_a_link(client: Client, lyon: Branch, now: datetime) -> None:
    person, session = factory.mentee(lyon), ahead(lyon, now)
    secret = make_link(
        right="booking.choose", subject_type="person", subject_id=person.pk, scope=lyon.pk, now=now,
        ends_at=now + timedelta(days=9),
    )  # fmt: skip
    assert client.get(f"/l/{secret}/").status_code == 200
    for _twice in range(2):
        client.post(f"/l/{secret}/", {"session": session.pk})
    booking = Booking.everywhere.get()
    assert (booking.person_id, booking.side, booking.state) == (person.pk, "mentee", "booked")


def test_a_branch_that_is_closed_or_unknown_has_no_page(client: Client, lyon: Branch) -> None:
    assert client.get(reverse("public_sessions", args=["nowhere"])).status_code == 404
    Branch.objects.filter(pk=lyon.pk).update(is_active=False)
    assert client.get(reverse("public_sessions", args=["lyon"])).status_code == 404
