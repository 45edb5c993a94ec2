"""What a branch spent, year by year: the list, and the form for one year."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from traboule.apps.indicators.actions.costs import YearNotOver, write_year_cost
from traboule.apps.indicators.forms.costs import YearCostForm
from traboule.apps.indicators.queries.costs import spent_by
from traboule.apps.indicators.queries.figures import board_of
from traboule.apps.people.enums import Permission
from traboule.web.access import Here, branch_page, posted


@require_safe
@branch_page(Permission.FIGURES_SEE)
def figure_costs(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the years with their sums, and the form to whoever may write."""
    return _shown(request, here, None)


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page(Permission.FIGURES_SET)
def figure_cost_new(request: HttpRequest, here: Here) -> HttpResponse:
    """Write one year, or correct it."""
    form = YearCostForm(posted(request), today=here.today)
    if request.method != "POST" or not form.is_valid():
        return _shown(request, here, form if request.method == "POST" else None)
    try:
        row = write_year_cost(
            branch=here.branch, fields=form.values(), today=here.today, by=here.actor, now=here.now
        )
    except YearNotOver:
        form.add_error("year", _("This year is not over yet."))
        return _shown(request, here, form)
    messages.success(request, _("Costs of %(year)s are written.") % {"year": row.year})
    return redirect("figure_costs", here.branch.slug)


def _shown(request: HttpRequest, here: Here, form: YearCostForm | None) -> HttpResponse:
    spent = spent_by([here.branch]).get(here.branch.pk, {})
    missing = board_of(actor=here.actor, branch=here.branch, as_of=here.today).missing
    begin = {"year": max(missing, default=here.today.year - 1)}
    context = {
        "here": here,
        "form": form or YearCostForm(today=here.today, initial=begin),
        "years": [one for _year, one in sorted(spent.items(), reverse=True)],
        "missing": missing,
        "may_set": here.may(Permission.FIGURES_SET),
    }
    return render(request, "figures/costs.html", context, status=422 if form is not None else 200)
