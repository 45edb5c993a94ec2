"""The goals that a branch offers: as they ship, or in its own words."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.apps.duos.actions import plan_templates as acting
from traboule.apps.duos.forms.plan_templates import TemplateForm
from traboule.apps.duos.queries.plan import find_template, templates_of
from traboule.apps.people.enums import Permission
from traboule.web.access import Here, branch_page, posted

ANSWERS = ["GET", "HEAD", "POST"]


@require_safe
@branch_page(Permission.TEMPLATES_SET)
def plan_templates(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what mentees are offered."""
    rows = templates_of(here.branch)
    context = {"here": here, "templates": rows, "is_own": rows[0].pk is not None}
    return render(request, "coordinator/plan_templates.html", context)


@require_POST
@branch_page(Permission.TEMPLATES_SET)
def plan_templates_start(request: HttpRequest, here: Here) -> HttpResponse:
    """Make the shipped goals the branch's own."""
    acting.start_templates(branch=here.branch, by=here.actor, now=here.now)
    messages.success(request, _("The goals are yours. Change what you like."))
    return redirect("plan_templates", here.branch.slug)


@require_http_methods(ANSWERS)
@branch_page(Permission.TEMPLATES_SET)
def plan_template_new(request: HttpRequest, here: Here) -> HttpResponse:
    """Add a goal at the end."""
    return _edit(request, here, None)


@require_http_methods(ANSWERS)
@branch_page(Permission.TEMPLATES_SET)
def plan_template(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Change a goal."""
    return _edit(request, here, find_template(branch=here.branch, pk=pk))


def _edit(request: HttpRequest, here: Here, row: Any) -> HttpResponse:
    first = {name: getattr(row, name) for name in acting.TEMPLATE_KEYS} if row else {}
    form = TemplateForm(posted(request), initial=first, template=row)
    if request.method == "POST" and form.is_valid():
        acting.save_template(
            branch=here.branch, template=row, fields=form.cleaned_data, by=here.actor, now=here.now
        )
        messages.success(request, _("The changes are saved."))
        return redirect("plan_templates", here.branch.slug)
    context = {
        "here": here,
        "form": form,
        "title": row.said_title if row else _("A goal to offer"),
        "back": reverse("plan_templates", args=[here.branch.slug]),
        "back_text": _("Goals of mentees"),
    }
    return render(request, "coordinator/plain_form.html", context, status=422 if form.errors else 200)
