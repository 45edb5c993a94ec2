"""Issued reports: the list, what one says, what changed since the last one, its files."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from traboule.apps.people.enums import Permission
from traboule.apps.reports.enums import FileForm
from traboule.apps.reports.files.told import said_here
from traboule.apps.reports.queries.content import Content, thawed, without_rows
from traboule.apps.reports.queries.reports import (
    bytes_of,
    changes_since,
    drafts_of,
    files_of,
    find_report,
    is_intact,
    last_of,
    reports_of,
)
from traboule.web.access import Here, branch_page
from traboule.web.coordinator.figure_cards import card_of

A_PAGE = 20
TYPES = {
    FileForm.PDF.value: "application/pdf",
    FileForm.XLSX.value: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileForm.CSV.value: "text/csv; charset=utf-8",
    FileForm.JSON.value: "application/json",
}
BAR = 600.0


@require_safe
@branch_page(Permission.FIGURES_SEE)
def reports(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what was issued, and to those who issue the drafts."""
    may_issue = here.may(Permission.REPORTS_ISSUE)
    rows = reports_of(actor=here.actor, branch=here.branch)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    drafts = list(drafts_of(actor=here.actor, branch=here.branch)[:A_PAGE]) if may_issue else []
    context = {"here": here, "page": page, "drafts": drafts, "may_issue": may_issue}
    return render(request, "reports/reports.html", context)


@require_safe
@branch_page(Permission.FIGURES_SEE)
def report(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show a report as it was issued; nothing is worked out again."""
    found = find_report(actor=here.actor, branch=here.branch, pk=pk)
    context: dict[str, Any] = {"here": here, "report": found, "is_intact": is_intact(found)}
    if context["is_intact"]:
        content = thawed(found)
        before = last_of(found.branch_id, found.kind, before=found.number)
        context |= {
            "before": before,
            "files": [(FileForm(one.form).label, one) for one in files_of(found)],
            **shown(here, found, content, before, number=found.number),
        }
    return render(request, "reports/report.html", context)


def shown(here: Here, head: Any, content: Content, before: Any, *, number: int) -> dict[str, Any]:
    """Return what a page shows, in the language of the reader; exact for those who may see duos."""
    changed = changes_since(before, content)
    exact = here.may(Permission.DUOS_SEE)
    said = said_here(head, content, before, changed, number=number, exact=exact)
    return {
        "told": said,
        "cards": [card_of(one) for one in without_rows(content).figures.values()],
        "path": [(*step, width) for step, width in zip(said.path, bars_of(content), strict=True)],
        "day": head.as_of,
    }


def bars_of(content: Content) -> list[float]:
    """Lengths of the bars of the path, in units of the picture; a hidden number has a thin one."""
    top = max([count or 0 for _, count in content.path] or [0]) or 1
    return [round(max(BAR * (count or 0) / top, 4.0), 1) for _, count in content.path]


@require_safe
@branch_page(Permission.FIGURES_SEE)
def report_file(request: HttpRequest, here: Here, pk: int, form: str) -> HttpResponse:
    """Hand out a file byte for byte as it was issued."""
    found = find_report(actor=here.actor, branch=here.branch, pk=pk)
    content = bytes_of(found, form)
    answer = HttpResponse(content, content_type=TYPES[form])
    name = f"{here.branch.slug}-{found.kind}-{found.number}.{form}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store, private"
    return answer
