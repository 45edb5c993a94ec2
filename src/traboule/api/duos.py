"""Duos: state and dates, who with whom where the purpose allows it, how they ended in few words."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from traboule.api.gate import Reader, reader_of
from traboule.api.people import KIND as PERSON
from traboule.api.pseudonyms import Names
from traboule.api.schemas import Duo, Duos, DuosFilter
from traboule.api.serving import Fields, only, open_resource, page, part_of, told, unchanged
from traboule.api.statuses import ALIKE, ANSWERS, Bare
from traboule.apps.access.enums import Resource
from traboule.apps.access.rules import ROWS_NEED
from traboule.apps.duos.queries.rows import DuoRow, DuosAsked, duo_rows
from traboule.apps.people.queries.rows import Part

router = Router(tags=["duos"])
KIND = "duo"
FIELDS: Fields = {
    "id": lambda row, names: names.hide(KIND, row.pk),
    "state": lambda row, names: row.state,
    "started_on": lambda row, names: row.started_on,
    "planned_end": lambda row, names: row.planned_end,
    "ended_on": lambda row, names: row.ended_on,
    "mentor": lambda row, names: names.maybe(PERSON, row.mentor),
    "mentee": lambda row, names: names.maybe(PERSON, row.mentee),
    "ending": lambda row, names: row.ending or None,
}


@router.get("", response={200: Duos, **ANSWERS}, url_name="api_duos", operation_id="duos", **ALIKE)
def duos(request: HttpRequest, response: HttpResponse, asked: Query[DuosFilter]) -> Any:
    """Duos of the branch, open and ended, in a stable order."""
    reader = reader_of(request)
    open_resource(request, reader, Resource.DUOS, DuosFilter)
    if (same := unchanged(request, response, reader)) is not None:
        return same
    names = Names(reader.token)
    rows = _rows(reader, part_of(names, KIND, asked.limit, asked.cursor), asked)
    return page(rows, asked.limit, names, KIND, lambda row: _tell(row, reader, names))


@router.get("/{name}", response={200: Duo, **ANSWERS}, url_name="api_duo", operation_id="duo", **ALIKE)
def duo(request: HttpRequest, response: HttpResponse, name: str) -> Any:
    """One duo by the made-up name."""
    reader = reader_of(request)
    open_resource(request, reader, Resource.DUOS, Bare)
    if (same := unchanged(request, response, reader)) is not None:
        return same
    names = Names(reader.token)
    for row in _rows(reader, only(names, KIND, name), DuosFilter()):
        return _tell(row, reader, names)
    raise Http404


def _rows(reader: Reader, part: Part, asked: DuosFilter) -> list[DuoRow]:
    wanted = DuosAsked(
        state=asked.state or "",
        started_from=asked.started_from,
        started_until=asked.started_until,
        changed_since=asked.changed_since,
        consent=ROWS_NEED.get(reader.token.purpose, ""),
    )
    return duo_rows(actor=reader.actor, branch=reader.branch, part=part, asked=wanted)


def _tell(row: DuoRow, reader: Reader, names: Names) -> dict[str, Any]:
    return told(row, Resource.DUOS, reader.token.purpose, FIELDS, names)
