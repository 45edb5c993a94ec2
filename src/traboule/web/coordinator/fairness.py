"""Is the path the same for everybody? The look of a month, and what directors write about it."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from traboule.apps.indicators.actions.fairness import make_look, write_note
from traboule.apps.indicators.forms.fairness import NoteForm
from traboule.apps.indicators.queries.fairness import (
    is_unanswered,
    look_of,
    looks_of,
    notes_of,
    withheld_from,
)
from traboule.apps.people.enums import Permission
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator import fairness_words as words
from traboule.web.coordinator.funnel_cohorts import say_month
from traboule.web.site import figure_pages_of


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page(Permission.FAIRNESS_SEE)
def fairness(request: HttpRequest, here: Here) -> HttpResponse:
    """Show a month; keep a note under it. An outsider reads less, and writes nothing."""
    may_write = here.may(Permission.FAIRNESS_WRITE)
    if request.method == "POST" and not may_write:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    look = look_of(actor=here.actor, branch=here.branch, month=_month(request.GET.get("month", "")))
    form = NoteForm(posted(request))
    if look is not None and request.method == "POST" and form.is_valid():
        write_note(look=look, by=here.actor, now=here.now, **form.cleaned_data)
        request.session.pop(_asked(here), None)
        messages.success(request, _("Kept, with your name and the day."))
        return redirect(request.get_full_path())
    hidden = withheld_from(actor=here.actor, look=look) if look is not None else frozenset()
    steps = words.steps_of(look.data, hidden) if look is not None else []
    context = {
        "here": here,
        "look": look,
        "may_write": may_write,
        "form": form,
        "rooms": figure_pages_of(here.actor, here.branch, request.path),
        "months": [
            (one, say_month(f"{one.month:%Y-%m}"), look is not None and one.pk == look.pk)
            for one in looks_of(actor=here.actor, branch=here.branch)
        ],
        "said": say_month(f"{look.month:%Y-%m}") if look is not None else "",
        "steps": steps,
        "is_partial": bool(hidden),
        "summary": words.summary_of(steps),
        "cannot": words.CANNOT,
        "notes": notes_of(look) if look is not None and may_write else [],
    }
    return render(request, "dashboards/fairness.html", context, status=422 if form.errors else 200)


@require_POST
@branch_page(Permission.FAIRNESS_WRITE)
def fairness_look(request: HttpRequest, here: Here) -> HttpResponse:
    """Compare now, for a branch that has no look of this month yet."""
    make_look(branch=here.branch, by=here.actor, now=here.now)
    return redirect("fairness", here.branch.slug)


def waits_for_a_word(request: HttpRequest, here: Here) -> bool:
    """Whether the newest look waits for a note of a director: looked up once a day for each sign-in."""
    if not here.may(Permission.FAIRNESS_WRITE):
        return False
    day, waits = request.session.get(_asked(here), ("", False))
    if day != here.today.isoformat():
        waits = is_unanswered(actor=here.actor, branch=here.branch)
        request.session[_asked(here)] = (here.today.isoformat(), waits)
    return bool(waits)


def _asked(here: Here) -> str:
    return f"fairness {here.branch.pk}"


def _month(said: str) -> date | None:
    try:
        return date.fromisoformat(f"{said}-01")
    except ValueError:
        return None
