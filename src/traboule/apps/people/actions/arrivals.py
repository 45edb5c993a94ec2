"""A person who has just arrived, through an application: known, not yet in the pool."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from traboule.apps.branches.models import Branch
from traboule.apps.people.actions import _writing as writing
from traboule.apps.people.actions.consents import write_consents
from traboule.apps.people.enums import ConsentPurpose, MenteeState
from traboule.apps.people.models import MenteeProfile, Person
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.days import local_day


def take_in_mentee(
    *, branch: Branch, fields: Mapping[str, Any], consents: Iterable[ConsentPurpose], by: Actor, now: datetime
) -> Person:
    """Write down a mentee who has just arrived (state "new") and what they agreed to.

    ``fields`` as in ``add_person``. For the actions of later apps, which authorise, in their transaction.
    Raises UnknownField.
    """
    writing.check_keys(fields, writing.PERSON_KEYS | writing.MENTEE_KEYS | {"languages"})
    person = Person(branch=branch, created_at=now, last_contact_at=now)
    writing.fill_person(person, fields)
    person.save(force_insert=True)
    mentee = MenteeProfile(person=person, state=MenteeState.NEW)
    writing.fill_mentee(mentee, fields, local_day(now, branch.timezone))
    mentee.save(force_insert=True)
    writing.set_languages(person, fields.get("languages", ()))
    write_consents(person, consents, by=by, now=now)
    audit.record(
        by=by,
        now=now,
        branch_id=branch.pk,
        verb="person.arrived",
        subject_type="person",
        subject_id=person.pk,
        facts={"fields": sorted(fields), "consents": sorted(consents)},
    )
    return person
