"""The description of the interface, for programs and for developers; and what is not there."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from traboule.api.gate import gated
from traboule.api.problems import DETAILS, SLUGS, TITLES, problem
from traboule.api.v1 import description
from traboule.core.canonical import canonical_json, digest


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a table of the page: a field or a filter, what it holds, what is said of it."""

    name: str
    holds: str
    says: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One address."""

    path: str
    about: str
    filters: list[Entry]


@login_not_required
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """Return the description for programs; nobody needs a token for it."""
    found = description()
    etag = f'"{digest(canonical_json(found))}"'
    answer = JsonResponse(found, headers={"ETag": etag, "Cache-Control": "public, no-cache"})
    same = get_conditional_response(request, etag=etag, response=answer)
    return answer if same is None else same


@login_not_required
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show the same description to developers, without a script of anybody."""
    problems = [(code, SLUGS[code], str(TITLES[code]), str(DETAILS[code])) for code in sorted(SLUGS)]
    context = {
        "operations": operations(),
        "shapes": shapes(),
        "problems": problems,
        "address": request.build_absolute_uri(request.path),
    }
    return render(request, "api/docs.html", context)


@gated
def unknown(request: HttpRequest) -> HttpResponse:
    """Say as a problem that there is no such address."""
    return problem(404)


def operations() -> list[Operation]:
    """Return every address with its filters, as the OpenAPI document has them."""
    found = []
    for path, methods in description()["paths"].items():
        operation = methods["get"]
        about = str(operation.get("description", ""))
        found.append(Operation(path, about, [_filter(one) for one in operation["parameters"]]))
    return found


def shapes() -> list[tuple[str, str, list[Entry]]]:
    """Return every object of the answers with its fields: name, what it is, lines."""
    schemas = description()["components"]["schemas"]
    wanted = ("Person", "Duo", "Outcome", "Indicator", "Definition", "Problem")
    return [
        (name, str(schemas[name].get("description", "")), _entries(schemas[name]))
        for name in wanted
        if name in schemas
    ]


def _filter(parameter: dict[str, Any]) -> Entry:
    schema = parameter["schema"]
    says = str(parameter.get("description", schema.get("description", "")))
    return Entry(parameter["name"], holds(schema), says)


def _entries(schema: dict[str, Any]) -> list[Entry]:
    return [
        Entry(name, holds(one), str(one.get("description", ""))) for name, one in schema["properties"].items()
    ]


def holds(schema: dict[str, Any]) -> str:
    """Say in few words what a schema lets through."""
    if "anyOf" in schema:
        return " | ".join(holds(one) for one in schema["anyOf"])
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "enum" in schema:
        return ", ".join(map(str, schema["enum"]))
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        return f"[{holds(schema['items'])}]"
    bounds = (
        f" {schema['minimum']}–{schema['maximum']}" if "maximum" in schema and "minimum" in schema else ""
    )
    return str(schema.get("format", schema.get("type", ""))) + bounds
