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
from traboule.apps.messages.words import said_hour
from traboule.core.actors import Actor
from traboule.core.languages import interface
from traboule.core.links import address_of, make_link

ANSWER_TALK = "answer_talk"


def tell_date(talk: Talk, kind: str, by: Actor, now: datetime) -> None:
    """Tell the date of a talk, once for each date that it had."""
    tell_of(talk, kind, f"talk:{talk.pk}:{talk.moves}", by, now)


def tell_of(talk: Talk, kind: str, event: str, by: Actor, now: datetime) -> None:
    """Tell the person when and where a talk is, with a link to answer."""
    secret = make_link(
        right=ANSWER_TALK,
        subject_type="talk",
        subject_id=talk.pk,
        scope=talk.branch_id,
        now=now,
        ends_at=talk.starts_at,
    )
    person = talk.application.person
    values = {**names_in(talk), "link": address_of(secret)}
    with translation.override(interface(person.contact_language if person else "")):
        values["when"] = say_when(talk)
        values["where"] = " · ".join(part for part in (str(TalkWay(talk.way).label), talk.where) if part)
    # A reminder of a date that is over helps nobody: the message is stale once the talk begins.
    tell_about(talk, kind, event, values, by, now, not_after=talk.starts_at)


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
        not_after=not_after,
    )
