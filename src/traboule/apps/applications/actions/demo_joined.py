"""Two records of the demo that were one human, joined by the coordinator lately; they can be separated."""

from datetime import datetime, timedelta
from typing import Any

from traboule.apps.applications.actions.demo_referrals import BRANCH
from traboule.apps.applications.enums import ApplicationState, Source
from traboule.apps.applications.models import Application
from traboule.apps.people.actions import log_note, merge_people
from traboule.apps.people.actions._writing import refresh_search_key
from traboule.apps.people.enums import MenteeState, NoteKind, Side
from traboule.apps.people.models import MenteeProfile, Person, SpokenLanguage
from traboule.apps.people.queries import actor_of
from traboule.core.actors import Actor

SAID = "Une conseillère l’avait déjà inscrite : même téléphone, nom écrit autrement. C’est la même personne."


def fill(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Write the second record as an adviser did, with its own application, and join it to the first."""
    branch, adviser = loaded.branches.get(BRANCH), loaded.logins.get("elodie")
    planned = Application.everywhere.filter(
        branch=branch, side=Side.MENTEE, state=ApplicationState.TALK_PLANNED, person__mentee__isnull=False
    )
    first = planned.select_related("person__branch").order_by("pk").first()
    if branch is None or adviser is None or first is None or first.person is None:
        return
    coordinator = actor_of(loaded.coordinator(BRANCH))
    kept, at = first.person, now - timedelta(hours=20)
    dropped = _again(kept, at - timedelta(days=1))
    _applied(dropped, adviser.pk)
    log_note(person=dropped, text=SAID, kind=NoteKind.NOTE, by=coordinator, now=at)
    merge_people(kept=kept, dropped=dropped, choices={}, by=coordinator, now=at)


def _again(one: Person, came: datetime) -> Person:
    person = Person(
        branch_id=one.branch_id,
        first_name=one.last_name,
        last_name=one.first_name.upper(),
        birth_date=one.birth_date,
        phone=one.phone,
        channel=one.channel,
        contact_language=one.contact_language,
        postcode=one.postcode,
        created_at=came,
        last_contact_at=came,
    )
    refresh_search_key(person)
    person.save()
    MenteeProfile.everywhere.create(person=person, state=MenteeState.NEW, needs=["interviews"])
    SpokenLanguage.everywhere.create(person=person, code="fr", level=3)
    return person


def _applied(person: Person, adviser: int) -> None:
    at = person.created_at
    Application.everywhere.create(
        branch_id=person.branch_id,
        person=person,
        side=Side.MENTEE,
        state=ApplicationState.SENT,
        source=Source.REFERRER,
        referred_by_id=adviser,
        language=person.contact_language,
        started_at=at,
        saved_at=at,
        sent_at=at,
        moved_at=at,
    )
