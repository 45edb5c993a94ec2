"""People: state and dates under a made-up name; real names for the own dashboard, with consent."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from traboule.api.gate import Reader, reader_of
from traboule.api.pseudonyms import Names
from traboule.api.schemas import People, PeopleFilter, Person
from traboule.api.serving import Fields, only, open_resource, page, part_of, told, unchanged
from traboule.api.statuses import ALIKE, ANSWERS, Bare
from traboule.apps.access.enums import Resource
from traboule.apps.access.rules import NAMES_NEED, ROWS_NEED
from traboule.apps.people.queries.rows import Part, PeopleAsked, PersonRow, person_rows

router = Router(tags=["people"])
KIND = "person"
FIELDS: Fields = {
    "id": lambda row, names: names.hide(KIND, row.pk),
    "sides": lambda row, names: list(row.sides),
    "mentor_state": lambda row, names: row.mentor_state or None,
    "mentee_state": lambda row, names: row.mentee_state or None,
    "joined_on": lambda row, names: row.joined_on,
    "waiting_since": lambda row, names: row.waiting_since,
    "places": lambda row, names: row.places,
    "first_name": lambda row, names: row.first_name,
    "last_name": lambda row, names: row.last_name,
}


@router.get("", response={200: People, **ANSWERS}, url_name="api_people", operation_id="people", **ALIKE)
def people(request: HttpRequest, response: HttpResponse, asked: Query[PeopleFilter]) -> Any:
    """People of the branch who are not archived, in a stable order."""
    reader = reader_of(request)
    open_resource(request, reader, Resource.PEOPLE, PeopleFilter)
    if (same := unchanged(request, response, reader)) is not None:
        return same
    names = Names(reader.token)
    rows = _rows(reader, part_of(names, KIND, asked.limit, asked.cursor), asked)
    return page(rows, asked.limit, names, KIND, lambda row: _tell(row, reader, names))


@router.get(
    "/{name}",
    response={200: Person, **ANSWERS},
    exclude_unset=True,
    url_name="api_person",
    operation_id="person",
)
def person(request: HttpRequest, response: HttpResponse, name: str) -> Any:
    """One person by the made-up name."""
    reader = reader_of(request)
    open_resource(request, reader, Resource.PEOPLE, Bare)
    if (same := unchanged(request, response, reader)) is not None:
        return same
    names = Names(reader.token)
    for row in _rows(reader, only(names, KIND, name), PeopleFilter()):
        return _tell(row, reader, names)
    raise Http404


def _rows(reader: Reader, part: Part, asked: PeopleFilter) -> list[PersonRow]:
    wanted = PeopleAsked(
        side=asked.side or "",
        state=asked.state or "",
        joined_from=asked.joined_from,
        joined_until=asked.joined_until,
        changed_since=asked.changed_since,
        consent=ROWS_NEED.get(reader.token.purpose, ""),
    )
    return person_rows(
        actor=reader.actor, branch=reader.branch, part=part, asked=wanted, names_need=NAMES_NEED
    )


def _tell(row: PersonRow, reader: Reader, names: Names) -> dict[str, Any]:
    return told(row, Resource.PEOPLE, reader.token.purpose, FIELDS, names)
