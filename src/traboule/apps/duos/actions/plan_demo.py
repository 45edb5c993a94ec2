"""The invented plans of the demo: empty, begun, late, busy and happy ones, for the people of every duo."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from traboule.apps.branches.models import Branch
from traboule.apps.duos.actions.plan_templates import save_template, start_templates
from traboule.apps.duos.models import (
    Duo,
    Goal,
    Interview,
    JobApplication,
    Milestone,
    PlanChoice,
    ShortJob,
    Suggestion,
)
from traboule.apps.duos.plan_enums import GoalKind, GoalState, PointState, Reply, Taken, Went
from traboule.apps.duos.plan_messages import say_reminders
from traboule.apps.duos.plan_shipped import BY_KIND
from traboule.core import audit
from traboule.core.actors import Actor

STAGES = 6
# Places that exist, by branch: where an interview may be.
PLACES = {
    "lyon": (
        "Gare de la Part-Dieu, 69003 Lyon",
        "Grand Hôtel-Dieu, 69002 Lyon",
        "Marché de gros, 69960 Corbas",
    ),
    "ile-de-france": (
        "Gare de Lyon, 75012 Paris",
        "Marché de Rungis, 94150 Rungis",
        "La Défense, 92800 Puteaux",
    ),
    "lille": (
        "Euralille, 59777 Lille",
        "Gare Lille-Flandres, 59800 Lille",
        "La Condition publique, 59100 Roubaix",
    ),
    "marseille": (
        "La Belle de Mai, 13003 Marseille",
        "Les Docks, 13002 Marseille",
        "Gare Saint-Charles, 13001 Marseille",
    ),
}
EMPLOYERS = (
    "Boulangerie du Quai",
    "Atelier Fil & Bois",
    "Restaurant Les Halles",
    "Clinique du Parc",
    "Nettoyage Azur",
)
SHORT_WORK = (("Préparation de commandes", "Entrepôt Sud", 35), ("Aide en cuisine", "Traiteur Le Marché", 20))
IDEAS = (
    "Appeler mon ancienne collègue, elle recrute",
    "Passer dans mon ancien atelier",
    "Relire la lettre ensemble",
)
OWN = "Passer le permis de conduire"
OWN_STEPS = "Choisir une auto-école\nDemander l’aide de la région\nS’inscrire au code\nRéussir le code"
OWN_GOALS = "lyon"
USUAL = ("N1103", "G1602", "K1304")


@dataclass(slots=True)
class _Rows:
    """What is written at once; milestones and suggestions need their goals first."""

    goals: list[Goal] = field(default_factory=list)
    points: list[Milestone] = field(default_factory=list)
    applications: list[JobApplication] = field(default_factory=list)
    interviews: list[Interview] = field(default_factory=list)
    jobs: list[ShortJob] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    choices: list[PlanChoice] = field(default_factory=list)


def fill_plans(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Fill the plans of every branch; people and duos come from ``pairing.actions.demo``."""
    if OWN_GOALS in loaded.branches:
        _goals_of_its_own(loaded.branches[OWN_GOALS], by, now)
    for branch in loaded.branches.values():
        rows = _Rows()
        duos = Duo.everywhere.filter(branch=branch).select_related(
            "branch", "mentee__mentee", "mentee__branch", "mentor"
        )
        seen: set[int] = set()
        for number, duo in enumerate(duos.order_by("-started_on", "mentee_id")):
            if duo.mentee_id not in seen:
                seen.add(duo.mentee_id)
                _plan(rows, duo, number, programme.as_of, now)
        _save(rows)
        _remind(rows.interviews, by, now)
        audit.record(
            by=by,
            now=now,
            branch_id=branch.pk,
            verb="plan.demo_filled",
            subject_type="branch",
            subject_id=branch.pk,
            facts={"goals": len(rows.goals), "applications": len(rows.applications)},
        )


def _goals_of_its_own(branch: Branch, by: Actor, now: datetime) -> None:
    """One branch changed the shipped goals: another pace for the first, and one that is asked for there."""
    first = start_templates(branch=branch, by=by, now=now)[0]
    save_template(branch=branch, template=first, fields={"days": 10}, by=by, now=now)
    fields = {"title": OWN, "steps": OWN_STEPS, "days": 21, "is_offered": True}
    save_template(branch=branch, template=None, fields=fields, by=by, now=now)


