"""The public pages of a branch: what the programme is, becoming a mentor, finding one, figures, contact."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from traboule.apps.branches.enums import LINES, SitePart
from traboule.apps.branches.queries import place_called, places, site_figures, site_texts
from traboule.apps.branches.validators import clean_site_html
from traboule.apps.people.enums import Side
from traboule.core.languages import HOUSE
from traboule.web.languages import for_everybody
from traboule.web.public import site_slots, site_words


@dataclass(frozen=True, slots=True)
class Said:
    """One part as it is shown: a line, HTML of the branch, or our own paragraphs; in which language."""

    line: str = ""
    html: SafeString = SafeString()  # noqa: RUF009 -- an empty text that never changes
    paragraphs: tuple[str, ...] = ()
    language: str = ""  # empty: that of the page


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A typed figure with its words in the language of the page, or in French."""

    row: Any
    label: str
    language: str


def said(texts: dict[tuple[str, str], Any], part: SitePart, language: str) -> Said:
    """Return what the branch says in ``language``, else in French and marked so, else our own words."""
    for code in (language, HOUSE):
        row = texts.get((part, code))
        if row is not None:
            return shown(part, row.text, "" if code == language else code)
    ours = tuple(site_words.DEFAULTS[part]())
    return Said(line=ours[0]) if part in LINES else Said(paragraphs=ours)


def shown(part: SitePart, text: str, language: str = "") -> Said:
    """Return a written text as a page shows it. It was cleaned when it was written, and is once more."""
    if part in LINES:
        return Said(line=text, language=language)
    clean = mark_safe(clean_site_html(text))  # noqa: S308 -- cleaned here
    return Said(html=clean, language=language)


def _page(request: HttpRequest, place: str, template: str, side: str = "") -> HttpResponse:
    branch, language = place_called(place), get_language() or HOUSE
    texts = site_texts(branch)
    figures = []
    for row in site_figures(branch):
        label, spoken = row.label_in(language)
        figures.append(ShownFigure(row, label, "" if spoken == language else spoken))
    context = {
        "place": branch,
        "says": {part.value: said(texts, part, language) for part in SitePart},
        "figures": figures,
        "sessions": site_slots.next_sessions(branch, side, timezone.now()),
        "steps": {"mentor": site_words.mentor_steps, "mentee": site_words.mentee_steps}[side]()
        if side
        else (),
        "apply_href": site_slots.apply_address(branch, side) if side else None,
    }
    return render(request, template, context)


@login_not_required
@require_safe
@for_everybody
def site_home(request: HttpRequest, place: str) -> HttpResponse:
    """What the programme is, and two ways in."""
    return _page(request, place, "public/site_home.html")


@login_not_required
@require_safe
@for_everybody
def site_mentor(request: HttpRequest, place: str) -> HttpResponse:
    """Becoming a mentor."""
    return _page(request, place, "public/site_mentor.html", Side.MENTOR)


@login_not_required
@require_safe
@for_everybody
def site_mentee(request: HttpRequest, place: str) -> HttpResponse:
    """Finding a mentor."""
    return _page(request, place, "public/site_mentee.html", Side.MENTEE)


@login_not_required
@require_safe
@for_everybody
def site_contact(request: HttpRequest, place: str) -> HttpResponse:
    """How to reach the team."""
    return _page(request, place, "public/site_contact.html")


@login_not_required
@require_safe
@for_everybody
def site_places(request: HttpRequest) -> HttpResponse:
    """Choose a place; with one branch there is nothing to choose."""
    found = list(places())
    if len(found) == 1:
        return redirect("site_home", found[0].slug)
    return render(request, "public/site_places.html", {"places": found})
