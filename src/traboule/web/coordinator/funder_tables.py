"""Tables for those who pay: choose, read with small numbers hidden, take away as CSV, Excel or PDF."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from traboule.apps.indicators import funder_words as words
from traboule.apps.indicators.actions.funder_tables import Overtaken, hand_out_table
from traboule.apps.indicators.forms.funder_tables import FunderTableForm
from traboule.apps.indicators.funder_paper import beside_earlier, notes, table_pdf
from traboule.apps.indicators.queries.funder_tables import Wish, month_end
from traboule.apps.indicators.queries.handed import offered, table_of
from traboule.apps.outcomes.actions.exports import export_file
from traboule.apps.people.enums import Permission
from traboule.kernel.exchange.crosstable import CrossTable
from traboule.tables.writing import xlsx_bytes
from traboule.web.access import Here, branch_page
from traboule.web.coordinator.downloads import csv_download
from traboule.web.coordinator.handed_tables import went_out
from traboule.web.templatetags.traboule import say_day_of_life

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page(Permission.TABLES_SEE)
def funder_tables(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the table that is asked for; on POST hand it out as a file, which is written down.

    Whoever may not hand out reads what went out, and leaves no trace: each new table hides more of the next.
    """
    may_make = here.may(Permission.PEOPLE_EXPORT)
    if request.method == "POST" and not may_make:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if not may_make or "went" in request.GET:
        return went_out(request, here, may_make=may_make)
    said = request.POST if request.method == "POST" else request.GET
    asked = set(said) & set(FunderTableForm.base_fields)
    form = FunderTableForm(said if asked else FunderTableForm.start())
    context: dict[str, Any] = {"here": here, "form": form}
    if form.is_valid():
        wish, as_of = form.wish(), month_end(here.today)
        make = FILES.get(request.POST.get("file", "")) if request.method == "POST" else None
        if make is not None:
            try:
                return _handed_out(request, here, wish, make)
            except Overtaken:
                form.add_error(None, _("Others are taking tables away just now. Please try again."))
        offer = offered(actor=here.actor, branch=here.branch, wish=wish, as_of=as_of)
        table = offer.table
        context |= {
            "as_of": as_of,
            "heads": words.heads(table),
            "is_empty": table.people("total") == 0,
            "parts": [(words.INDICATORS[name], list(words.lines(table, name))) for name in wish.indicators],
            "notes": [*notes(table), *beside_earlier(offer)],
            "chosen": [
                (name, value) for name in FunderTableForm.base_fields for value in _values(form, name)
            ],
        }
    return render(request, "indicators/funder_tables.html", context, status=422 if form.errors else 200)


def _values(form: FunderTableForm, name: str) -> list[str]:
    """What was chosen, as it is sent again with the file that is asked for."""
    value = form.cleaned_data[name]
    values = value if isinstance(value, list) else [value]
    return [str(one) for one in values if one not in (None, "")]


Make = Callable[[Here, Wish, CrossTable], HttpResponse]


def _handed_out(request: HttpRequest, here: Here, wish: Wish, make: Make) -> HttpResponse:
    """What goes out is kept first: if the file fails, later tables are only too careful."""
    as_of = month_end(here.today)
    kept = hand_out_table(branch=here.branch, wish=wish, as_of=as_of, by=here.actor, now=here.now)
    answer = make(here, wish, table_of(kept))
    facts = {**wish.facts, "as_of": as_of.isoformat(), "file": request.POST["file"], "digest": kept.digest}
    export_file(branch=here.branch, kind="funder_table", facts=facts, by=here.actor, now=here.now)
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


def _name(here: Here, ending: str) -> str:
    return f"traboule-{here.branch.slug}-table-{here.today:%Y-%m-%d}.{ending}"


def _csv(here: Here, _wish: Wish, table: CrossTable) -> HttpResponse:
    header, rows = words.spreadsheet(table)
    return csv_download(_name(here, "csv"), header, rows)


def _xlsx(here: Here, _wish: Wish, table: CrossTable) -> HttpResponse:
    return _file(xlsx_bytes(*words.spreadsheet(table)), XLSX, _name(here, "xlsx"))


def _pdf(here: Here, wish: Wish, table: CrossTable) -> HttpResponse:
    by = f"{here.branch.organisation.name} · {here.branch.name}"
    title = _("Indicators by group")
    language = get_language() or "fr"
    content = table_pdf(table, title=title, by=by, about=_about(wish, here), language=language)
    return _file(content, "application/pdf", _name(here, "pdf"))


def _about(wish: Wish, here: Here) -> list[str]:
    """Of whom the table speaks, and as of when."""
    days = {"first": say_day_of_life(wish.since) if wish.since else "", "last": ""}
    days["last"] = say_day_of_life(wish.until) if wish.until else ""
    if wish.since and wish.until:
        period = _("Mentees whose first duo began between %(first)s and %(last)s.") % days
    elif wish.since:
        period = _("Mentees whose first duo began on %(first)s or later.") % days
    elif wish.until:
        period = _("Mentees whose first duo began by %(last)s.") % days
    else:
        period = _("All mentees who ever began a duo.")
    as_of = _("As of %(day)s.") % {"day": say_day_of_life(month_end(here.today))}
    return [period, as_of]


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


FILES: dict[str, Make] = {"csv": _csv, "xlsx": _xlsx, "pdf": _pdf}
