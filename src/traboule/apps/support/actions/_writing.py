"""What the actions of this app have in common: the audit entry, the link, the message."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.messages.actions import tell
from traboule.apps.people.models import Person
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.links import address_of, make_link

ANSWER_FOR = timedelta(days=30)


def record(branch_id: int, kind: str, pk: int, verb: str, by: Actor, now: datetime, **facts: Any) -> None:
    """Write the audit entry of a fact: codes, ids and dates only."""
    audit.record(
        by=by, now=now, branch_id=branch_id, verb=verb, subject_type=kind, subject_id=pk, facts=facts
    )


def link_to(right: str, kind: str, pk: int, branch_id: int, now: datetime) -> str:
    """Make a link to one thing with one right and return its address."""
    secret = make_link(
        right=right, subject_type=kind, subject_id=pk, scope=branch_id, now=now, ends_at=now + ANSWER_FOR
    )
    return address_of(secret)


def say(
    person: Person, kind: str, event: str, branch: Branch, by: Actor, now: datetime, **values: Any
) -> None:
    """Tell a person something; the first name is theirs."""
    own: Mapping[str, Any] = {"first_name": first_name(person), "branch": branch.name, **values}
    tell(branch=branch, kind=kind, event=event, values=own, person=person, by=by, now=now)


def first_name(person: Person) -> str:
    """Return how somebody is called by the other: by the first name only."""
    return person.first_name or person.display_name


def others_of(duo: Duo, person_id: int) -> Person:
    """Return the other person of a duo."""
    return duo.mentor if duo.mentee_id == person_id else duo.mentee
