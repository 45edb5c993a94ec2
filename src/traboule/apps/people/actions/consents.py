"""Consents: one per purpose, given and withdrawn; withdrawing is as easy as giving."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from traboule.apps.people.enums import ConsentPurpose, Permission
from traboule.apps.people.models import Consent, Person
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.permissions import authorise
from traboule.core.scope import locked

# The version of the sentences that people agree to; a new wording gets a new number.
CONSENT_TEXT = "1"


@transaction.atomic
def give_consents(
    *,
    person: Person,
    purposes: Iterable[ConsentPurpose],
    by: Actor,
    now: datetime,
    language: str = "",
    text_version: str = CONSENT_TEXT,
    collected_by: int | None = None,
) -> list[Consent]:
    """Write down what ``person`` agreed to; a purpose that is in force already is left as it is.

    ``language`` is that of the sentences (default: the contact language of the person); ``collected_by`` is
    the id of a login (default: the one that acts; nobody where the person acts on a public page).
    """
    authorise(by, Permission.PEOPLE_WRITE, person.branch_id)
    given = write_consents(
        locked(person),
        purposes,
        by=by,
        now=now,
        language=language,
        text_version=text_version,
        collected_by=collected_by,
    )
    if given:
        _record(person, "consent.given", [row.purpose for row in given], by, now)
    return given


def write_consents(
    person: Person,
    purposes: Iterable[ConsentPurpose],
    *,
    by: Actor,
    now: datetime,
    language: str = "",
    text_version: str = CONSENT_TEXT,
    collected_by: int | None = None,
) -> list[Consent]:
    """Write the rows; for actions, which authorise and write the audit entry."""
    held = set(Consent.everywhere.filter(person=person, withdrawn_at=None).values_list("purpose", flat=True))
    return [
        Consent.everywhere.create(
            person=person,
            purpose=purpose,
            text_version=text_version,
            language=language or person.contact_language,
            channel=person.channel,
            collected_by_id=collected_by or (by.id if by.kind is ActorKind.LOGIN else None),
            given_at=now,
        )
        for purpose in sorted(set(purposes))
        if purpose not in held
    ]


@transaction.atomic
def withdraw_consent(*, person: Person, purpose: ConsentPurpose, by: Actor, now: datetime) -> bool:
    """Write down that ``person`` no longer agrees; return False if that was so already."""
    authorise(by, Permission.PEOPLE_WRITE, person.branch_id)
    person = locked(person)
    rows = Consent.everywhere.filter(person=person, purpose=purpose, withdrawn_at=None)
    if not rows.update(withdrawn_at=now):
        return False
    _record(person, "consent.withdrawn", [purpose], by, now)
    return True


def _record(person: Person, verb: str, purposes: list[str], by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=person.branch_id,
        verb=verb,
        subject_type="person",
        subject_id=person.pk,
        facts={"purposes": [str(purpose) for purpose in purposes]},
    )
