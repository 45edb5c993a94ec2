"""Ended duos and what is asked after them, made by the real actions."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.factories import support as app
from tests.factories.people import TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import CloseReason, DuoState
from traboule.apps.duos.models import Duo
from traboule.apps.followups.actions.asking import ask_follow_up, open_follow_up
from traboule.apps.followups.models import FollowUp
from traboule.apps.messages.models import Message
from traboule.apps.people.models import Person
from traboule.core.actors import system
from traboule.kernel.calendar import months_after

CLOCK, LINK = system("clock"), system("link")


def noon(day: date) -> datetime:
    """Noon of a day in Paris."""
    return datetime.combine(day, time(12), tzinfo=ZoneInfo("Europe/Paris"))


def ended(at: Branch, *, ended_on: date | None = None, months_ago: int = 6, **person: Any) -> Duo:
    """A duo of six months that ended so many months before today; fields of its mentee may be given."""
    day = ended_on or months_after(TODAY, -months_ago)
    duo = app.duo(at, started_on=day - timedelta(days=181))
    Duo.everywhere.filter(pk=duo.pk).update(
        state=DuoState.CLOSED,
        place=None,
        closed_on=day,
        closed_by=duo.started_by,
        close_reason=CloseReason.COMPLETED,
    )
    given = {"email": f"mentee{duo.pk}@example.org", "channel": "email", **person}
    Person.everywhere.filter(pk=duo.mentee_id).update(**given)
    return Duo.everywhere.select_related("branch", "mentee", "started_by", "coordinator").get(pk=duo.pk)


def asked(duo: Duo, *, month: int = 6, now: datetime | None = None) -> FollowUp:
    """The question after so many months, sent on its day."""
    assert duo.closed_on is not None
    day = months_after(duo.closed_on, month)
    at = now or noon(day)
    row = open_follow_up(duo=duo, month=month, due_on=day, by=CLOCK, now=at)
    return ask_follow_up(row=row, by=CLOCK, now=at)


def messages_of(person_id: int) -> list[str]:
    """The kinds of message that were written to somebody about follow-up, in order."""
    rows = Message.everywhere.filter(person=person_id, kind__startswith="follow_up.").order_by("pk")
    return list(rows.values_list("kind", flat=True))


def door_of(row: FollowUp) -> str:
    """The path of the link in the last message about a question."""
    text = Message.everywhere.filter(person=row.person_id, kind__startswith="follow_up.").latest("pk").body
    return "/l/" + text.split("/l/")[1].split("/")[0] + "/"
