"""Reads of a plan: the whole of it for one reader, what comes next, what a branch offers as goals.

Who reads has been proven by the caller: a link or a sign-in of the mentee, an open duo of the mentor, or a
permission of staff.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import (
    Goal,
    Interview,
    JobApplication,
    Milestone,
    PlanChoice,
    PlanTemplate,
    ShortJob,
    Suggestion,
)
from traboule.apps.duos.models.plan import OfMentee
from traboule.apps.duos.plan_enums import GoalState, PointState, Reply, Taken
from traboule.apps.duos.plan_shipped import SHIPPED
from traboule.apps.duos.queries.plan_rows import with_path
from traboule.apps.people.models import Person
from traboule.core.permissions import NotVisible
from traboule.kernel.plans import Dated, Point, next_of

LONGEST_LIST = 60
R = TypeVar("R", bound=OfMentee)


class Reader(StrEnum):
    """Who looks at a plan."""

    OWNER = "owner"
    MENTOR = "mentor"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class NextThing:
    """The next dated thing: its kind, its day, what it says (own words or a shipped text) and its row."""

    kind: Dated
    day: date
    said: str
    id: int
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlanPage:
    """What one reader sees of a plan. A part that is hidden from this reader is None, not empty."""

    person: Person
    reader: Reader
    choice: PlanChoice
    goals: list[Goal] | None
    suggestions: list[Suggestion]
    applications: list[JobApplication] | None
    interviews: list[Interview] | None
    jobs: list[ShortJob] | None
    note: str
    next: NextThing | None

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is written that this reader may see."""
        return not (self.goals or self.applications or self.interviews or self.jobs)


def choice_of(person: Person) -> PlanChoice:
    """Return what the mentee chose to show; the default where she never chose."""
    return PlanChoice.everywhere.filter(person=person).first() or PlanChoice(person=person)


def has_plan(person_id: int) -> bool:
    """Say whether anything was ever written into the plan of a person."""
    return (
        Goal.everywhere.filter(person=person_id).exists()
        or JobApplication.everywhere.filter(person=person_id).exists()
        or Interview.everywhere.filter(person=person_id).exists()
        or ShortJob.everywhere.filter(person=person_id).exists()
    )


def plan_page(*, person: Person, reader: Reader, now: datetime, today: date) -> PlanPage:
    """Return the plan of ``person`` as ``reader`` may see it."""
    choice = choice_of(person)
    all_of_it = reader is not Reader.MENTOR
    sees_goals = all_of_it or choice.shows_goals
    sees_applications = all_of_it or choice.shows_applications
    sees_jobs = all_of_it or choice.shows_jobs
    sees_note = reader is Reader.OWNER or choice.shows_note
    goals = goals_of(person) if sees_goals else None
    interviews = (
        list(Interview.everywhere.filter(person=person)[:LONGEST_LIST]) if sees_applications else None
    )
    jobs = list(ShortJob.everywhere.filter(person=person)[:LONGEST_LIST]) if sees_jobs else None
    return PlanPage(
        person=person,
        reader=reader,
        choice=choice,
        goals=goals,
        suggestions=_suggestions(person, reader),
        applications=list(JobApplication.everywhere.filter(person=person)[:LONGEST_LIST])
        if sees_applications
        else None,
        interviews=interviews,
        jobs=jobs,
        note=choice.note if sees_note else "",
        next=_first(_found(goals, interviews, jobs, person.branch.timezone), now, today),
    )


def goals_of(person: Person) -> list[Goal]:
    """Goals with their milestones that are not dropped: open ones first, in the order of adding."""
    found = with_path(Goal.everywhere.filter(person=person).exclude(state=GoalState.DROPPED))
    order = [GoalState.OPEN, GoalState.REACHED]
    return sorted(found, key=lambda goal: (order.index(GoalState(goal.state)), goal.added_at, goal.pk))


def _suggestions(person: Person, reader: Reader) -> list[Suggestion]:
    """What waits for the mentee; the mentor sees what became of those of the last weeks too."""
    rows = Suggestion.everywhere.filter(person=person).select_related("suggested_by", "goal")
    if reader is not Reader.MENTOR:
        rows = rows.filter(taken=Taken.WAITING)
    return list(rows.order_by("-made_at", "-pk")[:10])


def next_dated_thing(person_id: int, today: date) -> NextThing | None:
    """Return the next interview, milestone or end of a short job of a mentee; None: no next step at all."""
    return next_dated_things([person_id], today).get(person_id)


