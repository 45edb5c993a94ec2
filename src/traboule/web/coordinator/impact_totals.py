"""Step 3 where the payer gives totals only: they are typed or copied in, and computed with at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traboule.apps.evaluations.actions.plans import NotRegistered, Replaced
from traboule.apps.evaluations.actions.running import PlanAltered, run_on_totals
from traboule.apps.evaluations.forms.totals import TotalsForm
from traboule.web.access import Here, posted


def totals(request: HttpRequest, here: Here, plan: Any) -> HttpResponse:
    """Take totals by group; whoever calls has found the plan and may write."""
    form = TotalsForm(posted(request))
    if request.method == "POST" and form.is_valid():
        cells = form.cleaned_data["totals"]
        try:
            found = run_on_totals(plan=plan, cells=cells, by=here.actor, now=here.now)
        except PlanAltered:
            messages.error(
                request, _("The plan does not fit its hash any more. Nothing is computed under it.")
            )
        except (NotRegistered, Replaced):
            return redirect("impact_plan", here.branch.slug, plan.pk)
        else:
            return redirect("impact_result", here.branch.slug, found.pk)
    context = {"here": here, "plan": plan, "form": form, "stage": 3}
    return render(request, "impact/counts.html", context, status=422 if form.errors else 200)
