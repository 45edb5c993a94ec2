"""The pages of information sessions cost as many queries at 1 row as at 1,000, and never more than 15."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import places
from tests.factories import sessions as make
from tests.web.conftest import SignIn
from traboule.apps.applications.models import Attendance, Booking, InfoSession
from traboule.apps.branches.models import Branch, Room, Venue

pytestmark = pytest.mark.django_db
BUDGET = 15


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.slow
def test_lists_of_sessions_cost_the_same_queries_at_1_and_at_1000_rows(sign_in: SignIn, lyon: Branch) -> None:
    now = timezone.now()
    room = places.room(lyon, capacity=1000)
    session = make.session(lyon, places_left=1000, starts_at=now + timedelta(days=3), room=room)
    make.booking(session, now=now)
    make.session(lyon, starts_at=now - timedelta(days=3), room=room)
    slug = lyon.slug
    addresses = [
        reverse("info_sessions", args=[slug]),
        reverse("info_sessions", args=[slug]) + "?past=1",
        *(
            reverse(name, args=[slug, session.pk])
            for name in ("info_session", "session_attendance", "session_sheet")
        ),
        reverse("public_sessions", args=[slug]),
        reverse("public_session", args=[slug, session.pk]),
        reverse("venues", args=[slug]),
    ]
    client = sign_in(at=lyon)
    few = [queries(client, address) for address in addresses]
    grow(lyon, session)
    many = [queries(client, address) for address in addresses]
    assert many == few
    assert max(many) <= BUDGET


def grow(branch: Branch, session: InfoSession) -> None:
    now = session.starts_at
    ahead = [
        InfoSession(
            branch=branch, room=session.room, places=9, created_at=now,
            starts_at=now + timedelta(days=day), ends_at=now + timedelta(days=day, hours=1),
        )
        for day in range(-500, 501)
        if day
    ]  # fmt: skip
    InfoSession.everywhere.bulk_create(ahead)
    Booking.everywhere.bulk_create(
        Booking(
            session=session, first_name=f"G{n}", state="waiting" if n % 2 else "booked",
            place=None if n % 2 else n + 2, made_at=now, changed_at=now,
        )
        for n in range(1000)
    )  # fmt: skip
    booked = Booking.everywhere.filter(session=session, state="booked")[:300]
    Attendance.everywhere.bulk_create(
        Attendance(booking=row, state="came", marked_at=now, received_at=now) for row in booked
    )
    venues = Venue.everywhere.bulk_create(
        Venue(branch=branch, name=f"V{n}", address="1 rue") for n in range(1000)
    )
    Room.everywhere.bulk_create(Room(venue=venue, name="R", capacity=9) for venue in venues)
