"""Everything that the early warning looks at, of many duos, in one query: a union of dated rows.

A row says whose it is (a duo, or a person), what, which side, and its days. Nothing is judged here.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, NullIf

from traboule.apps.duos.enums_meetings import Because, MeetingState, Next
from traboule.apps.duos.models import Duo, DuoRhythm, Interview, Meeting, MeetingLog, Milestone, ShortJob
from traboule.apps.duos.plan_enums import PointState
from traboule.apps.messages.enums import DeliveryState
from traboule.apps.messages.models import Message
from traboule.apps.support.enums import Item
from traboule.apps.support.models import Absence, AdviceCall, CheckInSide, Pulse, Substitution

COLUMNS = ("whose", "what", "side", "at", "till", "day", "day_two", "day_three", "number")
NOT_ARRIVED = (DeliveryState.BOUNCED, DeliveryState.FAILED)
ARRIVED = (DeliveryState.SENT, DeliveryState.DELIVERED)


class Dated(NamedTuple):
    """One row of the union; what a column means depends on `what`. A day that is not there is `NEVER`."""

    whose: int
    what: str
    side: str
    at: date
    till: date
    day: date
    day_two: date
    day_three: date
    number: int | None


NEVER = date.max


class Wall:
    """The calendar day of an instant in one place. The offset of an hour is looked up once."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.known: dict[tuple[int, int], timedelta] = {}

    def day(self, at: datetime | None) -> date:
        if at is None:
            return NEVER
        plain = at.astimezone(UTC) if at.tzinfo is not UTC else at
        hour = (plain.toordinal(), plain.hour)
        offset = self.known.get(hour)
        if offset is None:
            offset = self.known[hour] = plain.astimezone(self.zone).utcoffset() or timedelta(0)
        return (plain + offset).date()


def dated_rows(duos: QuerySet[Duo], branch_id: int, since: datetime, zone: ZoneInfo) -> Iterator[Dated]:
    """Yield the rows of these duos; meetings, logs and messages from `since` on. One query."""
    ids = duos.order_by().values("pk")
    mentees, mentors = duos.order_by().values("mentee_id"), duos.order_by().values("mentor_id")
    people = Q(person__in=mentees) | Q(person__in=mentors)
    parts = [
        *_meetings(ids, since),
        *_questions(ids),
        *_messages(people, branch_id, since),
        *_rests(ids, people),
        *_steps(mentees),
    ]
    local = Wall(zone).day
    for whose, what, side, at, till, *days, number in parts[0].union(*parts[1:], all=True):
        one, two, three = (day or NEVER for day in days)
        yield Dated(whose, what, side, local(at), local(till), one, two, three, number)


def _either(condition: Q, one: str, other: str) -> Any:
    return Case(When(condition, then=Value(one)), default=Value(other), output_field=CharField())


def _part(rows: QuerySet[Any], whose: str, what: Any, **more: Any) -> Any:
    empty: dict[str, Any] = {
        "side": Value("", CharField()),
        **dict.fromkeys(("at", "till"), Cast(Value(None), DateTimeField())),
        **dict.fromkeys(("day", "day_two", "day_three"), Cast(Value(None), DateField())),
        "number": Cast(Value(None), BigIntegerField()),
    }
    said = {name: F(value) if isinstance(value, str) else value for name, value in more.items()}
    if "number" in said:
        said["number"] = Cast(said["number"], BigIntegerField())
    # Under names of their own first: a column of a table may be called like one of the union.
    named = {f"of_{name}": value for name, value in {**empty, **said}.items()}
    asked = {"of_whose": Cast(F(whose), BigIntegerField()), **named}
    asked["of_what"] = Value(what, CharField()) if isinstance(what, str) else what
    return rows.order_by().annotate(**asked).values_list(*(f"of_{name}" for name in COLUMNS))


