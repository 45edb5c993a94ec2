"""Step 3: the comparison file is read, shown and computed with; nothing of it is kept."""

from math import ceil
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from traboule.apps.evaluations.actions.plans import NotRegistered, Replaced
from traboule.apps.evaluations.actions.running import PlanAltered, TooFew, run_on_counts, run_on_rows
from traboule.apps.evaluations.enums import GradeChoice
from traboule.apps.evaluations.forms.data import ComparisonFileForm, CountsForm
from traboule.apps.evaluations.queries.carried import NotCarried, carried, carry
from traboule.apps.evaluations.queries.comparison import Comparison, read_comparison
from traboule.apps.evaluations.queries.example import example_file
from traboule.apps.evaluations.queries.plans import find_plan, replacement_of
from traboule.apps.people.enums import Permission
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator.downloads import SEMICOLON
from traboule.web.coordinator.impact_totals import totals

ANSWERS = ["GET", "HEAD", "POST"]
WRITE = Permission.EVALUATIONS_WRITE
SAID_FROM = 2  # seconds: what takes longer is said before


@require_http_methods(ANSWERS)
@branch_page(WRITE)
def data(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Take a file, or counts where a published rate is compared with."""
    plan = find_plan(actor=here.actor, branch=here.branch, pk=pk, permission=WRITE)
    later = replacement_of(plan)
    if not plan.is_registered:
        messages.info(request, _("First register the plan: it is dated before the data arrive."))
        return redirect("impact_plan", here.branch.slug, plan.pk)
    if later is not None and later.is_registered:
        messages.info(request, _("There is a later version of this plan. Compare under that one."))
        return redirect("impact_plan", here.branch.slug, later.pk)
    if plan.grade == GradeChoice.PUBLISHED:
        return _counts(request, here, plan)
    if plan.takes_totals:
        return totals(request, here, plan)
    if request.method == "POST" and request.POST.get("act") == "run":
        return _run(request, here, plan)
    return _file(request, here, plan)


def _file(request: HttpRequest, here: Here, plan: Any, *, status: int = 200) -> HttpResponse:
    form = ComparisonFileForm(posted(request) if status == 200 else None, request.FILES or None)
    context: dict[str, Any] = {"here": here, "plan": plan, "form": form, "stage": 3}
    if request.method == "POST" and status == 200 and form.is_valid():
        file = form.cleaned_data["file"]
        found = read_comparison(file.read(), file.name, plan)
        context |= _shown(found, plan, here)
        status = 422 if context["carried"] is None else 200
    elif form.errors:
        status = 422
    return render(request, "impact/data.html", context, status=status)


def _shown(found: Comparison, plan: Any, here: Here) -> dict[str, Any]:
    """What the page says about a file; without anything to carry on, it can only be corrected."""
    text = carry(found.rows, plan, here.actor) if found.rows is not None else None
    seconds = found.rows.seconds if found.rows is not None else 0.0
    return {
        "found": found,
        "carried": text,
        "is_too_large": found.is_too_large or (found.rows is not None and text is None),
        "seconds": ceil(seconds) if seconds > SAID_FROM else None,
        "took_part": int(sum(found.rows.columns[0])) if found.rows is not None else 0,
        "covariates": ",".join(plan.covariates),
    }


def _run(request: HttpRequest, here: Here, plan: Any) -> HttpResponse:
    from traboule.kernel.impact import CannotEstimate

    try:
        rows = carried(request.POST.get("rows", ""), plan, here.actor)
        found = run_on_rows(plan=plan, rows=rows, by=here.actor, now=here.now)
    except NotCarried:
        messages.error(request, _("The file is no longer at hand. Bring it again."))
    except CannotEstimate:
        messages.error(
            request, _("These rows allow no estimate. Look at the columns, then bring the file again.")
        )
    except PlanAltered:
        messages.error(request, _("The plan does not fit its hash any more. Nothing is computed under it."))
    except (NotRegistered, Replaced):
        return redirect("impact_plan", here.branch.slug, plan.pk)
    else:
        return redirect("impact_result", here.branch.slug, found.pk)
    return _file(request, here, plan, status=422)


def _counts(request: HttpRequest, here: Here, plan: Any) -> HttpResponse:
    form = CountsForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            found = run_on_counts(plan=plan, **form.cleaned_data, by=here.actor, now=here.now)
        except PlanAltered:
            messages.error(
                request, _("The plan does not fit its hash any more. Nothing is computed under it.")
            )
        except (NotRegistered, Replaced, TooFew):
            return redirect("impact_plan", here.branch.slug, plan.pk)
        else:
            return redirect("impact_result", here.branch.slug, found.pk)
    context = {"here": here, "plan": plan, "form": form, "stage": 3}
    return render(request, "impact/counts.html", context, status=422 if form.errors else 200)


@require_safe
@branch_page(WRITE)
def example(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """An invented file with the columns of the plan, to try the path with."""
    plan = find_plan(actor=here.actor, branch=here.branch, pk=pk, permission=WRITE)
    if plan.grade == GradeChoice.PUBLISHED or plan.takes_totals or not plan.covariates:
        return redirect("impact_plan", here.branch.slug, plan.pk)
    separator = ";" if (get_language() or "")[:2] in SEMICOLON else ","
    answer = HttpResponse(example_file(plan, separator=separator), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="example.csv"'
    return answer
