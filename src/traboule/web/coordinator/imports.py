"""Bringing in people from a file: upload, map the columns, look at every row, then all or nothing."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods

from traboule.apps.people import actions, queries
from traboule.apps.people.actions.files import BadMapping, ImportClosed, ImportHasErrors
from traboule.apps.people.enums import ImportState, Permission, Side
from traboule.apps.people.forms import ImportFileForm, MappingForm
from traboule.apps.people.queries.files import RowStatus, translated
from traboule.tables.errors import TableError
from traboule.web.access import Here, branch_page, posted

ANSWERS = ["GET", "HEAD", "POST"]
ROWS_A_PAGE = 50

STATUS = {
    RowStatus.NEW: ("good", pgettext_lazy("row of a file", "new")),
    RowStatus.CHANGED: ("info", pgettext_lazy("row of a file", "changed")),
    RowStatus.UNCHANGED: ("calm", pgettext_lazy("row of a file", "unchanged")),
    RowStatus.ERROR: ("urgent", pgettext_lazy("row of a file", "to correct")),
}


@require_http_methods(ANSWERS)
@branch_page(Permission.PEOPLE_IMPORT)
def people_import(request: HttpRequest, here: Here) -> HttpResponse:
    """Take a file; a file that is no table is refused with the reason, and nothing is kept."""
    form = ImportFileForm(posted(request), request.FILES or None)
    problems: list[Any] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = actions.stage_import(
                branch=here.branch,
                side=Side(form.cleaned_data["side"]),
                content=file.read(),
                file_name=file.name,
                by=here.actor,
                now=here.now,
            )
        except TableError as error:
            problems = translated(error)
        else:
            return redirect("people_import_map", here.branch.slug, run.pk)
    back = reverse("people", args=[here.branch.slug])
    context = {"here": here, "form": form, "problems": problems, "back": back, "stage": 1}
    return render(
        request, "coordinator/import_file.html", context, status=422 if form.errors or problems else 200
    )


def _open_run(request: HttpRequest, here: Here, pk: int) -> Any:
    """Return the import if it is still open; else say so and return None."""
    run = queries.find_import(actor=here.actor, branch=here.branch, pk=pk)
    if run.state in (ImportState.APPLIED, ImportState.DISCARDED):
        messages.info(request, _("This file was dealt with already."))
        return None
    return run


def _samples(run: Any) -> dict[str, list[str]]:
    """Return for each header the first values that its column holds."""
    found: dict[str, list[str]] = {}
    for number, written in enumerate(run.shape["header"]):
        cells = (str(row[1][number]) for row in run.rows if number < len(row[1]))
        found[written] = [cell for _index, cell in zip(range(3), filter(None, cells), strict=False)]
    return found


@require_http_methods(ANSWERS)
@branch_page(Permission.PEOPLE_IMPORT)
def people_import_map(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Say which column is what; the guess is shown first."""
    run = _open_run(request, here, pk)
    if run is None:
        return redirect("people", here.branch.slug)
    form = MappingForm(posted(request), run=run)
    if request.method == "POST" and form.is_valid():
        try:
            actions.map_columns(run=run, mapping=form.mapping(), by=here.actor, now=here.now)
        except ImportClosed:
            return redirect("people", here.branch.slug)
        except BadMapping:
            form.add_error(None, _("Two headers ask for the same column."))
        else:
            return redirect("people_import_preview", here.branch.slug, run.pk)
    samples = _samples(run)
    columns = [(form[f"column_{n}"], samples[written]) for n, written in enumerate(form.headers)]
    context = {"here": here, "run": run, "form": form, "columns": columns, "stage": 2}
    return render(request, "coordinator/import_map.html", context, status=422 if form.errors else 200)


@require_http_methods(ANSWERS)
@branch_page(Permission.PEOPLE_IMPORT)
def people_import_preview(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show every row and what becomes of it; apply the whole file, or nothing."""
    run = _open_run(request, here, pk)
    if run is None:
        return redirect("people", here.branch.slug)
    if request.method == "POST":
        return _finish(request, here, run)
    return _show_preview(request, here, run)


def _finish(request: HttpRequest, here: Here, run: Any) -> HttpResponse:
    try:
        if request.POST.get("act") == "discard":
            actions.discard_import(run=run, by=here.actor, now=here.now)
            messages.info(request, _("The file is forgotten. Nothing was changed."))
        else:
            done = actions.apply_import(run=run, by=here.actor, now=here.now)
            messages.success(request, _said(done.counts))
    except ImportClosed:
        messages.info(request, _("This file was dealt with already."))
    except ImportHasErrors:
        messages.error(request, _("Nothing was changed: some rows are wrong."))
        return _show_preview(request, here, run, status=422)
    return redirect("people", here.branch.slug)


def _said(counts: dict[str, int]) -> str:
    new, changed = counts.get("new", 0), counts.get("changed", 0)
    added = ngettext("%(count)s person added", "%(count)s people added", new) % {"count": new}
    altered = ngettext("%(count)s corrected", "%(count)s corrected", changed) % {"count": changed}
    return _("%(added)s, %(altered)s.") % {"added": added, "altered": altered}


def _show_preview(request: HttpRequest, here: Here, run: Any, status: int = 200) -> HttpResponse:
    preview = queries.import_preview(actor=here.actor, run=run, today=here.today)
    wrong_first = sorted(
        preview.rows, key=lambda row: (row.status != RowStatus.ERROR, not row.problems, row.line)
    )
    page = Paginator(wrong_first, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "here": here,
        "run": run,
        "preview": preview,
        "page": page,
        "rows": [(row, *STATUS[RowStatus(row.status)]) for row in page],
        "counts": [(*STATUS[state], preview.counts.get(state, 0)) for state in RowStatus],
        "stage": 3,
    }
    return render(request, "coordinator/import_preview.html", context, status=status)
