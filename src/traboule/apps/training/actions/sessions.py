"""Sittings and their seats: plan, cancel, enrol, give a seat back."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from traboule.apps.branches.models import Branch, Room
from traboule.apps.messages.actions import tell
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.apps.steps.actions import close_steps
from traboule.apps.training.actions._shared import login_id, record_session
from traboule.apps.training.enums import Presence, SessionKind
from traboule.apps.training.models import Attendance, Module, Trainer, TrainingSession
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.languages import interface
from traboule.core.links import address_of, make_link
from traboule.core.permissions import NotVisible, authorise
from traboule.core.scope import locked
from traboule.core.spoken import spoken_day

ENROL, PERSON = "training.enrol", "person"
LINK_DAYS = 60
KEYS = frozenset({"title", "starts_at", "ends_at", "place", "room", "trainer", "led_by", "seats", "language"})


class SessionFull(Exception):
    """The last seat is taken; carries how many there are."""

    def __init__(self, seats: int) -> None:
        super().__init__(str(seats))
        self.seats = seats


class RoomTooSmall(ValueError):
    """More seats than the room has; carries how many it has."""

    def __init__(self, seats: int) -> None:
        super().__init__(str(seats))
        self.seats = seats


class SessionOver(Exception):
    """This sitting is over or was cancelled: nobody takes a seat in it any more."""


class SeatUsed(Exception):
    """Presence was noted for this seat: it is not given back any more."""


@transaction.atomic
def plan_session(
    *,
    branch: Branch,
    kind: SessionKind,
    module: Module | None,
    fields: Mapping[str, Any],
    by: Actor,
    now: datetime,
) -> TrainingSession:
    """Plan a sitting; ``fields`` are named in KEYS. Raises RoomTooSmall, NotVisible (of another branch)."""
    authorise(by, Permission.TRAINING_WRITE, branch.pk)
    room: Room | None = fields.get("room")
    led_by: Trainer | None = fields.get("led_by")
    theirs = [module, led_by, room.venue if room else None]
    if any(row is not None and row.branch_id != branch.pk for row in theirs):
        raise NotVisible
    if room is not None and fields.get("seats", 12) > room.capacity:
        raise RoomTooSmall(room.capacity)
    given = {name: value for name, value in fields.items() if name in KEYS}
    session = TrainingSession.everywhere.create(
        branch=branch, kind=kind, module=module, planned_by_id=login_id(by), **given
    )
    record_session(session, "planned", by, now, {"kind": kind, "at": session.starts_at})
    return session


@transaction.atomic
def cancel_session(*, session: TrainingSession, by: Actor, now: datetime) -> TrainingSession:
    """Cancel a sitting, tell who had a seat and who leads it; twice changes nothing. Raises SessionOver."""
    authorise(by, Permission.TRAINING_WRITE, session.branch_id)
    row = locked(session)
    if row.cancelled_at is not None:
        return row
    seats = list(Attendance.everywhere.filter(session=row).select_related("person"))
    if any(seat.presence != Presence.PLANNED for seat in seats):
        raise SessionOver
    row.cancelled_at = now
    row.save(update_fields=["cancelled_at"])
    for seat in seats:
        say_seat(seat, "training.cancelled", by, now)
    say_trainer(row, "training.led_cancelled", by, now)
    record_session(row, "cancelled", by, now, {"seats": len(seats)})
    return row


@transaction.atomic
def enrol(*, session: TrainingSession, person: Person, by: Actor, now: datetime) -> Attendance:
    """Give a mentor the lowest free seat; who has one keeps it. Raises SessionFull, SessionOver, NotVisible.

    The row of the sitting is locked first, so that two who come at once are served one after the other;
    should anything get around the lock, the unique (sitting, seat) in the database lets in only one.
    """
    authorise(by, Permission.TRAINING_WRITE, session.branch_id)
    if person.branch_id != session.branch_id:
        raise NotVisible
    row = locked(session)
    held = Attendance.everywhere.filter(session=row, person=person).first()
    if held is not None:
        return held
    if row.cancelled_at is not None or row.ends_at <= now:
        raise SessionOver
    taken = set(Attendance.everywhere.filter(session=row).values_list("seat", flat=True))
    free = next((number for number in range(1, row.seats + 1) if number not in taken), None)
    if free is None:
        raise SessionFull(row.seats)
    try:
        with transaction.atomic():
            seat = Attendance.everywhere.create(
                session=row, person=person, seat=free, enrolled_at=now, enrolled_by_id=login_id(by)
            )
    except IntegrityError:
        raise SessionFull(row.seats) from None
    if row.module is not None:
        close_steps(branch=row.branch, key=missed_key(person.pk, row.module.number), by=by, now=now)
    say_seat(seat, "training.enrolled", by, now)
    record_session(row, "enrolled", by, now, {"person": person.pk, "seat": free})
    return seat


@transaction.atomic
def give_back_seat(*, attendance: Attendance, by: Actor, now: datetime) -> None:
    """Give a seat back before the sitting. Raises SeatUsed, SessionOver."""
    session = attendance.session
    authorise(by, Permission.TRAINING_WRITE, session.branch_id)
    row = locked(attendance)
    if row.presence != Presence.PLANNED:
        raise SeatUsed
    if session.starts_at <= now:
        raise SessionOver
    record_session(session, "seat_given_back", by, now, {"person": row.person_id, "seat": row.seat})
    row.delete()


@transaction.atomic
def give_back_seats(*, person: Person, by: Actor, now: datetime) -> int:
    """Give every seat of a coming sitting back, because the person stops; return how many."""
    rows = Attendance.everywhere.filter(
        person=person, presence=Presence.PLANNED, session__starts_at__gt=now, session__cancelled_at=None
    )
    seats = list(rows.select_related("session"))
    for seat in seats:
        give_back_seat(attendance=seat, by=by, now=now)
    return len(seats)


@transaction.atomic
def call_off_from(*, branch: Branch, day: date, by: Actor, now: datetime) -> int:
    """Cancel the sittings of a day and after, because the branch closes; return how many."""
    coming = TrainingSession.everywhere.filter(branch=branch, cancelled_at=None, starts_at__gt=now)
    late = [row for row in coming if local_day(row.starts_at, branch.timezone) >= day]
    for session in late:
        cancel_session(session=session, by=by, now=now)
    return len(late)


@transaction.atomic
def send_dates(*, person: Person, by: Actor, now: datetime) -> None:
    """Send a mentor the link where they choose their dates; at most one a day."""
    authorise(by, Permission.TRAINING_WRITE, person.branch_id)
    tell(
        branch=person.branch,
        kind="training.choose",
        event=f"dates:{person.pk}:{now:%Y-%m-%d}",
        values={
            "first_name": person.first_name,
            "branch": person.branch.name,
            "link": address_of(dates_link(person, now)),
        },
        by=by,
        now=now,
        person=person,
    )


def dates_link(person: Person, now: datetime) -> str:
    """Make a link that opens the choice of dates of one mentor, and return its secret."""
    ends = now + timedelta(days=LINK_DAYS)
    return make_link(
        right=ENROL, subject_type=PERSON, subject_id=person.pk, scope=person.branch_id, now=now, ends_at=ends
    )


def missed_key(person_id: int, number: int) -> str:
    """Name of the open step about a module that somebody missed."""
    return f"module.missed:{person_id}:{number}"


def say_seat(seat: Attendance, kind: str, by: Actor, now: datetime, event: str = "") -> None:
    """Tell the holder of a seat something about its sitting; ``event`` tells apart what is said twice."""
    session, person = seat.session, seat.person
    tell(
        branch=session.branch,
        kind=kind,
        event=f"training:{session.pk}:{seat.pk}:{session.starts_at:%Y-%m-%dT%H:%M}{event}",
        values=_said(session, person.first_name, person.contact_language),
        by=by,
        now=now,
        person=person,
        not_after=session.ends_at,
    )


def say_trainer(session: TrainingSession, kind: str, by: Actor, now: datetime, event: str = "") -> None:
    """Tell who leads a sitting something about it; one without an address is called by the team."""
    led_by = session.led_by
    person = led_by.person if led_by else None
    if led_by is None or (person is None and not led_by.email):
        return
    language = person.contact_language if person else led_by.language
    tell(
        branch=session.branch,
        kind=kind,
        event=f"training:{session.pk}:led:{led_by.pk}:{session.starts_at:%Y-%m-%dT%H:%M}{event}",
        values=_said(session, led_by.first_name, language),
        by=by,
        now=now,
        person=person,
        address="" if person else led_by.email,
        language=language,
        not_after=session.ends_at,
    )


def _said(session: TrainingSession, first_name: str, language: str) -> dict[str, Any]:
    # Imported here: words for people are chosen when the message is written, in the reader's language.
    from django.utils import translation
    from django.utils.timezone import localtime

    with translation.override(interface(language)):
        return {
            "first_name": first_name,
            "title": session.said_title,
            "day": spoken_day(localtime(session.starts_at).date(), weekday=False, year=True),
            "hour": f"{localtime(session.starts_at):%H:%M}",
            "place": session.said_place,
            "where": "\n".join(line for line in (session.said_place, session.said_access) if line),
            "branch": session.branch.name,
        }
