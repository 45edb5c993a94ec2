"""Duos that meet: a duo on paper, its rhythm and its meetings, made by the real actions."""

from datetime import date, datetime, time, timedelta
from typing import Any

from tests.factories import people
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos import actions
from traboule.apps.duos.models import Duo, DuoRhythm, Meeting
from traboule.core.actors import Actor, system

LINK = system("link of a test")
TEN = time(10)


def duo(branch: Branch, by: Actor, *, started_on: date = TODAY, now: datetime = NOW, **more: Any) -> Duo:
    """An active duo: Anne (mentor) and Selam (mentee), or people given by name."""
    mentor = more.get("mentor") or people.mentor(branch, first_name="Anne", contact_language="en")
    mentee = more.get("mentee") or people.mentee(branch, first_name="Selam", contact_language="en")
    place = actions.take_place(mentor=mentor, by=by, now=now)
    return actions.start_duo(mentor=mentor, mentee=mentee, place=place, started_on=started_on, by=by, now=now)


def rhythm(of: Duo, *, weekday: int | None = 1, now: datetime = NOW, **more: Any) -> DuoRhythm:
    """Every Tuesday at ten, or as given."""
    at = None if weekday is None else more.pop("at", TEN)
    fields = {"side": "mentor", "by": LINK, "place": "La Duchère"} | more
    return actions.set_rhythm(duo=of, weekday=weekday, at=at, now=now, **fields)


def meeting(of: Duo, at: datetime, *, now: datetime | None = None, **more: Any) -> Meeting:
    """A planned meeting, planned an hour before it (or at `now`)."""
    fields = {"side": "mentor", "by": LINK} | more
    return actions.plan_meeting(duo=of, at=at, now=now or at - timedelta(hours=1), **fields)


def met(minutes: int = 120, **more: Any) -> actions.Said:
    """They met."""
    return actions.Said(outcome="met", minutes=minutes, **more)
