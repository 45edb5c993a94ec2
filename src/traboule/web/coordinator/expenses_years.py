"""Rates with their sources, and the year of each volunteer for the tax office."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from traboule.apps.expenses.actions.rates import set_rates
from traboule.apps.expenses.forms.staff import RatesForm, first_of_next_year
from traboule.apps.expenses.queries.rates import rates_to_read
from traboule.apps.expenses.queries.statements import find_volunteer, year_of_branch, years_of_branch
from traboule.apps.people.enums import Permission
from traboule.web.access import Here, branch_page, posted
from traboule.web.mentor.statement import FIRST_YEAR, statement_pdf

ANSWERS = ["GET", "HEAD", "POST"]
A_PAGE = 25


@require_safe
@branch_page(Permission.EXPENSES_SEE)
def rates(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what the country of the branch allows, version by version, each with its source."""
    rows = rates_to_read(actor=here.actor, branch=here.branch)
    current = next((row for row in rows if row.valid_from <= here.today), None)
    context = {
        "here": here,
        "rows": [(row, _euros_a_km(row.km_rate), row is current) for row in rows],
        "is_old": current is not None and current.source_year < here.today.year,
        "year": here.today.year,
        "may_set": here.may(Permission.EXPENSES_SET),
    }
    return render(request, "expenses/rates.html", context)


def _euros_a_km(rate: int | None) -> str:
    return f"{rate // 10_000},{rate % 10_000:04} €" if rate else ""


@require_http_methods(ANSWERS)
@branch_page(Permission.EXPENSES_SET)
def rates_new(request: HttpRequest, here: Here) -> HttpResponse:
    """Add a version; what was sent before keeps the rate that held then."""
    form = RatesForm(posted(request), initial=_initial(here))
    back = reverse("expense_rates", args=[here.branch.slug])
    if request.method == "POST" and form.is_valid():
        set_rates(branch=here.branch, fields=form.values(), by=here.actor, now=here.now)
        messages.success(request, _("The rates are noted."))
        return redirect(back)
    context = {
        "here": here,
        "form": form,
        "title": _("New rates"),
        "lede": _("Only published figures, each with its source."),
        "back": back,
        "back_text": _("Rates"),
    }
    return render(request, "coordinator/plain_form.html", context, status=422 if form.errors else 200)


def _initial(here: Here) -> dict[str, Any]:
    """Begin with what holds now: most of it stays."""
    rows = rates_to_read(actor=here.actor, branch=here.branch)
    if not rows:
        return {"valid_from": first_of_next_year(here.today)}
    last = rows[0]
    plain = {name: getattr(last, name) for name in ("km_year", "flat_excludes_real", "may_waive")}
    sums = {name: _plain_euros(getattr(last, name)) for name in ("flat_day", "flat_year")}
    rate = f"{last.km_rate // 10_000}.{last.km_rate % 10_000:04}" if last.km_rate else ""
    return {"valid_from": first_of_next_year(here.today), "km_rate": rate, **plain, **sums}


def _plain_euros(cents: int | None) -> str:
    return f"{cents // 100}.{cents % 100:02}" if cents else ""


@require_safe
@branch_page(Permission.EXPENSES_SEE)
def years(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the volunteers of a year with what was paid back and given, each with a statement."""
    found = years_of_branch(here.branch.pk) or [here.today.year]
    asked = request.GET.get("year", "")
    year = next((one for one in found if str(one) == asked), found[0])
    rows = year_of_branch(actor=here.actor, branch=here.branch, year=year)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "expenses/years.html", {"here": here, "years": found, "year": year, "page": page})


@require_safe
@branch_page(Permission.EXPENSES_SEE)
def statement(request: HttpRequest, here: Here, year: int, pk: int) -> HttpResponse:
    """The year of one volunteer as a PDF, in French or (``?language=nl``) in another language."""
    person = find_volunteer(actor=here.actor, branch=here.branch, pk=pk)
    if not FIRST_YEAR <= year <= here.today.year:
        raise Http404
    return statement_pdf(person, year, today=here.today, language=request.GET.get("language", ""))
