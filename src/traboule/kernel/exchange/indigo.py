"""project.json of the impact-bond data standard (INDIGO, Government Outcomes Lab, 4.1), as far as results go.

Outcome metrics, results and their sources; contracts, prices, investments and payments are added by who keeps
them (``others``). What is not known is left out: the standard has no word for unknown, and a 0 would be one.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, Final

OWN: Final = ("name", "status", "outcome_metrics", "results", "sources")


class Unit(StrEnum):
    """What a metric counts."""

    INDIVIDUAL = "Individual"
    OTHER = "Other"


class Level(StrEnum):
    """Whether a result is about one metric or about the project as a whole."""

    PROJECT = "Project level"
    OUTCOME = "Outcome level"


class Stage(StrEnum):
    """Whether more will come."""

    INTERIM = "Interim"
    FINAL = "Final"


class Status(StrEnum):
    """Who may read the project."""

    PUBLIC = "PUBLIC"
    PRIVATE = "PRIVATE"
    DISPUTED = "DISPUTED"


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is said; ``type`` is a word of the standard, such as "Evaluation report"."""

    id: str
    name: str
    type: str = ""
    url: str = ""
    publication_date: date | None = None


@dataclass(frozen=True, slots=True)
class Metric:
    """One outcome metric: definition and version of an indicator, in the words of the standard."""

    id: str
    definition: str
    target_population: str = ""
    people_targeted: int | None = None
    unit: Unit | None = None
    unit_description: str = ""
    target: str = ""
    validation_method: str = ""
    data_source: str = ""
    sources: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One result over a period, of one metric or (``metric`` empty) of the project.

    ``engaged`` and ``positive`` count people and belong to the project level only, as the standard says; a
    result of a metric says in ``achieved`` what was achieved.
    """

    stage: Stage
    start: date
    end: date
    metric: str = ""
    achieved: str = ""
    engaged: int | None = None
    positive: int | None = None
    description: str = ""
    validators: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One reason why no project.json can be made; ``which`` is the metric, result or source."""

    which: str
    code: str
    value: str = ""


