"""What the two are told about their meetings; called by the actions inside their transactions."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import translation

from traboule.apps.duos.enums import DuoState
from traboule.apps.duos.models import Duo, Meeting
from traboule.apps.duos.queries.meeting_words import say_rhythm, say_when, say_where
from traboule.apps.messages.actions import tell
from traboule.apps.messages.enums import DeliveryState, Why
from traboule.apps.messages.models import Message
from traboule.apps.people.models import Person
from traboule.core.actors import Actor
from traboule.core.languages import interface
from traboule.core.links import address_of, make_link

LOG_RIGHT = {"mentor": "meeting.log.mentor", "mentee": "meeting.log.mentee"}
REMINDING = ("meeting.tomorrow", "meeting.log")
LINK_DAYS = 60


def log_address(meeting: Meeting, side: str, now: datetime) -> str:
    """Make a link to the log of one meeting for one side, and return its address."""
    secret = make_link(
        right=LOG_RIGHT[side],
        subject_type="meeting",
        subject_id=meeting.pk,
        scope=meeting.duo.branch_id,
        now=now,
        ends_at=max(meeting.planned_at, now) + timedelta(days=LINK_DAYS),
    )
    return address_of(secret)


def tell_side(
    meeting: Meeting, side: str, kind: str, *, by: Actor, now: datetime, link: bool = False, **more: Any
) -> None:
    """Tell one side about a meeting as it stands: when, where, with whom (first names only)."""
    duo = meeting.duo
    with translation.override(_language(_person(duo, side))):
        values = {
            **_names(duo, side),
            "when": say_when(meeting.planned_at, duo.branch.timezone),
            "where": say_where(meeting),
            "link": log_address(meeting, side, now) if link else "",
            **{name: said(_zone(duo)) for name, said in more.pop("said", {}).items()},
        }
    event = f"meeting:{meeting.pk}.{meeting.sequence}"
    tell(
        branch=duo.branch, kind=kind, event=event, values=values, by=by, now=now,
        person=_person(duo, side), **more,
    )  # fmt: skip


def withdraw(meeting: Meeting) -> int:
    """Withhold what waits to remind of a meeting, or to ask for its log: it has happened, or will not."""
    return Message.everywhere.filter(
        state=DeliveryState.WAITING,
        kind__in=REMINDING,
        key__contains=f":meeting:{meeting.pk}.",
    ).update(state=DeliveryState.WITHHELD, reason=Why.WITHDRAWN)


def tell_both(meeting: Meeting, kind: str, *, by: Actor, now: datetime, **more: Any) -> None:
    """Tell mentor and mentee, each in their language."""
    for side in ("mentor", "mentee"):
        tell_side(meeting, side, kind, by=by, now=now, **dict(more))


def tell_rhythm(duo: Duo, rhythm: Any, *, by: Actor, now: datetime) -> None:
    """Tell both in which rhythm they meet from now on."""
    if duo.state != DuoState.ACTIVE:
        return
    for side in ("mentor", "mentee"):
        person = _person(duo, side)
        with translation.override(_language(person)):
            values = {**_names(duo, side), "rhythm": say_rhythm(rhythm), "where": say_where(rhythm)}
        event = f"rhythm:{rhythm.pk}.{now.isoformat()}"
        tell(
            branch=duo.branch, kind="meeting.rhythm", event=event, values=values, by=by, now=now,
            person=person,
        )  # fmt: skip


def _person(duo: Duo, side: str) -> Person:
    return duo.mentor if side == "mentor" else duo.mentee


def _names(duo: Duo, side: str) -> dict[str, str]:
    me, other = (duo.mentor, duo.mentee) if side == "mentor" else (duo.mentee, duo.mentor)
    return {"first_name": me.first_name, "other": other.first_name}


def _language(person: Person) -> str:
    return interface(person.contact_language)


def _zone(duo: Duo) -> str:
    return str(duo.branch.timezone)
