"""Errors as RFC 9457 says: a type, a title, a status, and what to do, in the reader's language."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from traboule.core.permissions import NotAllowed

KIND = "application/problem+json"

TITLES: dict[int, Promise] = {
    401: gettext_lazy("A key is needed"),
    403: gettext_lazy("This key may not read that"),
    404: gettext_lazy("There is no such thing"),
    405: gettext_lazy("This can only be read"),
    406: gettext_lazy("There is only JSON here"),
    422: gettext_lazy("Something in the address is not as expected"),
    429: gettext_lazy("Too many calls at once"),
}
DETAILS: dict[int, Promise] = {
    401: gettext_lazy(
        "Send the header “Authorization: Bearer trb_…”. This key is missing, unknown, over or stopped."
    ),
    403: gettext_lazy("The purpose of this key does not include it. Ask the branch for another key."),
    404: gettext_lazy("Look at the address: the name or the cursor is not known here."),
    405: gettext_lazy("Use GET. This interface never writes."),
    406: gettext_lazy("Ask for application/json."),
    422: gettext_lazy("Correct what stands under “errors” and ask again."),
    429: gettext_lazy("Wait as many seconds as Retry-After says."),
}
SLUGS = {
    401: "token",
    403: "purpose",
    404: "unknown",
    405: "read-only",
    406: "json-only",
    422: "not-as-expected",
    429: "too-many",
}


class TooMany(Exception):
    """The allowance of a token or of an address is used up for ``wait`` seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


class NotExpected(ValueError):
    """What stands in the address cannot be used; ``errors``: field and what was expected."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(dict(errors))
        self.errors = errors


def problem(
    status: int, *, errors: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """Return an error that a program and its developer understand."""
    body: dict[str, Any] = {
        "type": f"{reverse('api_docs')}#{SLUGS[status]}",
        "title": str(TITLES[status]),
        "status": status,
        "detail": str(DETAILS[status]),
    }
    if errors:
        body["errors"] = [{"field": field, "expected": expected} for field, expected in errors.items()]
    answer = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=KIND)
    for name, value in (headers or {}).items():
        answer.headers[name] = value
    return answer


def handle_problems(api: NinjaAPI) -> None:
    """Let the interface answer every expected error as a problem."""
    api.add_exception_handler(
        AuthenticationError,
        lambda request, error: problem(401, headers={"WWW-Authenticate": 'Bearer realm="traboule"'}),
    )
    api.add_exception_handler(NotAllowed, lambda request, error: problem(403))
    api.add_exception_handler(Http404, lambda request, error: problem(404))
    api.add_exception_handler(
        TooMany, lambda request, error: problem(429, headers={"Retry-After": str(error.wait)})
    )
    api.add_exception_handler(NotExpected, lambda request, error: problem(422, errors=error.errors))
    api.add_exception_handler(ValidationError, _invalid)


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(422, errors={str(one["loc"][-1]): _expected(one) for one in error.errors})


def _expected(error: Mapping[str, Any]) -> str:
    """Say what was expected, by the kind of the error; the words of the library are English only."""
    kind, context = str(error["type"]), error.get("ctx", {})
    if kind in {"enum", "literal_error"}:
        return _("one of: %(choices)s") % {"choices": str(context.get("expected", "")).replace("'", "")}
    if kind == "greater_than_equal":
        return _("at least %(least)s") % {"least": context["ge"]}
    if kind == "less_than_equal":
        return _("at most %(most)s") % {"most": context["le"]}
    if kind.startswith("int"):
        return _("a whole number")
    if kind == "day":
        return _("a day such as 2026-03-31, from 2000 to 2099")
    if kind == "moment":
        return _("a moment with its time zone, such as 2026-03-31T08:00:00Z, from 2000 to 2099")
    return _("text as the description of the interface says")
