"""The invented talks, judgements and decisions of the demo; they build on whatever applications are there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from traboule.apps.applications.actions import _demo_decisions, _demo_eligibility
from traboule.apps.applications.actions._demo_guide import write_own_guide
from traboule.apps.applications.actions._demo_words import (
    NEWCOMERS,
    PLACES,
    SAID_MENTEE,
    SAID_MENTOR,
)
from traboule.apps.applications.enums import ApplicationState, Source
from traboule.apps.applications.enums_judging import TalkState, TalkWay
from traboule.apps.applications.models import Application, Talk, TalkNotes, TalkSlot
from traboule.apps.applications.models.talks import SCALES
from traboule.apps.branches.models import Branch
from traboule.apps.people.actions._writing import refresh_search_key
from traboule.apps.people.enums import Channel, MenteeState, MentorState, Readers, Side
from traboule.apps.people.models import Login, MenteeProfile, MentorProfile, Person, SpokenLanguage
from traboule.core.actors import Actor

SECOND_VIEWS = 14  # enough for the figure on the page
State = ApplicationState


@dataclass(slots=True)
class Stage:
    """One branch of the demo, with who works there."""

    branch: Branch
    host: Login
    second: Login | None
    referrer: Login | None
    director: Login | None
    by: Actor
    now: datetime


def fill(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Fill talks, judgements and decisions of every branch. See core.registry.ON_DEMO."""
    for slug, branch in loaded.branches.items():
        lyon = slug == "lyon"
        stage = Stage(
            branch=branch,
            host=loaded.coordinator(slug),
            second=loaded.logins.get("mehdi") if lyon else None,
            referrer=loaded.logins.get("elodie") if lyon else None,
            director=loaded.logins.get("agnes"),
            by=by,
            now=now,
        )
        if lyon:
            write_own_guide(branch, by, now)
        _make_applications(stage)
        rows = _applications(stage)
        _talks(stage, rows)
        _demo_eligibility.fill(stage, rows)
        _demo_decisions.fill(stage, rows)


def _applications(stage: Stage) -> list[Application]:
    rows = Application.everywhere.filter(branch=stage.branch, person__isnull=False)
    return list(rows.select_related("person", "branch").order_by("pk"))


def _make_applications(stage: Stage) -> None:
    """Only where no other part of the demo wrote some: newcomers at each step, and how the pool came in."""
    if Application.everywhere.filter(branch=stage.branch).exists():
        return
    rows = [*_newcomers(stage), *_arrived(stage)]
    Application.everywhere.bulk_create(rows)


def _newcomers(stage: Stage) -> Iterator[Application]:
    people = [_person(stage, number, *who[:4]) for number, who in enumerate(NEWCOMERS)]
    Person.everywhere.bulk_create(people)
    states = [who[4] for who in NEWCOMERS]
    MenteeProfile.everywhere.bulk_create(
        MenteeProfile(
            person=person, state=MenteeState.LEFT if state == State.REFUSED else MenteeState.NEW, needs=["cv"]
        )
        for person, state in zip(people, states, strict=True)
    )
    SpokenLanguage.everywhere.bulk_create(
        SpokenLanguage(person=person, code="fr", level=1 + number % 4) for number, person in enumerate(people)
    )
    for number, (person, state) in enumerate(zip(people, states, strict=True)):
        yield _application(stage, person, Side.MENTEE, state, 4 + number * 2)


def _arrived(stage: Stage) -> Iterator[Application]:
    """Who waits in the pool was accepted; new mentors are being accepted."""
    mentees = MenteeProfile.everywhere.filter(person__branch=stage.branch, state=MenteeState.POOL)
    for number, mentee in enumerate(mentees.select_related("person").order_by("person_id")[:SECOND_VIEWS]):
        yield _application(stage, mentee.person, Side.MENTEE, State.ACCEPTED, 20 + number)
    mentors = MentorProfile.everywhere.filter(person__branch=stage.branch, state=MentorState.NEW)
    for number, mentor in enumerate(mentors.select_related("person").order_by("person_id")[:5]):
        state = State.TALK_HELD if number < 2 else State.ACCEPTED
        yield _application(stage, mentor.person, Side.MENTOR, state, 8 + number)


def _person(stage: Stage, number: int, first: str, last: str, language: str, years: int) -> Person:
    commune, postcode = ("69389", "69009") if stage.second else ("", "")
    person = Person(
        branch=stage.branch,
        external_id=f"neu-{stage.branch.slug}-{number}",
        first_name=first,
        last_name=last,
        birth_date=(stage.now - timedelta(days=365 * years + 40 * number)).date(),
        email=f"{first.lower()}.{number}@example.org",
        phone=f"+3361234{number:04}",
        contact_language=language,
        channel=Channel.SMS if number % 3 else Channel.EMAIL,
        commune_code=commune,
        postcode=postcode,
        commune_name="Lyon 9e Arrondissement" if commune else "",
        created_at=stage.now - timedelta(days=5 + number * 2),
        last_contact_at=stage.now - timedelta(days=1 + number % 4),
    )
    refresh_search_key(person)
    return person


