"""What the links of messages about changes and the end open, in the language of the person."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from traboule.apps.endings.queries import endings as queries
from traboule.apps.endings.queries.certificates import certificate_behind
from traboule.apps.people.enums import Side
from traboule.core.actors import system
from traboule.core.languages import interface
from traboule.web.doors import Door
from traboule.web.duo import ending_pages as pages
from traboule.web.duo.certificate_paper import certificate_pdf
from traboule.web.languages import chosen, speak

BY_LINK = system("link of an ending")
OVER = "public/link_over.html"


def _opened(
    request: HttpRequest, door: Door, row: Any, person: Any, show: Callable[[], HttpResponse]
) -> HttpResponse:
    if row is None:
        return render(request, OVER, {"ended": True}, status=410)
    speak(request, chosen(request) or interface(person.contact_language))
    return show()


def word_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Ask one side why it ended."""
    row = queries.word_behind(door.link.subject_id, door.link.scope)
    person = row.person if row is not None else None
    return _opened(
        request, door, row, person, lambda: pages.word_page(request, row, BY_LINK, door, stay=True)
    )


def extension_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Ask one side whether to go on; the right of the link says which side."""
    row = queries.extension_behind(door.link.subject_id, door.link.scope)
    side = Side.MENTEE if door.link.right.endswith(Side.MENTEE) else Side.MENTOR
    person = getattr(row.duo, side) if row is not None else None
    return _opened(
        request, door, row, person, lambda: pages.extension_page(request, row, side, BY_LINK, door, stay=True)
    )


def choice_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Ask a mentor what comes next."""
    row = queries.choice_behind(door.link.subject_id, door.link.scope)
    person = row.person if row is not None else None
    return _opened(
        request, door, row, person, lambda: pages.choice_page(request, row, BY_LINK, door, stay=True)
    )


def well_being_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Ask a mentor how they are."""
    row = queries.well_being_behind(door.link.subject_id, door.link.scope)
    person = row.person if row is not None else None
    return _opened(
        request, door, row, person, lambda: pages.well_being_page(request, row, BY_LINK, door, stay=True)
    )


def certificate_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Show the certificate of a person; with ``?language=`` the paper itself."""
    row = certificate_behind(door.link.subject_id, door.link.scope)
    person = row.person if row is not None else None
    if row is not None and "language" in request.GET:
        return certificate_pdf(row, request.GET["language"])
    return _opened(request, door, row, person, lambda: pages.papers_page(request, [row], stay=True))
