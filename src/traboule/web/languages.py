"""Which languages a page offers, and how well each of them was read over.

Public pages and those of mentors and mentees speak all eight; what staff see speaks three.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from traboule.apps.people.queries import roles_of
from traboule.apps.people.rules import is_staff
from traboule.core.languages import EVERYBODY, HOUSE, STAFF, interface

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
REVIEWS = Path(__file__).resolve().parent.parent / "locale" / "reviewed.toml"


@dataclass(frozen=True, slots=True)
class Note:
    """What is said about a translation: whether a native speaker read it."""

    language: str
    reviewed: bool


@cache
def reviews() -> dict[str, dict[str, Any]]:
    """Return what is known of each language: ``reviewed``, by whom, when."""
    return tomllib.loads(REVIEWS.read_text("utf-8"))


def chosen(request: HttpRequest) -> str:
    """Return the language that this visitor chose with the switch, or nothing."""
    code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return code if code in EVERYBODY else ""


def for_everybody(view: View[P]) -> Callable[..., HttpResponse]:
    """Mark a page that speaks all languages. What was chosen with the switch wins over that of the login."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        speak(request, chosen(request))
        return view(request, *args, **kwargs)

    return wrapper


def speak(request: HttpRequest, code: str) -> None:
    """Answer this request in a language for everybody; no code: in the one that it has already."""
    request.every_language = True  # type: ignore[attr-defined]  # the frame of the page reads it
    if code:
        translation.activate(interface(code))
        request.LANGUAGE_CODE = interface(code)


def reads_as_staff(request: HttpRequest | None) -> bool:
    """Say whether a login with a staff role asks."""
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated and is_staff(roles_of(user))


def offered(request: HttpRequest | None) -> tuple[str, ...]:
    """Return the languages of the switch on this page."""
    if getattr(request, "every_language", False):
        return EVERYBODY
    return STAFF if request is None or reads_as_staff(request) else EVERYBODY


def note_of(request: HttpRequest | None) -> Note | None:
    """Return what to say about the translation of a page for everybody; the house language needs no word."""
    code = translation.get_language() or HOUSE
    if not getattr(request, "every_language", False) or code == HOUSE:
        return None
    known = reviews().get(code, {})
    return None if known.get("source") else Note(code, bool(known.get("reviewed")))
