"""Branches, logins, mentors and mentees. Each call makes a new one; keywords replace the boring values."""

from datetime import UTC, date, datetime
from typing import Any

import factory

from traboule.apps.branches.models import Branch, Organisation
from traboule.apps.people.enums import MenteeState, MentorState, Role
from traboule.apps.people.models import (
    Login,
    MenteeProfile,
    MentorProfile,
    Person,
    RoleGrant,
    SpokenLanguage,
)
from traboule.apps.people.queries import actor_of
from traboule.apps.people.validators import search_key
from traboule.core.actors import Actor

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Association {n}")
    created_at = NOW


class BranchFactory(factory.django.DjangoModelFactory[Branch]):
    class Meta:
        model = Branch

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Branch {n:05}")
    slug = factory.Sequence(lambda n: f"branch-{n}")
    postcode = "69009"
    commune_code = "69389"


class LoginFactory(factory.django.DjangoModelFactory[Login]):
    class Meta:
        model = Login

    email = factory.Sequence(lambda n: f"login{n}@example.org")
    name = factory.Sequence(lambda n: f"Login {n}")
    locale = "en"
    created_at = NOW
    password = "!"


class RoleGrantFactory(factory.django.DjangoModelFactory[RoleGrant]):
    class Meta:
        model = RoleGrant

    login = factory.SubFactory(LoginFactory)
    role = Role.COORDINATOR
    branch = None
    granted_at = NOW


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    class Meta:
        model = Person

    branch = factory.SubFactory(BranchFactory)
    external_id = factory.Sequence(lambda n: f"p{n}")
    first_name = factory.Sequence(lambda n: f"First{n}")
    last_name = factory.Sequence(lambda n: f"Last{n}")
    birth_date = date(2000, 1, 1)
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    phone = "+33612345678"
    postcode = "69009"
    commune_code = "69389"
    commune_name = "Lyon 9e Arrondissement"
    latitude = 45.774
    longitude = 4.805
    slots = 0b111
    created_at = NOW
    last_contact_at = NOW
    search_key = factory.LazyAttribute(
        lambda person: search_key(
            (person.first_name, person.last_name, person.external_id, person.commune_name, person.email)
        )
    )

    @classmethod
    def _create(cls, model_class: type[Person], *args: Any, **kwargs: Any) -> Person:
        return model_class.everywhere.create(*args, **kwargs)


def branch(**fields: Any) -> Branch:
    """A branch of its own association."""
    return BranchFactory(**fields)


def mentor(at: Branch | None = None, *, languages: dict[str, int] | None = None, **fields: Any) -> Person:
    """A trained mentor in the pool with one place who speaks French; profile fields may be given by name."""
    profile = _split(fields, MentorProfile)
    fields.setdefault("birth_date", date(1964, 1, 1))
    person = PersonFactory(branch=at or BranchFactory(), **fields)
    MentorProfile.everywhere.create(
        person=person,
        **{
            "state": MentorState.POOL,
            "occupations": ["M1101"],
            "trained_on": date(2026, 1, 15),
            **profile,
        },
    )
    speak(person, languages or {"fr": 6})
    return person


def mentee(at: Branch | None = None, *, languages: dict[str, int] | None = None, **fields: Any) -> Person:
    """A mentee in the pool since ten days who speaks French at B1; profile fields may be given by name."""
    profile = _split(fields, MenteeProfile)
    person = PersonFactory(branch=at or BranchFactory(), **fields)
    MenteeProfile.everywhere.create(
        person=person,
        **{
            "state": MenteeState.POOL,
            "occupations": ["M1101"],
            "waiting_since": date(2026, 2, 20),
            **profile,
        },
    )
    speak(person, languages or {"fr": 3})
    return person


def speak(person: Person, languages: dict[str, int]) -> None:
    """Give a person languages with levels 1 to 6."""
    SpokenLanguage.everywhere.bulk_create(
        SpokenLanguage(person=person, code=code, level=level) for code, level in languages.items()
    )


def login(role: Role | None = None, at: Branch | None = None, **fields: Any) -> Login:
    """A login, with a role in a branch (None: in all of them) if one is named."""
    made = LoginFactory(**fields)
    if role is not None:
        RoleGrantFactory(login=made, role=role, branch=at)
    return made


def actor(role: Role, at: Branch | None = None, **fields: Any) -> Actor:
    """Somebody who acts with one role in a branch (None: in all of them)."""
    return actor_of(login(role, at, **fields))


def coordinator(at: Branch, **fields: Any) -> Actor:
    """A coordinator of one branch."""
    return actor(Role.COORDINATOR, at, **fields)


def _split(fields: dict[str, Any], model: type[MentorProfile] | type[MenteeProfile]) -> dict[str, Any]:
    names = {field.name for field in model._meta.local_fields} - {"person"}
    return {name: fields.pop(name) for name in list(fields) if name in names}
