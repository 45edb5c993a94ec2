"""What the mentee hears about her plan; called by the actions inside their transactions."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation

from traboule.apps.applications.queries.sessions import say_when
from traboule.apps.duos.models import Interview, Suggestion
from traboule.apps.messages.actions import tell
from traboule.apps.messages.enums import DeliveryState, Why
from traboule.apps.messages.models import Message
from traboule.apps.people.models import Person
from traboule.core.actors import Actor
from traboule.core.languages import interface
from traboule.core.links import address_of, make_link
from traboule.kernel.plans import reminders_of

PLAN_OPEN = "plan.open"
LINK_DAYS = 30


def plan_address(*, person: Person, now: datetime) -> str:
    """Make a link that opens the plan of ``person`` to herself, and return its address."""
    secret = make_link(
        right=PLAN_OPEN,
        subject_type="person",
        subject_id=person.pk,
        scope=person.branch_id,
        now=now,
        ends_at=now + timedelta(days=LINK_DAYS),
    )
    return address_of(secret)


def event_of(interview: Interview) -> str:
    """Name what reminders are about: this interview, at this time and place."""
    return f"interview:{interview.pk}.{interview.sequence}"


def say_reminders(interview: Interview, *, by: Actor, now: datetime) -> None:
    """Queue both reminders; one whose hour has passed is left out, and none goes out stale."""
    zone = ZoneInfo(interview.person.branch.timezone)
    first, second = reminders_of(interview.starts_at, zone)
    if now < first:
        _remind(interview, "plan.interview_tomorrow", by, now, due_at=first, not_after=second)
    if now < second:
        _remind(interview, "plan.interview_today", by, now, due_at=second, not_after=interview.starts_at)


def withdraw_reminders(interview: Interview) -> int:
    """Withhold what still waits to be sent about an interview as it stood; return how many messages."""
    return Message.everywhere.filter(
        person_id=interview.person_id,
        state=DeliveryState.WAITING,
        key__contains=f":{event_of(interview)}:",
    ).update(state=DeliveryState.WITHHELD, reason=Why.WITHDRAWN)


def say_suggested(suggestion: Suggestion, *, by: Actor, now: datetime) -> None:
    """Say that the mentor has an idea; what it is stands on the page only."""
    mentor = suggestion.suggested_by
    _tell(
        suggestion.person,
        "plan.suggested",
        f"suggestion:{suggestion.pk}",
        {"mentor": mentor.first_name if mentor else ""},
        by=by,
        now=now,
    )


def _remind(interview: Interview, kind: str, by: Actor, now: datetime, **times: datetime) -> None:
    person = interview.person
    with translation.override(interface(person.contact_language)):
        when = say_when(interview.starts_at, person.branch.timezone)
    values = {"when": when, "where": interview.place or interview.employer}
    _tell(person, kind, event_of(interview), values, by=by, now=now, **times)


def _tell(
    person: Person, kind: str, event: str, values: dict[str, str], *, by: Actor, now: datetime, **times: Any
) -> None:
    said = {"first_name": person.first_name, "link": plan_address(person=person, now=now), **values}
    tell(branch=person.branch, kind=kind, event=event, values=said, by=by, now=now, person=person, **times)
