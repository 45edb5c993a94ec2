"""Information sessions and bookings, made by the actions themselves."""

from datetime import datetime, timedelta
from typing import Any

from tests.factories import places
from tests.factories.people import NOW
from traboule.apps.applications.actions.session_bookings import book
from traboule.apps.applications.actions.sessions import plan_session
from traboule.apps.applications.models import Booking, InfoSession
from traboule.apps.branches.models import Branch
from traboule.core.actors import system

BY = system("tests")


def session(
    branch: Branch, *, places_left: int = 12, starts_at: datetime = NOW + timedelta(days=10), **fields: Any
) -> InfoSession:
    """A session in ten days for everybody, in a room of the branch."""
    boring: dict[str, Any] = {}
    if "room" not in fields:
        boring["room"] = None if fields.get("online_url") else places.room(branch)
    boring |= {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=90), "places": places_left}
    return plan_session(branch=branch, fields={**boring, **fields}, by=BY, now=NOW)


def guest(number: int = 0, **fields: Any) -> dict[str, Any]:
    """Somebody who books with an e-mail address."""
    boring = {"first_name": f"Guest{number}", "last_name": "Novak", "email": f"guest{number}@example.org"}
    return {**boring, "language": "en", "side": "mentee", **fields}


def booking(at: InfoSession, number: int = 0, *, now: datetime = NOW, **more: Any) -> Booking:
    """A booking; on the waiting list if the session is full."""
    known = {name: more.pop(name) for name in ("person", "application") if name in more}
    return book(session=at, guest=guest(number, **more), by=BY, now=now, wait_if_full=True, **known)
