"""A branch as a wall of strips: every running duo in one row, in the order that is asked for."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from traboule.apps.duos.queries import week_of, weeks_of
from traboule.apps.duos.queries.meetings import last_held_of, weeks_of_duos
from traboule.apps.people.enums import Permission
from traboule.apps.support.queries.warnings import watched_in
from traboule.web.access import Here, branch_page
from traboule.web.components.strips import thin
from traboule.web.coordinator import warning_words as words
from traboule.web.coordinator.duo_strips import WEEK_WORDS
from traboule.web.coordinator.warnings import OwnerForm

ROWS_A_PAGE = 40
NEED, MEETING, END = "need", "meeting", "end"


class WallForm(OwnerForm):
    """Whose duos, in which order."""

    order = forms.ChoiceField(
        label=gettext_lazy("Order"),
        required=False,
        choices=[
            (NEED, gettext_lazy("those to look at first")),
            (MEETING, gettext_lazy("longest without a meeting first")),
            (END, gettext_lazy("soonest end first")),
        ],
    )

    @property
    def by(self) -> str:
        """The order that was chosen; by need where none was."""
        return (self.cleaned_data.get("order") if self.is_valid() else "") or NEED


def _key(order: str, last: dict[int, date]) -> Callable[[Any], Any]:
    if order == MEETING:
        return lambda found: (last.get(found.duo.pk, date.min), found.duo.started_on, found.duo.pk)
    if order == END:
        return lambda found: (found.duo.ends_on, found.duo.pk)
    return lambda found: found.need


@require_safe
@branch_page(Permission.DUOS_SEE)
def duo_wall(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the running duos as strips, forty a page."""
    every = watched_in(actor=here.actor, branch=here.branch, today=here.today)
    form = WallForm(request.GET, found=every)
    last = last_held_of(here.branch)
    kept = sorted(form.kept(every), key=_key(form.by, last))
    page = Paginator(kept, ROWS_A_PAGE).get_page(request.GET.get("page"))
    lived = weeks_of_duos([found.duo for found in page], here.today)
    context = {
        "here": here,
        "form": form,
        "page": page,
        "rows": [_row(found, here, lived[found.duo.pk], last.get(found.duo.pk)) for found in page],
        "legend": [
            (state, WEEK_WORDS[state]) for state in ("held", "moved", "missed", "paused", "open", "ahead")
        ],
        "count": len(kept),
        "looking": sum(found.looks for found in kept),
    }
    return render(request, "warning/wall.html", context)


def _row(found: Any, here: Here, lived: list[str], last: date | None) -> dict[str, Any]:
    duo = found.duo
    week, weeks = week_of(duo, here.today), weeks_of(duo)
    said = gettext("Week %(week)s of %(weeks)s") % {"week": week, "weeks": weeks}
    counts = {"held": lived.count("held"), "missed": lived.count("missed"), "open": lived.count("open")}
    label = gettext("%(held)s weeks with a meeting, %(missed)s missed, %(open)s without a word") % counts
    return {
        "href": reverse("duo", args=[here.branch.slug, duo.pk]),
        "mentee": duo.mentee.display_name,
        "mentor": duo.mentor.display_name,
        "week": said,
        "strip": thin(lived, now=week, total=weeks),
        "label": f"{said}. {label}.",
        "last": last,
        "ends_on": duo.ends_on,
        "owner": str(duo.owner),
        "looks": found.looks,
        "kind": words.kind_of(found.sign.points),
        "why": words.say_names(found) if found.looks else "",
    }
