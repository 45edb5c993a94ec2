"""Valid, boring people who can all be matched with each other; a test says what differs."""

from datetime import UTC, date, datetime
from typing import Any

from traboule.apps.branches.models import Branch, Organisation, ProgrammeVersion
from traboule.apps.people.models import Login, MenteeProfile, MentorProfile, Person, RoleGrant, SpokenLanguage
from traboule.apps.people.queries.logins import actor_of
from traboule.core.actors import Actor

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
REASON = "Same trade, same humour, both on Tuesdays."
MENTEE_FIELDS = {field.name for field in MenteeProfile._meta.local_fields}
MENTOR_FIELDS = {field.name for field in MentorProfile._meta.local_fields}


def make_branch(name: str = "Lyon", **more: Any) -> Branch:
    organisation, _ = Organisation.objects.get_or_create(name="Passages", defaults={"created_at": NOW})
    if not organisation.programme_versions.exists():
        ProgrammeVersion.objects.create(organisation=organisation, label="1", valid_from=date(2020, 1, 1))
    return Branch.objects.create(organisation=organisation, name=name, slug=name.lower(), **more)


def make_login(name: str = "Inès", branch: Branch | None = None, role: str = "coordinator") -> Login:
    login = Login.objects.create_user(f"{name.lower()}@example.org", name=name)
    RoleGrant.objects.create(login=login, role=role, branch=branch, granted_at=NOW)
    return login


def make_coordinator(branch: Branch, name: str = "Inès") -> Actor:
    return actor_of(make_login(name, branch))


def make_mentee(branch: Branch, first_name: str = "Selam", **more: Any) -> Person:
    profile = {key: more.pop(key) for key in list(more) if key in MENTEE_FIELDS}
    person = _person(branch, first_name, birth_date=date(2003, 5, 4), **more)
    fields: dict[str, Any] = {"state": "pool", "waiting_since": date(2026, 2, 20), "occupations": ["M1101"]}
    MenteeProfile.everywhere.create(person=person, **(fields | profile))
    return person


def make_mentor(branch: Branch, first_name: str = "Paul", **more: Any) -> Person:
    profile = {key: more.pop(key) for key in list(more) if key in MENTOR_FIELDS}
    person = _person(branch, first_name, birth_date=date(1962, 5, 4), **more)
    fields: dict[str, Any] = {
        "state": "pool",
        "capacity": 1,
        "years_experience": 20,
        "occupations": ["M1101"],
        "trained_on": date(2026, 1, 10),
    }
    MentorProfile.everywhere.create(person=person, **(fields | profile))
    return person


def _person(branch: Branch, first_name: str, *, languages: str = "fr:4", **more: Any) -> Person:
    fields: dict[str, Any] = {
        "last_name": "Martin",
        "postcode": "69009",
        "commune_code": "69389",
        "commune_name": "Lyon 9e",
        "latitude": 45.78,
        "longitude": 4.80,
        "slots": 0b1,
        "created_at": NOW,
        "last_contact_at": NOW,
    }
    person = Person.everywhere.create(branch=branch, first_name=first_name, **(fields | more))
    for spoken in languages.split():
        code, level = spoken.split(":")
        SpokenLanguage.everywhere.create(person=person, code=code, level=int(level))
    return person
