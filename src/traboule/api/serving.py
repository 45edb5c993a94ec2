"""What the resources share: only what the purpose allows, in parts, and nothing that is known already."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from ninja import Schema

from traboule.api.gate import Reader
from traboule.api.problems import NotExpected
from traboule.api.pseudonyms import Names
from traboule.apps.access.enums import Resource
from traboule.apps.access.rules import PERMISSIONS, fields_of
from traboule.apps.people.queries.rows import Part
from traboule.core.canonical import digest
from traboule.core.permissions import authorise
from traboule.core.remember import state_of

Fields = Mapping[str, Callable[[Any, Names], Any]]


def open_resource(request: HttpRequest, reader: Reader, resource: Resource, filters: type[Schema]) -> None:
    """Refuse what the purpose does not include, and names in the address that mean nothing here.

    A filter with a typing error would otherwise give everything. Raises NotAllowed, NotExpected.
    """
    authorise(reader.actor, PERMISSIONS[resource], reader.branch.pk)
    known = sorted(filters.model_fields)
    strange = sorted(set(request.GET) - set(known))
    if strange:
        expected = ", ".join(known)
        raise NotExpected(dict.fromkeys(strange, expected))


def part_of(names: Names, kind: str, limit: int, cursor: str) -> Part:
    """Return the part after a cursor: the name of its last row before. One more row says if there are more.

    Raises Http404 for a cursor that this receiver never got.
    """
    if not cursor:
        return Part(limit=limit + 1)
    after = names.seen(kind, cursor)
    if after is None:
        raise Http404
    return Part(limit=limit + 1, after=after)


def only(names: Names, kind: str, name: str) -> Part:
    """Return the part that is one row. Raises Http404 for a name that this receiver never got."""
    pk = names.seen(kind, name)
    if pk is None:
        raise Http404
    return Part(limit=1, only=pk)


def page(
    rows: Sequence[Any], limit: int, names: Names, kind: str, tell: Callable[[Any], Any]
) -> dict[str, Any]:
    """Return rows and the cursor of the next part."""
    shown = rows[:limit]
    more = len(rows) > limit
    return {"items": [tell(row) for row in shown], "next": names.hide(kind, shown[-1].pk) if more else None}


def told(row: Any, resource: Resource, purpose: str, fields: Fields, names: Names) -> dict[str, Any]:
    """Return the fields of a row that the purpose allows; names that nobody agreed to are left out."""
    found = {name: fields[name](row, names) for name in fields_of(purpose, resource)}
    return {name: value for name, value in found.items() if value != ""}


def unchanged(request: HttpRequest, response: HttpResponse, reader: Reader) -> HttpResponse | None:
    """Return 304 if the reader has this already, else None with the ETag set on the answer to be.

    Every write appends to the log of its branch, so its last link, with the day, names what could be
    answered: it costs one query and no row.
    """
    token = reader.token
    about = (
        request.get_full_path(),
        token.purpose,
        token.receiver,
        get_language() or "",
        reader.today.isoformat(),
    )
    etag = f'"{digest(state_of(reader.branch.pk), *about)}"'
    response.headers["ETag"] = etag
    found = get_conditional_response(request, etag=etag, response=response)
    return None if found is None or found.status_code != 304 else found
