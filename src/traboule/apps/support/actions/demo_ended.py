"""Ended duos of the demo's first branch, so that what the early warning was worth can be shown with its n.

How they lived and how they ended is drawn here by a process of its own: a hidden strain, a weekly hazard, and
things from outside that have nothing to do with either. It knows no threshold of the warning and calls none
of its code; a test holds it to that. Were the break-ups made from the rules, precision and recall would only
say that the rules agree with themselves. As it is, some strained duos last, some break off without a sign,
some miss weeks and finish well; the page calls the figures synthetic all the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import CloseReason, DuoState
from traboule.apps.duos.models import Duo, DuoRhythm, Meeting, MeetingLog
from traboule.apps.people.actions.demo import came_before, trained_before
from traboule.apps.people.enums import MenteeState, Side
from traboule.apps.people.models import Login, MenteeProfile, MentorProfile, Person
from traboule.apps.people.validators import search_key
from traboule.apps.support.enums import Item
from traboule.apps.support.models import Pulse
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.kernel.calendar import PROGRAMME_WEEKS, last_day, pulse_day
from traboule.kernel.generator.draw import Draw
from traboule.kernel.generator.names import BY_LANGUAGE
from traboule.kernel.rhythm import instant, monday_of

STREAM, LATELY, EARLIER, BATCH = 53, 84, 10, 500
COUNT = LATELY + EARLIER
HOURS = (time(10), time(14), time(17))
# Chance of breaking off in a week: what strain adds grows with its cube; the rest comes from outside.
QUIET_HAZARD, STRAIN_HAZARD, OUTSIDE_HAZARD = 0.002, 0.045, 0.008
FROM_STRAIN = (CloseReason.LOST_CONTACT, CloseReason.NOT_A_FIT, CloseReason.NO_TIME)
FROM_OUTSIDE = (CloseReason.MOVED, CloseReason.FOUND_WORK, CloseReason.HEALTH_OR_FAMILY)
LATEST_ENDS, EARLIEST_ENDS = 20, 330  # days before today
# A small cohort before that: over for more than a year, so that what is counted from the end is due by now.
LONG_AGO = (425, 485)


@dataclass(frozen=True, slots=True)
class _Story:
    """One life: its strain (0 to 1), how many weeks, why it ended, and for how many weeks it faded before."""

    draw: Draw
    strain: float
    weeks: int
    reason: CloseReason
    fades: int
    ends: date
    weekday: int
    at: time

    @property
    def starts(self) -> date:
        """The first day."""
        return self.ends - timedelta(weeks=self.weeks, days=-1)


def load_ended_duos(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Write the ended duos of the first branch, in bulk."""
    slug, branch = next(iter(loaded.branches.items()))
    mentors = list(
        Person.everywhere.filter(branch=branch, mentor__trained_on__isnull=False).order_by("external_id")[
            :LATELY
        ]
    )
    if not mentors:
        return
    stories = [_story(number, programme.as_of) for number in range(COUNT)]
    mentees = _mentees(branch, stories, now)
    duos = _duos(branch, loaded.coordinator(slug), mentors, mentees, stories)
    _train_before(duos)
    _live(duos, stories, ZoneInfo(branch.timezone))
    audit.record(
        by=by, now=now, branch_id=branch.pk, verb="duos.demo_ended", subject_type="branch",
        subject_id=branch.pk, facts={"duos": len(duos)},
    )  # fmt: skip


def _story(number: int, as_of: date) -> _Story:
    draw = Draw(STREAM, 0, number)
    strain = draw.share()
    weeks, reason = _end(draw, strain)
    fades = draw.between(0, 6) if reason in FROM_STRAIN else 0
    span = (LATEST_ENDS, EARLIEST_ENDS) if number < LATELY else LONG_AGO
    ends = as_of - timedelta(days=draw.between(*span))
    return _Story(draw, strain, weeks, reason, fades, ends, draw.between(0, 4), draw.one(HOURS))


def _end(draw: Draw, strain: float) -> tuple[int, CloseReason]:
    """Week by week: does it break off, and if so for a reason between the two or for one from outside?"""
    for week in range(2, PROGRAMME_WEEKS - 2):
        if draw.chance(QUIET_HAZARD + STRAIN_HAZARD * strain**3):
            return week, draw.one(FROM_STRAIN)
        if draw.chance(OUTSIDE_HAZARD):
            return week, draw.one(FROM_OUTSIDE)
    return PROGRAMME_WEEKS, CloseReason.COMPLETED


def _mentees(branch: Branch, stories: list[_Story], now: datetime) -> list[Person]:
    languages = sorted(BY_LANGUAGE)
    rows = []
    for story in stories:
        names = BY_LANGUAGE[story.draw.one(languages)]
        first = story.draw.one(story.draw.one((names.women, names.men)))
        last = story.draw.one(names.families)
        came = datetime.combine(story.starts - timedelta(days=20), time(9), tzinfo=UTC)
        rows.append(
            Person(
                branch=branch, first_name=first, last_name=last, contact_language="fr",
                birth_date=date(1998, 1, 1) + timedelta(days=story.draw.between(0, 3_600)),
                postcode=branch.postcode, commune_code=branch.commune_code, created_at=came,
                last_contact_at=datetime.combine(story.ends, time(9), tzinfo=UTC),
                search_key=search_key((first, last)),
            )
        )  # fmt: skip
    saved = Person.everywhere.bulk_create(rows, batch_size=BATCH)
    MenteeProfile.everywhere.bulk_create(MenteeProfile(person=row, state=MenteeState.LEFT) for row in saved)
    return saved


