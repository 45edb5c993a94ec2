"""Parts of a list page that are drawn once per state of a branch (``core.remember``).

Most of the work of a list is putting its rows into words and into HTML. The result is the same for everybody
who holds the same rights, until something is written in the branch.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from traboule.core.remember import held, remembered
from traboule.web.access import Here

T = TypeVar("T")


def kept(
    request: HttpRequest, here: Here, name: str, make: Callable[[], T], rights: Collection[bool] = ()
) -> T:
    """Return what ``make`` gives, made once per state, day, language, page and ``rights`` of the reader.

    ``make`` must depend on nothing else: not on the clock, not on who reads, not on a token. An address with
    filters is made anew each time: there are too many of them.
    """
    page = request.GET.get("page", "")
    if set(request.GET) - {"page"} or not (page == "" or (page.isdecimal() and len(page) < 6)):
        return make()
    held = "".join("1" if right else "0" for right in rights)
    key = f"{name} {here.branch.slug} {here.today} {get_language()} {page} {held}"
    return remembered(here.branch.pk, key, make)


def kept_as(request: HttpRequest, name: str, state: str, make: Callable[[], T]) -> T:
    """Return what ``make`` gives, made once per ``state`` and language: for what names its own state.

    As with ``kept``, ``make`` must depend on nothing else, and an address with filters is made anew.
    """
    return make() if request.GET else held(f"{name} {get_language()}", state, make)


def drawn(request: HttpRequest, template: str, context: Mapping[str, Any]) -> SafeString:
    """Return a part of a page as HTML. It sees the address, and nothing of who reads: no token, no login."""
    return render_to_string(template, {**context, "request": request})
