"""A plan step by step: the question, what is compared, registering it, changing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.apps.evaluations.actions import plans as actions
from traboule.apps.evaluations.enums import GradeChoice, MethodChoice
from traboule.apps.evaluations.forms.plans import AmendForm, ColumnsForm, QuestionForm, RateForm
from traboule.apps.evaluations.queries.plans import (
    find_plan,
    is_intact,
    replacement_of,
    results_under,
    text_of,
)
from traboule.apps.people.enums import Permission
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator import impact_words as words
from traboule.web.coordinator.impact_looks import planned_looks

ANSWERS = ["GET", "HEAD", "POST"]
WRITE = Permission.EVALUATIONS_WRITE


@require_http_methods(ANSWERS)
@branch_page(WRITE)
def new(request: HttpRequest, here: Here) -> HttpResponse:
    """Step 1: the question, and the grade of comparison."""
    form = QuestionForm(posted(request), initial={"grade": GradeChoice.WEIGHTED.value})
    if request.method == "POST" and form.is_valid():
        plan = actions.draft_plan(branch=here.branch, fields=form.cleaned_data, by=here.actor, now=here.now)
        return redirect("impact_how", here.branch.slug, plan.pk)
    context = {"here": here, "form": form, "stage": 1}
    return render(request, "impact/new.html", context, status=422 if form.errors else 200)


@require_http_methods(ANSWERS)
@branch_page(WRITE)
def how(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Step 2: what is compared, column by column, or the published rate."""
    plan = find_plan(actor=here.actor, branch=here.branch, pk=pk, permission=WRITE)
    if plan.is_registered:
        return redirect("impact_plan", here.branch.slug, plan.pk)
    is_published = plan.grade == GradeChoice.PUBLISHED
    form: Any = (RateForm if is_published else ColumnsForm)(posted(request), plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            actions.describe_plan(plan=plan, fields=form.values(), by=here.actor, now=here.now)
        except actions.PlanStands:
            messages.info(request, _("This plan is registered already. It stands as it is."))
        return redirect("impact_plan", here.branch.slug, plan.pk)
    context = {"here": here, "plan": plan, "form": form, "is_published": is_published, "stage": 2}
    return render(request, "impact/how.html", context, status=422 if form.errors else 200)


@require_safe
@branch_page(Permission.EVALUATIONS_SEE)
def plan(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show a plan: what it promises, its hash and date, what was found under it."""
    found = find_plan(actor=here.actor, branch=here.branch, pk=pk)
    later = replacement_of(found)
    may_write, results = here.may(WRITE), results_under(found)
    stands = found.is_registered and not (later is not None and later.is_registered)
    context = {
        "here": here,
        "plan": found,
        "grade": words.GRADES[found.grade],
        "grade_label": GradeChoice(found.grade).label,
        "method": MethodChoice(found.method).label if found.method else "",
        "is_published": found.grade == GradeChoice.PUBLISHED,
        "is_complete": actions.is_complete(found),
        "is_intact": not found.is_registered or is_intact(found),
        "rate": None if found.published is None else words.number(found.published * 100),
        "text": found.wording or text_of(found, after_data=found.after_data),
        "later": later,
        "may_write": may_write,
        "may_run": may_write and stands,
        "may_amend": may_write and found.is_registered and later is None,
        "results": [(one, words.short(one), words.is_withheld(one)) for one in results],
        "looks": planned_looks(found, results),
        "stage": 3 if found.is_registered else 2,
    }
    return render(request, "impact/plan.html", context)


@require_safe
@branch_page(Permission.EVALUATIONS_SEE)
def text(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """The text that was hashed, byte for byte: ``sha256sum`` of this file is the hash of the plan."""
    found = find_plan(actor=here.actor, branch=here.branch, pk=pk)
    content = found.wording or text_of(found, after_data=found.after_data)
    answer = HttpResponse(content.encode(), content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="plan-{found.pk}-{found.version}.json"'
    return answer


@require_POST
@branch_page(WRITE)
def register(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Register a draft under its hash, or throw it away."""
    found = find_plan(actor=here.actor, branch=here.branch, pk=pk, permission=WRITE)
    try:
        if request.POST.get("act") == "drop":
            actions.drop_draft(plan=found, by=here.actor, now=here.now)
            messages.info(request, _("The draft is thrown away."))
            return redirect("impact", here.branch.slug)
        actions.register_plan(plan=found, by=here.actor, now=here.now)
        messages.success(request, _("The plan is registered. From here on it stands."))
    except actions.PlanStands:
        messages.info(request, _("This plan is registered already. It stands as it is."))
    except actions.NotComplete:
        messages.error(request, _("The plan does not say yet what is compared, and how."))
        return redirect("impact_how", here.branch.slug, found.pk)
    return redirect("impact_plan", here.branch.slug, found.pk)


@require_http_methods(ANSWERS)
@branch_page(WRITE)
def amend(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Begin a later version of a registered plan, with the reason."""
    found = find_plan(actor=here.actor, branch=here.branch, pk=pk, permission=WRITE)
    back = reverse("impact_plan", args=[here.branch.slug, found.pk])
    form = AmendForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            later = actions.amend_plan(plan=found, reason=reason, by=here.actor, now=here.now)
        except actions.Replaced:
            messages.info(request, _("There is a later version already."))
        except actions.NotRegistered:
            messages.info(request, _("This plan is a draft: change it as it is."))
        else:
            return redirect("impact_how", here.branch.slug, later.pk)
        return redirect(back)
    context = {
        "here": here,
        "form": form,
        "title": _("Change the plan"),
        "lede": _(
            "The plan stays as it is. What you write next is a new version, with its own hash and date."
        ),
        "back": back,
        "back_text": found.question,
        "act": _("Begin the new version"),
    }
    return render(request, "coordinator/plain_form.html", context, status=422 if form.errors else 200)