def _duos(
    branch: Branch, staff: Login, mentors: list[Person], mentees: list[Person], stories: list[_Story]
) -> list[Duo]:
    return Duo.everywhere.bulk_create(
        [
            Duo(
                branch=branch, mentor=mentors[number % len(mentors)], mentee=mentee, state=DuoState.CLOSED,
                started_on=story.starts, ends_on=max(story.ends, last_day(story.starts)),
                started_by=staff, coordinator=staff, closed_by=staff,
                started_at=datetime.combine(story.starts, time(9), tzinfo=UTC),
                closed_on=story.ends, close_reason=story.reason,
            )
            for number, (mentee, story) in enumerate(zip(mentees, stories, strict=True))
        ],
        batch_size=BATCH,
    )  # fmt: skip


def _train_before(duos: list[Duo]) -> None:
    """Whoever had a duo that long ago had come, and done the training, before it."""
    firsts: dict[int, Duo] = {}
    for duo in sorted(duos, key=lambda duo: duo.started_on):
        firsts.setdefault(duo.mentor_id, duo)
    profiles = list(MentorProfile.everywhere.filter(person__in=firsts).select_related("person"))
    for profile in profiles:
        person, starts = profile.person, firsts[profile.person_id].started_on
        if profile.trained_on is not None and starts < profile.trained_on:
            profile.trained_on = trained_before(person.external_id, starts)
            person.created_at = min(person.created_at, came_before(profile.trained_on))
    MentorProfile.everywhere.bulk_update(profiles, ["trained_on"], batch_size=BATCH)
    Person.everywhere.bulk_update([row.person for row in profiles], ["created_at"], batch_size=BATCH)


def _live(duos: list[Duo], stories: list[_Story], zone: ZoneInfo) -> None:
    """Rhythms, meetings with the mentor's word, and the short scale."""
    lives = list(zip(duos, stories, strict=True))
    DuoRhythm.everywhere.bulk_create(
        DuoRhythm(
            duo=duo, since=duo.started_on, weekday=story.weekday, at=story.at, set_at=duo.started_at
        )
        for duo, story in lives
    )  # fmt: skip
    meetings = Meeting.everywhere.bulk_create(
        [meeting for duo, story in lives for meeting in _meetings(duo, story, zone)], batch_size=BATCH
    )
    of_duo = {duo.pk: story for duo, story in lives}
    logs = [log for meeting in meetings for log in _log(meeting, of_duo[meeting.duo_id])]
    MeetingLog.everywhere.bulk_create(logs, batch_size=BATCH)
    Pulse.everywhere.bulk_create(pulse for duo, story in lives for pulse in _pulses(duo, story))


def _meetings(duo: Duo, story: _Story, zone: ZoneInfo) -> Iterator[Meeting]:
    first = duo.started_on + timedelta(days=(story.weekday - duo.started_on.weekday()) % 7)
    for week in range(story.weeks):
        day = first + timedelta(weeks=week)
        if day > story.ends:
            return
        fades = story.weeks - week <= story.fades
        chance = max(0.1, 0.95 - 0.3 * story.strain - (0.45 if fades else 0))
        held = story.draw.chance(chance)
        at = instant(day, story.at, zone)
        yield Meeting(
            duo=duo, planned_at=at, changed_at=at, source="rhythm", slot_week=monday_of(day),
            state="held" if held else "missed", met_minutes=120 if held else None, agreement="one",
        )  # fmt: skip


def _log(meeting: Meeting, story: _Story) -> Iterator[MeetingLog]:
    held = meeting.state == "held"
    steps = [story.draw.one(("send", "call", "write", "practise"))] if held and story.draw.chance(0.7) else []
    yield MeetingLog(
        meeting=meeting, side=Side.MENTOR, outcome="met" if held else "missed", through="link",
        minutes=meeting.met_minutes, served=["talk"] if held else [], next_steps=steps,
        why_missed="" if held else story.draw.one(("ill", "work", "no_news", "forgot")),
        client_key=f"demo-ended-{meeting.duo_id}-{meeting.slot_week}",
        said_at=meeting.planned_at + timedelta(hours=story.draw.between(3, 40)),
    )  # fmt: skip


def _pulses(duo: Duo, story: _Story) -> Iterator[Pulse]:
    for number in (1, 2, 3):
        day = pulse_day(duo.started_on, number)
        for side, person in ((Side.MENTEE, duo.mentee), (Side.MENTOR, duo.mentor)):
            if day > story.ends or not story.draw.chance(0.8):
                continue
            at = datetime.combine(day, time(18), tzinfo=UTC)
            row = Pulse(duo=duo, person=person, side=side, number=number, asked_at=at, answered_at=at)
            mood = 4.7 - 1.4 * story.strain
            for item in Item.values:
                setattr(row, item, max(1, min(5, round(mood + story.draw.triangle(-1.2, 0, 1.0)))))
            yield row
