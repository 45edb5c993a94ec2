"""A report before it is issued: begun, looked at as it would be, issued or thrown away."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from traboule.apps.people.enums import Permission
from traboule.apps.reports.actions import drafts as actions
from traboule.apps.reports.actions.issuing import DraftGone, Overtaken, issue_report
from traboule.apps.reports.forms.reports import DraftForm, IssueForm
from traboule.apps.reports.queries.content import content_of
from traboule.apps.reports.queries.reports import changes_since, find_draft, last_of, tables_issued
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator.report_words import warnings_of
from traboule.web.coordinator.reports import shown

ANSWERS = ["GET", "HEAD", "POST"]
ISSUE = Permission.REPORTS_ISSUE


@require_http_methods(ANSWERS)
@branch_page(ISSUE)
def new(request: HttpRequest, here: Here) -> HttpResponse:
    """Begin a report."""
    form = DraftForm(posted(request), today=here.today)
    if request.method == "POST" and form.is_valid():
        found = actions.draft_report(
            branch=here.branch, fields=form.cleaned_data, by=here.actor, now=here.now
        )
        return redirect("report_draft", here.branch.slug, found.pk)
    context = _form_page(here, form, _("New report"), reverse("reports", args=[here.branch.slug]))
    return render(request, "coordinator/plain_form.html", context, status=422 if form.errors else 200)


@require_http_methods(ANSWERS)
@branch_page(ISSUE)
def edit(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Change a draft."""
    found = find_draft(actor=here.actor, branch=here.branch, pk=pk)
    form = DraftForm(posted(request), today=here.today, draft=found)
    if request.method == "POST" and form.is_valid():
        actions.change_draft(draft=found, fields=form.cleaned_data, by=here.actor, now=here.now)
        return redirect("report_draft", here.branch.slug, found.pk)
    back = reverse("report_draft", args=[here.branch.slug, found.pk])
    context = _form_page(here, form, _("Change the draft"), back)
    return render(request, "coordinator/plain_form.html", context, status=422 if form.errors else 200)


def _form_page(here: Here, form: DraftForm, title: str, back: str) -> dict[str, Any]:
    lede = _("Nothing is issued yet: you see first what the report would say.")
    words = {"title": title, "lede": lede, "back_text": _("Back"), "act": _("Look at it")}
    return {"here": here, "form": form, "back": back, **words}


@require_http_methods(ANSWERS)
@branch_page(ISSUE)
def draft(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show a draft as it would be issued, with its warnings; issue it."""
    found = find_draft(actor=here.actor, branch=here.branch, pk=pk)
    form = IssueForm(posted(request))
    if request.method == "POST" and form.is_valid():
        return _issued(request, here, found, form.cleaned_data["note"])
    before = last_of(found.branch_id, found.kind)
    content = content_of(
        actor=here.actor, branch=found.branch, draft=found, earlier=tables_issued(found.branch_id)
    )
    number = before.number + 1 if before else 1
    context = {
        "here": here,
        "draft": found,
        "form": form,
        "number": number,
        "before": before,
        "warnings": warnings_of(found, content, before, changes_since(before, content)),
        **shown(here, found, content, before, number=number),
    }
    return render(request, "reports/draft.html", context, status=422 if form.errors else 200)


def _issued(request: HttpRequest, here: Here, found: Any, note: str) -> HttpResponse:
    try:
        report = issue_report(draft=found, note=note, by=here.actor, now=here.now)
    except DraftGone:
        messages.info(request, _("This draft was issued or thrown away a moment ago."))
        return redirect("reports", here.branch.slug)
    except Overtaken:
        messages.error(request, _("Others are issuing reports right now. Please press once more."))
        return redirect("report_draft", here.branch.slug, found.pk)
    messages.success(request, _("The report is issued. From here on it stands."))
    return redirect("report", here.branch.slug, report.pk)


@require_POST
@branch_page(ISSUE)
def drop(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Throw a draft away."""
    found = find_draft(actor=here.actor, branch=here.branch, pk=pk)
    actions.drop_draft(draft=found, by=here.actor, now=here.now)
    messages.info(request, _("The draft is thrown away."))
    return redirect("reports", here.branch.slug)
