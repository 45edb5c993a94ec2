"""The record of processing (article 30 GDPR), read from the declarations of the fields."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from traboule.apps.people.enums import Permission, Role
from traboule.apps.privacy.forms import ProcessingFilterForm
from traboule.core.fields import (
    BASIS_LABELS,
    CATEGORY_LABELS,
    ERASURE_LABELS,
    RETENTION_LABELS,
    Row,
    record_of_processing,
)
from traboule.web.access import Here, branch_page
from traboule.web.coordinator.downloads import csv_download

PURPOSES_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One field in words."""

    table: str
    field: str
    purpose: str
    basis: str
    category: str
    retention: str
    readers: str
    erasure: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The line as cells of a table."""
        return (
            *(self.table, self.field, self.purpose, self.basis),
            *(self.category, self.retention, self.readers, self.erasure),
        )


def lines_for(form: ProcessingFilterForm) -> list[Line]:
    """Return the lines that the filters leave."""
    asked = form.cleaned_data if form.is_valid() else {}
    word = str(asked.get("text", "")).casefold()
    return [
        line
        for row, line in _every_line(get_language() or "")
        if asked.get("category", "") in ("", row.personal.category)
        and asked.get("basis", "") in ("", row.personal.basis)
        and word in " ".join(line.cells).casefold()
    ]


@cache
def _every_line(_language: str) -> tuple[tuple[Row, Line], ...]:
    """All fields in words, put together once per language: the declarations do not change while we run."""
    return tuple((row, _line(row)) for row in record_of_processing())


def _line(row: Row) -> Line:
    said = row.personal
    return Line(
        table=str(apps.get_model(row.model)._meta.verbose_name),
        field=str(said.export_label),
        purpose=str(said.purpose),
        basis=str(BASIS_LABELS[said.basis]),
        category=str(CATEGORY_LABELS[said.category]),
        retention=str(RETENTION_LABELS[said.retention]),
        readers=", ".join(str(Role(role).label) for role in said.readers),
        erasure=str(ERASURE_LABELS[said.erasure]),
    )


@dataclass(frozen=True, slots=True)
class Alike:
    """Fields of one table that share all else: one row of the page instead of one each."""

    fields: tuple[str, ...]
    line: Line


def groups_of(lines: list[Line]) -> dict[str, list[Alike]]:
    """Return by purpose the lines, those that only differ in their field put together."""
    found: dict[str, dict[tuple[str, ...], list[Line]]] = {}
    for line in lines:
        table, _field, purpose, *others = line.cells
        found.setdefault(purpose, {}).setdefault((table, *others), []).append(line)
    return {
        purpose: [Alike(tuple(line.field for line in alike), alike[0]) for alike in tables.values()]
        for purpose, tables in found.items()
    }


def _header() -> list[str]:
    return [
        *(_("What"), _("Field"), _("What for"), _("Legal basis")),
        *(_("Kind of data"), _("How long"), _("Who reads it"), _("When erased")),
    ]


@require_safe
@branch_page(Permission.PROCESSING_SEE)
def processing(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what is held, what for, how long, and who reads it."""
    form = ProcessingFilterForm(request.GET)
    lines = lines_for(form)
    page = Paginator(list(groups_of(lines).items()), PURPOSES_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"here": here, "form": form, "page": page, "count": len(lines)}
    context["may_see_rights"] = here.may(Permission.RIGHTS_SEE)
    return render(request, "rights/processing.html", context)


@require_safe
@branch_page(Permission.PROCESSING_SEE)
def processing_export(request: HttpRequest, here: Here) -> HttpResponse:
    """Hand out the same lines as a table."""
    lines = lines_for(ProcessingFilterForm(request.GET))
    return csv_download("processing.csv", _header(), (line.cells for line in lines))