def next_dated_things(
    person_ids: Iterable[int], today: date, *, kinds: Iterable[Dated] = tuple(Dated)
) -> dict[int, NextThing]:
    """Return the next dated thing of each mentee who has one, in one query a kind for a whole branch."""
    ids = list(person_ids)
    reads = {Dated.MILESTONE: _points_ahead, Dated.INTERVIEW: _interviews_ahead, Dated.JOB_ENDS: _jobs_ahead}
    found: dict[int, list[NextThing]] = defaultdict(list)
    for kind in kinds:
        for person_id, thing in reads[kind](ids, today):
            found[person_id].append(thing)
    nexts = ((person_id, _pick(things, today)) for person_id, things in found.items())
    return {person_id: thing for person_id, thing in nexts if thing is not None}


Found = Iterator[tuple[int, NextThing]]


def _points_ahead(ids: list[int], today: date) -> Found:
    rows = Milestone.everywhere.filter(
        goal__person__in=ids, goal__state=GoalState.OPEN, state=PointState.OPEN, due_on__gte=today
    )
    return ((row.goal.person_id, _of_point(row)) for row in rows.select_related("goal"))


def _interviews_ahead(ids: list[int], today: date) -> Found:
    # A day of the branch may begin on the evening before, in UTC.
    since = datetime.combine(today - timedelta(days=1), time(0), tzinfo=UTC)
    rows = Interview.everywhere.filter(person__in=ids, starts_at__gte=since, went="")
    for row in rows.select_related("person__branch"):
        yield row.person_id, _of_interview(row, row.person.branch.timezone)


def _jobs_ahead(ids: list[int], today: date) -> Found:
    return (
        (row.person_id, _of_job(row))
        for row in ShortJob.everywhere.filter(person__in=ids, ends_on__gte=today)
    )


def _found(
    goals: list[Goal] | None, interviews: list[Interview] | None, jobs: list[ShortJob] | None, zone: str
) -> list[NextThing]:
    open_goals = [goal for goal in goals or () if goal.state == GoalState.OPEN]
    points = [
        point for goal in open_goals for point in goal.milestones.all() if point.state == PointState.OPEN
    ]
    found = [_of_point(point) for point in points]
    found += [_of_interview(row, zone) for row in interviews or () if not row.went]
    return found + [_of_job(row) for row in jobs or () if row.ends_on]


def _first(things: list[NextThing], now: datetime, today: date) -> NextThing | None:
    """An interview of this morning is over; one of this afternoon comes next."""
    return _pick([thing for thing in things if thing.at is None or thing.at > now], today)


def _pick(things: list[NextThing], today: date) -> NextThing | None:
    by_point = {Point(thing.kind, thing.day, thing.id): thing for thing in things}
    first = next_of(by_point, today)
    return by_point[first] if first else None


def _of_point(point: Milestone) -> NextThing:
    return NextThing(Dated.MILESTONE, point.due_on, point.said, point.pk)


def _of_interview(row: Interview, zone: str) -> NextThing:
    day = row.starts_at.astimezone(ZoneInfo(zone)).date()
    return NextThing(Dated.INTERVIEW, day, row.employer, row.pk, row.starts_at)


def _of_job(row: ShortJob) -> NextThing:
    return NextThing(Dated.JOB_ENDS, row.ends_on or row.starts_on, row.work, row.pk)


def ideas_waiting(person: Person) -> int:
    """Count the suggestions that wait for the mentee."""
    return Suggestion.everywhere.filter(person=person, taken=Taken.WAITING).count()


def last_occupations(person: Person) -> list[str]:
    """Return the ROME codes of her last applications, the newest first."""
    rows = JobApplication.everywhere.filter(person=person).exclude(rome="")
    return list(dict.fromkeys(rows.values_list("rome", flat=True)[:6]))


def templates_of(branch: Branch) -> list[PlanTemplate]:
    """Return the goals that a branch offers; the shipped ones where it has set up none (unsaved rows)."""
    own = list(PlanTemplate.everywhere.filter(branch=branch))
    if own:
        return own
    return [
        PlanTemplate(branch=branch, number=number, kind=shipped.kind, days=shipped.days)
        for number, shipped in enumerate(SHIPPED, 1)
    ]


def find_template(*, branch: Branch, pk: int) -> PlanTemplate:
    """Return one template of a branch. Raises NotVisible."""
    row = PlanTemplate.everywhere.filter(branch=branch, pk=pk).first()
    if row is None:
        raise NotVisible
    return row


def plan_counts(person_id: int, today: date) -> dict[str, int]:
    """Count open goals, milestones past their day (late) and applications without an answer (waiting)."""
    late = Q(milestones__state=PointState.OPEN, milestones__due_on__lt=today)
    goals = Goal.everywhere.filter(person=person_id, state=GoalState.OPEN)
    found = goals.aggregate(goals=Count("pk", distinct=True), late=Count("milestones", filter=late))
    waiting = JobApplication.everywhere.filter(person=person_id, reply=Reply.WAITING).count()
    return {**found, "waiting": waiting}
