"""Adding a person and correcting what is known of one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.people.actions import _writing as writing
from traboule.apps.people.enums import ConsentPurpose, MenteeState, MentorState, Permission, Side
from traboule.apps.people.models import Consent, MenteeProfile, MentorProfile, Person
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.permissions import authorise
from traboule.core.scope import locked

CONSENT_TEXT = "1"


class FileIdTaken(ValueError):
    """Another person of this branch has this id in the files."""


@transaction.atomic
def add_person(*, branch: Branch, side: Side, fields: Mapping[str, Any], by: Actor, now: datetime) -> Person:
    """Add a mentor or a mentee to a branch.

    ``fields`` holds names of model fields of the person and of the profile of that side, plus ``languages``
    [(code, level 1..6)], ``avoid`` [person ids] and ``consent``. A mentee goes to the pool and waits from
    ``waiting_since`` (default: today); a mentor goes to the pool once ``trained_on`` is set.
    Raises UnknownField, FileIdTaken; NotVisible or NotAllowed.
    """
    authorise(by, Permission.PEOPLE_WRITE, branch.pk)
    writing.check_keys(fields, _allowed(side))
    person = Person(branch=branch, created_at=now, last_contact_at=now)
    writing.fill_person(person, fields)
    _refuse_taken_id(person)
    person.save(force_insert=True)
    _fill_profile(person, side, fields, now)
    writing.set_languages(person, fields.get("languages", ()))
    writing.set_avoided(person, fields.get("avoid", ()))
    if fields.get("consent"):
        record_consent(person, by=by, now=now)
    audit.record(
        by=by,
        now=now,
        branch_id=branch.pk,
        verb="person.added",
        subject_type="person",
        subject_id=person.pk,
        facts={"side": side, "fields": sorted(fields)},
    )
    return person


@transaction.atomic
def correct_person(*, person: Person, fields: Mapping[str, Any], by: Actor, now: datetime) -> Person:
    """Change what ``fields`` names (keys as in ``add_person``) and nothing else; the audit lists the names.

    Raises UnknownField, FileIdTaken; NotVisible or NotAllowed.
    """
    authorise(by, Permission.PEOPLE_WRITE, person.branch_id)
    person = locked(person)
    mentor = MentorProfile.everywhere.filter(person=person).first()
    mentee = MenteeProfile.everywhere.filter(person=person).first()
    sides = [side for side, profile in ((Side.MENTOR, mentor), (Side.MENTEE, mentee)) if profile]
    writing.check_keys(fields, frozenset().union(writing.PERSON_KEYS, *(_allowed(side) for side in sides)))
    changed = writing.fill_person(person, fields)
    _refuse_taken_id(person)
    person.save()
    if mentor is not None:
        changed += _save_mentor(mentor, fields)
    if mentee is not None:
        changed += writing.fill_mentee(mentee, fields, local_day(now, person.branch.timezone))
        mentee.save()
    changed += ["languages"] * ("languages" in fields and writing.set_languages(person, fields["languages"]))
    changed += ["avoid"] * ("avoid" in fields and writing.set_avoided(person, fields["avoid"]))
    if changed:
        audit.record(
            by=by,
            now=now,
            branch_id=person.branch_id,
            verb="person.corrected",
            subject_type="person",
            subject_id=person.pk,
            facts={"fields": sorted(set(changed))},
        )
    return person


def record_consent(
    person: Person, *, by: Actor, now: datetime, purpose: ConsentPurpose = ConsentPurpose.PROGRAMME
) -> Consent:
    """Write down that ``person`` agreed to one purpose; runs inside the caller's transaction."""
    return Consent.everywhere.create(
        person=person,
        purpose=purpose,
        text_version=CONSENT_TEXT,
        language=person.contact_language,
        channel=person.channel,
        collected_by_id=by.id if by.kind is ActorKind.LOGIN else None,
        given_at=now,
    )


def _allowed(side: Side) -> frozenset[str]:
    own = writing.MENTOR_KEYS if side == Side.MENTOR else writing.MENTEE_KEYS
    return writing.PERSON_KEYS | own | writing.OTHER_KEYS


def _fill_profile(person: Person, side: Side, fields: Mapping[str, Any], now: datetime) -> None:
    if side == Side.MENTOR:
        mentor = MentorProfile(person=person)
        writing.fill_mentor(mentor, fields)
        mentor.state = MentorState.POOL if mentor.trained_on else MentorState.NEW
        mentor.save(force_insert=True)
        return
    mentee = MenteeProfile(person=person, state=MenteeState.POOL)
    writing.fill_mentee(mentee, fields, local_day(now, person.branch.timezone))
    mentee.save(force_insert=True)


def _save_mentor(mentor: MentorProfile, fields: Mapping[str, Any]) -> list[str]:
    changed = writing.fill_mentor(mentor, fields)
    ready = mentor.trained_on is not None
    if mentor.state in (MentorState.NEW, MentorState.POOL):
        mentor.state = MentorState.POOL if ready else MentorState.NEW
    mentor.save()
    return changed


def _refuse_taken_id(person: Person) -> None:
    if not person.external_id:
        return
    others = Person.everywhere.filter(branch_id=person.branch_id, external_id=person.external_id)
    if others.exclude(pk=person.pk).exists():
        raise FileIdTaken(person.external_id)
