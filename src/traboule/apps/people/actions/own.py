"""What people change about themselves, signed in or through a link of a message."""

import re
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from traboule.apps.people.enums import Channel, Permission
from traboule.apps.people.models import Avoid, Login, Person
from traboule.apps.people.validators import fold
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.languages import EVERYBODY, contact
from traboule.core.links import address_of, make_link
from traboule.core.permissions import NotAllowed
from traboule.core.scope import locked

# The right of the links that open the own place of a person, and how long they do.
MY_PLACE = "my.place"
LINK_DAYS = 90


class NoAddressForChannel(ValueError):
    """This way needs an e-mail address or a phone number that is not there."""


def authorise_own(person: Person, by: Actor) -> None:
    """Return if ``by`` is ``person``, signed in or through a link (the system); else raise NotAllowed."""
    if by.kind is ActorKind.SYSTEM:
        return
    if by.id is None or not Login.objects.filter(pk=by.id, person=person, is_active=True).exists():
        raise NotAllowed(Permission.OWN_SEE)


def my_place_address(*, person: Person, now: datetime) -> str:
    """Make a link to the own place of ``person`` and return its address, for a message."""
    secret = make_link(
        right=MY_PLACE,
        subject_type="person",
        subject_id=person.pk,
        scope=person.branch_id,
        now=now,
        ends_at=now + timedelta(days=LINK_DAYS),
    )
    return address_of(secret)


@transaction.atomic
def choose_how_to_hear(
    *, person: Person, language: str, channel: Channel, by: Actor, now: datetime
) -> Person:
    """Set the language and the way in which ``person`` hears from us, also for their login.

    ``language`` is one of the pages. Raises ValueError for another, NoAddressForChannel.
    """
    authorise_own(person, by)
    if language not in EVERYBODY:
        raise ValueError(language)
    person = locked(person)
    needs = {Channel.EMAIL: person.email, Channel.SMS: person.phone, Channel.PHONE: person.phone}
    if not needs.get(channel, "-"):
        raise NoAddressForChannel(channel)
    before = (person.contact_language, person.channel)
    person.contact_language, person.channel = contact(language), channel
    if (person.contact_language, person.channel) == before:
        return person
    person.save(update_fields=["contact_language", "channel"])
    Login.objects.filter(person=person).update(locale=language)
    audit.record(
        by=by,
        now=now,
        branch_id=person.branch_id,
        verb="person.chose_how_to_hear",
        subject_type="person",
        subject_id=person.pk,
        facts={"language": person.contact_language, "channel": channel},
    )
    return person


@transaction.atomic
def avoid_named(*, person: Person, text: str, by: Actor, now: datetime) -> Person | None:
    """Keep ``person`` apart from the one whom ``text`` names with first and last name; else None.

    More than one who could be meant is for a colleague to sort out.
    """
    authorise_own(person, by)
    words = set(re.findall(r"\w+", fold(text)))
    if not words:
        return None
    rows = Person.everywhere.filter(branch_id=person.branch_id, archived_at=None).exclude(pk=person.pk)
    likely = Q()
    for word in words:
        likely |= Q(search_key__contains=word)
    named = [row for row in rows.filter(likely).exclude(last_name="") if _is_named(row, words)]
    if len(named) != 1:
        return None
    Avoid.everywhere.get_or_create(person=person, other=named[0])
    audit.record(
        by=by,
        now=now,
        branch_id=person.branch_id,
        verb="person.avoids",
        subject_type="person",
        subject_id=person.pk,
        facts={"other": named[0].pk},
    )
    return named[0]


def _is_named(row: Person, words: set[str]) -> bool:
    first, last = (re.findall(r"\w+", fold(part)) for part in (row.first_name, row.last_name))
    return bool(first) and bool(last) and {*first, *last} <= words
