"""Shared by the actions that write people: which keys a draft may hold, and how they become rows."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from traboule.apps.people.models import (
    Avoid,
    MenteeProfile,
    MentorProfile,
    NotToMeet,
    Person,
    SpokenLanguage,
)
from traboule.apps.people.queries.duplicates import identity_of
from traboule.apps.people.validators import search_key
from traboule.kernel.likeness import keys_of
from traboule.reference import places

PERSON_KEYS = frozenset(
    {
        "external_id",
        "first_name",
        "last_name",
        "birth_date",
        "email",
        "phone",
        "contact_language",
        "channel",
        "needs_help_reading",
        "country",
        "postcode",
        "commune_code",
        "gender",
        "gender_wish",
        "max_km",
        "online",
        "interests",
        "dislikes",
        "way_pace",
        "way_directness",
        "way_listening",
        "way_structure",
        "way_humour",
        "slots",
    }
)
MENTOR_KEYS = frozenset(
    {
        "capacity",
        "years_experience",
        "generalist",
        "strengths",
        "occupations",
        "available_from",
        "available_until",
        "trained_on",
        "can_wait_until",
    }
)
MENTEE_KEYS = frozenset({"needs", "occupations", "waiting_since", "can_wait_until", "groups"})
# languages: [(code, level)], avoid: [person ids], consent: True when the person agreed to take part
OTHER_KEYS = frozenset({"languages", "avoid", "consent"})
_PLACE_KEYS = {"postcode", "country", "commune_code"}


class UnknownField(KeyError):
    """A draft holds a key that no field of this side has."""


def check_keys(fields: Mapping[str, Any], allowed: frozenset[str]) -> None:
    """Raise UnknownField for a key that may not be set."""
    unknown = sorted(set(fields) - allowed)
    if unknown:
        raise UnknownField(", ".join(unknown))


def set_fields(row: Any, fields: Mapping[str, Any], keys: frozenset[str]) -> list[str]:
    """Set the ``keys`` that ``fields`` holds on ``row``; return the names whose value changed."""
    changed = []
    for name in sorted(keys & set(fields)):
        if getattr(row, name) != fields[name]:
            setattr(row, name, fields[name])
            changed.append(name)
    return changed


def place(person: Person) -> None:
    """Look the point of ``person`` up from commune and postcode; unknown places leave it empty."""
    found = places.locate(person.postcode or None, person.country, person.commune_code or None)
    if found is None:
        person.latitude = person.longitude = None
        person.commune_name, person.place_estimated = "", False
        return
    commune = found if isinstance(found, places.Commune) else found.communes[0]
    person.latitude, person.longitude = found.lat, found.lon
    person.place_estimated = found.estimated
    person.commune_code, person.commune_name = commune.code, commune.name
    if not person.postcode and commune.postcodes:
        person.postcode = commune.postcodes[0]


def refresh_search_key(person: Person) -> None:
    """Write again the folded text in which a search looks, and what a second record would have in common."""
    keys = keys_of(identity_of(person))
    person.same_name, person.same_birth = keys.name, keys.birth
    person.same_phone, person.same_email = keys.phone, keys.email
    person.search_key = search_key(
        (
            person.first_name,
            person.last_name,
            person.external_id,
            person.commune_name,
            person.postcode,
            person.email,
            person.phone,
        )
    )


def fill_person(person: Person, fields: Mapping[str, Any]) -> list[str]:
    """Set what ``fields`` says of the person, its place and its search key; return the changed names."""
    moved = bool({"postcode", "country"} & set(fields)) and "commune_code" not in fields
    before = (person.postcode, person.country)
    changed = set_fields(person, fields, PERSON_KEYS)
    if _PLACE_KEYS & set(changed):
        if moved and before != (person.postcode, person.country):
            person.commune_code = ""
        place(person)
    refresh_search_key(person)
    return changed


def set_languages(person: Person, languages: Iterable[tuple[str, int]]) -> bool:
    """Make the spoken languages of ``person`` exactly these; return whether that changed anything."""
    wanted = dict(languages)
    held = dict(SpokenLanguage.everywhere.filter(person=person).values_list("code", "level"))
    if wanted == held:
        return False
    SpokenLanguage.everywhere.filter(person=person).delete()
    SpokenLanguage.everywhere.bulk_create(
        SpokenLanguage(person=person, code=code, level=level) for code, level in sorted(wanted.items())
    )
    return True


def set_avoided(person: Person, others: Iterable[int]) -> bool:
    """Make the people to avoid exactly ``others`` of the same branch; return whether it changed."""
    wanted = set(
        Person.everywhere.filter(branch_id=person.branch_id, pk__in=set(others) - {person.pk}).values_list(
            "pk", flat=True
        )
    )
    Avoid.everywhere.filter(person=person, other_id__in=wanted, by_wish=True).update(by_wish=False)
    # What somebody said in words stands until it is taken back; a file does not undo it.
    wanted |= set(
        NotToMeet.everywhere.filter(person=person, other__isnull=False).values_list("other_id", flat=True)
    )
    held = set(Avoid.everywhere.filter(person=person).values_list("other_id", flat=True))
    if wanted == held:
        return False
    Avoid.everywhere.filter(person=person, other_id__in=held - wanted).delete()
    Avoid.everywhere.bulk_create(Avoid(person=person, other_id=other) for other in sorted(wanted - held))
    return True


def fill_mentor(profile: MentorProfile, fields: Mapping[str, Any]) -> list[str]:
    """Set what ``fields`` says of the mentor; return the changed names."""
    return set_fields(profile, fields, MENTOR_KEYS)


def fill_mentee(profile: MenteeProfile, fields: Mapping[str, Any], today: date | None) -> list[str]:
    """Set what ``fields`` says of the mentee, who waits from ``today`` unless said otherwise.

    Whoever is new (``today`` None) does not wait yet: that begins with the pool.
    """
    changed = set_fields(profile, fields, MENTEE_KEYS)
    if profile.waiting_since is None and today is not None:
        profile.waiting_since = today
        changed.append("waiting_since")
    return changed
