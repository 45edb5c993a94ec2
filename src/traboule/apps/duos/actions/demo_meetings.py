"""The invented meetings of the demo: regular duos, late ones, one that fades, paused ones, words that differ.

Everything is drawn from the seed of the programme: the same demo on every machine.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from traboule.apps.duos.actions._meetings import held_duo
from traboule.apps.duos.actions._settling import say_difference
from traboule.apps.duos.actions.rhythms import sync_plan
from traboule.apps.duos.enums import DuoState
from traboule.apps.duos.enums_meetings import How, MeetingState, Source, Through
from traboule.apps.duos.models import Duo, DuoRhythm, Meeting, MeetingLog
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.kernel.accounts import Account, value_of
from traboule.kernel.generator.draw import Draw
from traboule.kernel.rhythm import instant, monday_of

STREAM = 41  # a stream of chance of its own, beside those of the generator
BATCH = 500
PLACES = ("Médiathèque", "Café de la place", "Maison des associations", "Bibliothèque de quartier")
HOURS = (time(10), time(14), time(16, 30), time(18))
PURPOSES = ("cv", "letters", "applications", "interview", "network", "french", "digital", "papers", "talk")
NEXT = ("send", "call", "write", "practise", "contact", "papers")
TEXTS = ("", "", "", "Appeler l’agence mardi", "Relire la lettre", "Préparer deux questions")
# How a duo lives: chance that a planned meeting is held, missed, moved; the rest is not logged.
LIVES = {
    "regular": (0.9, 0.05, 0.05),
    "busy": (0.7, 0.15, 0.1),
    "quiet": (0.55, 0.15, 0.05),
    "fading": (0.8, 0.1, 0.05),
}
FADES_AFTER = 0.6  # share of its weeks that a fading duo lives well
FADED = (0.1, 0.25, 0.0)
DIFFERS, MENTEE_TOO = 0.05, 0.35


@dataclass(frozen=True, slots=True)
class _Life:
    """One duo and the chance that belongs to it."""

    duo: Duo
    draw: Draw
    kind: str
    weekday: int
    at: time
    zone: ZoneInfo
    ends: date


def fill_demo(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Give every duo of the demo its rhythm and its past weeks, then plan ahead."""
    as_of = programme.as_of
    rows = Duo.everywhere.filter(branch__in=loaded.branches.values()).select_related(
        "branch", "mentor", "mentee", "coordinator", "started_by"
    )
    lives = [_life(duo, number, as_of) for number, duo in enumerate(rows.order_by("pk"))]
    DuoRhythm.everywhere.bulk_create((_rhythm(life) for life in lives), batch_size=BATCH)
    meetings = [meeting for life in lives for meeting in _past(life)]
    Meeting.everywhere.bulk_create(meetings, batch_size=BATCH)
    chance = {life.duo.pk: life.draw for life in lives}
    logs = [log for meeting in meetings for log in _words(meeting, chance[meeting.duo_id])]
    MeetingLog.everywhere.bulk_create(logs, batch_size=BATCH)
    Meeting.everywhere.bulk_update(meetings, ["state", "met_minutes", "agreement"], batch_size=BATCH)
    for meeting in meetings:
        if meeting.agreement in ("open", "lower") and now - meeting.planned_at < timedelta(days=21):
            say_difference(meeting, by, now)
    for life in lives:
        if life.duo.state != DuoState.CLOSED:
            with transaction.atomic():
                sync_plan(duo=held_duo(life.duo.pk), by=by, now=now)
    for branch in loaded.branches.values():
        _record(branch.pk, len(meetings), by, now)


def _life(duo: Duo, number: int, as_of: date) -> _Life:
    draw = Draw(STREAM, 0, number)
    kind = ("regular", "regular", "busy", "regular", "quiet", "fading", "regular", "busy")[number % 8]
    ends = min(duo.closed_on or as_of, duo.paused_on or as_of, as_of)
    zone = ZoneInfo(duo.branch.timezone)
    return _Life(duo, draw, kind, draw.between(0, 5), draw.one(HOURS), zone, ends)


