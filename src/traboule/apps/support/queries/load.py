"""How much each coordinator carries: running duos by stage, and what is dated in the next four weeks."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import DuoState, FirstMeetingState
from traboule.apps.duos.models import Duo, FirstMeeting
from traboule.apps.duos.queries.plan_next import next_dated_things
from traboule.apps.support.enums import CheckInState
from traboule.apps.support.models import CheckIn
from traboule.apps.support.queries.warnings import watched_in
from traboule.core.actors import Actor
from traboule.kernel.calendar import week_number

USUAL = (45, 60)
"""A coordinator follows 45 to 60 running duos (the programme's own figure)."""
WEEKS = 4
FIRST_WEEKS, LAST_WEEKS = 4, 4


class Stage(TextChoices):
    """How far a running duo is."""

    BEGINS = "begins", pgettext_lazy("stage of a duo", "first month")
    RUNS = "runs", pgettext_lazy("stage of a duo", "under way")
    ENDS = "ends", pgettext_lazy("stage of a duo", "last month")
    OVERDUE = "overdue", pgettext_lazy("stage of a duo", "past its end")
    PAUSED = "paused", pgettext_lazy("stage of a duo", "paused")


class Thing(TextChoices):
    """What has a date."""

    CHECK_IN = "check_in", pgettext_lazy("what has a date", "check-ins")
    FIRST_MEETING = "first_meeting", pgettext_lazy("what has a date", "first meetings")
    END = "end", pgettext_lazy("what has a date", "ends")
    PLAN = "plan", pgettext_lazy("what has a date", "on plans")


@dataclass(slots=True)
class Load:
    """What one of the team carries. `weeks`: this one, with late check-ins, and the next three."""

    pk: int
    name: str
    stages: Counter[str] = field(default_factory=Counter)
    weeks: tuple[Counter[str], ...] = field(default_factory=lambda: tuple(Counter() for _ in range(WEEKS)))
    to_look_at: int = 0

    @property
    def total(self) -> int:
        """Running duos."""
        return self.stages.total()


def stage_of(duo: Duo, today: date) -> Stage:
    """How far an open duo is on a day."""
    if duo.state == DuoState.PAUSED:
        return Stage.PAUSED
    if today > duo.ends_on:
        return Stage.OVERDUE
    if (duo.ends_on - today).days < 7 * LAST_WEEKS:
        return Stage.ENDS
    return Stage.BEGINS if week_number(duo.started_on, today) <= FIRST_WEEKS else Stage.RUNS


def loads(*, actor: Actor, branch: Branch, today: date) -> list[Load]:
    """Return what each colleague carries who follows an open duo, the fullest first. Raises NotAllowed."""
    found: dict[int, Load] = {}
    of_duo: dict[int, Load] = {}
    of_mentee: dict[int, Load] = {}
    for watched in watched_in(actor=actor, branch=branch, today=today):
        duo, owner = watched.duo, watched.duo.owner
        load = found.setdefault(owner.pk, Load(owner.pk, str(owner)))
        load.stages[stage_of(duo, today)] += 1
        load.to_look_at += watched.looks
        of_duo[duo.pk] = of_mentee[duo.mentee_id] = load
        _put(load, Thing.END, duo.ends_on, today)
    for thing, pk, day in _dated(branch, today):
        if pk in of_duo:
            _put(of_duo[pk], thing, day, today, late=thing == Thing.CHECK_IN)
    for person, next_thing in next_dated_things(of_mentee, today).items():
        _put(of_mentee[person], Thing.PLAN, next_thing.day, today)
    return sorted(found.values(), key=lambda load: (-load.total, load.name, load.pk))


def week_starts(today: date) -> list[date]:
    """The Mondays of the four weeks."""
    monday = today - timedelta(days=today.weekday())
    return [monday + timedelta(weeks=number) for number in range(WEEKS)]


def _put(load: Load, thing: Thing, day: date, today: date, *, late: bool = False) -> None:
    first = week_starts(today)[0]
    number = (day - first).days // 7
    if late:
        number = max(0, number)
    if 0 <= number < WEEKS:
        load.weeks[number][thing] += 1


def _dated(branch: Branch, today: date) -> Iterator[tuple[Thing, int, date]]:
    first = week_starts(today)[0]
    last = first + timedelta(weeks=WEEKS, days=-1)
    due = CheckIn.everywhere.filter(
        duo__branch=branch, duo__state=DuoState.ACTIVE, state=CheckInState.PLANNED, due_on__lte=last
    )
    yield from _rows(Thing.CHECK_IN, due.order_by().values_list("duo_id", "due_on"))
    zone = ZoneInfo(branch.timezone)
    since, until = (
        datetime.combine(day, time(0), tzinfo=zone).astimezone(UTC) for day in (first, last + timedelta(1))
    )
    planned = FirstMeeting.everywhere.filter(
        duo__branch=branch, state=FirstMeetingState.PLANNED, starts_at__gte=since, starts_at__lt=until
    )
    for pk, at in planned.values_list("duo_id", "starts_at"):
        yield Thing.FIRST_MEETING, pk, at.astimezone(zone).date()


def _rows(thing: Thing, rows: Iterable[Any]) -> Iterator[tuple[Thing, int, date]]:
    for pk, day in rows:
        yield thing, pk, day
