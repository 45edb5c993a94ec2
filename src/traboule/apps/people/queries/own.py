"""What people read about themselves: what is written down, and the notes shared with them."""

from dataclasses import dataclass
from typing import Any

from traboule.apps.people.enums import Permission, Readers
from traboule.apps.people.models import Consent, Login, MenteeProfile, MentorProfile, Note, Person
from traboule.apps.people.queries.logins import actor_of


@dataclass(frozen=True, slots=True)
class OwnPage:
    """All that somebody may read about themselves; notes of the team only are not even fetched."""

    person: Person
    mentor: MentorProfile | None
    mentee: MenteeProfile | None
    notes: list[Note]
    consents: list[Consent]


def own_person(login: Any) -> Person | None:
    """Return the person behind a login that may see what is written about itself, or None."""
    if not isinstance(login, Login) or login.person_id is None:
        return None
    person = Person.everywhere.select_related("branch__organisation", "mentor", "mentee").get(
        pk=login.person_id
    )
    return person if actor_of(login).may(Permission.OWN_SEE, person.branch_id) else None


def person_of_link(subject_id: str, scope: int | None) -> Person | None:
    """Return the person that a link is about, if still there; the link itself gives the right."""
    if scope is None:
        return None
    rows = Person.everywhere.select_related("branch__organisation", "mentor", "mentee")
    return rows.filter(pk=int(subject_id), branch_id=scope).first() if subject_id.isdigit() else None


def own_page(person: Person) -> OwnPage:
    """Return what ``person`` may read about themselves; the caller has proven that they are this person."""
    shared = Note.everywhere.filter(person=person, readers=Readers.SHARED).select_related("author")
    return OwnPage(
        person=person,
        mentor=getattr(person, "mentor", None),
        mentee=getattr(person, "mentee", None),
        notes=list(shared),
        consents=list(Consent.everywhere.filter(person=person).order_by("-given_at")),
    )
