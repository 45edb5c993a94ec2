"""Who came. A mark from a phone may come late and twice; two people may have marked otherwise."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from traboule.apps.applications.enums import ApplicationState, BookingState, Presence
from traboule.apps.applications.models import Application, Attendance, Booking, InfoSession
from traboule.apps.applications.queries.sessions import IN_THE_ROOM
from traboule.apps.people.actions.contact import touch
from traboule.apps.people.enums import Permission
from traboule.apps.steps.actions import close_steps, open_step
from traboule.apps.steps.enums import Closing
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.permissions import authorise
from traboule.core.scope import locked

TALK_STEP = "talk.to_plan"
TALK_WITHIN = timedelta(days=7)
TALK_RANK = 50


class MarkedOtherwise(Exception):
    """Somebody else marked otherwise meanwhile: who, when, and what. A human decides."""

    def __init__(self, found: Attendance) -> None:
        super().__init__(found.state)
        self.by = str(found.marked_by) if found.marked_by else ""
        self.at = found.marked_at
        self.state = found.state


class NotExpected(Exception):
    """This booking is not on the list any more: moved or cancelled."""


@transaction.atomic
def mark_attendance(
    *,
    booking: Booking,
    state: Presence,
    seen: str,
    by: Actor,
    now: datetime,
    marked_at: datetime | None = None,
    client_key: str = "",
) -> Attendance:
    """Write whether somebody came. ``seen`` is what stood there when it was marked ("" for nothing).

    ``client_key`` comes from the phone: the same key again changes nothing. Raises MarkedOtherwise,
    NotExpected; NotVisible or NotAllowed.
    """
    authorise(by, Permission.SESSIONS_WRITE, booking.session.branch_id)
    booking = locked(booking)
    if booking.state not in IN_THE_ROOM:
        raise NotExpected
    found = Attendance.everywhere.select_related("marked_by").filter(booking=booking).first()
    if found is not None:
        if (client_key and found.client_key == client_key) or found.state == state:
            return found
        if found.state != seen:
            raise MarkedOtherwise(found)
    mark = found or Attendance(booking=booking)
    mark.state, mark.client_key, mark.received_at = state, client_key, now
    mark.marked_at = min(marked_at or now, now)  # a phone whose clock runs ahead
    mark.marked_by_id = by.id if by.kind is ActorKind.LOGIN else None
    mark.save()
    if state == Presence.CAME:
        touch(booking.person_id, mark.marked_at)
    _record("attendance.marked", booking, by, now, {"state": str(state), "before": seen})
    _next_step(booking, state, by, now)
    return mark


@transaction.atomic
def walk_in(*, session: InfoSession, guest: Mapping[str, Any], by: Actor, now: datetime) -> Booking:
    """Write down somebody who came without booking. A full room still takes them: they are there."""
    authorise(by, Permission.SESSIONS_WRITE, session.branch_id)
    booking = Booking.everywhere.create(
        session=session,
        state=BookingState.WALKED_IN,
        made_at=now,
        changed_at=now,
        **{name: value for name, value in guest.items() if value},
    )
    _record("booking.walked_in", booking, by, now, {})
    mark_attendance(booking=booking, state=Presence.CAME, seen="", by=by, now=now)
    return booking


def _next_step(booking: Booking, state: Presence, by: Actor, now: datetime) -> None:
    """Who came and has sent an application is next invited to a talk; a mark taken back closes that step."""
    application = _application(booking)
    if application is None:
        return
    branch, key = booking.session.branch, f"{TALK_STEP}:{application.pk}"
    if state != Presence.CAME:
        close_steps(branch=branch, key=key, by=by, now=now, closing=Closing.DROPPED)
        return
    open_step(
        branch=branch,
        kind=TALK_STEP,
        key=key,
        by=by,
        now=now,
        person=application.person,
        due_on=local_day(now, branch.timezone) + TALK_WITHIN,
        owner=application.owner,
        rank=TALK_RANK,
        subject_type="application",
        subject_id=application.pk,
    )


def _application(booking: Booking) -> Application | None:
    rows = Application.everywhere.select_related("person", "owner").filter(state=ApplicationState.SENT)
    if booking.application_id:
        return rows.filter(pk=booking.application_id).first()
    return rows.filter(person_id=booking.person_id).first() if booking.person_id else None


def _record(verb: str, booking: Booking, by: Actor, now: datetime, facts: Mapping[str, Any]) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=booking.session.branch_id,
        verb=verb,
        subject_type="booking",
        subject_id=booking.pk,
        facts={"session": booking.session_id, "person": booking.person_id, **facts},
    )
