"""Outcomes: what, on what terms, from when, how well it is proven; never where."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from traboule.api.duos import KIND as DUO
from traboule.api.gate import Reader, reader_of
from traboule.api.people import KIND as PERSON
from traboule.api.pseudonyms import Names
from traboule.api.schemas import Outcome, Outcomes, OutcomesFilter
from traboule.api.serving import Fields, only, open_resource, page, part_of, told, unchanged
from traboule.api.statuses import ANSWERS, Bare
from traboule.apps.access.enums import Resource
from traboule.apps.access.rules import ROWS_NEED
from traboule.apps.outcomes.queries.rows import OutcomeRow, OutcomesAsked, outcome_rows
from traboule.apps.people.queries.rows import Part

router = Router(tags=["outcomes"])
KIND = "outcome"
FIELDS: Fields = {
    "id": lambda row, names: names.hide(KIND, row.pk),
    "person": lambda row, names: names.hide(PERSON, row.person),
    "duo": lambda row, names: names.maybe(DUO, row.duo),
    "kind": lambda row, names: row.kind,
    "contract": lambda row, names: row.contract or None,
    "weekly_hours": lambda row, names: row.weekly_hours,
    "starts_on": lambda row, names: row.starts_on,
    "ends_on": lambda row, names: row.ends_on,
    "evidence": lambda row, names: row.evidence,
    "state": lambda row, names: row.state,
    "told_on": lambda row, names: row.told_on,
}


@router.get(
    "",
    response={200: Outcomes, **ANSWERS},
    exclude_unset=True,
    url_name="api_outcomes",
    operation_id="outcomes",
)
def outcomes(request: HttpRequest, response: HttpResponse, asked: Query[OutcomesFilter]) -> Any:
    """Outcomes of the branch that stand, in a stable order."""
    reader = reader_of(request)
    open_resource(request, reader, Resource.OUTCOMES, OutcomesFilter)
    if (same := unchanged(request, response, reader)) is not None:
        return same
    names = Names(reader.token)
    rows = _rows(reader, part_of(names, KIND, asked.limit, asked.cursor), asked)
    return page(rows, asked.limit, names, KIND, lambda row: _tell(row, reader, names))


@router.get(
    "/{name}",
    response={200: Outcome, **ANSWERS},
    exclude_unset=True,
    url_name="api_outcome",
    operation_id="outcome",
)
def outcome(request: HttpRequest, response: HttpResponse, name: str) -> Any:
    """One outcome by the made-up name."""
    reader = reader_of(request)
    open_resource(request, reader, Resource.OUTCOMES, Bare)
    if (same := unchanged(request, response, reader)) is not None:
        return same
    names = Names(reader.token)
    for row in _rows(reader, only(names, KIND, name), OutcomesFilter()):
        return _tell(row, reader, names)
    raise Http404


def _rows(reader: Reader, part: Part, asked: OutcomesFilter) -> list[OutcomeRow]:
    wanted = OutcomesAsked(
        kind=asked.kind or "",
        state=asked.state or "",
        started_from=asked.started_from,
        started_until=asked.started_until,
        changed_since=asked.changed_since,
        consent=ROWS_NEED.get(reader.token.purpose, ""),
    )
    return outcome_rows(actor=reader.actor, branch=reader.branch, part=part, asked=wanted)


def _tell(row: OutcomeRow, reader: Reader, names: Names) -> dict[str, Any]:
    return told(row, Resource.OUTCOMES, reader.token.purpose, FIELDS, names)
