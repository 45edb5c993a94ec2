"""Follow-up of a branch: whom to call first, who answered, figures by month, one call noted, when we ask."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from traboule.apps.followups.actions.answering import FollowUpOver, open_to_answer
from traboule.apps.followups.actions.calling import note_call
from traboule.apps.followups.actions.settings import set_months
from traboule.apps.followups.forms.staff import CallForm, MonthsForm
from traboule.apps.followups.queries import follow_ups as queries
from traboule.apps.followups.queries.standing import months_of
from traboule.apps.people.enums import Permission
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator import follow_up_words as words
from traboule.web.coordinator import wording

ANSWERS = ["GET", "HEAD", "POST"]
A_PAGE = 20
SHOWS = {
    "to_call": gettext_lazy("To call"),
    "asked": gettext_lazy("Asked"),
    "reached": pgettext_lazy("a follow-up", "Reached"),
    "heard": gettext_lazy("Known another way"),
    "refused": gettext_lazy("Would rather not say"),
    "unreachable": gettext_lazy("Not reached"),
    "not_asked": gettext_lazy("Not asked"),
    "all": gettext_lazy("All"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One switch of the list."""

    show: str
    text: str
    number: int
    here: bool


@require_safe
@branch_page(Permission.OUTCOMES_SEE)
def follow_ups(request: HttpRequest, here: Here) -> HttpResponse:
    """List follow-ups; whom to call comes first, the longest waiting on top."""
    asked = request.GET.get("show", "")
    show = asked if asked in SHOWS else "to_call"
    figures = queries.figures_of(actor=here.actor, branch=here.branch)
    month = next((one.month for one in figures if str(one.month) == request.GET.get("month", "")), None)
    counts = queries.counts_of(actor=here.actor, branch=here.branch, month=month)
    rows = queries.follow_ups_of(actor=here.actor, branch=here.branch, show=show, month=month)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "here": here,
        "choices": [Choice(one, str(text), counts[one], one == show) for one, text in SHOWS.items()],
        "figures": figures,
        "show": show,
        "month": month,
        "page": page,
        "lines": [words.line_of(row) for row in page],
        "empty": _("Nobody to call.") if show == "to_call" else _("Nothing here."),
        "may_set": here.may(Permission.RULES_SET),
    }
    return render(request, "follow_ups/follow_ups.html", context)


@require_http_methods(ANSWERS)
@branch_page(Permission.OUTCOMES_SEE)
def follow_up(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show one follow-up and how it went; note a call on POST."""
    found = queries.find_follow_up(actor=here.actor, branch=here.branch, pk=pk)
    form = CallForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            note_call(row=found, **form.said(), by=here.actor, now=here.now)
        except FollowUpOver:
            messages.error(request, _("This was answered meanwhile. Please look again."))
        else:
            messages.success(request, _("Noted."))
        return redirect("follow_up", here.branch.slug, found.pk)
    context = {
        "here": here,
        "row": found,
        "line": words.line_of(found),
        "language": wording.language(found.person.contact_language),
        "answers": words.answers_of(found),
        "history": words.history_of(found),
        "call": here.may(Permission.OUTCOMES_WRITE) and open_to_answer(found),
        "form": form,
    }
    return render(request, "follow_ups/follow_up.html", context, status=422 if form.errors else 200)


@require_http_methods(ANSWERS)
@branch_page(Permission.RULES_SET)
def follow_up_months(request: HttpRequest, here: Here) -> HttpResponse:
    """Set after how many months the branch asks."""
    initial = {"months": ", ".join(str(month) for month in months_of(here.branch))}
    form = MonthsForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        set_months(branch=here.branch, months=form.cleaned_data["months"], by=here.actor, now=here.now)
        messages.success(request, _("Saved."))
        return redirect("follow_ups", here.branch.slug)
    return render(
        request, "follow_ups/months.html", {"here": here, "form": form}, status=422 if form.errors else 200
    )
