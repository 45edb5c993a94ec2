"""What a person asks of the team from their own page: to talk with somebody, or to stop."""

from datetime import datetime, timedelta

from django.db import transaction

from traboule.apps.applications.actions._moves import move
from traboule.apps.applications.actions.talks import drop_talk
from traboule.apps.applications.models import Application
from traboule.apps.people.actions.consents import withdraw_consent
from traboule.apps.people.actions.own import authorise_own
from traboule.apps.people.actions.states import move_mentee, move_mentor
from traboule.apps.people.enums import ConsentPurpose, MenteeState, MentorState
from traboule.apps.people.models import Person
from traboule.apps.steps.actions import open_step
from traboule.apps.steps.models import OpenStep
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind, system
from traboule.core.days import local_day
from traboule.core.registry import ON_LEAVE, STILL_OPEN
from traboule.core.scope import locked
from traboule.kernel.lifecycle import APPLICATION

ASKS_TO_TALK = "asks_to_talk"
WANTS_TO_STOP = "wants_to_stop"
# Both come before everybody who only waits: the person has spoken.
RANK = 15


@transaction.atomic
def ask_to_talk(*, person: Person, by: Actor, now: datetime) -> OpenStep:
    """Open a step for the team: this person wants to talk with somebody, by tomorrow. Twice is once."""
    authorise_own(person, by)
    step = _step(person, ASKS_TO_TALK, by, now)
    _record(person, "person.asked_to_talk", by, now)
    return step


@transaction.atomic
def stop(*, person: Person, by: Actor, now: datetime) -> Person:
    """Withdraw what is open, give places, dates and seats back, leave the pool; tell the team by a step.

    Somebody in a duo, or asked about one, is not taken out by this: the step says that they want to stop,
    because a second person must hear it from a human.
    """
    authorise_own(person, by)
    person = locked(person)
    for application in Application.everywhere.filter(person=person):
        if APPLICATION.allows(application.state, "withdraw"):
            drop_talk(application=application, by=by, now=now)
            application.refresh_from_db()
            move(application, "withdraw", by=by, now=now)
    for give_back in ON_LEAVE:
        give_back(person, now)
    if not any(still_open(person.pk) for still_open in STILL_OPEN):
        mentee, mentor = getattr(person, "mentee", None), getattr(person, "mentor", None)
        if mentee is not None and mentee.state != MenteeState.LEFT:
            move_mentee(mentee=mentee, to=MenteeState.LEFT, by=by, now=now)
        if mentor is not None and mentor.state != MentorState.LEFT:
            move_mentor(mentor=mentor, to=MentorState.LEFT, by=by, now=now)
    _step(person, WANTS_TO_STOP, by, now)
    _record(person, "person.stopped", by, now)
    return person


@transaction.atomic
def take_consent_back(*, person: Person, purpose: ConsentPurpose, by: Actor, now: datetime) -> None:
    """The person no longer agrees to one purpose; without the first one everything stops. Twice is once."""
    authorise_own(person, by)
    # Nobody needs a right over people to take their own word back.
    hand = by if by.kind is ActorKind.SYSTEM else system("my.place")
    if not withdraw_consent(person=person, purpose=purpose, by=hand, now=now):
        return
    if purpose == ConsentPurpose.PROGRAMME:
        stop(person=person, by=by, now=now)


def _step(person: Person, kind: str, by: Actor, now: datetime) -> OpenStep:
    latest = (
        Application.everywhere.filter(person=person).order_by("-moved_at").select_related("owner").first()
    )
    return open_step(
        branch=person.branch,
        kind=kind,
        key=f"{kind}:{person.pk}",
        by=by,
        now=now,
        person=person,
        due_on=local_day(now, person.branch.timezone) + timedelta(days=1),
        owner=latest.owner if latest else None,
        rank=RANK,
        subject_type="person",
        subject_id=person.pk,
    )


def _record(person: Person, verb: str, by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=person.branch_id,
        verb=verb,
        subject_type="person",
        subject_id=person.pk,
        facts={},
    )
