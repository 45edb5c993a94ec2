"""Plans and results, made by the real actions with the invented example file."""

from datetime import datetime, timedelta
from typing import Any

from tests.factories import people as make
from tests.factories.people import NOW
from traboule.apps.branches.models import Branch
from traboule.apps.evaluations.actions.plans import describe_plan, draft_plan, register_plan
from traboule.apps.evaluations.actions.running import run_on_counts, run_on_rows
from traboule.apps.evaluations.enums import GradeChoice, MethodChoice
from traboule.apps.evaluations.models import Evaluation, EvaluationPlan
from traboule.apps.evaluations.queries.comparison import Rows, read_comparison
from traboule.apps.evaluations.queries.example import ALIKE, example_file
from traboule.apps.people.enums import Role
from traboule.core.actors import Actor

COLUMNS: dict[str, Any] = {
    "outcome": "job",
    "treatment": "duo",
    "covariates": ["age", "school", "months"],
    "method": MethodChoice.ENTROPY_BALANCING.value,
    "looks": 1,
}
RATE: dict[str, Any] = {
    "outcome": "a job after a year",
    "rate": 4300,
    "rate_n": 900,
    "rate_source": "Report, 2024",
}


def draft(branch: Branch, by: Actor | None = None, *, now: datetime = NOW, **fields: Any) -> EvaluationPlan:
    """A draft that says how it compares."""
    by = by or make.actor(Role.DIRECTOR, branch)
    grade = fields.pop("grade", GradeChoice.WEIGHTED)
    said = {"question": fields.pop("question", "More jobs?"), "who": "Duos of 2025", "grade": grade}
    plan = draft_plan(branch=branch, fields=said, by=by, now=now)
    how = RATE if grade == GradeChoice.PUBLISHED else COLUMNS
    method = {"method": MethodChoice.DIFFERENCE.value} if grade == GradeChoice.RANDOMISED else {}
    return describe_plan(plan=plan, fields={**how, **method, **fields}, by=by, now=now)


def plan(branch: Branch, by: Actor | None = None, *, now: datetime = NOW, **fields: Any) -> EvaluationPlan:
    """A registered plan."""
    by = by or make.actor(Role.DIRECTOR, branch)
    return register_plan(plan=draft(branch, by, now=now, **fields), by=by, now=now)


def rows(found: EvaluationPlan, *, apart: float = ALIKE, seed: int = 38) -> Rows:
    """The rows of an invented file."""
    read = read_comparison(example_file(found, apart=apart, seed=seed), "people.csv", found).rows
    assert read is not None
    return read


def result(found: EvaluationPlan, by: Actor | None = None, **fields: Any) -> Evaluation:
    """What an invented file, or 25 of 38, says under a plan."""
    by = by or make.actor(Role.DIRECTOR, found.branch)
    later = NOW + timedelta(days=1)
    if found.grade == GradeChoice.PUBLISHED:
        return run_on_counts(plan=found, successes=25, n=38, by=by, now=later)
    return run_on_rows(plan=found, rows=rows(found, **fields), by=by, now=later)
