"""Closing a branch: decide, see who is still here, tell them, see who answered what."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from traboule.apps.applications.actions import closing as actions
from traboule.apps.applications.enums import ClosingAnswer
from traboule.apps.applications.forms.closing import ClosingForm
from traboule.apps.applications.queries import closing as queries
from traboule.apps.applications.queries.talks import hosts_of
from traboule.apps.people.enums import MenteeState, MentorState, Permission
from traboule.web.access import Here, branch_page, posted

PEOPLE_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Line:
    """One person who is still here."""

    person: Any
    stands: str
    in_duo: bool
    answer: str


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page(Permission.BRANCHES_CLOSE)
def branch_closing(request: HttpRequest, here: Here) -> HttpResponse:
    """Decide that the branch closes; once decided, show who remains."""
    closing = queries.closing_of(here.branch)
    if closing is not None:
        return _decided(request, here, closing)
    form = ClosingForm(
        posted(request), team=hosts_of(here.branch), today=here.today, initial={"contact": here.actor.id}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.close_branch(
                branch=here.branch,
                closes_on=said["closes_on"],
                contact=form.by_id[said["contact"]],
                by=here.actor,
                now=here.now,
            )
        except actions.AlreadyClosing:
            messages.error(request, _("Somebody decided this a moment ago."))
        else:
            messages.success(request, _("Decided. Nobody is told yet."))
        return redirect("branch_closing", here.branch.slug)
    number = queries.who_remains(here.branch).count()
    context = {"here": here, "form": form, "number": number}
    return render(request, "coordinator/closing_new.html", context, status=422 if form.errors else 200)


def _decided(request: HttpRequest, here: Here, closing: Any) -> HttpResponse:
    found = queries.remaining(actor=here.actor, branch=here.branch, closing=closing)
    page = Paginator(found.people, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "here": here,
        "closing": closing,
        "page": page,
        "lines": [_line(person, found.engaged) for person in page],
        "untold": found.untold,
        "moved": found.moved,
        "others": queries.others_open(here.branch, here.today),
    }
    return render(request, "coordinator/closing.html", context)


def _line(person: Any, engaged: frozenset[int]) -> Line:
    stands = [
        str(states(profile.state).label)
        for name, states in (("mentee", MenteeState), ("mentor", MentorState))
        if (profile := getattr(person, name, None)) is not None
    ]
    answer = str(ClosingAnswer(person.answer).label) if person.answer else ""
    return Line(person, ", ".join(stands), person.pk in engaged, answer)


@require_POST
@branch_page(Permission.BRANCHES_CLOSE)
def branch_closing_act(request: HttpRequest, here: Here) -> HttpResponse:
    """Tell everybody who was not told, or take the decision back."""
    closing = queries.closing_of(here.branch)
    act = request.POST.get("act")
    if closing is None or act not in ("tell", "undo"):
        return redirect("branch_closing", here.branch.slug)
    try:
        if act == "undo":
            actions.undo_closing(closing=closing, by=here.actor, now=here.now)
            messages.success(request, _("Taken back. The branch goes on."))
        else:
            n = actions.tell_everybody(closing=closing, by=here.actor, now=here.now)
            said = ngettext("%(n)s person is told.", "%(n)s people are told.", n) % {"n": n}
            messages.success(request, said)
    except actions.ClosingOver:
        messages.error(request, _("This is not possible now: somebody changed it in the meantime."))
    return redirect("branch_closing", here.branch.slug)
