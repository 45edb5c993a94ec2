"""Adding a person and correcting what is known of one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.people.actions import _writing as writing
from traboule.apps.people.actions.consents import write_consents
from traboule.apps.people.enums import ConsentPurpose, MenteeState, MentorState, Permission, Side
from traboule.apps.people.models import MenteeProfile, MentorProfile, Person
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.permissions import authorise
from traboule.core.scope import locked


class FileIdTaken(ValueError):
    """Another person of this branch has this id in the files."""


@transaction.atomic
def add_person(
    *,
    branch: Branch,
    side: Side,
    fields: Mapping[str, Any],
    by: Actor,
    now: datetime,
    is_applying: bool = False,
) -> Person:
    """Add a mentor or a mentee to a branch.

    ``fields`` holds names of model fields of the person and of the profile of that side, plus ``languages``
    [(code, level 1..6)], ``avoid`` [person ids] and ``consent``. A mentee goes to the pool and waits from
    ``waiting_since`` (default: today); a mentor goes to the pool once ``trained_on`` is set. Somebody who
    ``is_applying`` stays new, outside the pool, until the application is accepted.
    Raises UnknownField, FileIdTaken; NotVisible or NotAllowed.
    """
    authorise(by, Permission.PEOPLE_WRITE, branch.pk)
    writing.check_keys(fields, _allowed(side))
    person = Person(branch=branch, created_at=now, last_contact_at=now)
    writing.fill_person(person, fields)
    _refuse_taken_id(person)
    person.save(force_insert=True)
    _fill_profile(person, side, fields, now, is_applying)
    writing.set_languages(person, fields.get("languages", ()))
    writing.set_avoided(person, fields.get("avoid", ()))
    if fields.get("consent"):
        write_consents(person, [ConsentPurpose.PROGRAMME], by=by, now=now)
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
        today = None if mentee.state == MenteeState.NEW else local_day(now, person.branch.timezone)
        changed += writing.fill_mentee(mentee, fields, today)
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


@transaction.atomic
def add_side(*, person: Person, side: Side, fields: Mapping[str, Any], by: Actor, now: datetime) -> Person:
    """Give somebody whom the branch knows a profile on ``side`` too, as new; one that is there is kept.

    Only the keys of the profile are read from ``fields``: what is known of the person stays as it is.
    """
    authorise(by, Permission.PEOPLE_WRITE, person.branch_id)
    person = locked(person)
    model = MentorProfile if side == Side.MENTOR else MenteeProfile
    if model.everywhere.filter(person=person).exists():
        return person
    _fill_profile(person, side, fields, now, True)
    audit.record(
        by=by,
        now=now,
        branch_id=person.branch_id,
        verb="person.side_added",
        subject_type="person",
        subject_id=person.pk,
        facts={"side": side},
    )
    return person


def _allowed(side: Side) -> frozenset[str]:
    own = writing.MENTOR_KEYS if side == Side.MENTOR else writing.MENTEE_KEYS
    return writing.PERSON_KEYS | own | writing.OTHER_KEYS


def _fill_profile(
    person: Person, side: Side, fields: Mapping[str, Any], now: datetime, is_applying: bool
) -> None:
    if side == Side.MENTOR:
        mentor = MentorProfile(person=person)
        writing.fill_mentor(mentor, fields)
        mentor.state = MentorState.POOL if mentor.trained_on else MentorState.NEW
        mentor.save(force_insert=True)
        return
    state = MenteeState.NEW if is_applying else MenteeState.POOL
    mentee = MenteeProfile(person=person, state=state)
    writing.fill_mentee(mentee, fields, None if is_applying else local_day(now, person.branch.timezone))
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
