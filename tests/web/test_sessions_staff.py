"""Information sessions for the team: planning, bookings, the list by form and by phone."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import people as factory
from tests.factories import places
from tests.factories import sessions as make
from tests.factories.people import NOW
from tests.web.conftest import SignIn
from traboule.apps.applications.models import Attendance, Booking, InfoSession
from traboule.apps.branches.models import Branch, Venue
from traboule.apps.people.enums import Role

pytestmark = pytest.mark.django_db
AHEAD = {"day": "2031-03-31", "hour": "18:00", "minutes": "90", "places": "12", "audience": "both"}


def url(name: str, branch: Branch, *args: object) -> str:
    return reverse(name, args=[branch.slug, *args])


def rows(client: Client, session: InfoSession, *marks: dict[str, object]) -> list[dict[str, str]]:
    address = url("session_attendance_rows", session.branch, session.pk)
    answer = client.post(address, json.dumps({"rows": marks}), content_type="application/json")
    assert answer.status_code == 200
    found: list[dict[str, str]] = answer.json()["rows"]
    return found


def mark(booking: Booking, state: str, key: str, seen: str = "") -> dict[str, object]:
    at = "2026-03-02T18:05:00Z"
    return {"subject": booking.pk, "state": state, "key": key, "seen": seen, "at": at}


def test_a_session_is_planned_by_the_clock_of_the_branch(sign_in: SignIn, lyon: Branch) -> None:
    Branch.objects.filter(pk=lyon.pk).update(timezone="Europe/London")
    room = places.room(lyon)
    answer = sign_in(at=lyon).post(url("info_session_new", lyon), {**AHEAD, "room": room.pk, "is_open": "on"})
    session = InfoSession.everywhere.get()
    assert answer.status_code == 302
    assert session.starts_at.isoformat() == "2031-03-31T17:00:00+00:00"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, "room"),
        ({"room": "1", "places": "99"}, "places"),
        ({"room": "1", "day": "2031-03-30", "hour": "02:30"}, "hour"),
        ({"room": "1", "day": "2020-01-06"}, "day"),
        ({"online_url": "javascript:alert(1)"}, "online_url"),
    ],
)
def test_a_session_without_a_place_an_hour_that_exists_or_seats_is_not_planned(
    sign_in: SignIn, lyon: Branch, changes: dict[str, str], field: str
) -> None:
    room = places.room(lyon)
    data = {**AHEAD, **changes}
    if "room" in changes:
        data["room"] = str(room.pk)
    answer = sign_in(at=lyon).post(url("info_session_new", lyon), data)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_the_same_session_again_starts_at_the_same_hour_a_week_later_after_the_change(
    sign_in: SignIn, lyon: Branch
) -> None:
    session = make.session(lyon, starts_at=NOW + timedelta(days=23, hours=8))  # 25 March 2026, 18:00
    page = sign_in(at=lyon).get(url("info_session_copy", lyon, session.pk)).content.decode()
    assert 'value="2026-04-01"' in page
    assert 'value="18:00"' in page


def test_the_team_books_moves_cancels_and_calls_off(sign_in: SignIn, lyon: Branch) -> None:
    from django.utils import timezone

    now = timezone.now()
    session = make.session(lyon, starts_at=now + timedelta(days=4))
    other = make.session(lyon, starts_at=now + timedelta(days=9))
    client = sign_in(at=lyon)
    guest = {"first_name": "Nour", "phone": "0639980011", "side": "mentee", "language": "fr"}
    client.post(url("booking_new", lyon, session.pk), guest)
    booking = Booking.everywhere.get()
    client.post(url("booking_move", lyon, booking.pk), {"session": other.pk})
    booking.refresh_from_db()
    assert booking.session_id == other.pk
    client.post(url("booking_cancel", lyon, booking.pk))
    booking.refresh_from_db()
    assert booking.state == "cancelled"
    client.post(url("info_session_cancel", lyon, other.pk), {"reason": "Strike"})
    other.refresh_from_db()
    assert other.is_cancelled
    for past in ("", "?past=1"):
        assert client.get(url("info_sessions", lyon) + past).status_code == 200
    assert "Strike" in client.get(url("info_session", lyon, other.pk)).content.decode()


def test_the_plain_form_marks_and_shows_who_marked_otherwise(sign_in: SignIn, lyon: Branch) -> None:
    session = make.session(lyon)
    first, second = make.booking(session, 1), make.booking(session, 2)
    claire, mehdi = sign_in(at=lyon, name="Claire"), sign_in(at=lyon, name="Mehdi")
    address = url("session_attendance", lyon, session.pk)
    assert claire.post(address, {f"mark-{first.pk}": "came", f"seen-{first.pk}": ""}).status_code == 302
    stale = {f"mark-{first.pk}": "missed", f"seen-{first.pk}": "", f"mark-{second.pk}": "came"}
    answer = mehdi.post(address, {**stale, f"seen-{second.pk}": ""})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Claire marked" in page
    assert f'name="seen-{first.pk}" value="came"' in page
    assert mehdi.post(address, {f"mark-{first.pk}": "missed", f"seen-{first.pk}": "came"}).status_code == 302
    states = dict(Attendance.everywhere.values_list("booking_id", "state"))
    assert states == {first.pk: "missed", second.pk: "came"}


def test_marks_of_a_phone_are_written_once_and_answered_row_by_row(sign_in: SignIn, lyon: Branch) -> None:
    session = make.session(lyon)
    first, second = make.booking(session, 1), make.booking(session, 2)
    elsewhere = make.booking(make.session(lyon), 3)
    claire, mehdi = sign_in(at=lyon, name="Claire"), sign_in(at=lyon, name="Mehdi")
    sent = [mark(first, "came", "k1"), mark(second, "missed", "k2"), mark(elsewhere, "came", "k3")]
    for _twice in range(2):
        answers = rows(claire, session, *sent)
        assert [answer["result"] for answer in answers] == ["saved", "saved", "gone"]
    (answer,) = rows(mehdi, session, mark(first, "missed", "k4"))
    assert (answer["result"], answer["by"], answer["state"]) == ("conflict", "Claire", "came")
    assert answer["at"]
    assert Attendance.everywhere.count() == 2


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{}", b'{"rows": 3}', b'{"rows": [3]}', b'{"rows": [{}]}', b"\xff",
        b'{"rows": [{"subject": true, "state": "came", "at": "2026-03-02T18:05:00Z", "key": "k"}]}',
        b'{"rows": [{"subject": 1, "state": "<b>", "at": "2026-03-02T18:05:00Z", "key": "k"}]}',
        b'{"rows": [{"subject": 1, "state": "came", "at": "2026-03-02T18:05", "key": "k"}]}',
        b'{"rows": [{"subject": 1, "state": "came", "at": "2026-03-02T18:05:00Z", "key": ""}]}',
        b'{"rows": [{"subject": 1, "state": [], "at": 3, "key": "k"}]}',
        b'{"rows": [{"subject": 9e999, "state": "came", "at": "2026-03-02T18:05:00Z", "key": "k"}]}',
        b"[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_list_of_marks_is_refused_and_writes_nothing(
    sign_in: SignIn, lyon: Branch, body: bytes
) -> None:
    session = make.session(lyon)
    address = url("session_attendance_rows", lyon, session.pk)
    assert sign_in(at=lyon).post(address, body, content_type="application/json").status_code == 400
    assert not Attendance.everywhere.exists()


def test_the_worker_lies_beside_the_page_and_may_be_run_by_the_policy(sign_in: SignIn, lyon: Branch) -> None:
    session = make.session(lyon)
    client = sign_in(at=lyon)
    page, script = (
        url("session_attendance", lyon, session.pk),
        url("session_attendance_worker", lyon, session.pk),
    )
    assert script.startswith(page)
    answer = client.get(script)
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "worker-src 'self'" in client.get(page).headers["Content-Security-Policy"]


def test_the_list_on_paper_has_every_name_and_a_square(sign_in: SignIn, lyon: Branch) -> None:
    session = make.session(lyon)
    make.booking(session, 1)
    page = sign_in(at=lyon).get(url("session_sheet", lyon, session.pk)).content.decode()
    assert "Guest1 Novak" in page
    assert "<svg" in page
    assert "viewBox" in page


def test_a_place_and_its_room_are_written_down_and_put_out_of_use(sign_in: SignIn, lyon: Branch) -> None:
    client = sign_in(at=lyon)
    venue = {"name": "La Duchère", "address": "avenue Rosa Parks", "postcode": "69009", "is_active": "on"}
    client.post(url("venue_new", lyon), venue)
    made = Venue.everywhere.get()
    client.post(url("room_new", lyon, made.pk), {"name": "Basement", "capacity": "12", "is_active": "on"})
    assert client.post(url("venue_new", lyon), venue).status_code == 422
    client.post(url("venue_edit", lyon, made.pk), {**venue, "is_active": ""})
    page = client.get(url("venues", lyon)).content.decode()
    assert "Basement" in page
    assert not Venue.everywhere.get().is_active


def test_a_mentor_sees_no_list_and_a_coordinator_of_another_branch_finds_none(
    sign_in: SignIn, lyon: Branch
) -> None:
    session = make.session(lyon)
    address = url("session_attendance", lyon, session.pk)
    assert sign_in(Role.MENTOR, lyon).get(address).status_code == 403
    assert sign_in(at=factory.branch()).get(address).status_code == 404
