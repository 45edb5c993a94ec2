"""Invented evaluations of the demo: one that stands, one whose groups do not overlap, a draw with several
looks, totals of the payer, a rate, a draft."""

from datetime import datetime, timedelta
from typing import Any

from traboule.apps.branches.models import Branch
from traboule.apps.evaluations.actions.plans import describe_plan, draft_plan, register_plan
from traboule.apps.evaluations.actions.running import run_on_counts, run_on_rows, run_on_totals
from traboule.apps.evaluations.enums import GradeChoice, MethodChoice
from traboule.apps.evaluations.models import EvaluationPlan
from traboule.apps.evaluations.queries.comparison import read_comparison
from traboule.apps.evaluations.queries.example import ALIKE, APART, example_file
from traboule.apps.people.queries import actor_of
from traboule.core.actors import Actor
from traboule.kernel.scales import Cell

BRANCH = "lyon"
COLUMNS = {
    "outcome": "emploi_12_mois",
    "treatment": "duo",
    "covariates": ["age", "annees_ecole", "mois_en_france"],
    "followed": "joint_a_12_mois",
    "method": MethodChoice.ENTROPY_BALANCING.value,
    "looks": 1,
}
QUESTIONS = (
    ("Un an après, plus de mentees ont-ils un emploi qu’avec le suivi habituel ?", ALIKE, 200),
    ("Les mentees de Lyon font-ils mieux que tous les inscrits du département ?", APART, 120),
)
WHO = "Mentees dont le duo a commencé en 2025 ; lignes anonymes du payeur pour comparer."
SUMMED = "Les mentees font-ils mieux que les inscrits du même sexe et du même âge ?"
CELLS = (
    Cell("Femmes, moins de 26 ans", 14, 9, 410, 168),
    Cell("Femmes, 26 ans et plus", 8, 5, 530, 186),
    Cell("Hommes, moins de 26 ans", 10, 6, 380, 171),
    Cell("Hommes, 26 ans et plus", 6, 4, 620, 242),
)
DRAWN = "Avoir un mentor dès maintenant plutôt que six mois plus tard : quel effet sur l’emploi ?"
DRAWN_WHO = "Mentees acceptés en 2025 ; le sort a décidé qui commençait d’abord."
ALONE = "Mentees dont le duo a commencé en 2025."
RATE = {
    "outcome": "emploi, stage ou formation dans les 12 mois",
    "rate": 4300,
    "rate_n": 1200,
    "rate_source": "Chiffre inventé pour la démonstration.",
}


def fill_demo(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Register plans of Lyon and look at invented data under them, by the real actions."""
    branch, director = loaded.branches.get(BRANCH), loaded.logins.get("agnes")
    if branch is None or director is None:
        return
    writer = actor_of(director)
    for question, apart, days in QUESTIONS:
        begun = now - timedelta(days=days)
        plan = _plan(branch, question, GradeChoice.WEIGHTED, COLUMNS, writer, begun)
        rows = read_comparison(example_file(plan, apart=apart), "comparison.csv", plan).rows
        if rows is not None:
            run_on_rows(plan=plan, rows=rows, by=writer, now=begun + timedelta(days=60))
    _draw_of_places(branch, writer, now - timedelta(days=150))
    _totals(branch, writer, now - timedelta(days=20))
    above = "Sommes-nous au-dessus du taux publié ?"
    rate = _plan(branch, above, GradeChoice.PUBLISHED, RATE, writer, now, who=ALONE)
    run_on_counts(plan=rate, successes=25, n=38, by=writer, now=now)
    drafted = {
        "question": "Commencer tout de suite aide-t-il, quand les places manquent ?",
        "who": "Mentees acceptés en 2026 ; le sort décide qui commence d’abord.",
        "grade": GradeChoice.RANDOMISED,
    }
    draft_plan(branch=branch, fields=drafted, by=writer, now=now)


def _draw_of_places(branch: Branch, by: Actor, begun: datetime) -> None:
    """A draw with three planned looks, of which two are over."""
    how = COLUMNS | {"method": MethodChoice.DIFFERENCE.value, "looks": 3}
    plan = _plan(branch, DRAWN, GradeChoice.RANDOMISED, how, by, begun, who=DRAWN_WHO)
    for seed, days in ((7, 50), (38, 100)):
        file = example_file(plan, seed=seed, apart=0.0)
        rows = read_comparison(file, "draw.csv", plan).rows
        if rows is not None:
            run_on_rows(plan=plan, rows=rows, by=by, now=begun + timedelta(days=days))


def _totals(branch: Branch, by: Actor, begun: datetime) -> None:
    """Totals of the payer by sex and age."""
    how = {
        "outcome": "emploi 12 mois après",
        "covariates": ["sexe", "âge"],
        "method": MethodChoice.STANDARDISATION.value,
        "looks": 1,
    }
    plan = _plan(branch, SUMMED, GradeChoice.WEIGHTED, how, by, begun, who=ALONE)
    run_on_totals(plan=plan, cells=CELLS, by=by, now=begun + timedelta(days=2))


def _plan(
    branch: Branch,
    question: str,
    grade: str,
    how: dict[str, Any],
    by: Actor,
    now: datetime,
    *,
    who: str = WHO,
) -> EvaluationPlan:
    fields = {"question": question, "who": who, "grade": grade}
    plan = draft_plan(branch=branch, fields=fields, by=by, now=now)
    plan = describe_plan(plan=plan, fields=how, by=by, now=now)
    return register_plan(plan=plan, by=by, now=now)
