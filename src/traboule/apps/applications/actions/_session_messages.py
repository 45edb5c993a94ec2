"""What people who book are told, and when; called by the actions of sessions inside their transactions."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext

from traboule.apps.applications.models import Booking, InfoSession
from traboule.apps.applications.queries.sessions import next_sessions, say_place, say_when, say_where
from traboule.apps.messages.actions import tell
from traboule.apps.messages.enums import DeliveryState, Why
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Channel
from traboule.core.actors import Actor
from traboule.core.languages import interface
from traboule.core.links import address_of, make_link
from traboule.kernel.gatherings import morning_of, two_days_before

BOOKING_RIGHT = "booking.change"
NEXT_DATES = 3
NO_DATE_FOR = timedelta(days=14)
# Who did not come may still take another date with the link of the reminder.
LINK_AFTER = timedelta(days=30)


def link_of(booking: Booking, now: datetime) -> str:
    """Return the secret of a new link with which this booking is moved, cancelled or made again."""
    return make_link(
        right=BOOKING_RIGHT,
        subject_type="booking",
        subject_id=booking.pk,
        scope=booking.session.branch_id,
        now=now,
        ends_at=max(booking.session.ends_at, now) + LINK_AFTER,
    )


def event_of(booking: Booking) -> str:
    """Name what messages are about: this booking, at this time and place."""
    return f"booking:{booking.pk}.{booking.session_id}.{booking.sequence}.{booking.session.sequence}"


def say(booking: Booking, kind: str, *, by: Actor, now: datetime, **more: Any) -> None:
    """Queue one message about a booking. ``due_at`` and ``not_after`` as in ``tell``; the rest are values."""
    times = {name: more.pop(name, None) for name in ("due_at", "not_after")}
    session, language = booking.session, _language(booking)
    with translation.override(language):
        values = {
            "first_name": booking.first_name,
            "when": say_when(session.starts_at, session.branch.timezone),
            "where": say_where(session),
            "place": say_place(session),
            "link": address_of(link_of(booking, now)),
            "until": _until(booking),
            "dates": _dates(booking, now) if kind == "session.missed" else "",
            "why": more.pop("why", ""),
        }
    whom: dict[str, Any] = {"person": booking.person} if booking.person else _contact(booking)
    event = event_of(booking)
    tell(
        branch=session.branch, kind=kind, event=event, values=values, by=by, now=now, language=language,
        **whom, **times,
    )  # fmt: skip


def say_reminders(booking: Booking, *, by: Actor, now: datetime) -> None:
    """Queue both reminders; one whose hour has passed is left out, and none goes out stale."""
    zone = ZoneInfo(booking.session.branch.timezone)
    starts_at = booking.session.starts_at
    first, second = two_days_before(starts_at, zone), morning_of(starts_at, zone)
    if now < first:
        say(booking, "session.reminder", by=by, now=now, due_at=first, not_after=second)
    if now < second:
        say(booking, "session.today", by=by, now=now, due_at=second, not_after=starts_at)


def withdraw(booking: Booking) -> int:
    """Withhold what still waits to be sent about a booking as it stood; return how many messages."""
    return Message.everywhere.filter(
        branch_id=booking.session.branch_id,
        state=DeliveryState.WAITING,
        key__contains=f":{event_of(booking)}:",
    ).update(state=DeliveryState.WITHHELD, reason=Why.WITHDRAWN)


def _language(booking: Booking) -> str:
    return interface(booking.person.contact_language if booking.person else booking.language)


def _contact(booking: Booking) -> dict[str, Any]:
    if booking.email:
        return {"address": booking.email, "channel": Channel.EMAIL}
    return {"address": booking.phone, "channel": Channel.SMS}


def _until(booking: Booking) -> str:
    ends = booking.offer_ends_at
    return say_when(ends, booking.session.branch.timezone) if ends else ""


def dates_hold_until(booking: Booking, now: datetime) -> datetime:
    """Return until when "the next dates" are worth saying: the first of them begins."""
    return min((row.starts_at for row in _next(booking, now)), default=now + NO_DATE_FOR)


def _next(booking: Booking, now: datetime) -> list[InfoSession]:
    rows = next_sessions(booking.session.branch, now, side=booking.side, only_free=True)
    return list(rows[:NEXT_DATES])


def _dates(booking: Booking, now: datetime) -> str:
    branch = booking.session.branch
    found = [say_when(row.starts_at, branch.timezone) for row in _next(booking, now)]
    return "; ".join(found) or gettext("we write as soon as there is one")
