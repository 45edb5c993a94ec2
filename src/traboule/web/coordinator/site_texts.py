"""The texts and figures of the public pages, as staff write them: per branch and language."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from traboule.apps.branches import actions, queries
from traboule.apps.branches.enums import LINES, SitePart
from traboule.apps.branches.forms import SiteFigureForm, SiteTextForm
from traboule.apps.branches.validators import clean_site_html, clean_site_line
from traboule.apps.people.enums import Permission
from traboule.core.languages import EVERYBODY, HOUSE
from traboule.web.access import Here, branch_page, posted
from traboule.web.public.site import Said, said, shown

ANSWERS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part in one language: what is shown, who speaks, and where to change it."""

    part: SitePart
    says: Said
    state: str  # "own", "french" or "ours"
    href: str


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language of the switch of this page."""

    code: str
    name: str
    href: str
    here: bool


def asked_language(request: HttpRequest) -> str:
    """Return the language that the page is about; French if the address names none of ours."""
    asked = request.GET.get("language", HOUSE)
    return asked if asked in EVERYBODY else HOUSE


def tongues(here: Here, name: str, language: str, **query: str) -> list[Tongue]:
    """Return the languages to choose from, each with the address of this page in it."""
    base = reverse(name, args=[here.branch.slug])
    return [
        Tongue(
            code,
            get_language_info(code)["name_local"].capitalize(),
            f"{base}?{urlencode({**query, 'language': code})}",
            code == language,
        )
        for code in EVERYBODY
    ]


@require_safe
@branch_page(Permission.SITE_WRITE)
def site_texts(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what visitors read in one language, part by part, and the figures."""
    language = asked_language(request)
    texts = queries.site_texts(here.branch)
    base = reverse("site_text", args=[here.branch.slug])
    lines = []
    with override(language):
        for part in SitePart:
            own, french = texts.get((part, language)), texts.get((part, HOUSE))
            state = "own" if own else "french" if french else "ours"
            href = f"{base}?{urlencode({'part': part.value, 'language': language})}"
            lines.append(PartLine(part, said(texts, part, language), state, href))
    context = {
        "here": here,
        "language": language,
        "lines": lines,
        "figures": [(row, *row.label_in(language)) for row in queries.site_figures(here.branch)],
        "tongues": tongues(here, "site_texts", language),
    }
    return render(request, "coordinator/site_texts.html", context)


@require_http_methods(ANSWERS)
@branch_page(Permission.SITE_WRITE)
def site_text(request: HttpRequest, here: Here) -> HttpResponse:
    """Write one part in one language; look at it first; bring an earlier version back."""
    language, part = asked_language(request), _asked_part(request)
    versions = queries.versions_of(actor=here.actor, branch=here.branch, part=part, language=language)
    back = f"{reverse('site_texts', args=[here.branch.slug])}?{urlencode({'language': language})}"
    if request.method == "POST" and "bring_back" in request.POST:
        return _bring_back(request, here, versions, back)
    now = versions[0].text if versions else ""
    form = SiteTextForm(posted(request), part=part, initial={"text": now})
    preview = None
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if request.POST.get("act") != "preview":
            actions.write_site_text(
                branch=here.branch, part=part, language=language, text=text, by=here.actor, now=here.now
            )
            messages.success(request, _("It is written. Visitors read it now."))
            return HttpResponseRedirect(back)
        preview = shown(part, clean_site_line(text) if part in LINES else clean_site_html(text))
    with override(language):
        ours = said({}, part, language)
    context = {
        "here": here,
        "form": form,
        "part": part,
        "language": language,
        "spoken": get_language_info(language),
        "preview": preview,
        "ours": ours,
        "french": shown(part, row.text) if (row := _french(here, part, language)) else None,
        "earlier": [(row, shown(part, row.text)) for row in versions[1:] if row.text],
        "tongues": tongues(here, "site_text", language, part=part.value),
        "back": back,
    }
    return render(request, "coordinator/site_text.html", context, status=422 if form.errors else 200)


def _asked_part(request: HttpRequest) -> SitePart:
    asked = request.GET.get("part", SitePart.WELCOME)
    return SitePart(asked) if asked in SitePart.values else SitePart.WELCOME


def _french(here: Here, part: SitePart, language: str) -> Any:
    return queries.site_texts(here.branch).get((part, HOUSE)) if language != HOUSE else None


def _bring_back(request: HttpRequest, here: Here, versions: list[Any], back: str) -> HttpResponse:
    wanted = next((row for row in versions if str(row.pk) == request.POST["bring_back"]), None)
    if wanted is None:
        raise Http404
    actions.bring_back_site_text(earlier=wanted, by=here.actor, now=here.now)
    messages.success(request, _("The earlier text is back."))
    return HttpResponseRedirect(back)


@require_http_methods(ANSWERS)
@branch_page(Permission.SITE_WRITE)
def site_figure_new(request: HttpRequest, here: Here) -> HttpResponse:
    """Type a figure, with its source."""
    return _figure(request, here, None)


@require_http_methods(ANSWERS)
@branch_page(Permission.SITE_WRITE)
def site_figure(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Correct a figure, say it in another language, or take it away."""
    figure = queries.find_figure(actor=here.actor, branch=here.branch, pk=pk)
    if request.method == "POST" and request.POST.get("act") == "remove":
        actions.remove_site_figure(figure=figure, by=here.actor, now=here.now)
        messages.success(request, _("The figure is gone from the public pages."))
        return redirect("site_texts", here.branch.slug)
    return _figure(request, here, figure)


def _figure(request: HttpRequest, here: Here, figure: Any) -> HttpResponse:
    language = asked_language(request)
    initial = {}
    if figure is not None:
        said_so = {name: getattr(figure, name) for name in ("value", "source", "as_of", "counted")}
        initial = {**said_so, "label": figure.labels.get(language, "")}
    form = SiteFigureForm(posted(request), today=here.today, initial=initial)
    back = f"{reverse('site_texts', args=[here.branch.slug])}?{urlencode({'language': language})}"
    if request.method == "POST" and form.is_valid():
        common: dict[str, Any] = {
            "fields": form.cleaned_data,
            "language": language,
            "by": here.actor,
            "now": here.now,
        }
        if figure is None:
            actions.type_site_figure(branch=here.branch, **common)
        else:
            actions.correct_site_figure(figure=figure, **common)
        messages.success(request, _("It is written. Visitors read it now."))
        return HttpResponseRedirect(back)
    context = {
        "here": here,
        "form": form,
        "figure": figure,
        "spoken": get_language_info(language),
        "back": back,
    }
    return render(request, "coordinator/site_figure.html", context, status=422 if form.errors else 200)
