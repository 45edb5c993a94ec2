"""Reads of a plan: the whole of it for one reader, what comes next, what a branch offers as goals.

Who reads has been proven by the caller: a link or a sign-in of the mentee, an open duo of the mentor, or a
permission of staff.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

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
from traboule.apps.duos.plan_enums import GoalState, PointState, Taken
from traboule.apps.duos.plan_shipped import SHIPPED
from traboule.apps.duos.queries.plan_next import NextThing, pick
from traboule.apps.duos.queries.plan_rows import with_path
from traboule.apps.people.models import Person
from traboule.core.permissions import NotVisible
from traboule.kernel.plans import Dated

LONGEST_LIST = 60
R = TypeVar("R", bound=OfMentee)


class Reader(StrEnum):
    """Who looks at a plan."""

    OWNER = "owner"
    MENTOR = "mentor"
    STAFF = "staff"


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


def choice_of_page(person: Person) -> PlanChoice:
    """Return the same for a page that only shows: it was read with her duo (``running_duos``)."""
    try:
        return person.plan_choice
    except PlanChoice.DoesNotExist:
        return PlanChoice(person=person)


def has_plan(person_id: int) -> bool:
    """Say whether anything was ever written into the plan of a person."""
    return (
        Goal.everywhere.filter(person=person_id).exists()
        or JobApplication.everywhere.filter(person=person_id).exists()
        or Interview.everywhere.filter(person=person_id).exists()
        or ShortJob.everywhere.filter(person=person_id).exists()
    )


def plan_page(
    *, person: Person, reader: Reader, now: datetime, today: date, mentor: Person | None = None
) -> PlanPage:
    """Return the plan of ``person`` as ``reader`` may see it; ``mentor`` is who reads, if it is a mentor."""
    choice = choice_of(person)
    all_of_it = reader is not Reader.MENTOR
    sees_goals = all_of_it or choice.shows_goals
    sees_applications = all_of_it or choice.shows_applications
    sees_jobs = all_of_it or choice.shows_jobs
    # The note is hers: the mentor reads it if she says so, the team never.
    sees_note = reader is Reader.OWNER or (reader is Reader.MENTOR and choice.shows_note)
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
        suggestions=_suggestions(person, reader, mentor),
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


def _suggestions(person: Person, reader: Reader, mentor: Person | None) -> list[Suggestion]:
    """What waits for the mentee; the mentor sees what became of their own, never those of a former one."""
    rows = Suggestion.everywhere.filter(person=person).select_related("suggested_by", "goal")
    own = rows.filter(suggested_by=mentor) if mentor is not None else rows.none()
    rows = own if reader is Reader.MENTOR else rows.filter(taken=Taken.WAITING)
    return list(rows.order_by("-made_at", "-pk")[:10])


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
    return pick([thing for thing in things if thing.at is None or thing.at > now], today)


def _of_point(point: Milestone) -> NextThing:
    return NextThing(Dated.MILESTONE, point.due_on, point.said, point.pk)


def _of_interview(row: Interview, zone: str) -> NextThing:
    day = row.starts_at.astimezone(ZoneInfo(zone)).date()
    return NextThing(Dated.INTERVIEW, day, row.employer, row.pk, row.starts_at)


def _of_job(row: ShortJob) -> NextThing:
    return NextThing(Dated.JOB_ENDS, row.ends_on or row.starts_on, row.work, row.pk)


def milestones_of(person_id: int) -> list[Milestone]:
    """Return the dated points of a mentee, those put aside left out; the caller has proven who reads."""
    rows = Milestone.everywhere.filter(goal__person=person_id).exclude(state=PointState.DROPPED)
    return list(rows.order_by("due_on", "pk"))


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
