"""Tables that went out to those who pay, read again as they were. Nothing is made here."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from traboule.apps.indicators import funder_words as words
from traboule.apps.indicators.funder_paper import notes
from traboule.apps.indicators.queries.handed import find_handed, handed_of, table_of
from traboule.web.access import Here

A_PAGE = 20


def went_out(request: HttpRequest, here: Here, *, may_make: bool) -> HttpResponse:
    """Show the list, or the table whose number stands in the address (``?table=``)."""
    said = request.GET.get("table")
    if said:
        return _one(request, here, said)
    page = Paginator(handed_of(actor=here.actor, branch=here.branch), A_PAGE).get_page(
        request.GET.get("page")
    )
    lines = [(one, _by(one), [words.INDICATORS[name] for name, *_ in one.definitions]) for one in page]
    context = {"here": here, "page": page, "lines": lines, "may_make": may_make}
    return render(request, "indicators/handed_tables.html", context)


def _one(request: HttpRequest, here: Here, said: str) -> HttpResponse:
    if not said.isdecimal() or len(said) > 15:
        raise Http404
    one = find_handed(actor=here.actor, branch=here.branch, pk=int(said))
    context: dict[str, Any] = {"here": here, "one": one, "by": _by(one)}
    try:
        table = table_of(one)
    except ValueError:
        context["is_altered"] = True
    else:
        context |= {
            "heads": words.heads(table),
            "parts": [(words.INDICATORS[name], list(words.lines(table, name))) for name in table.indicators],
            "notes": notes(table),
        }
    return render(request, "indicators/handed_table.html", context)


def _by(one: Any) -> str:
    return " · ".join(str(words.GROUPS[name]) for name in (one.down, one.across) if name)
