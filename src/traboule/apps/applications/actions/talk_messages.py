"""What the person of a talk is told: when, where, with whom, and a link to answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.dateformat import format as written
from django.utils.translation import pgettext

from traboule.apps.applications.enums_judging import TalkWay
from traboule.apps.applications.models import Talk
from traboule.apps.messages.actions import tell
from traboule.apps.messages.enums import DeliveryState, Why
from traboule.apps.messages.models import Message
from traboule.apps.messages.words import said_hour
from traboule.core.actors import Actor
from traboule.core.languages import interface
from traboule.core.links import address_of, make_link
from traboule.kernel.gatherings import morning_of, two_days_before

ANSWER_TALK = "answer_talk"
REMINDER = "talk.reminder"
SAY_A_DATE = ("talk.planned", "talk.moved", "talk.slots", REMINDER)


def tell_date(talk: Talk, kind: str, by: Actor, now: datetime) -> None:
    """Tell the date of a talk, once for each date that it had, and queue its reminders behind it.

    As for sessions: two days before, and shortly before; what is past is left out. One link serves all.
    """
    secret, event = link_of(talk, now), f"talk:{talk.pk}:{talk.moves}"
    tell_of(talk, kind, event, by, now, secret=secret)
    zone = ZoneInfo(talk.branch.timezone)
    first, second = two_days_before(talk.starts_at, zone), morning_of(talk.starts_at, zone)
    if now < first:
        tell_of(talk, REMINDER, f"{event}:soon", by, now, secret=secret, due_at=first, not_after=second)
    if now < second:
        tell_of(talk, REMINDER, f"{event}:today", by, now, secret=secret, due_at=second)


def withdraw_dates(talk: Talk) -> int:
    """Withhold what still waits and names a date that does not hold any more; return how many messages."""
    return Message.everywhere.filter(
        branch_id=talk.branch_id,
        kind__in=SAY_A_DATE,
        state=DeliveryState.WAITING,
        key__contains=f":talk:{talk.pk}:",
    ).update(state=DeliveryState.WITHHELD, reason=Why.WITHDRAWN)


def link_of(talk: Talk, now: datetime) -> str:
    """Return the secret of a new link with which the person answers about a talk."""
    return make_link(
        right=ANSWER_TALK,
        subject_type="talk",
        subject_id=talk.pk,
        scope=talk.branch_id,
        now=now,
        ends_at=talk.starts_at,
    )


def tell_of(
    talk: Talk,
    kind: str,
    event: str,
    by: Actor,
    now: datetime,
    *,
    secret: str = "",
    due_at: datetime | None = None,
    not_after: datetime | None = None,
) -> None:
    """Tell the person when and where a talk is, with a link to answer."""
    secret = secret or link_of(talk, now)
    person = talk.application.person
    values = {**names_in(talk), "link": address_of(secret)}
    with translation.override(interface(person.contact_language if person else "")):
        values["when"] = say_when(talk)
        values["where"] = " · ".join(part for part in (str(TalkWay(talk.way).label), talk.where) if part)
    # A reminder of a date that is over helps nobody: the message is stale once the talk begins.
    tell_about(talk, kind, event, values, by, now, due_at=due_at, not_after=not_after or talk.starts_at)


def say_when(talk: Talk) -> str:
    """Return day and hour of a talk as people say them, in the language in force and the branch's time."""
    return say_moment_of(talk, talk.starts_at)


def say_moment_of(talk: Talk, at: datetime) -> str:
    """Return another moment for a talk, said alike."""
    local = at.astimezone(ZoneInfo(talk.branch.timezone))
    day = written(local, pgettext("date format", "l j F"))
    return f"{day}, {said_hour(local)}"


def names_in(talk: Talk) -> dict[str, Any]:
    """Return the names that every message about a talk holds."""
    person = talk.application.person
    return {
        "first_name": (person.first_name or person.display_name) if person else "",
        "host": str(talk.host or talk.branch.name),
        "branch": talk.branch.name,
    }


def tell_about(
    talk: Talk,
    kind: str,
    event: str,
    values: Mapping[str, Any],
    by: Actor,
    now: datetime,
    *,
    due_at: datetime | None = None,
    not_after: datetime | None = None,
) -> None:
    """Queue one message about a talk."""
    tell(
        branch=talk.branch,
        kind=kind,
        event=event,
        values=values,
        person=talk.application.person,
        by=by,
        now=now,
        due_at=due_at,
        not_after=not_after,
    )
