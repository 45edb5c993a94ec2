"""Evaluations: the list with the way through it, one result, and what the next cohort could show."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from traboule.apps.evaluations.enums import MethodChoice
from traboule.apps.evaluations.forms.data import CohortForm
from traboule.apps.evaluations.queries.plans import (
    evaluations_of,
    find_evaluation,
    is_intact,
    plans_of,
    replacement_of,
)
from traboule.apps.people.enums import Permission
from traboule.kernel.grades import Grade
from traboule.web.access import Here, branch_page
from traboule.web.components.effects import curve, effects, love_plot
from traboule.web.coordinator import impact_lost as lost
from traboule.web.coordinator import impact_words as words

A_PAGE = 10
GAINS = (5, 10, 15, 20, 25, 30, 40)
TOLD = (10, 25)
FEWEST_EACH_WAY = 5


@require_safe
@branch_page(Permission.EVALUATIONS_SEE)
def impact(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the plans of the branch with what was found under each."""
    rows = plans_of(actor=here.actor, branch=here.branch)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    found: dict[int, list[Any]] = {plan.pk: [] for plan in page}
    for one in evaluations_of(actor=here.actor, branch=here.branch).filter(plan__in=found).order_by("look"):
        found[one.plan_id].append((one, words.short(one), words.is_withheld(one)))
    lines = [(plan, words.GRADES[plan.grade][0], found[plan.pk], _is_over(plan)) for plan in page]
    may_write = here.may(Permission.EVALUATIONS_WRITE)
    context = {"here": here, "page": page, "lines": lines, "may_write": may_write, "stage": 0}
    return render(request, "impact/impact.html", context)


def _is_over(plan: Any) -> bool:
    later = replacement_of(plan)
    return later is not None and later.is_registered


@require_safe
@branch_page(Permission.EVALUATIONS_SEE)
def result(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show one result: grade, interval, scale, naive beside adjusted, balance; or why there is none."""
    found = find_evaluation(actor=here.actor, branch=here.branch, pk=pk)
    figures = found.figures
    context: dict[str, Any] = {
        "here": here,
        "found": found,
        "plan": found.plan,
        "figures": figures,
        "grade": words.GRADES[found.plan.grade],
        "headline": words.headline(found),
        "plot": love_plot(figures["balance"]),
        "facts": _facts(figures),
        "findings": words.findings_in_words(figures),
        "cannot": words.what_it_cannot_say(found),
        "is_intact": is_intact(found.plan),
        "method": MethodChoice(found.plan.method).label if found.plan.method else "",
        "is_published": found.plan.grade == Grade.PUBLISHED,
        "lost": lost.told(figures, withheld=words.is_withheld(found)),
        "stage": 4,
    }
    if words.is_withheld(found):
        # The rates of both groups side by side would say the difference that is withheld.
        context |= {"withheld": True, "reasons": words.why_withheld(figures)}
    else:
        context |= {"says": words.what_it_says(found), **_effects(found)}
    return render(request, "impact/result.html", context)


def _effects(found: Any) -> dict[str, Any]:
    """Naive beside adjusted, on every scale that the outcome has."""
    figures, scale = found.figures, found.figures["scale"]
    is_published, is_rate = found.plan.grade == Grade.PUBLISHED, scale == words.RISK
    rows = [(_("Without any adjustment"), figures["naive"])]
    if not is_published:
        rows.append((_("Adjusted"), figures["estimate"]))
    if with_the_lost := lost.estimate(figures):
        rows.append((_("Adjusted, those lost included"), with_the_lost))
    said = [(name, words.with_interval(ends, scale)) for name, ends in rows]
    ratios = [(name, words.with_interval(figures[name], "ratio")) for name in ("risk_ratio", "odds_ratio")]
    return {
        "scale": words.SCALES[scale],
        "effects": said,
        "picture": effects([(name, words.signed(ends[0], scale), ends) for name, ends in rows]),
        "ratios": ratios if is_rate else [],
        "attributable": words.with_interval(figures["attributable"], "people" if is_rate else "units"),
        "is_rate": is_rate,
    }


def _facts(figures: dict[str, Any]) -> dict[str, str]:
    """The diagnostics in words."""
    if not figures["balance"]:
        return {}
    inside = figures.get("inside")
    return {
        "before": words.number(figures["smd_before"]),
        "after": words.number(figures["smd_after"]),
        "size": words.number(figures["size"]) if figures["size"] is not None else "",
        "inside": str(round(100 * inside)) if inside is not None else "",
    }


@require_safe
@branch_page(Permission.EVALUATIONS_SEE)
def next_cohort(request: HttpRequest, here: Here) -> HttpResponse:
    """Say which gain the next cohort could tell from luck, before anybody promises one."""
    asked = set(request.GET) & set(CohortForm.base_fields)
    form = CohortForm(request.GET if asked else CohortForm.start())
    context: dict[str, Any] = {"here": here, "form": form, "stage": 5}
    if form.is_valid():
        context |= _chances(form.cleaned_data)
    return render(request, "impact/next.html", context, status=422 if form.errors else 200)


def _chances(said: dict[str, Any]) -> dict[str, Any]:
    from traboule.kernel.impact.power import duos_needed, power, smallest_gain

    duos, base = said["duos"], float(said["base"]) / 100
    others = said["others"] or None
    most = int(round((1 - base) * 100, 6))
    smallest = smallest_gain(duos, others, base)
    shares = [(gain, power(duos, others, base, gain / 100)) for gain in range(min(most, 60) + 1)]
    ratio = None if others is None else others / duos
    table = [
        (gain, round(100 * power(duos, others, base, gain / 100)), duos_needed(base, gain / 100, ratio))
        for gain in GAINS
        if gain <= most
    ]
    seen = None if smallest is None else smallest * 100
    return {
        "duos": duos,
        "others": others,
        "smallest": None if seen is None else round(seen),
        # The normal curve stands for counts; with a handful on one side it stands for little.
        "is_rough": duos * min(base, 1 - base) < FEWEST_EACH_WAY,
        "missed": [(gain, 100 - share) for gain, share, _duos in table if gain in TOLD],
        "table": table,
        "picture": curve(shares, mark=seen if seen is None or seen <= 60 else None) if most else None,
    }
