"""Changing a half-day that is planned, and reminding those who come of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from traboule.apps.branches.models import Room
from traboule.apps.people.enums import Permission
from traboule.apps.training.actions._shared import record_session
from traboule.apps.training.actions.sessions import KEYS, RoomTooSmall, SessionOver, say_seat, say_trainer
from traboule.apps.training.enums import Presence
from traboule.apps.training.models import Attendance, Trainer, TrainingSession
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise
from traboule.core.scope import locked

# What those who come, and who leads it, must hear of; the title they read by their link.
TOLD = ("starts_at", "ends_at", "room", "place")
REMINDED = timedelta(days=2)


class SeatsInUse(ValueError):
    """Fewer seats than the highest that somebody holds; carries that one."""

    def __init__(self, seats: int) -> None:
        super().__init__(str(seats))
        self.seats = seats


@transaction.atomic
def change_session(
    *, session: TrainingSession, fields: Mapping[str, Any], by: Actor, now: datetime
) -> TrainingSession:
    """Change a sitting that has not begun; tell who has a seat, and who leads it, of another time or place.

    Raises SessionOver, RoomTooSmall, SeatsInUse, NotVisible (a room or trainer of another branch).
    """
    authorise(by, Permission.TRAINING_WRITE, session.branch_id)
    row = locked(session)
    if row.cancelled_at is not None or row.starts_at <= now:
        raise SessionOver
    given = {name: value for name, value in fields.items() if name in KEYS}
    changed = [name for name, value in given.items() if getattr(row, name) != value]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, given[name])
    _check(row, row.room, row.led_by)
    is_told = any(name in TOLD for name in changed)
    row.sequence += 1 if is_told else 0
    row.save(update_fields=[*changed, "sequence"])
    if is_told:
        for seat in _seats().filter(session=row):
            seat.session = row
            say_seat(seat, "training.changed", by, now, event=f":{row.sequence}")
        say_trainer(row, "training.led_changed", by, now, event=f":{row.sequence}")
    record_session(row, "changed", by, now, {"fields": sorted(changed), "told": is_told})
    return row


def _check(row: TrainingSession, room: Room | None, led_by: Trainer | None) -> None:
    theirs = [led_by, room.venue if room else None]
    if any(one is not None and one.branch_id != row.branch_id for one in theirs):
        raise NotVisible
    if room is not None and row.seats > room.capacity:
        raise RoomTooSmall(room.capacity)
    highest = Attendance.everywhere.filter(session=row).aggregate(most=Max("seat"))["most"] or 0
    if row.seats < highest:
        raise SeatsInUse(highest)


def _seats() -> Any:
    rows = Attendance.everywhere.filter(presence=Presence.PLANNED)
    return rows.select_related("person", "session__branch", "session__module", "session__room__venue")


def remind_of_half_days(*, by: Actor, now: datetime) -> int:
    """Remind those who come in two days; a clock that slept reminds late, never twice, never afterwards.

    Who took the seat within these two days knows it still.
    """
    coming = _seats().filter(
        session__cancelled_at=None,
        session__branch__is_active=True,
        session__starts_at__gt=now,
        session__starts_at__lte=now + REMINDED,
        enrolled_at__lt=F("session__starts_at") - REMINDED,
    )
    number = 0
    for seat in coming:
        with transaction.atomic():
            say_seat(seat, "training.reminder", by, now)
        number += 1
    return number
