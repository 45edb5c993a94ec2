"""The invented training of the demo: two series gone by, one running, one to come; all stages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from traboule.apps.applications.actions.screening_demo import screen
from traboule.apps.branches.models import Branch, Room
from traboule.apps.people.models import Login, Person
from traboule.apps.training.enums import Pace, Presence, SessionKind
from traboule.apps.training.models import (
    Attendance,
    Declaration,
    Feedback,
    Module,
    Trainer,
    TrainingSession,
)
from traboule.apps.training.queries.modules import version_of
from traboule.apps.training.shipped import SHIPPED
from traboule.core import audit
from traboule.core.actors import Actor

# Days from today to the first half-day of each series; a series has one half-day a week.
SERIES = (-150, -90, -24, 30)
TRAINERS = ("Odile Garnier", "Rachid Amrani")
SENTENCES = (
    "Les jeux de rôle m’ont beaucoup appris.",
    "J’aurais aimé plus de temps pour les questions.",
    "Très vivant, merci !",
    "Le support papier est utile.",
)
# How many half-days the mentors under way have attended, in turn.
STAGES = (8, 3, 0, 5, 1, 7, 2, 4, 0, 6)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the demo trains."""

    branch: Branch
    login: Login
    room: Room | None
    trainers: list[Trainer]


def fill_demo(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Fill screening and training of every branch; people come from ``people.actions.demo``."""
    for slug, branch in loaded.branches.items():
        room = Room.everywhere.filter(venue__branch=branch).select_related("venue").order_by("pk").first()
        mentors = _people(branch, trained=True)
        place = _Place(branch, loaded.coordinator(slug), room, _trainers(branch, mentors, now))
        new = _people(branch, trained=False)
        colleague = loaded.logins.get("agnes", place.login)
        sittings = _sittings(place, programme.as_of)
        _seats(place, sittings, mentors, new, now)
        _declarations(place, mentors, now)
        _exchanges(place, mentors, programme.as_of)
        screen(branch=branch, new=new, ready=mentors, login=place.login, second=colleague, now=now)
        audit.record(
            by=by,
            now=now,
            branch_id=branch.pk,
            verb="training.demo_filled",
            subject_type="branch",
            subject_id=branch.pk,
            facts={"sittings": len(sittings), "mentors": len(new)},
        )


def _trainers(branch: Branch, mentors: list[Person], now: datetime) -> list[Trainer]:
    """Two who come from outside, and an experienced mentor who passes on what she learned."""
    rows = [Trainer(branch=branch, name=name, added_at=now) for name in TRAINERS[:2]]
    last = mentors[-1:]
    rows += [Trainer(branch=branch, person=person, added_at=now) for person in last]
    return Trainer.everywhere.bulk_create(rows)


def _people(branch: Branch, *, trained: bool) -> list[Person]:
    rows = Person.everywhere.filter(
        branch=branch, mentor__isnull=False, mentor__trained_on__isnull=not trained
    )
    return list(rows.order_by("external_id")[: 40 if trained else 30])


def _sittings(place: _Place, as_of: date) -> list[list[TrainingSession]]:
    version = version_of(place.branch)
    modules = Module.everywhere.bulk_create(
        Module(branch=place.branch, version=version, number=n, code=shipped.code, kind=shipped.kind)
        for n, shipped in enumerate(SHIPPED, 1)
    )
    series = [
        [
            _sitting(
                place, as_of + timedelta(days=first + 7 * week), SessionKind.MODULE, module, number + week
            )
            for week, module in enumerate(modules)
        ]
        for number, first in enumerate(SERIES)
    ]
    TrainingSession.everywhere.bulk_create(sitting for sittings in series for sitting in sittings)
    return series


def _sitting(
    place: _Place, day: date, kind: SessionKind, module: Module | None, number: int
) -> TrainingSession:
    day += timedelta(days=max(0, day.weekday() - 4) and 7 - day.weekday())  # never at a weekend
    starts = datetime.combine(day, time(13 if number % 2 else 8, 0), tzinfo=UTC)
    return TrainingSession(
        branch=place.branch,
        kind=kind,
        module=module,
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
        room=place.room,
        place="" if place.room else f"Maison des associations, {place.branch.name}",
        led_by=place.trainers[number % len(place.trainers)],
        seats=12,
        planned_by=place.login,
    )


def _seats(
    place: _Place,
    series: list[list[TrainingSession]],
    trained: list[Person],
    new: list[Person],
    now: datetime,
) -> None:
    rows = []
    for number, people in ((0, trained[:10]), (1, trained[10:20])):
        rows += list(_series(place, series[number], people, [8] * len(people), now))
    # Two did it all in an earlier series: one waits to be declared ready, the check of the other lapsed.
    rows += list(_series(place, series[1], new[:2], [8, 8], now, first_seat=11))
    rows += list(_series(place, series[2], new[2:12], list(STAGES), now))
    saved = Attendance.everywhere.bulk_create(rows)
    Feedback.everywhere.bulk_create(
        Feedback(
            attendance=seat,
            useful=1 + (index % 5 > 0) + (index % 3 > 0),
            pace=(Pace.RIGHT, Pace.RIGHT, Pace.FAST, Pace.RIGHT, Pace.SLOW)[index % 5],
            recommends=index % 7 > 0,
            sentence=SENTENCES[index % 4] if index % 6 == 0 else "",
            given_at=seat.session.ends_at + timedelta(hours=5),
        )
        for index, seat in enumerate(row for row in saved if row.presence == Presence.PRESENT)
        if index % 4
    )


def _series(
    place: _Place,
    sittings: list[TrainingSession],
    people: list[Person],
    done: list[int],
    now: datetime,
    first_seat: int = 1,
) -> Iterator[Attendance]:
    for index, person in enumerate(people):
        for number, sitting in enumerate(sittings):
            over = sitting.ends_at < now
            if over and number >= done[index] and index % 3 != 1:
                continue  # not enrolled for this one yet
            presence = _presence(over, number < done[index])
            yield Attendance(
                session=sitting,
                person=person,
                seat=first_seat + index,
                presence=presence,
                enrolled_at=sitting.starts_at - timedelta(days=20),
                noted_at=sitting.ends_at if presence != Presence.PLANNED else None,
                noted_by=place.login if presence != Presence.PLANNED else None,
            )


def _presence(over: bool, came: bool) -> Presence:
    if not over:
        return Presence.PLANNED
    return Presence.PRESENT if came else Presence.MISSED


def _declarations(place: _Place, mentors: list[Person], now: datetime) -> None:
    Declaration.everywhere.bulk_create(
        Declaration(
            person=person, declared_by=place.login, declared_at=now - timedelta(days=40 if late else 95)
        )
        for late, people in ((False, mentors[:10]), (True, mentors[10:20]))
        for person in people
    )


def _exchanges(place: _Place, mentors: list[Person], as_of: date) -> None:
    days = ((-35, SessionKind.EXCHANGE), (-5, SessionKind.EXCHANGE), (20, SessionKind.REFRESHER))
    sittings = TrainingSession.everywhere.bulk_create(
        _sitting(place, as_of + timedelta(days=at), kind, None, number)
        for number, (at, kind) in enumerate(days)
    )
    Attendance.everywhere.bulk_create(
        Attendance(
            session=sitting,
            person=person,
            seat=seat,
            presence=Presence.PRESENT,
            enrolled_at=sitting.starts_at - timedelta(days=9),
            noted_at=sitting.ends_at,
            noted_by=place.login,
        )
        for number, sitting in enumerate(sittings[:2])
        for seat, person in enumerate(mentors[number * 8 : number * 8 + 11], 1)
    )
