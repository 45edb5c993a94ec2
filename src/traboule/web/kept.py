"""Parts of a list page that are drawn once per state of a branch (``core.remember``).

Most of the work of a list is putting its rows into words and into HTML. The result is the same for everybody
who holds the same rights, until something is written in the branch.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from secrets import token_urlsafe
from typing import Any, TypeVar

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from traboule.core.remember import held, held_over, remembered
from traboule.web.access import Here

T = TypeVar("T")
# Where the token of a form goes. Nobody outside of this process knows these letters: no text can hold them.
HOLE = f"token-{token_urlsafe(24)}"
QUARTER = 15


def kept(
    request: HttpRequest,
    here: Here,
    name: str,
    make: Callable[[], T],
    rights: Collection[bool] = (),
    beside: Callable[[], Iterable[int]] | None = None,
) -> T:
    """Return what ``make`` gives, made once per state, day, language, page and ``rights`` of the reader.

    ``make`` must depend on nothing else: not on the clock, not on who reads, not on a token. An address with
    filters is made anew each time: there are too many of them. ``beside`` names the other branches in which
    something is written that is shown, as about people who moved there.
    """
    page = request.GET.get("page", "")
    if set(request.GET) - {"page"} or not (page == "" or (page.isdecimal() and len(page) < 6)):
        return make()
    held = "".join("1" if right else "0" for right in rights)
    key = f"{name} {here.branch.slug} {here.today} {get_language()} {page} {held}"
    if beside is not None:
        return held_over(key, "", lambda: {here.branch.pk, *beside()}, make)
    return remembered(here.branch.pk, key, make)


def kept_as(request: HttpRequest, name: str, state: str, make: Callable[[], T]) -> T:
    """Return what ``make`` gives, made once per ``state`` and language: for what names its own state.

    As with ``kept``, ``make`` must depend on nothing else, and an address with filters is made anew.
    """
    return make() if request.GET else held(f"{name} {get_language()}", state, make)


def kept_for(name: str, branches: Callable[[], Iterable[int]], now: datetime, make: Callable[[], T]) -> T:
    """Return what ``make`` gives for one reader of one thing, made once per state of all ``branches``.

    ``name`` says what is shown and to whom, with what they may. What depends on the clock (whether a meeting
    has begun) is right to a quarter of an hour: it is made anew when the next one begins.
    """
    quarter = now.replace(minute=now.minute // QUARTER * QUARTER).strftime("%Y-%m-%d %H:%M")
    return held_over(f"{name} {get_language()}", quarter, branches, make)


def drawn_with_forms(request: HttpRequest, template: str, context: Mapping[str, Any]) -> SafeString:
    """Return a part of a page that holds forms; ``with_token`` makes it whole for one request."""
    return drawn(request, template, {**context, "csrf_token": HOLE})


def with_token(request: HttpRequest, part: SafeString) -> SafeString:
    """Return such a part with the token of this request in its forms."""
    if HOLE not in part:
        return part
    return mark_safe(part.replace(HOLE, get_token(request)))  # noqa: S308 -- letters and digits for letters and digits


def drawn(request: HttpRequest, template: str, context: Mapping[str, Any]) -> SafeString:
    """Return a part of a page as HTML. It sees the address, and nothing of who reads: no token, no login."""
    return render_to_string(template, {**context, "request": request})