class ProjectError(ValueError):
    """``reasons`` holds every reason at once."""

    def __init__(self, reasons: Sequence[Wrong]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("; ".join(f"{one.which}: {one.code} {one.value}".strip() for one in reasons))


def project(
    name: str,
    metrics: Sequence[Metric],
    results: Sequence[Result],
    sources: Sequence[Source] = (),
    *,
    status: Status | None = None,
    others: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Build the document, in the order of the standard. ``others``: further parts, ready made, by name.

    Raises ProjectError.
    """
    others = others or {}
    wrong = [*_twice(metrics, sources), *_unfit(metrics, results, sources), *_taken(others)]
    if not name.strip():
        wrong.insert(0, Wrong("project", "name_missing"))
    if wrong:
        raise ProjectError(wrong)
    parts = {
        "outcome_metrics": [_metric(one) for one in metrics],
        "results": [_result(one) for one in results],
        "sources": [_source(one) for one in sources],
    }
    document: dict[str, Any] = {"status": status.value} if status else {}
    document |= {"name": {"value": name.strip()}, **{key: part for key, part in parts.items() if part}}
    return document | {key: others[key] for key in sorted(others)}


def project_bytes(document: Mapping[str, Any]) -> bytes:
    """The file: UTF-8, two blanks of indent, a line feed at the end; equal documents give equal bytes."""
    return (json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")


def _twice(metrics: Sequence[Metric], sources: Sequence[Source]) -> Iterator[Wrong]:
    for kind, names in (("metric", [one.id for one in metrics]), ("source", [one.id for one in sources])):
        for place, name in enumerate(names):
            if not name.strip():
                yield Wrong(kind, "id_missing")
            elif name in names[:place]:
                yield Wrong(f"{kind} {name}", "id_twice")
            elif "," in name:
                yield Wrong(f"{kind} {name}", "id_with_comma")


def _unfit(
    metrics: Sequence[Metric], results: Sequence[Result], sources: Sequence[Source]
) -> Iterator[Wrong]:
    known_metrics, known_sources = {one.id for one in metrics}, {one.id for one in sources}
    for metric in metrics:
        if not metric.definition.strip():
            yield Wrong(f"metric {metric.id}", "definition_missing")
        if metric.unit is Unit.OTHER and not metric.unit_description:
            yield Wrong(f"metric {metric.id}", "unit_description_missing")
        if metric.people_targeted is not None and metric.people_targeted < 0:
            yield Wrong(f"metric {metric.id}", "negative", str(metric.people_targeted))
        yield from _strangers(f"metric {metric.id}", metric.sources, known_sources)
    for number, result in enumerate(results, 1):
        yield from _result_wrong(f"result {number}", result, known_metrics)
        yield from _strangers(f"result {number}", result.sources, known_sources)


def _result_wrong(which: str, result: Result, metrics: set[str]) -> Iterator[Wrong]:
    if result.end < result.start:
        yield Wrong(which, "period_backwards", f"{result.start} {result.end}")
    if result.metric and result.metric not in metrics:
        yield Wrong(which, "metric_unknown", result.metric)
    counts = [number for number in (result.engaged, result.positive) if number is not None]
    if result.metric and counts:
        yield Wrong(which, "people_at_project_level_only", " ".join(map(str, counts)))
    if any(number < 0 for number in counts):
        yield Wrong(which, "negative", " ".join(map(str, counts)))
    if result.engaged is not None and result.positive is not None and result.positive > result.engaged:
        yield Wrong(which, "more_positive_than_engaged", f"{result.positive} {result.engaged}")


def _strangers(which: str, named: Sequence[str], known: set[str]) -> Iterator[Wrong]:
    yield from (Wrong(which, "source_unknown", name) for name in named if name not in known)


def _taken(others: Mapping[str, Any]) -> Iterator[Wrong]:
    yield from (Wrong("project", "part_twice", name) for name in sorted(others) if name in OWN)


# --- the shapes of the standard ---------------------------------------------------------------------------


def _valued(**values: str | int | date | None) -> dict[str, Any]:
    """Each value in its own object; what is not known is left out."""
    return {name: {"value": _plain(value)} for name, value in values.items() if value not in (None, "")}


def _plain(value: str | int | date | None) -> str | int | None:
    return (
        value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, StrEnum) else value
    )


def _bare(**values: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _metric(one: Metric) -> dict[str, Any]:
    return {
        "id": one.id,
        **_valued(
            definition=one.definition,
            target_population=one.target_population,
            targeted_number_of_service_users_or_beneficiaries_total=one.people_targeted,
            unit_type_of_targeted_service_users_or_beneficiaries=one.unit,
            unit_description_of_service_user_or_beneficiaries=one.unit_description,
            outcome_metric_target=one.target,
            outcome_validation_method=one.validation_method,
            data_source_for_outcome_validation=one.data_source,
        ),
        **_bare(source_ids=",".join(one.sources), notes=one.notes),
    }


def _result(one: Result) -> dict[str, Any]:
    return {
        **_valued(
            outcome_metric_id=one.metric,
            result_level=Level.OUTCOME if one.metric else Level.PROJECT,
            result_type=one.stage,
        ),
        "period": _valued(start_date=one.start, end_date=one.end),
        **_valued(
            outcomes_achieved=one.achieved,
            number_engaged_in_impact_bond=one.engaged,
            number_with_positive_social_outcomes=one.positive,
            other_description_of_result=one.description,
            outcomes_validator_organisation_ids=",".join(one.validators),
        ),
        **_bare(source_ids=",".join(one.sources), notes=one.notes),
    }


def _source(one: Source) -> dict[str, Any]:
    said = {field.name: getattr(one, field.name) for field in fields(one) if field.name != "id"}
    return {"id": one.id, **_valued(**said)}
