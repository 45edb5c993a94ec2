"""The results of a branch in the words of the impact-bond data standard, as far as results go."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.utils import translation

from traboule.apps.branches.models import Branch
from traboule.apps.indicators import funder_words as words
from traboule.apps.indicators.queries.facts import facts_of
from traboule.apps.indicators.queries.funder_tables import INDICATORS
from traboule.core.actors import Actor
from traboule.kernel.exchange.indigo import Metric, Result, Source, Stage, Status, Unit, project
from traboule.kernel.indicators import SHIPPED, Facts, Figure, Said, figure
from traboule.kernel.indicators.groups import cells_of
from traboule.kernel.indicators.release import Table, release
from traboule.kernel.small_numbers import SMALLEST

SOURCE: Final = "traboule"
POPULATION: Final = "Mentees of the branch: young newcomers who look for work and were joined with a mentor"
VALIDATION: Final = {
    "declared": "Told by the mentee, the mentor, an employer or an office",
    "documented": "A paper was seen",
    "administrative": "Said by an office",
}


def project_of(
    *, actor: Actor, branch: Branch, as_of: date, name: str = "", status: Status | None = None
) -> dict[str, Any]:
    """Return the document with metrics, results and their source; contracts and money are others' part.

    Small numbers are left out, not shown as 0. Raises NotVisible, NotAllowed.
    """
    facts = facts_of(actor=actor, branch=branch)
    begun = [duo for duo in facts.duos if duo.started_on <= as_of]
    metrics, results = [], list(_of_project(facts, as_of))
    told: list[Table] = []
    first = min((duo.started_on for duo in begun), default=None)
    with translation.override("en"):
        for key in INDICATORS:
            metric, found = _metric(key), figure(SHIPPED[key], facts, as_of)
            metrics.append(metric)
            if first is not None and (achieved := _achieved(found, told)):
                results.append(
                    Result(Stage.INTERIM, first, as_of, metric=metric.id, achieved=achieved,
                           notes=_notes(found), sources=(SOURCE,))
                )  # fmt: skip
    source = Source(SOURCE, branch.organisation.name, "Report", publication_date=as_of)
    title = name or f"{branch.organisation.name}, {branch.name}"
    return project(title, metrics, results, [source], status=status)


def _metric(key: str) -> Metric:
    definition = SHIPPED[key]
    return Metric(
        id=f"{key}-v{definition.version}",
        definition=str(words.INDICATORS[key]),
        target_population=POPULATION,
        unit=Unit.INDIVIDUAL,
        validation_method=VALIDATION[definition.grade.value],
        notes=f"Definition {definition.label}; SHA-256 {definition.fingerprint}",
    )


def _achieved(found: Figure, told: list[Table]) -> str:
    """Counts with the unknown beside them; nothing where there is no figure, or too few people in a part."""
    if found.numbers.said is not Said.FIGURE:
        return ""
    name = found.definition.name
    table = release(name, cells_of(found, name), told, found.definition.floor, also_differences=False)
    told.append(table)
    if None in table.shown.values():
        return ""
    return f"{found.hits} of {found.known} known; {found.missing} unknown; {found.n} due"


def _notes(found: Figure) -> str:
    numbers = found.numbers
    ends = (numbers.value, numbers.low, numbers.high, numbers.least, numbers.most)
    value, low, high, least, most = (f"{100 * (end or 0):.0f} %" for end in ends)
    return (
        f"{value} of the known ({low} to {high}, Wilson's 95 % interval); {least} to {most}, whatever "
        f"became of the unknown; {found.not_due} not due yet on {found.as_of.isoformat()}"
    )


def _of_project(facts: Facts, as_of: date) -> Iterator[Result]:
    """How many took part, and of how many a positive outcome is told."""
    begun = [duo for duo in facts.duos if duo.started_on <= as_of]
    engaged = {duo.mentee for duo in begun}
    kinds = SHIPPED["positive_outcome_from_start"].kinds
    positive = {
        duo.mentee
        for duo in begun
        for one in duo.outcomes
        if one.kind in kinds and one.known_on <= as_of and duo.started_on <= one.starts_on <= as_of
    }
    if len(engaged) < SMALLEST:
        return
    few = 0 < len(positive) < SMALLEST or 0 < len(engaged) - len(positive) < SMALLEST
    yield Result(
        Stage.INTERIM,
        min(duo.started_on for duo in begun),
        as_of,
        engaged=len(engaged),
        positive=None if few else len(positive),
        description="" if not few else "The number of positive outcomes is too small to be told.",
        sources=(SOURCE,),
    )
