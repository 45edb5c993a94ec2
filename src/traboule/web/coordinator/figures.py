"""The figures of a branch on a day, and the rows behind each of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from traboule.apps.indicators import words
from traboule.apps.indicators.queries.figures import board_of, figures_of
from traboule.apps.indicators.queries.rows import Named, in_order, may_name, names_of, pseudonym
from traboule.apps.people.enums import Permission
from traboule.apps.people.forms.persons import DateInput
from traboule.kernel.indicators import Among, Figure, Row, without_small_numbers
from traboule.web.access import Here, branch_page
from traboule.web.coordinator.figure_cards import card_of, groups_of

A_PAGE = 50
FIRST_DAY = date(1990, 1, 1)


class DayForm(forms.Form):
    """As of which day: a past one shows what was known then."""

    day = forms.DateField(label=_("As of"), widget=DateInput(), required=False)

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"day": today})
        self.today = today

    def clean_day(self) -> date:
        """A day that has come; today if nothing is said."""
        day: date = self.cleaned_data["day"] or self.today
        if not FIRST_DAY <= day <= self.today:
            raise forms.ValidationError(_("Choose today or a day that is past."))
        return day


def asked_day(request: HttpRequest, here: Here) -> tuple[DayForm, date]:
    """Return the form and the day that it asks for; today if it cannot be read."""
    form = DayForm(request.GET if "day" in request.GET else None, today=here.today)
    return form, form.cleaned_data["day"] if form.is_valid() else here.today


@dataclass(frozen=True, slots=True)
class Line:
    """One row behind a figure: who, what is said of it and why."""

    who: str
    named: Named | None
    pk: int
    verdict: str
    value: str
    first: date | None
    last: date | None


@require_safe
@branch_page(Permission.FIGURES_SEE)
def figures(request: HttpRequest, here: Here) -> HttpResponse:
    """Show every figure with what belongs beside it."""
    form, day = asked_day(request, here)
    board = board_of(actor=here.actor, branch=here.branch, as_of=day)
    context = {
        "here": here,
        "form": form,
        "day": day,
        "groups": groups_of(board.figures),
        "board": board,
        "may_set": here.may(Permission.FIGURES_SET),
    }
    return render(request, "figures/figures.html", context, status=422 if form.errors else 200)


@require_safe
@branch_page(Permission.FIGURES_SEE)
def figure_rows(request: HttpRequest, here: Here, name: str) -> HttpResponse:
    """Show who is behind one figure, by name to those who may know it."""
    form, day = asked_day(request, here)
    found = figures_of(actor=here.actor, branch=here.branch, as_of=day).get(name)
    if found is None:
        raise Http404
    shown = without_small_numbers(found)
    is_named = may_name(here.actor, here.branch, found.definition)
    page = Paginator(in_order(shown, by_pseudonym=not is_named), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "here": here,
        "form": form,
        "day": day,
        "card": card_of(found),
        "page": page,
        "lines": lines_of(here, shown, list(page), is_named=is_named),
        "is_named": is_named,
    }
    return render(request, "figures/rows.html", context, status=422 if form.errors else 200)


def lines_of(here: Here, found: Figure, rows: list[Row], *, is_named: bool) -> list[Line]:
    """Return rows as a page shows them; who may not know the people reads no days either."""
    if not is_named:
        kind = _kind(found)
        return [
            Line(f"{kind} {pseudonym(found, row)}", None, 0, str(words.VERDICTS[row.verdict]), "", None, None)
            for row in rows
        ]
    names = names_of(branch=here.branch, definition=found.definition, ids=[row.id for row in rows])
    return [_line(found, row, names.get(row.id)) for row in rows]


def _line(found: Figure, row: Row, named: Named | None) -> Line:
    value = "" if row.value is None else words.row_value(found.definition, row.value)
    verdict = str(words.VERDICTS[row.verdict])
    return Line(f"{_kind(found)} {row.id}", named, row.id, verdict, value, row.first, row.last)


def _kind(found: Figure) -> str:
    return {Among.MENTORS: gettext("Mentor"), Among.MENTEES: gettext("Mentee")}.get(
        found.definition.among, gettext("Duo")
    )
