"""Two records of one human with a random set of rows on each, and a checksum of everything about people."""

import hashlib
import json
import random
from datetime import date, timedelta
from typing import Any

from tests.factories import people as make
from tests.factories.people import NOW
from traboule.apps.applications.actions.talk_messages import link_of
from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.models import Application, Talk, TalkSlot
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.messages.models import Message
from traboule.apps.pairing.enums import PairRuleKind
from traboule.apps.pairing.models import PairRule
from traboule.apps.people.actions import _rows as rows
from traboule.apps.people.actions.consents import CONSENT_TEXT
from traboule.apps.people.models import (
    Avoid,
    Consent,
    Login,
    MenteeProfile,
    MentorProfile,
    Note,
    Person,
    SpokenLanguage,
)
from traboule.apps.steps.models import OpenStep
from traboule.core.links import make_link
from traboule.core.models import Link

LANGUAGES = ("fr", "en", "ar", "ti", "uk")


def scene(branch: Branch, by: Login, chance: random.Random) -> tuple[Person, Person]:
    """Two people of a branch; what hangs on each is drawn, so that it clashes now and then."""
    others = [make.mentor(branch) for _ in range(2)] + [make.mentee(branch)]
    pair = tuple(_person(branch, chance) for _ in range(2))
    for person in pair:
        other = pair[person is pair[0]]
        _identity_rows(person, [*others, other], by, chance)
        _later_rows(person, branch, others, by, chance)
    return pair[0], pair[1]


def _person(branch: Branch, chance: random.Random) -> Person:
    person = make.PersonFactory(
        branch=branch,
        external_id=chance.choice(["", f"x{chance.random()}"]),
        phone=chance.choice(["", "+33611111111", "+33622222222"]),
        birth_date=chance.choice([None, date(1999, 3, 8), date(1999, 8, 3)]),
        latitude=chance.choice([45.774, 48.1000000001]),
        interests=chance.choice([[], ["Fußball", "ኳስ"]]),
        last_contact_at=NOW + timedelta(microseconds=chance.randrange(10**9)),
    )
    if chance.random() < 0.6:
        MenteeProfile.everywhere.create(
            person=person, state="pool", waiting_since=date(2026, 1, chance.randrange(1, 28)), needs=["cv"]
        )
    if chance.random() < 0.3:
        MentorProfile.everywhere.create(
            person=person, state="new", years_experience=chance.choice([None, 7.3])
        )
    return person


def _identity_rows(person: Person, others: list[Person], by: Login, chance: random.Random) -> None:
    for code in chance.sample(LANGUAGES, chance.randrange(4)):
        SpokenLanguage.everywhere.create(person=person, code=code, level=chance.randrange(1, 7))
    for other in chance.sample(others, chance.randrange(3)):
        Avoid.everywhere.get_or_create(person=person, other=other)
        Avoid.everywhere.get_or_create(person=other, other=person)
    if chance.random() < 0.6:
        Consent.everywhere.create(
            person=person,
            purpose="programme",
            text_version=CONSENT_TEXT,
            language="fr",
            channel="email",
            given_at=NOW + timedelta(microseconds=chance.randrange(10**6)),
        )
    for _ in range(chance.randrange(3)):
        Note.everywhere.create(person=person, author=by, text="Called. “ok”", happened_at=NOW)
    if chance.random() < 0.3:
        make.login(person=person)


def _later_rows(
    person: Person, branch: Branch, others: list[Person], by: Login, chance: random.Random
) -> None:
    if chance.random() < 0.5:
        PairRule.everywhere.create(
            branch=branch,
            mentee=person,
            mentor=others[0],
            kind=PairRuleKind.FORBID,
            reason="They are cousins.",
            by=by,
            at=NOW,
        )
    if chance.random() < 0.5:
        Duo.everywhere.create(
            branch=branch,
            mentor=others[1],
            mentee=person,
            state="closed",
            started_on=date(2025, 1, 1),
            ends_on=date(2025, 7, 1),
            started_by=by,
            started_at=NOW,
            **_closed(by),
        )
    state = chance.choice([*ApplicationState.values, ""])
    if state:
        of = Application.everywhere.create(
            branch=branch,
            person=person,
            side="mentee",
            state=state,
            started_at=NOW,
            saved_at=NOW,
            sent_at=NOW,
            moved_at=NOW,
            answers={"essentials": {"first_name": "Ａ"}},
        )
        if state == ApplicationState.TALK_PLANNED:
            _talk(of, by, chance)
    if chance.random() < 0.5:
        OpenStep.everywhere.create(
            branch=branch, person=person, kind="x", key=f"x:{person.pk}", opened_at=NOW
        )
        Message.everywhere.create(
            branch=branch,
            person=person,
            key=f"{person.pk}:x:y",
            kind="y",
            channel="sms",
            language="fr",
            body="Bonjour",
            created_at=NOW,
            due_at=NOW,
        )
    if chance.random() < 0.5:
        make_link(
            right="x",
            subject_type="person",
            subject_id=person.pk,
            scope=branch.pk,
            now=NOW,
            ends_at=NOW + timedelta(9),
        )


def _talk(of: Application, by: Login, chance: random.Random) -> None:
    """A talk to come, as the actions leave it: its step, its link, a reminder that waits, dates beside it."""
    starts_at = NOW + timedelta(days=chance.randrange(1, 9), minutes=of.pk)  # one hour of a host, one talk
    talk = Talk.everywhere.create(
        branch=of.branch, application=of, starts_at=starts_at, host=by, planned_by=by, planned_at=NOW
    )
    for days in chance.sample(range(10, 20), chance.randrange(3)):
        taken_at = NOW if chance.random() < 0.3 else None
        at = starts_at + timedelta(days)
        TalkSlot.everywhere.create(talk=talk, host=by, starts_at=at, offered_at=NOW, taken_at=taken_at)
    OpenStep.everywhere.create(
        branch=of.branch,
        person=of.person,
        kind="talk.to_hold",
        key=f"talk.to_hold:{talk.pk}",
        owner=by,
        opened_at=NOW,
    )
    link_of(talk, NOW)
    told = chance.choice(["waiting", "sent"])
    for kind, event, state in (("talk.planned", "", told), ("talk.reminder", ":soon", "waiting")):
        Message.everywhere.create(
            branch=of.branch,
            person=of.person,
            key=f"{of.person_id}:talk:{talk.pk}:0{event}:{kind}",
            kind=kind,
            state=state,
            channel="sms",
            language="fr",
            body="Bonjour",
            created_at=NOW,
            due_at=NOW,
        )


def _closed(by: Login) -> dict[str, Any]:
    return {"closed_on": date(2025, 7, 1), "closed_by": by, "close_reason": "completed"}


def checksum() -> str:
    """One digest of all rows that point to people, of their talks, and of the people themselves."""
    models = {model for model, _field in rows.pointing_fields()} | {Person, Link, Talk, TalkSlot}
    lines = sorted(
        json.dumps([model._meta.label, rows.values_of(row)], sort_keys=True, ensure_ascii=False)
        for model in models
        for row in model._base_manager.all()
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
