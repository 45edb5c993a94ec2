"""The meetings of a duo on paper, for whoever has no smartphone: dates to tick, hours, signatures.

Paper gets lost. The square on it therefore opens nothing by itself: it leads to a page of the team, behind
their sign-in, where a sheet that came back is copied. First names only.
"""

from dataclasses import dataclass
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe

from traboule.apps.duos.queries.meeting_words import say_when, say_where
from traboule.apps.duos.queries.meetings import Diary, diary
from traboule.web.duo.panels import Standing

PLANNED, EMPTY = 8, 6


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line to tick; an empty one has no words."""

    when: str = ""
    where: str = ""


def show_sheet(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Show the sheet to whoever is in the duo, to print it at home."""
    found = diary(standing.duo, standing.now)
    return render(request, "duo/sheet.html", sheet_of(standing.duo, found) | {"back": "?"})


def sheet_of(duo: Any, found: Diary) -> dict[str, Any]:
    """Return what the sheet shows: the meetings ahead, empty lines, and the square for the team."""
    zone, slug = duo.branch.timezone, duo.branch.slug
    rows = [
        SheetRow(say_when(entry.meeting.planned_at, zone), say_where(entry.meeting))
        for entry in found.ahead[:PLANNED]
    ]
    address = f"{settings.TRABOULE_ADDRESS.rstrip('/')}{reverse('duo_sheet', args=[slug, duo.pk])}"
    code = segno.make(address, error="m").svg_inline(border=2, omitsize=True)  # the page says how large
    return {
        "duo": duo,
        "rows": [*rows, *([SheetRow()] * EMPTY)],
        "qr": mark_safe(code),  # noqa: S308 -- drawn by the server from its own address
    }