def _application(stage: Stage, person: Person, side: Side, state: str, days: int) -> Application:
    sent = max(person.created_at, stage.now - timedelta(days=days))
    decided = state in (State.ACCEPTED, State.DEFERRED, State.REFUSED)
    referred = stage.referrer if days % 5 == 0 else None
    return Application(
        branch=stage.branch,
        person=person,
        side=side,
        state=state,
        source=Source.REFERRER if referred else Source.SELF,
        referred_by=referred,
        owner=stage.host,
        language=person.contact_language,
        started_at=sent,
        saved_at=sent,
        sent_at=sent,
        decided_at=stage.now - timedelta(days=1) if decided else None,
        moved_at=stage.now - timedelta(days=1),
    )


def _talks(stage: Stage, rows: list[Application]) -> None:
    talks = [talk for at, row in enumerate(rows) if (talk := _talk(stage, row, at)) is not None]
    Talk.everywhere.bulk_create(talks)
    TalkSlot.everywhere.bulk_create(slot for at, talk in enumerate(talks) for slot in _slots(stage, talk, at))
    TalkNotes.everywhere.bulk_create(
        notes for at, talk in enumerate(talks) for notes in _notes(stage, talk, at)
    )


def _talk(stage: Stage, row: Application, at: int) -> Talk | None:
    """A planned talk ahead, a missed one, or one that was held."""
    if row.state in (State.DRAFT, State.WITHDRAWN):
        return None
    planned, missed = row.state == State.TALK_PLANNED, row.state == State.SENT
    if missed and at % 4 != 1:
        return None
    state = TalkState.PLANNED if planned else TalkState.MISSED if missed else TalkState.HELD
    starts = _ahead(stage, at) if planned else _gone_by(stage, row, at)
    two = stage.second is not None and state == TalkState.HELD and row.state != State.DEFERRED
    return Talk(
        branch=stage.branch,
        application=row,
        state=state,
        starts_at=starts,
        way=(TalkWay.PLACE, TalkWay.PHONE, TalkWay.ONLINE)[at % 3],
        where=PLACES[at % 3],
        host=stage.host,
        second=stage.second if two else None,
        planned_by=stage.host,
        planned_at=min(stage.now, starts) - timedelta(days=3),
        wish="Mardi après 17 h, je travaille le matin." if planned and at % 3 == 1 else "",
        closed_at=None if planned else starts + timedelta(hours=1),
        agreed_at=starts + timedelta(hours=1, minutes=30) if two and at % 5 else None,
    )


def _slots(stage: Stage, talk: Talk, at: int) -> Iterator[TalkSlot]:
    """Some are offered other dates and have not chosen yet; one hour is offered to several of them."""
    if talk.state != TalkState.PLANNED or talk.wish or at % 2:
        return
    for days in (7, 8, 10):
        start = (stage.now + timedelta(days=days)).replace(hour=13, minute=0, second=0, microsecond=0)
        yield TalkSlot(talk=talk, host=talk.host, starts_at=start, offered_at=talk.planned_at)


def _ahead(stage: Stage, at: int) -> datetime:
    starts = _at_the_hour(stage.now + timedelta(days=at % 6), at)
    return starts if starts > stage.now else starts + timedelta(days=1)


def _gone_by(stage: Stage, row: Application, at: int) -> datetime:
    """After the application and before what was decided on it, as in life."""
    sent = row.sent_at or row.started_at
    end = (row.decided_at or stage.now) - timedelta(hours=2)
    starts = _at_the_hour(end - timedelta(days=1 + at % 7), at)
    return starts if starts > sent else max(sent + (end - sent) / 2, sent)


def _at_the_hour(day: datetime, at: int) -> datetime:
    return day.replace(hour=8 + at % 8, minute=0, second=0, microsecond=0)


def _notes(stage: Stage, talk: Talk, at: int) -> Iterator[TalkNotes]:
    if talk.state == TalkState.PLANNED and at % 2 == 0:
        yield _draft(stage, talk)  # the person is there already, the guide is open
    if talk.state != TalkState.HELD:
        return
    yield _one(talk, stage.host, at, 0)
    if talk.second is not None:
        yield _one(talk, talk.second, at, 1)


def _draft(stage: Stage, talk: Talk) -> TalkNotes:
    return TalkNotes(
        talk=talk,
        assessor=stage.host,
        readers=Readers.SHARED,
        answers={"now": SAID_MENTEE[0]["plan"]},
        started_at=stage.now - timedelta(minutes=20),
        saved_at=stage.now - timedelta(minutes=2),
    )


def _one(talk: Talk, assessor: Login, at: int, view: int) -> TalkNotes:
    """One view: the second one differs by a step now and then, as people do."""
    said = SAID_MENTOR if talk.application.side == Side.MENTOR else SAID_MENTEE
    written = talk.starts_at + timedelta(hours=1)
    steps = [1 + (at * 3 + number * 2) % 5 for number in range(len(SCALES))]
    if view:
        steps = [min(5, step + 1) if (at + number) % 4 == 0 else step for number, step in enumerate(steps)]
    return TalkNotes(
        talk=talk,
        assessor=assessor,
        readers=Readers.SHARED if at % 4 == 0 else Readers.STAFF,
        answers=dict(said[at % len(said)]),
        **dict(zip(SCALES, steps, strict=True)),
        started_at=talk.starts_at,
        saved_at=written,
        finished_at=written,
    )
