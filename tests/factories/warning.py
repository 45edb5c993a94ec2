"""Duos with the facts that the early warning reads, written as the actions would have left them."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tests.factories import support
from tests.factories.people import TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import DuoState
from traboule.apps.duos.models import Duo, DuoRhythm, Meeting, MeetingLog
from traboule.apps.messages.models import Message
from traboule.apps.people.models import Person
from traboule.apps.support.models import Pulse

NOON = time(12)


def noon(day: date) -> datetime:
    return datetime.combine(day, NOON, tzinfo=UTC)


def duo(at: Branch | None = None, *, weeks: int = 12, today: date = TODAY, **names: str) -> Duo:
    """An active duo that began so many weeks ago on a Monday and meets on Tuesdays."""
    began = today - timedelta(days=today.weekday(), weeks=weeks)
    made = support.duo(at, started_on=began, **names)
    DuoRhythm.everywhere.create(duo=made, since=began, weekday=1, at=NOON, set_at=noon(began))
    return made


def met(of: Duo, *days: date, step: str = "call", said: timedelta = timedelta(hours=3)) -> None:
    """The two met on these days, and the mentor said so with a next step (or none)."""
    for day in days:
        row = Meeting.everywhere.create(
            duo=of, planned_at=noon(day), changed_at=noon(day), source="rhythm", state="held", met_minutes=90,
            agreement="one",
        )  # fmt: skip
        MeetingLog.everywhere.create(
            meeting=row, side="mentor", outcome="met", minutes=90, through="link", said_at=noon(day) + said,
            client_key=f"met-{row.pk}", next_steps=[step] if step else [],
        )  # fmt: skip


def asked(of: Duo, side: str, *days: date) -> None:
    """Meetings that nobody spoke of, although this side was asked by a link on these days."""
    for day in days:
        Meeting.everywhere.create(
            duo=of, planned_at=noon(day), changed_at=noon(day), source="rhythm",
            **{f"asked_{side}_at": noon(day) + timedelta(hours=1)},
        )  # fmt: skip


def rated(of: Duo, side: str, day: date, mark: int, number: int = 1) -> Pulse:
    """One side answered the short scale, all four alike."""
    marks = dict.fromkeys(("trust", "heard", "useful", "go_on"), mark)
    person = of.mentor if side == "mentor" else of.mentee
    return Pulse.everywhere.create(
        duo=of, person=person, side=side, number=number, asked_at=noon(day), answered_at=noon(day), **marks
    )


def message(person: Person, day: date, state: str, **more: Any) -> Message:
    """A message and what became of it."""
    return Message.everywhere.create(
        branch=person.branch, person=person, key=f"{person.pk}:{day}:{state}", kind="meeting.log",
        channel="email", language="fr", body="", state=state, due_at=noon(day), created_at=noon(day), **more,
    )  # fmt: skip


def tuesdays(first: int, last: int, today: date = TODAY) -> list[date]:
    """The Tuesdays from `first` to `last` weeks before the week of `today`, the oldest first."""
    monday = today - timedelta(days=today.weekday())
    return [monday - timedelta(weeks=back, days=-1) for back in range(first, last - 1, -1)]


def closed(of: Duo, on: date, reason: str = "lost_contact") -> Duo:
    """The duo has ended on a day."""
    place = of.place
    of.state, of.closed_on, of.close_reason, of.closed_by, of.place = (
        DuoState.CLOSED, on, reason, of.started_by, None,
    )  # fmt: skip
    of.save()
    if place is not None:
        place.delete()
    return of
