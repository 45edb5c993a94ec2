"""The rhythm of a duo, and the plan that follows from it three weeks ahead."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from traboule.apps.duos.actions import _meeting_messages as messages
from traboule.apps.duos.actions._meetings import authorise_side, held_duo, login_of, today_of, zone_of
from traboule.apps.duos.actions.errors_meetings import DuoRests, OutsideDuo
from traboule.apps.duos.enums import DuoState
from traboule.apps.duos.enums_meetings import Because, How, MeetingState, Source
from traboule.apps.duos.models import Duo, DuoRhythm, Meeting
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.kernel.calendar import last_day
from traboule.kernel.lifecycle import meeting_move
from traboule.kernel.rhythm import MINUTES, Rhythm, Slot, instant, monday_of, planned_slots

AHEAD = timedelta(days=21)
COMES_BACK = (Because.PAUSE, Because.RHYTHM)


@transaction.atomic
def set_rhythm(
    *,
    duo: Duo,
    side: str,
    weekday: int | None,
    at: time | None,
    by: Actor,
    now: datetime,
    minutes: int = MINUTES,
    how: str = How.IN_PERSON,
    place: str = "",
    since: date | None = None,
) -> DuoRhythm:
    """Say when the two meet from `since` on (today, or the start); weekday None: free.

    What is planned and not logged moves along; both are told. Raises DuoRests, OutsideDuo, ValueError.
    """
    authorise_side(duo, side, by, now)
    duo = held_duo(duo.pk)
    if duo.state == DuoState.CLOSED:
        raise DuoRests
    day = since or max(today_of(duo, now), duo.started_on)
    if day < duo.started_on:
        raise OutsideDuo
    Rhythm(day, weekday, at, minutes)  # the kernel refuses half a rhythm
    values = {
        "weekday": weekday, "at": at, "minutes": minutes, "how": How(how), "place": place.strip()[:120],
        "set_by_id": login_of(by), "set_at": now,
    }  # fmt: skip
    DuoRhythm.everywhere.filter(duo=duo, since__gt=day).delete()
    rhythm, _is_new = DuoRhythm.everywhere.update_or_create(duo=duo, since=day, defaults=values)
    facts = {"since": day.isoformat(), "weekday": weekday, "minutes": minutes, "side": side}
    _record(duo, "duo.rhythm_set", by, now, facts)
    sync_plan(duo=duo, by=by, now=now)
    messages.tell_rhythm(duo, rhythm, by=by, now=now)
    return rhythm


@dataclass(slots=True)
class _Changes:
    planned: int = 0
    shifted: int = 0
    cancelled: int = 0


def sync_plan(*, duo: Duo, by: Actor, now: datetime) -> int:
    """Bring the plan of the next three weeks in line with rhythm and state; return how many rows changed.

    Safe to run twice. What people moved, cancelled or logged stays as it is. Must run in the transaction of
    its cause, with the row of the duo locked.
    """
    done = _Changes()
    if duo.state == DuoState.ACTIVE:
        _bring_back(duo, now, done)
        duo.plan_reaches = monday_of(today_of(duo, now) + AHEAD) + timedelta(days=6)
        duo.save(update_fields=["plan_reaches"])
        slots = {slot.week: slot for slot in _slots(duo, now)}
        _follow(duo, slots, now, done)
        _fill(duo, slots, now, done)
    else:
        _cancel_all(duo, now, done)
    if done.planned or done.shifted or done.cancelled:
        facts = {"planned": done.planned, "shifted": done.shifted, "cancelled": done.cancelled}
        _record(duo, "duo.meetings_planned", by, now, facts)
    return done.planned + done.shifted + done.cancelled


def rhythm_on(duo: Duo, day: date) -> DuoRhythm | None:
    """The rhythm that holds on a day, or None."""
    return DuoRhythm.everywhere.filter(duo=duo, since__lte=day).order_by("-since").first()


def _slots(duo: Duo, now: datetime) -> tuple[Slot, ...]:
    today = today_of(duo, now)
    rows = DuoRhythm.everywhere.filter(duo=duo)
    known = [Rhythm(row.since, row.weekday, row.at, row.minutes) for row in rows]
    last = min(duo.plan_reaches or today, max(duo.ends_on, last_day(duo.started_on, 1)))
    found = planned_slots(known, first=max(today, duo.started_on), last=last, zone=zone_of(duo))
    return tuple(slot for slot in found if slot.at > now)


def _ahead(duo: Duo, now: datetime) -> list[Meeting]:
    """Meetings to come of which nobody has said anything, locked."""
    rows = Meeting.everywhere.select_for_update(of=("self",)).filter(duo=duo, planned_at__gt=now, logs=None)
    return list(rows.order_by("planned_at", "pk"))


def _bring_back(duo: Duo, now: datetime, done: _Changes) -> None:
    """After a pause: what the two had planned themselves stands again."""
    for row in _ahead(duo, now):
        if row.slot_week is None and row.cancelled_because == Because.PAUSE:
            _write(row, MeetingState.PLANNED, now)
            done.planned += 1


def _follow(duo: Duo, slots: Mapping[date, Slot], now: datetime, done: _Changes) -> None:
    """Move what the rhythm planned to where it plans now; what has no slot any more is cancelled.

    A week whose day has passed in the new rhythm keeps the meeting of the old one.
    """
    this_week = monday_of(today_of(duo, now))
    rhythm = rhythm_on(duo, today_of(duo, now))
    for row in _ahead(duo, now):
        if row.slot_week is None or (row.state != MeetingState.PLANNED and not _comes_back(row)):
            continue
        slot = slots.get(row.slot_week)
        if slot is not None:
            done.shifted += _shift(row, slot, duo, now)
        elif row.state == MeetingState.PLANNED:
            if row.slot_week == this_week and rhythm is not None and rhythm.weekday is not None:
                continue
            _write(row, MeetingState.CANCELLED, now, Because.RHYTHM)
            done.cancelled += 1


def _comes_back(row: Meeting) -> bool:
    return row.state == MeetingState.CANCELLED and row.cancelled_because in COMES_BACK


def _shift(row: Meeting, slot: Slot, duo: Duo, now: datetime) -> int:
    rhythm = rhythm_on(duo, slot.day)
    new = (slot.at, slot.minutes, rhythm.how if rhythm else row.how, rhythm.place if rhythm else row.place)
    if row.state == MeetingState.PLANNED and (row.planned_at, row.minutes, row.how, row.place) == new:
        return 0
    row.planned_at, row.minutes, row.how, row.place = new
    _write(row, MeetingState.PLANNED, now)
    return 1


def _fill(duo: Duo, slots: Mapping[date, Slot], now: datetime, done: _Changes) -> None:
    known = Meeting.everywhere.filter(duo=duo, slot_week__in=list(slots))
    missing = set(slots) - set(known.values_list("slot_week", flat=True))
    rows = []
    for week in sorted(missing):
        slot = slots[week]
        rhythm = rhythm_on(duo, slot.day)
        rows.append(
            Meeting(
                duo=duo, planned_at=slot.at, minutes=slot.minutes, source=Source.RHYTHM, slot_week=week,
                changed_at=now, how=rhythm.how if rhythm else How.IN_PERSON,
                place=rhythm.place if rhythm else "",
            )
        )  # fmt: skip
    Meeting.everywhere.bulk_create(rows)
    done.planned += len(rows)


def _cancel_all(duo: Duo, now: datetime, done: _Changes) -> None:
    """A duo that rests or has ended meets nobody from that day on."""
    stops = duo.paused_on or duo.closed_on or today_of(duo, now)
    because = Because.PAUSE if duo.state == DuoState.PAUSED else Because.CLOSED
    after = instant(stops + timedelta(days=0 if duo.paused_on else 1), time(0), zone_of(duo))
    rows = Meeting.everywhere.select_for_update(of=("self",)).filter(
        duo=duo, planned_at__gte=min(after, now), state=MeetingState.PLANNED, logs=None
    )
    for row in rows:
        if row.planned_at >= after or row.planned_at > now:
            _write(row, MeetingState.CANCELLED, now, because)
            done.cancelled += 1


def _record(duo: Duo, verb: str, by: Actor, now: datetime, facts: Mapping[str, object]) -> None:
    audit.record(
        by=by, now=now, branch_id=duo.branch_id, verb=verb, subject_type="duo", subject_id=duo.pk, facts=facts
    )


def _write(row: Meeting, to: MeetingState, now: datetime, because: str = "") -> None:
    if row.state != to:
        meeting_move(row.state, to)  # the kernel knows the way, or refuses
    row.state, row.cancelled_because, row.changed_at = to, because, now
    row.sequence += 1
    row.save()
    messages.withdraw(row)
