"""Planning an information session, changing it, calling it off. Everybody who booked is told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from traboule.apps.applications.actions import _session_messages as messages
from traboule.apps.applications.actions.session_bookings import move_up
from traboule.apps.applications.enums import HOLDS_A_PLACE, STILL_COUNTS, BookingState
from traboule.apps.applications.models import Booking, InfoSession
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.core.scope import locked

SESSION_KEYS = (
    *("room", "online_url", "starts_at", "ends_at", "places", "audience", "languages", "hint", "is_open"),
)
# What people who booked must hear of.
TOLD_KEYS = ("room", "online_url", "starts_at", "ends_at")


class TooFewPlaces(ValueError):
    """More people hold a place than the session would have. ``taken`` says how many."""

    def __init__(self, taken: int) -> None:
        super().__init__(str(taken))
        self.taken = taken


class RoomElsewhere(ValueError):
    """The room belongs to another branch."""


class SessionCancelled(Exception):
    """The session was called off: it cannot be changed any more."""


@transaction.atomic
def plan_session(*, branch: Branch, fields: Mapping[str, Any], by: Actor, now: datetime) -> InfoSession:
    """Plan a session; ``fields`` are SESSION_KEYS. Raises RoomElsewhere; NotVisible or NotAllowed."""
    authorise(by, Permission.SESSIONS_WRITE, branch.pk)
    session = InfoSession(branch=branch, created_at=now)
    _fill(session, fields)
    session.save(force_insert=True)
    _record("info_session.planned", session, by, now, {"places": session.places})
    return session


@transaction.atomic
def change_session(
    *, session: InfoSession, fields: Mapping[str, Any], by: Actor, now: datetime
) -> InfoSession:
    """Change a session. A new time or place is told to all who booked; new places go to the waiting list.

    Raises TooFewPlaces, RoomElsewhere, SessionCancelled; NotVisible or NotAllowed.
    """
    authorise(by, Permission.SESSIONS_WRITE, session.branch_id)
    session = locked(session)
    if session.is_cancelled:
        raise SessionCancelled
    before = {name: getattr(session, name) for name in SESSION_KEYS}
    booked = list(_counting(session))
    _fill(session, fields)
    _keep_places(session, [row for row in booked if row.state in HOLDS_A_PLACE])
    changed = sorted(name for name in SESSION_KEYS if getattr(session, name) != before[name])
    is_news = any(name in TOLD_KEYS for name in changed) and session.starts_at > now
    if is_news:
        for booking in booked:
            messages.withdraw(booking)
        session.sequence += 1
    session.save()
    for booking in booked if is_news else []:
        booking.session = session
        _tell_change(booking, by, now)
    _record("info_session.changed", session, by, now, {"fields": changed})
    move_up(session=session, by=by, now=now)
    return session


@transaction.atomic
def cancel_session(*, session: InfoSession, reason: str, by: Actor, now: datetime) -> InfoSession:
    """Call a session off and tell everybody who booked or waits; twice changes nothing."""
    authorise(by, Permission.SESSIONS_WRITE, session.branch_id)
    session = locked(session)
    if session.is_cancelled:
        return session
    session.cancelled_at, session.cancel_reason = now, reason.strip()
    session.sequence += 1
    booked = list(_counting(session))
    for booking in booked:
        messages.withdraw(booking)
    session.save()
    for booking in booked:
        booking.session = session
        booking.state, booking.place, booking.offer_ends_at = BookingState.CANCELLED, None, None
        booking.changed_at = now
        booking.save()
        messages.say(
            booking,
            "session.cancelled",
            by=by,
            now=now,
            why=session.cancel_reason,
            not_after=session.ends_at,
        )
    _record("info_session.cancelled", session, by, now, {"bookings": len(booked)})
    return session


def _counting(session: InfoSession) -> Any:
    rows = Booking.everywhere.filter(session=session, state__in=STILL_COUNTS)
    return rows.select_related("person", "session__branch").order_by("place", "pk")


def _fill(session: InfoSession, fields: Mapping[str, Any]) -> None:
    for name in SESSION_KEYS:
        if name in fields:
            setattr(session, name, fields[name])
    if session.room is not None and session.room.venue.branch_id != session.branch_id:
        raise RoomElsewhere


def _keep_places(session: InfoSession, holding: list[Booking]) -> None:
    """With fewer places, who holds a high number gets a free low one: no number is above the last place."""
    if len(holding) > session.places:
        raise TooFewPlaces(len(holding))
    taken = {row.place for row in holding}
    free = (number for number in range(1, session.places + 1) if number not in taken)
    for row in holding:
        if row.place is not None and row.place > session.places:
            row.place = next(free)
            row.save(update_fields=["place"])


def _tell_change(booking: Booking, by: Actor, now: datetime) -> None:
    if booking.state == BookingState.OFFERED:
        messages.say(booking, "session.offered", by=by, now=now, not_after=booking.offer_ends_at)
    elif booking.state == BookingState.BOOKED:
        messages.say(booking, "session.changed", by=by, now=now, not_after=booking.session.starts_at)
        messages.say_reminders(booking, by=by, now=now)


def _record(verb: str, session: InfoSession, by: Actor, now: datetime, facts: Mapping[str, Any]) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=session.branch_id,
        verb=verb,
        subject_type="info_session",
        subject_id=session.pk,
        facts=facts,
    )
