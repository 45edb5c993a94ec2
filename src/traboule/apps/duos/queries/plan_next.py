"""What comes next in a plan: for one mentee, and for a whole branch at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import (
    CharField,
    Count,
    DateField,
    DateTimeField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from traboule.apps.duos.models import Goal, Interview, JobApplication, Milestone, ShortJob
from traboule.apps.duos.plan_enums import GoalState, PointState, Reply
from traboule.apps.duos.plan_shipped import step_of
from traboule.apps.people.models import Person
from traboule.kernel.plans import Dated, Point, next_of

# The columns of each part, in one order: their union is one query.
COLUMNS = ("whose", "what", "pk", "day", "instant", "text", "shipped", "zone")
NO_DAY = Cast(Value(None), DateField())
NO_INSTANT = Cast(Value(None), DateTimeField())


@dataclass(frozen=True, slots=True)
class NextThing:
    """The next dated thing: its kind, its day, what it says (own words or a shipped text) and its row."""

    kind: Dated
    day: date
    said: str
    id: int
    at: datetime | None = None


def pick(things: list[NextThing], today: date) -> NextThing | None:
    """Return the first of ``things`` from ``today`` on."""
    by_point = {Point(thing.kind, thing.day, thing.id): thing for thing in things}
    first = next_of(by_point, today)
    return by_point[first] if first else None


def next_dated_thing(person_id: int, today: date) -> NextThing | None:
    """Return the next interview, milestone or end of a short job of a mentee; None: no next step at all."""
    return next_dated_things([person_id], today).get(person_id)


def next_dated_things(
    person_ids: Iterable[int], today: date, *, kinds: Iterable[Dated] = tuple(Dated)
) -> dict[int, NextThing]:
    """Return the next dated thing of each mentee who has one, in one query for a whole branch."""
    ids = list(person_ids)
    reads = {Dated.MILESTONE: _points, Dated.INTERVIEW: _interviews, Dated.JOB_ENDS: _jobs}
    parts = [reads[kind](ids, today) for kind in kinds]
    if not parts or not ids:
        return {}
    found: dict[int, list[NextThing]] = defaultdict(list)
    for row in parts[0].union(*parts[1:], all=True):
        found[row[0]].append(_thing(*row[1:]))
    nexts = ((person_id, pick(things, today)) for person_id, things in found.items())
    return {person_id: thing for person_id, thing in nexts if thing is not None}


def _thing(
    what: str, pk: int, day: date | None, at: datetime | None, text: str, shipped: str, zone: str
) -> NextThing:
    local = at.astimezone(ZoneInfo(zone)).date() if at is not None else day
    return NextThing(Dated(what), local or date.min, text or step_of(shipped) or shipped, pk, at)


def _text(value: str) -> Any:
    return Value(value, output_field=CharField())


def _columns(rows: QuerySet[Any], **more: Any) -> Any:
    return rows.annotate(**more).order_by().values_list(*COLUMNS)


def _points(ids: list[int], today: date) -> Any:
    rows = Milestone.everywhere.filter(
        goal__person__in=ids, goal__state=GoalState.OPEN, state=PointState.OPEN, due_on__gte=today
    )
    whose = {"whose": F("goal__person_id"), "zone": F("goal__person__branch__timezone")}
    said = {"text": F("words"), "shipped": F("code")}
    return _columns(
        rows, what=_text(Dated.MILESTONE.value), day=F("due_on"), instant=NO_INSTANT, **whose, **said
    )


def _interviews(ids: list[int], today: date) -> Any:
    # A day of the branch may begin on the evening before, in UTC.
    since = datetime.combine(today - timedelta(days=1), time(0), tzinfo=UTC)
    rows = Interview.everywhere.filter(person__in=ids, starts_at__gte=since, went="")
    whose = {"whose": F("person_id"), "zone": F("person__branch__timezone")}
    said = {"text": F("employer"), "shipped": _text("")}
    return _columns(
        rows, what=_text(Dated.INTERVIEW.value), day=NO_DAY, instant=F("starts_at"), **whose, **said
    )


def _jobs(ids: list[int], today: date) -> Any:
    rows = ShortJob.everywhere.filter(person__in=ids, ends_on__gte=today)
    whose = {"whose": F("person_id"), "zone": F("person__branch__timezone")}
    said = {"text": F("work"), "shipped": _text("")}
    return _columns(
        rows, what=_text(Dated.JOB_ENDS.value), day=F("ends_on"), instant=NO_INSTANT, **whose, **said
    )


def plan_counts(person_id: int, today: date) -> dict[str, int]:
    """Count open goals, milestones past their day (late) and applications without an answer (waiting)."""
    goals = Goal.everywhere.filter(person=OuterRef("pk"), state=GoalState.OPEN)
    late = Milestone.everywhere.filter(
        Q(state=PointState.OPEN, due_on__lt=today), goal__person=OuterRef("pk"), goal__state=GoalState.OPEN
    )
    waiting = JobApplication.everywhere.filter(person=OuterRef("pk"), reply=Reply.WAITING)
    numbers = (_count(goals, "person"), _count(late, "goal__person"), _count(waiting, "person"))
    named = dict(zip(("open_goals", "late", "waiting"), numbers, strict=True))
    row = Person.everywhere.filter(pk=person_id).annotate(**named).values_list(*named).get()
    return {"goals": row[0], "late": row[1], "waiting": row[2]}


def _count(rows: QuerySet[Any], by: str) -> Any:
    counted = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)