def _rhythm(life: _Life) -> DuoRhythm:
    return DuoRhythm(
        duo=life.duo,
        since=life.duo.started_on,
        weekday=life.weekday,
        at=life.at,
        how=How.IN_PERSON,
        place=life.draw.one(PLACES),
        set_by=life.duo.started_by,
        set_at=datetime.combine(life.duo.started_on, time(9), tzinfo=UTC),
    )


def _past(life: _Life) -> Iterator[Meeting]:
    """A meeting a week from the start to the last day; in which state is drawn with its words."""
    day = life.duo.started_on + timedelta(days=(life.weekday - life.duo.started_on.weekday()) % 7)
    while day < life.ends:
        at = instant(day, life.at, life.zone)
        yield Meeting(
            duo=life.duo,
            planned_at=at,
            place="",
            source=Source.RHYTHM,
            slot_week=monday_of(day),
            changed_at=at,
            state=MeetingState.PLANNED,
            agreement=_fate(life, day),
        )
        day += timedelta(days=7)


def _fate(life: _Life, day: date) -> str:
    """What became of it, kept in `agreement` until its words are written: held, missed, moved or nothing."""
    weeks = max(1, (life.ends - life.duo.started_on).days)
    is_late = (day - life.duo.started_on).days / weeks > FADES_AFTER
    held, missed, moved = FADED if life.kind == "fading" and is_late else LIVES[life.kind]
    return ("met", "missed", "moved", "")[
        life.draw.placed((held, missed, moved, max(0.001, 1 - held - missed - moved)))
    ]


def _words(meeting: Meeting, draw: Draw) -> list[MeetingLog]:
    """The words of one or both sides; sets what counts on the meeting. Yesterday's may still be missing."""
    fate, meeting.agreement = meeting.agreement, ""
    if fate == "":
        return []
    minutes = draw.one((60, 90, 120, 120, 120)) if fate == "met" else None
    logs = [_log(meeting, "mentor", fate, minutes, draw)]
    if draw.chance(MENTEE_TOO):
        logs.append(_log(meeting, "mentee", *_second(fate, minutes, draw), draw))
    value = value_of([Account(log.outcome, log.minutes) for log in logs])
    meeting.state, meeting.met_minutes = MeetingState(value.state), value.minutes
    meeting.agreement = value.agreement.value
    return logs


def _second(fate: str, minutes: int | None, draw: Draw) -> tuple[str, int | None]:
    """What the mentee says: mostly the same."""
    if not draw.chance(DIFFERS * 3):
        return fate, minutes
    if fate == "met" and draw.chance(0.6):
        return fate, 60 if minutes != 60 else 90
    return ("missed", None) if fate == "met" else ("met", 60)


def _log(meeting: Meeting, side: str, outcome: str, minutes: int | None, draw: Draw) -> MeetingLog:
    met = outcome == "met"
    return MeetingLog(
        meeting=meeting,
        side=side,
        outcome=outcome,
        minutes=minutes,
        served=sorted(draw.several(PURPOSES, draw.between(1, 3))) if met else [],
        next_steps=[draw.one(NEXT)] if met else [],
        next_text=draw.one(TEXTS) if met and side == "mentor" else "",
        why_missed=draw.one(("ill", "work", "travel", "forgot")) if outcome == "missed" else "",
        through=Through.LINK if draw.chance(0.7) else Through.PLACE,
        client_key=f"demo-{meeting.duo_id}-{meeting.slot_week}-{side}",
        said_at=meeting.planned_at + timedelta(hours=draw.between(3, 30)),
    )


def _record(branch_id: int, meetings: int, by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=branch_id,
        verb="duos.demo_filled",
        subject_type="branch",
        subject_id=branch_id,
        facts={"meetings": meetings},
    )