def _meetings(ids: Any, since: datetime) -> list[Any]:
    """Rhythms, meetings held and rested, and the words of each side; `number` is the meeting."""
    meetings = Meeting.everywhere.filter(duo__in=ids, planned_at__gte=since)
    held = meetings.filter(state=MeetingState.HELD)
    rested = meetings.filter(state=MeetingState.CANCELLED, cancelled_because=Because.PAUSE)
    logs = MeetingLog.everywhere.filter(
        meeting__duo__in=ids, meeting__planned_at__gte=since, replaced_at=None
    )
    nothing = Q(next_steps=[]) | Q(next_steps=[Next.NONE.value])
    log = _either(nothing & Q(next_text=""), "log", "log_with_step")
    asked = [
        _part(
            meetings.filter(**{f"asked_{side}_at__isnull": False}),
            "duo_id", "asked", side=Value(side, CharField()), at=f"asked_{side}_at", number="pk",
        )
        for side in ("mentor", "mentee")
    ]  # fmt: skip
    return [
        _part(
            DuoRhythm.everywhere.filter(duo__in=ids),
            "duo_id",
            "rhythm",
            at="set_at",
            day="since",
            number="weekday",
        ),
        _part(held, "duo_id", "held", at="planned_at", till="changed_at", number="pk"),
        _part(rested, "duo_id", "rested", at="planned_at"),
        _part(logs, "meeting__duo_id", log, side="side", at="said_at", number="meeting_id"),
        *asked,
    ]


def _questions(ids: Any) -> list[Any]:
    """Check-ins and the short scale, asked and answered, and calls that the team gave back."""
    sides = CheckInSide.everywhere.filter(check_in__duo__in=ids)
    by_link = _either(Q(held_by=None), "question", "question_by_team")
    pulses = Pulse.everywhere.filter(duo__in=ids)
    total = sum((Coalesce(F(item), 0) for item in Item.values), Value(0))
    marks = sum((Case(When(**{item: None}, then=0), default=1) for item in Item.values), Value(0))
    mean = Cast(total, IntegerField()) * 100 / NullIf(Cast(marks, IntegerField()), 0)
    calls = AdviceCall.everywhere.filter(duo__in=ids, answered_at__isnull=False)
    return [
        _part(sides, "check_in__duo_id", by_link, side="side", at="asked_at", till="held_at"),
        _part(
            pulses, "duo_id", "scale",
            side="side", at="asked_at", till=Coalesce("answered_at", "skipped_at"), number=mean,
        ),
        _part(calls, "duo_id", "talk", side="side", at="answered_at"),
    ]  # fmt: skip


def _messages(people: Q, branch_id: int, since: datetime) -> list[Any]:
    """What did not arrive; and, of those whom it did not reach, what did."""
    rows = Message.everywhere.filter(branch_id=branch_id, created_at__gte=since)
    lost = rows.filter(people, state__in=NOT_ARRIVED)
    arrived = rows.filter(state__in=ARRIVED, person__in=lost.order_by().values("person_id"))
    return [
        _part(lost, "person_id", "lost", at="created_at"),
        _part(arrived, "person_id", "arrived", at="created_at"),
    ]


def _rests(ids: Any, people: Q) -> list[Any]:
    away = Absence.everywhere.filter(people)
    standing = Substitution.everywhere.filter(duo__in=ids)
    return [
        _part(
            away, "person_id", "away", at="said_at", day="from_on", day_two="until_on", day_three="back_on"
        ),
        _part(
            standing,
            "duo_id",
            "substitute",
            at="arranged_at",
            till="ended_at",
            day="from_on",
            day_two="until_on",
        ),
    ]


def _steps(mentees: Any) -> list[Any]:
    """Milestones, interviews and short jobs: what comes next on the plan of a mentee."""
    points = Milestone.everywhere.filter(goal__person__in=mentees).exclude(state=PointState.DROPPED)
    return [
        _part(
            points, "goal__person_id", "milestone",
            at="goal__added_at", day="due_on", day_two="done_on", day_three="goal__ended_on",
        ),
        _part(
            Interview.everywhere.filter(person__in=mentees), "person_id", "interview",
            at="added_at", till="starts_at",
        ),
        _part(
            ShortJob.everywhere.filter(person__in=mentees, ends_on__isnull=False), "person_id", "job",
            day="starts_on", day_two="ends_on",
        ),
    ]  # fmt: skip
