"""What time alone brings about: offers that end, and who did not come hears of the next dates."""

from datetime import datetime, timedelta

from django.db import transaction

from traboule.apps.applications.actions import _session_messages as messages
from traboule.apps.applications.actions.session_bookings import lapse_offer
from traboule.apps.applications.enums import BookingState, Presence
from traboule.apps.applications.models import Booking, InfoSession
from traboule.apps.applications.queries.sessions import attendance_open, unmarked
from traboule.apps.steps.actions import close_steps, open_step
from traboule.core import audit
from traboule.core.actors import Actor, system
from traboule.core.days import local_day
from traboule.core.each import each_apart
from traboule.core.scope import locked

CLOCK = system("clock of information sessions")
SETTLED_AFTER = timedelta(hours=2)
LIST_DUE_AFTER = timedelta(hours=20)
FORGOTTEN_AFTER = timedelta(days=14)
LIST_STEP = "session.list_open"
MISSED_STEP = "session.missed"
LIST_RANK, MISSED_RANK = 55, 65


def tick_sessions(now: datetime) -> None:
    """Do what is due at ``now``; a clock that slept catches up, and twice changes nothing."""
    late = Booking.everywhere.filter(state=BookingState.OFFERED, offer_ends_at__lte=now)
    with each_apart() as apart:
        for booking in late.select_related("session__branch", "person").order_by("offer_ends_at", "pk"):
            with apart.one(booking):
                lapse_offer(booking=booking, by=CLOCK, now=now)
        for session in attendance_open(now, after=SETTLED_AFTER, within=FORGOTTEN_AFTER):
            with apart.one(session):
                follow_up(session=session, by=CLOCK, now=now)


@transaction.atomic
def follow_up(*, session: InfoSession, by: Actor, now: datetime) -> InfoSession:
    """Tell who did not come of the next dates, once the list is complete; else ask the team for the list."""
    session = locked(session)
    if session.followed_up_at is not None:
        return session
    key = f"{LIST_STEP}:{session.pk}"
    missing = unmarked(session).count()
    if missing:
        if now >= session.ends_at + LIST_DUE_AFTER:
            open_step(
                branch=session.branch, kind=LIST_STEP, key=key, by=by, now=now, rank=LIST_RANK,
                due_on=local_day(now, session.branch.timezone),
                subject_type="info_session", subject_id=session.pk, keeps=True,
            )  # fmt: skip
        return session
    close_steps(branch=session.branch, key=key, by=by, now=now)
    absent = Booking.everywhere.filter(session=session, attendance__state=Presence.MISSED)
    for booking in absent.select_related("session__branch", "person"):
        until = messages.dates_hold_until(booking, now)
        messages.say(booking, "session.missed", by=by, now=now, not_after=until)
        _ask_after(booking, by, now)
    session.followed_up_at = now
    session.save(update_fields=["followed_up_at"])
    audit.record(
        by=by,
        now=now,
        branch_id=session.branch_id,
        verb="info_session.followed_up",
        subject_type="info_session",
        subject_id=session.pk,
        facts={"missed": len(absent)},
    )
    return session


def _ask_after(booking: Booking, by: Actor, now: datetime) -> None:
    """Somebody we know and who did not come: a step, so that nobody is lost in silence."""
    if booking.person is None:
        return
    branch = booking.session.branch
    open_step(
        branch=branch,
        kind=MISSED_STEP,
        key=f"{MISSED_STEP}:{booking.pk}",
        by=by,
        now=now,
        person=booking.person,
        due_on=local_day(now, branch.timezone) + timedelta(days=3),
        rank=MISSED_RANK,
        subject_type="info_session",
        subject_id=booking.session_id,
    )
