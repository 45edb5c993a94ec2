"""One row of a plan, asked for by its number: what does not belong to this mentee does not exist."""

from typing import TypeVar

from django.db.models import Prefetch, QuerySet

from traboule.apps.duos.enums import OPEN_DUO_STATES
from traboule.apps.duos.models import Duo, Goal, Interview, JobApplication, Milestone, ShortJob, Suggestion
from traboule.apps.duos.models.plan import OfMentee
from traboule.apps.duos.plan_enums import PointState
from traboule.apps.people.models import Person
from traboule.core.permissions import NotVisible

R = TypeVar("R", bound=OfMentee)


def goal_of(person: Person, pk: str) -> Goal:
    """Return one goal of ``person``. Raises NotVisible."""
    return row_of(Goal, person, pk)


def goal_with_path(person: Person, pk: str) -> Goal:
    """Return one goal of ``person`` with its milestones that are not dropped. Raises NotVisible."""
    return with_path(Goal.everywhere.filter(pk=goal_of(person, pk).pk)).get()


def with_path(rows: QuerySet[Goal]) -> QuerySet[Goal]:
    """Add to each goal its milestones that are not dropped, by their day."""
    kept = Milestone.everywhere.exclude(state=PointState.DROPPED).order_by("due_on", "pk")
    return rows.prefetch_related(Prefetch("milestones", queryset=kept))


def suggestion_of(person: Person, pk: str) -> Suggestion:
    """Return one suggestion made to ``person``. Raises NotVisible."""
    return row_of(Suggestion, person, pk)


def application_of(person: Person, pk: str) -> JobApplication:
    """Return one application of ``person``. Raises NotVisible."""
    return row_of(JobApplication, person, pk)


def interview_of(person: Person, pk: str) -> Interview:
    """Return one interview of ``person``. Raises NotVisible."""
    return row_of(Interview, person, pk)


def job_of(person: Person, pk: str) -> ShortJob:
    """Return one short job of ``person``. Raises NotVisible."""
    return row_of(ShortJob, person, pk)


def row_of(kind: type[R], person: Person, pk: str) -> R:
    """Return one row of the plan of ``person``. Raises NotVisible for anything else."""
    row = (
        kind.everywhere.filter(person=person, pk=int(pk)).first() if pk.isdecimal() and len(pk) < 18 else None
    )
    if row is None:
        raise NotVisible
    return row


def milestone_of(person: Person, pk: str) -> Milestone:
    """Return one milestone of the plan of ``person``. Raises NotVisible for anything else."""
    rows = Milestone.everywhere.filter(goal__person=person).select_related("goal__person")
    row = rows.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 18 else None
    if row is None:
        raise NotVisible
    return row


def duo_of_mentor(mentor: Person, pk: str) -> Duo | None:
    """Return the open duo of ``mentor`` whose plan may be read; a former mentor finds nothing."""
    rows = Duo.everywhere.filter(mentor=mentor, state__in=OPEN_DUO_STATES)
    rows = rows.filter(pk=int(pk)) if pk.isdecimal() and len(pk) < 18 else rows.none() if pk else rows
    return rows.select_related("mentee__branch", "mentee__mentee").order_by("started_on", "pk").first()


def export_goals(person_id: int) -> dict[str, list[dict[str, object]]]:
    """Return the goals and milestones of a person in words: the texts that ship stand in no table."""
    goals = Goal.everywhere.filter(person=person_id).prefetch_related("milestones").order_by("added_at", "pk")
    rows: list[dict[str, object]] = [
        {
            "goal": goal.said,
            "state": str(goal.get_state_display()),
            "milestones": [
                {"text": row.said, "until": row.due_on, "state": str(row.get_state_display())}
                for row in goal.milestones.all()
            ],
        }
        for goal in goals
    ]
    return {"plan": rows}
