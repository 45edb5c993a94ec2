"""What every call goes through: language, form of the answer, token, allowance, headers.

A session of the pages opens nothing here, and nothing here sets a cookie or allows another site's scripts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone, translation
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt
from ninja.security import HttpBearer

from traboule.api.problems import TooMany, problem
from traboule.apps.access.actions.tokens import note_use
from traboule.apps.access.queries.tokens import actor_behind, token_behind
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.languages import HOUSE, STAFF
from traboule.core.limits import take, take_own
from traboule.core.reading import writes_on_get
from traboule.core.visitors import address_of

View = Callable[..., HttpResponse]
SAFE = ("GET", "HEAD")
ACCEPTED = {"*/*", "application/*", "application/json"}
HEADERS = {
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cross-Origin-Resource-Policy": "same-origin",
}
VARY = "Authorization, Accept-Language, Accept"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads with which token, where and when; ``branch`` and ``token`` are rows of apps."""

    token: Any
    actor: Actor
    branch: Any
    now: datetime
    today: date


class Bearer(HttpBearer):
    """The header ``Authorization: Bearer trb_…``; nothing else opens a door."""

    def authenticate(self, request: HttpRequest, token: str) -> Reader | None:
        """Return who reads, or None. Raises TooMany."""
        now = timezone.now()
        found = token_behind(token.strip(), now)
        if found is None:
            refused = take(kind="api", address=address_of(request), target="", now=now)
            if not refused.allowed:
                raise TooMany(refused.wait)
            return None
        counted = take_own(kind="api", holder=str(found.pk), now=now)
        if not counted.allowed:
            raise TooMany(counted.wait)
        note_use(token=found, now=now)
        today = local_day(now, found.branch.timezone)
        return Reader(found, actor_behind(found), found.branch, now, today)


def reader_of(request: HttpRequest) -> Reader:
    """Return who reads, as the bearer found it."""
    reader: Reader = request.auth  # type: ignore[attr-defined]  # set by the library after authentication
    return reader


def gated(view: View) -> View:
    """Put a view of the interface behind the gate."""

    @writes_on_get("counts calls, and notes the first use of a token on a day")
    @csrf_exempt
    @login_not_required
    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(language_of(request)):
            return _stamped(_answer(view, request, args, kwargs))

    return gate


def all_gated(patterns: list[Any]) -> list[Any]:
    """Put every address of a list behind the gate."""
    for entry in patterns:
        if isinstance(entry, URLPattern):
            entry.callback = gated(entry.callback)
    return patterns


def language_of(request: HttpRequest) -> str:
    """Return the first language of Accept-Language that the interface speaks, else that of the house."""
    for wanted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        short = wanted.split("-")[0]
        if short in STAFF:
            return short
    return HOUSE


def _answer(view: View, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
    if request.method not in SAFE:
        return problem(405, headers={"Allow": ", ".join(SAFE)})
    if not _takes_json(request.headers.get("Accept", "*/*")):
        return problem(406)
    was, request.method = request.method, "GET"
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = was


def _takes_json(accept: str) -> bool:
    """Whether JSON is among what the reader takes and not refused with q=0."""
    for entry in accept.split(",") if accept.strip() else ["*/*"]:
        kind, *more = (part.strip().lower() for part in entry.split(";"))
        refused = any(part.replace(" ", "") in {"q=0", "q=0.0", "q=0.00", "q=0.000"} for part in more)
        if kind in ACCEPTED and not refused:
            return True
    return False


def _stamped(answer: HttpResponse) -> HttpResponse:
    for name, value in HEADERS.items():
        answer.headers[name] = value
    answer.headers["Vary"] = VARY
    answer.headers["Content-Language"] = translation.get_language() or HOUSE
    return answer