def _plan(rows: _Rows, duo: Duo, number: int, as_of: date, now: datetime) -> None:
    """One plan at one of six stages, all dates within the duo so far and the weeks to come."""
    day = min(as_of, duo.closed_on or as_of)
    stage = number % STAGES
    if stage == 0 and duo.closed_on is None:
        return  # nothing is written yet: the first meeting is about it
    _goals(rows, duo, stage, day)
    if stage >= 2 and (day - duo.started_on).days > 35:
        _applications(rows, duo, stage, number, day)
    if stage == 2 and duo.closed_on is None:
        _interview(
            rows, duo, number, datetime.combine(as_of + timedelta(days=2), time(8, 30), tzinfo=UTC), ""
        )
    if stage in (4, 5) and (day - duo.started_on).days > 35:
        began = day - timedelta(days=12)
        _interview(
            rows,
            duo,
            number,
            datetime.combine(began, time(13), tzinfo=UTC),
            (Went.MIXED, Went.GOOD)[stage % 2],
        )
    if stage == 4:
        work, employer, hours = SHORT_WORK[number % 2]
        ends = day + timedelta(days=12 if duo.closed_on is None else 0)
        start = max(duo.started_on, day - timedelta(days=9))
        rows.jobs.append(
            ShortJob(
                person=duo.mentee, work=work, employer=employer, starts_on=start, ends_on=ends, hours=hours
            )
        )
    if stage in (1, 5) and duo.closed_on is None:
        _idea(rows, duo, number, as_of, now)


def _goals(rows: _Rows, duo: Duo, stage: int, day: date) -> None:
    kinds = (
        (GoalKind.CV, GoalKind.FRENCH),
        (GoalKind.PROJECT, GoalKind.DIGITAL),
        (GoalKind.APPLICATIONS, GoalKind.INTERVIEWS),
    )
    started = datetime.combine(duo.started_on, time(16), tzinfo=UTC)
    for at, kind in enumerate(kinds[stage % 3]):
        reached = stage == 5 and at == 0
        goal = Goal(
            person=duo.mentee,
            kind=kind,
            added_at=started + timedelta(minutes=at),
            state=GoalState.REACHED if reached else GoalState.OPEN,
            ended_on=day if reached else None,
        )
        rows.goals.append(goal)
        _path(rows, goal, stage, duo.started_on, day)
    if stage == 3:
        rows.goals.append(Goal(person=duo.mentee, kind=GoalKind.OWN, words=OWN, added_at=started))


def _path(rows: _Rows, goal: Goal, stage: int, started_on: date, day: date) -> None:
    """The first milestone is done; the second comes soon, or is late where nobody moved it (stage 3)."""
    first = min(day, started_on + timedelta(days=10))
    ahead = -9 if stage == 3 else 5 + 3 * stage
    for at, _step in enumerate(BY_KIND[goal.kind].steps, 1):
        is_done = goal.state == GoalState.REACHED or (at == 1 and first < day)
        rows.points.append(
            Milestone(
                goal=goal,
                code=f"{goal.kind}.{at}",
                due_on=first if at == 1 else day + timedelta(days=ahead),
                state=PointState.DONE if is_done else PointState.OPEN,
                done_on=min(first, day) if is_done else None,
            )
        )


def _applications(rows: _Rows, duo: Duo, stage: int, number: int, day: date) -> None:
    wanted = list(duo.mentee.mentee.occupations) or [USUAL[number % len(USUAL)]]
    replies = {2: (Reply.WAITING, Reply.INTERVIEW, Reply.NO), 3: (Reply.WAITING,), 5: (Reply.OFFER, Reply.NO)}
    for at, reply in enumerate(replies.get(stage, (Reply.WAITING, Reply.NO))):
        sent = day - timedelta(days=30 - 8 * at)
        rows.applications.append(
            JobApplication(
                person=duo.mentee,
                employer=EMPLOYERS[(number + at) % len(EMPLOYERS)],
                rome=wanted[at % len(wanted)],
                sent_on=sent,
                reply=reply,
                replied_on=None if reply == Reply.WAITING else sent + timedelta(days=6),
            )
        )


def _interview(rows: _Rows, duo: Duo, number: int, starts_at: datetime, went: str) -> None:
    places = PLACES.get(duo.branch.slug, ("",))
    rows.interviews.append(
        Interview(
            person=duo.mentee,
            employer=EMPLOYERS[(number + 1) % len(EMPLOYERS)],
            starts_at=starts_at,
            place=places[number % len(places)],
            went=went,
            added_at=starts_at - timedelta(days=6),
        )
    )


def _idea(rows: _Rows, duo: Duo, number: int, as_of: date, now: datetime) -> None:
    rows.suggestions.append(
        Suggestion(
            person=duo.mentee,
            suggested_by=duo.mentor,
            words=IDEAS[number % len(IDEAS)],
            due_on=as_of + timedelta(days=10) if number % 2 else None,
            made_at=now - timedelta(days=1),
            taken=Taken.WAITING,
        )
    )
    if number % 4 == 1:
        rows.choices.append(PlanChoice(person=duo.mentee, shows_applications=False, changed_at=now))


def _save(rows: _Rows) -> None:
    Goal.everywhere.bulk_create(rows.goals)
    Milestone.everywhere.bulk_create(rows.points)
    JobApplication.everywhere.bulk_create(rows.applications)
    Interview.everywhere.bulk_create(rows.interviews)
    ShortJob.everywhere.bulk_create(rows.jobs)
    Suggestion.everywhere.bulk_create(rows.suggestions)
    PlanChoice.everywhere.bulk_create(rows.choices)


def _remind(interviews: Iterable[Interview], by: Actor, now: datetime) -> None:
    for row in interviews:
        if row.starts_at > now:
            say_reminders(row, by=by, now=now)
