"""Information sessions: what is ahead, who comes, who waits."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.http import Http404

from traboule.apps.applications.enums import HOLDS_A_PLACE, Audience, BookingState, Presence
from traboule.apps.applications.models import Application, Attendance, Booking, InfoSession
from traboule.apps.applications.queries._session_words import say_place, say_when, say_where
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise

__all__ = ["say_place", "say_when", "say_where"]

# Who has not said that they come an hour before the start is no longer booked by the public page.
LATEST_BOOKING = timedelta(hours=1)
IN_THE_ROOM = (BookingState.BOOKED, BookingState.WALKED_IN)


def _counted(rows: models.QuerySet[InfoSession]) -> models.QuerySet[InfoSession]:
    """Add ``taken``, ``waiting``, ``came`` and ``left`` (free places) to each session."""
    waits = Q(bookings__state=BookingState.WAITING)
    came = Q(bookings__attendance__state=Presence.CAME)
    return rows.select_related("room__venue", "branch").annotate(
        taken=Count("bookings", filter=Q(bookings__state__in=HOLDS_A_PLACE)),
        waiting=Count("bookings", filter=waits),
        expected=Count("bookings", filter=Q(bookings__state__in=IN_THE_ROOM)),
        marked=Count("bookings__attendance"),
        came=Count("bookings", filter=came),
        left=F("places") - Count("bookings", filter=Q(bookings__state__in=HOLDS_A_PLACE)),
    )


def next_sessions(
    branch: Branch, now: datetime, *, side: str = "", only_free: bool = False
) -> models.QuerySet[InfoSession]:
    """Return the sessions that the public may still book, the next first, with their ``left`` places."""
    rows = InfoSession.everywhere.filter(
        branch=branch, is_open=True, cancelled_at=None, starts_at__gt=now + LATEST_BOOKING
    )
    if side:
        rows = rows.filter(audience__in=[side, Audience.BOTH])
    counted: Any = _counted(rows).order_by("starts_at", "pk")  # with annotations that no type knows
    found: models.QuerySet[InfoSession] = counted.filter(left__gt=0) if only_free else counted
    return found


def bookable(branch: Branch, pk: int, now: datetime) -> Any:
    """Return one session that the public may still book, with its counts. Raises Http404."""
    found = next_sessions(branch, now).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def sessions_of(
    *, actor: Actor, branch: Branch, now: datetime, past: bool = False
) -> models.QuerySet[InfoSession]:
    """Return the sessions of a branch: those ahead, the next first; or the past ones, the last first."""
    authorise(actor, Permission.SESSIONS_SEE, branch.pk)
    rows = _counted(InfoSession.objects.visible_to(actor).filter(branch=branch))
    if past:
        return rows.filter(ends_at__lte=now).order_by("-starts_at", "-pk")
    return rows.filter(ends_at__gt=now).order_by("starts_at", "pk")


def find_session(*, actor: Actor, branch: Branch, pk: int) -> InfoSession:
    """Return one session of a branch. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.SESSIONS_SEE, branch.pk)
    found = _counted(InfoSession.objects.visible_to(actor).filter(branch=branch, pk=pk)).first()
    if found is None:
        raise NotVisible
    return found


def bookings_of(session: InfoSession) -> list[Booking]:
    """Return the bookings of a session that the caller was given, by name, with their marks."""
    rows = Booking.everywhere.filter(session=session).select_related("person", "attendance__marked_by")
    return sorted(rows, key=lambda row: (row.display_name.casefold(), row.pk))


def waiting_list(session: InfoSession) -> list[Booking]:
    """Return who waits, the next to be offered a place first."""
    rows = Booking.everywhere.filter(session=session, state=BookingState.WAITING)
    return list(rows.select_related("person", "attendance").order_by("changed_at", "pk"))


def find_booking(*, actor: Actor, branch: Branch, pk: int) -> Booking:
    """Return one booking of a branch. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.SESSIONS_SEE, branch.pk)
    rows = Booking.objects.visible_to(actor).filter(session__branch=branch, pk=pk)
    found = rows.select_related("session__branch", "session__room__venue", "person").first()
    if found is None:
        raise NotVisible
    return found


def booking_behind_link(pk: str) -> Booking | None:
    """Return the booking that a link opens; the link is the right."""
    rows = Booking.everywhere.select_related("session__branch", "session__room__venue", "person")
    return rows.filter(pk=int(pk)).first() if pk.isdigit() else None


def guest_behind_link(subject_type: str, pk: str) -> tuple[Branch, Person, Application | None] | None:
    """Return branch, person and application of a link that lets somebody choose a date."""
    if not pk.isdigit():
        return None
    if subject_type == "application":
        found = Application.everywhere.select_related("branch", "person").filter(pk=int(pk)).first()
        return (found.branch, found.person, found) if found and found.person else None
    person = Person.everywhere.select_related("branch").filter(pk=int(pk)).first()
    return (person.branch, person, None) if person else None


def attendance_open(now: datetime, *, after: timedelta, within: timedelta) -> models.QuerySet[InfoSession]:
    """Return the sessions whose list nobody followed up yet, ended between ``within`` and ``after`` ago."""
    return InfoSession.everywhere.filter(
        followed_up_at=None, cancelled_at=None, ends_at__lte=now - after, ends_at__gt=now - within
    ).select_related("branch", "room__venue")


def unmarked(session: InfoSession) -> models.QuerySet[Booking]:
    """Return who was expected and has no mark yet."""
    marks = Attendance.everywhere.filter(booking=OuterRef("pk"))
    rows = Booking.everywhere.filter(session=session, state__in=IN_THE_ROOM)
    return rows.filter(~Exists(marks))


def public_branch(slug: str) -> Branch:
    """Return the active branch called ``slug``, for pages that anybody may read. Raises Http404."""
    found = Branch.objects.select_related("organisation").filter(slug=slug, is_active=True).first()
    if found is None:
        raise Http404
    return found
