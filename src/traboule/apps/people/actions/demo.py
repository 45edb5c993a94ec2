"""The invented people of the demo, written in bulk; one audit entry says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from traboule.apps.branches.actions import found_organisation, open_branch
from traboule.apps.branches.models import Branch
from traboule.apps.people.actions._writing import refresh_search_key
from traboule.apps.people.enums import Channel, MenteeState, MentorState, NoteKind, Role
from traboule.apps.people.models import (
    Login,
    MenteeProfile,
    MentorProfile,
    Note,
    Person,
    RoleGrant,
    SpokenLanguage,
)
from traboule.apps.people.queries.logins import DEMO_DOMAIN
from traboule.core.actors import Actor
from traboule.core.languages import HOUSE, contact, interface
from traboule.kernel.generator import MenteeRecord, MentorRecord, Programme

BATCH = 500
ASSOCIATION = "Deux rives (démonstration)"
# Name, the part of the address before the @, role, slug of the branch ("" = all of them).
TEAM: tuple[tuple[str, str, Role, str], ...] = (
    ("Claire Vasseur", "claire", Role.COORDINATOR, "lyon"),
    ("Mehdi Benali", "mehdi", Role.COORDINATOR, "lyon"),
    ("Hélène Dumont", "helene", Role.COORDINATOR, "ile-de-france"),
    ("Bruno Delattre", "bruno", Role.COORDINATOR, "lille"),
    ("Sonia Garcin", "sonia", Role.COORDINATOR, "marseille"),
    ("Agnès Morel", "agnes", Role.DIRECTOR, ""),
    ("Thomas Leroy", "thomas", Role.ADMINISTRATOR, ""),
    ("Nadia Ferhat", "nadia", Role.DPO, ""),
    ("Marc Aubert", "marc", Role.FUNDER, "lyon"),
    ("Iris Lemaître", "iris", Role.EVALUATOR, "lyon"),
    ("Élodie Perrin", "elodie", Role.REFERRER, "lyon"),
)
# What was said, the next step, and in how many days it is due.
CALLS: tuple[tuple[str, str, int], ...] = (
    ("Toujours très motivée, souhaite des nouvelles chaque semaine.", "Rappeler avec une date", -3),
    ("N’a pas encore d’idée de métier, aime le contact.", "Proposer un mentor généraliste", 0),
    ("Disponible seulement après le travail.", "Vérifier les créneaux du soir", 0),
    ("A changé de numéro, message laissé.", "Rappeler demain matin", 1),
    ("Cherche une formation qualifiante pour l’été.", "Envoyer la liste des formations", -1),
    ("Tout va bien, attend une proposition.", "Donner des nouvelles", 1),
)


@dataclass(slots=True)
class DemoPeople:
    """What was loaded, by the ids of the generator."""

    branches: dict[str, Branch] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    logins: dict[str, Login] = field(default_factory=dict)

    def coordinator(self, slug: str) -> Login:
        """Return the first coordinator of a branch."""
        return self.logins[next(key for _n, key, role, at in TEAM if role is Role.COORDINATOR and at == slug)]


@transaction.atomic
def load_demo_people(*, programme: Programme, by: Actor, now: datetime) -> DemoPeople:
    """Write association, branches, people and logins of an invented programme into an empty database.

    Raises branches.actions.AlreadyFounded when there is an association already.
    """
    loaded = DemoPeople()
    association = found_organisation(name=ASSOCIATION, valid_from=date(2025, 1, 1), by=by, now=now)
    for plan in programme.branches:
        loaded.branches[plan.slug] = open_branch(organisation=association, name=plan.name, by=by, now=now)
    records: list[MentorRecord | MenteeRecord] = [*programme.people.mentors, *programme.people.mentees]
    trained = _trained_on(programme)
    _write_persons(loaded, records, trained, now)
    _write_profiles(loaded, programme, trained)
    _write_logins(loaded, programme, now)
    _write_notes(loaded, programme, now)
    return loaded


def _write_persons(
    loaded: DemoPeople,
    records: Iterable[MentorRecord | MenteeRecord],
    trained: Mapping[str, date],
    now: datetime,
) -> None:
    kept = list(records)
    persons = [_person(loaded.branches[record.branch], record, now) for record in kept]
    for record, person in zip(kept, persons, strict=True):
        if record.id in trained:
            person.created_at = min(person.created_at, came_before(trained[record.id]))
    Person.everywhere.bulk_create(persons, batch_size=BATCH)
    loaded.persons = {record.id: person for record, person in zip(kept, persons, strict=True)}
    SpokenLanguage.everywhere.bulk_create(
        (
            SpokenLanguage(person=loaded.persons[record.id], code=code, level=level)
            for record in kept
            for code, level in record.languages
        ),
        batch_size=BATCH,
    )


def _person(branch: Branch, record: MentorRecord | MenteeRecord, now: datetime) -> Person:
    came = _came(record, now)
    pace, directness, listening, structure, humour = record.way
    person = Person(
        branch=branch,
        external_id=record.id,
        first_name=record.first_name,
        last_name=record.last_name,
        birth_date=record.birth_date,
        email=record.email,
        phone=record.phone,
        contact_language=contact(interface(record.contact_language or HOUSE)),
        channel=record.channel if record.channel in Channel.values else Channel.EMAIL,
        country=record.country,
        postcode=record.postcode,
        commune_code=record.commune,
        commune_name=record.commune_name,
        latitude=record.lat,
        longitude=record.lon,
        place_estimated=record.estimated,
        gender=record.gender or "",
        gender_wish=record.gender_wish or "",
        max_km=record.max_km,
        online=record.online,
        interests=sorted(record.interests),
        dislikes=sorted(record.dislikes),
        way_pace=pace,
        way_directness=directness,
        way_listening=listening,
        way_structure=structure,
        way_humour=humour,
        slots=record.slots,
        created_at=came,
        last_contact_at=came,
    )
    refresh_search_key(person)
    return person


def _came(record: MentorRecord | MenteeRecord, now: datetime) -> datetime:
    if isinstance(record, MenteeRecord):
        return min(now, _noon(record.waiting_since))
    number = sum(record.id.encode())
    return now - timedelta(days=200 + number % 160 if record.trained else 3 + number % 25)


def _trained_on(programme: Programme) -> dict[str, date]:
    """When each trained mentor had done the training: half a year ago, or for an earlier first duo then."""
    usual = programme.as_of - timedelta(days=180)
    found = {record.id: usual for record in programme.people.mentors if record.trained}
    for duo in programme.duos:
        found[duo.mentor] = min(found.get(duo.mentor, usual), trained_before(duo.mentor, duo.started_on))
    return found


def trained_before(mentor: str, starts: date) -> date:
    """Return when a mentor whose duo began on ``starts`` had done the training: weeks before, as promised.

    One in about twenty went first and caught up: a demo in which nobody does would show nothing to look at.
    """
    number = sum(mentor.encode())
    return starts + timedelta(days=10) if number % 20 == 0 else starts - timedelta(days=10 + number % 50)


def came_before(trained_on: date) -> datetime:
    """Return when somebody who had done the training on that day had come at the latest."""
    return _noon(trained_on - timedelta(days=60))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(10, 0), tzinfo=UTC)


def _write_profiles(loaded: DemoPeople, programme: Programme, trained: Mapping[str, date]) -> None:
    rests = {rest.mentor: rest.until for rest in programme.rests}
    running = {duo.mentee for duo in programme.duos if duo.state != "closed"}
    closed = {duo.mentee for duo in programme.duos} - running
    MentorProfile.everywhere.bulk_create(
        (
            _mentor(loaded.persons[record.id], record, rests.get(record.id), trained, programme.as_of)
            for record in programme.people.mentors
        ),
        batch_size=BATCH,
    )
    states = dict.fromkeys(running, MenteeState.MATCHED) | dict.fromkeys(closed, MenteeState.LEFT)
    MenteeProfile.everywhere.bulk_create(
        (
            MenteeProfile(
                person=loaded.persons[record.id],
                state=states.get(record.id, MenteeState.POOL),
                needs=sorted(record.needs),
                occupations=list(record.occupations),
                waiting_since=record.waiting_since,
                can_wait_until=record.can_wait_until,
                groups=dict(record.groups),
            )
            for record in programme.people.mentees
        ),
        batch_size=BATCH,
    )


def _mentor(
    person: Person, record: MentorRecord, rests_until: date | None, trained: Mapping[str, date], as_of: date
) -> MentorProfile:
    state = MentorState.PAUSED if rests_until else MentorState.POOL
    return MentorProfile(
        person=person,
        state=state if record.trained else MentorState.NEW,
        paused_until=rests_until if record.trained else None,
        capacity=record.capacity,
        years_experience=record.years_experience,
        generalist=record.generalist,
        strengths=sorted(record.strengths),
        occupations=list(record.occupations),
        available_from=record.available_from,
        available_until=record.available_until,
        trained_on=trained[record.id] if record.trained else None,
        can_wait_until=_waits_until(record, as_of),
    )


def _waits_until(record: MentorRecord, as_of: date) -> date | None:
    """One trained mentor in four said until when they can wait; for the soonest it is a matter of days."""
    number = sum(record.id.encode())
    return as_of + timedelta(days=5 + number % 90) if record.trained and number % 4 == 0 else None


def _write_logins(loaded: DemoPeople, programme: Programme, now: datetime) -> None:
    met = next(duo for duo in programme.duos if duo.branch == "lyon" and duo.state == "active")
    team: list[tuple[str, str, Role, str, Person | None]] = [(*member, None) for member in TEAM]
    for role, number in ((Role.MENTOR, met.mentor), (Role.MENTEE, met.mentee)):
        person = loaded.persons[number]
        team.append((person.display_name, role.value, role, "lyon", person))
    for name, key, role, slug, who in team:
        login = Login.objects.create_user(f"{key}@{DEMO_DOMAIN}", name=name, person=who, created_at=now)
        RoleGrant.objects.create(
            login=login, role=role, branch=loaded.branches[slug] if slug else None, granted_at=now
        )
        loaded.logins[key] = login


def _write_notes(loaded: DemoPeople, programme: Programme, now: datetime) -> None:
    """Those who wait longest were called lately; what was promised to them is due around today."""
    by_branch: dict[int, list[Person]] = {}
    for number in programme.waiting:
        person = loaded.persons[number]
        by_branch.setdefault(person.branch_id, []).append(person)
    notes: list[dict[str, Any]] = []
    for slug, branch in loaded.branches.items():
        owner = loaded.coordinator(slug)
        for at, (person, (text, step, days)) in enumerate(zip(by_branch[branch.pk], CALLS, strict=False)):
            notes.append(
                {
                    "person": person,
                    "author": owner,
                    "kind": NoteKind.CALL,
                    "text": text,
                    "happened_at": max(person.created_at, now - timedelta(days=4 + at)),
                    "next_step": step,
                    "next_step_on": programme.as_of + timedelta(days=days),
                    "step_owner": owner,
                }
            )
    Note.everywhere.bulk_create(Note(**note) for note in notes)
