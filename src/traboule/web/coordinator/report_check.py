"""Is this the file that was issued? It is read once, its hash compared, and let go of: nothing is kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from traboule.apps.people.enums import Permission
from traboule.apps.reports.enums import FileForm
from traboule.apps.reports.forms.reports import ReportFileForm
from traboule.apps.reports.queries.reports import find_report, issued_as, sha256_of
from traboule.web.access import Here, branch_page, posted

ANSWERS = ["GET", "HEAD", "POST"]


@require_http_methods(ANSWERS)
@branch_page(Permission.FIGURES_SEE)
def report_check(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Take a file back and say whether it is byte for byte one of this report, of another one, or neither."""
    report = find_report(actor=here.actor, branch=here.branch, pk=pk)
    form = ReportFileForm(posted(request), request.FILES or None)
    context: dict[str, Any] = {"here": here, "report": report, "form": form}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        digest = sha256_of(file.chunks())
        found = issued_as(actor=here.actor, branch=here.branch, digest=digest, first=report.pk)
        context |= {"name": file.name, "digest": digest, "found": found, "is_checked": True}
        context["form_name"] = FileForm(found.form).label if found is not None else ""
    return render(request, "reports/check.html", context, status=422 if form.errors else 200)
