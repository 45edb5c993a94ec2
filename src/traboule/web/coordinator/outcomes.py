"""Outcomes of a branch: what waits for a second person first, one with its papers beside it, the decision."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from traboule.apps.outcomes.actions.decisions import (
    ReasonMissing,
    TwinOpen,
    doubt_outcome,
    is_second,
    verify_outcome,
)
from traboule.apps.outcomes.actions.papers import TooManyPapers, add_paper, drop_paper
from traboule.apps.outcomes.actions.telling import withdraw_outcome
from traboule.apps.outcomes.actions.twins import join_outcomes, part_outcome, say_two
from traboule.apps.outcomes.enums import PaperKind
from traboule.apps.outcomes.forms.staff import DoubtForm, PaperForm
from traboule.apps.outcomes.queries import outcomes as queries
from traboule.apps.outcomes.rules import NotASecondPerson
from traboule.apps.people.enums import Permission
from traboule.core.permissions import authorise
from traboule.core.uploads import file_answer
from traboule.kernel.lifecycle import OUTCOME, IllegalMove
from traboule.web.access import Here, branch_page
from traboule.web.coordinator import outcome_words as words

ANSWERS = ["GET", "HEAD", "POST"]
A_PAGE = 20
SHOWS = {
    "to_verify": gettext_lazy("To verify"),
    "twins": gettext_lazy("Told twice?"),
    "doubted": gettext_lazy("Not confirmed"),
    "verified": gettext_lazy("Verified"),
    "all": gettext_lazy("All"),
}
EMPTY = {
    "to_verify": gettext_lazy("Nothing waits for a second person."),
    "twins": gettext_lazy("Nothing seems to be told twice."),
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
def outcomes(request: HttpRequest, here: Here) -> HttpResponse:
    """List outcomes; what waits for a second person comes first, the longest waiting on top."""
    asked = request.GET.get("show", "")
    show = asked if asked in SHOWS else "to_verify"
    counts = queries.counts_of(actor=here.actor, branch=here.branch)
    rows = queries.outcomes_of(actor=here.actor, branch=here.branch, show=show)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "here": here,
        "choices": [Choice(one, str(text), counts[one], one == show) for one, text in SHOWS.items()],
        "page": page,
        "lines": [words.line_of(row) for row in page],
        "empty": EMPTY.get(show, _("Nothing here.")),
    }
    return render(request, "outcomes/outcomes.html", context)


@require_http_methods(ANSWERS)
@branch_page(Permission.OUTCOMES_SEE)
def outcome(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show one outcome with its papers; act on it on POST."""
    found = queries.find_outcome(actor=here.actor, branch=here.branch, pk=pk)
    doubt, paper = DoubtForm(), PaperForm()
    act = ACTS.get(request.POST.get("act", ""))
    if request.method == "POST" and act is not None:
        wrong = _done(request, here, found, act)
        if isinstance(wrong, HttpResponse):
            return wrong
        doubt, paper = (wrong, paper) if isinstance(wrong, DoubtForm) else (doubt, wrong)
    own = getattr(request.user, "person_id", None)
    papers = [*found.papers.all(), *(one for row in found.joined.all() for one in row.papers.all())]
    context = {
        "here": here,
        "row": found,
        "line": words.line_of(found),
        "facts": words.facts_of(found),
        "papers": papers,
        "joined": [words.line_of(row) for row in found.joined.all()],
        "twin": words.line_of(found.maybe_same_as) if found.maybe_same_as else None,
        "moves": OUTCOME.open_moves(found.state),
        "may_write": here.may(Permission.OUTCOMES_WRITE),
        "may_verify": here.may(Permission.OUTCOMES_VERIFY),
        "is_second": is_second(found, here.actor.id, own),
        "doubt": doubt,
        "paper_form": paper,
    }
    wrong_form = doubt.errors or paper.errors
    return render(request, "outcomes/outcome.html", context, status=422 if wrong_form else 200)


Act = Callable[[HttpRequest, Here, Any], Any]


def _done(request: HttpRequest, here: Here, row: Any, act: Act) -> Any:
    """Do what was asked and return the redirect, or the form with what stands in the way."""
    try:
        said = act(request, here, row)
    except NotASecondPerson:
        messages.error(request, _("A second person verifies: you wrote this down, or it is about you."))
    except TwinOpen:
        messages.error(request, _("First say whether it is the same as the other one, or it counts twice."))
    except IllegalMove:
        messages.error(request, _("This was changed meanwhile. Please look again."))
    else:
        if not isinstance(said, str):
            return said
        messages.success(request, said)
    return redirect("outcome", here.branch.slug, row.pk)


def _verify(_request: HttpRequest, here: Here, row: Any) -> Any:
    verify_outcome(outcome=row, by=here.actor, now=here.now)
    return _("Verified.")


def _doubt(request: HttpRequest, here: Here, row: Any) -> Any:
    form = DoubtForm(request.POST)
    if not form.is_valid():
        return form
    try:
        doubt_outcome(outcome=row, reason=form.cleaned_data["reason"], by=here.actor, now=here.now)
    except ReasonMissing:
        form.add_error("reason", _("Please say why."))
        return form
    return _("Noted as not confirmed. A correction or a paper asks for a new look.")


def _add_paper(request: HttpRequest, here: Here, row: Any) -> Any:
    authorise(here.actor, Permission.OUTCOMES_WRITE, here.branch.pk)
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        return form
    said = form.cleaned_data
    try:
        kind = PaperKind(said["paper"])
        add_paper(outcome=row, file=said["file"], paper=kind, by=here.actor, now=here.now)
    except TooManyPapers:
        form.add_error("file", _("There are enough papers here. Remove one first."))
        return form
    return _("The paper is kept.")


def _drop_paper(request: HttpRequest, here: Here, row: Any) -> Any:
    number = request.POST.get("paper", "")
    found = next((one for one in row.papers.all() if str(one.pk) == number), None)
    if found is not None:
        drop_paper(evidence=found, by=here.actor, now=here.now)
    return _("The paper is deleted.")


def _withdraw(_request: HttpRequest, here: Here, row: Any) -> Any:
    withdraw_outcome(outcome=row, by=here.actor, now=here.now)
    return _("Taken back. It stays to be read and counts nowhere.")


def _join(request: HttpRequest, here: Here, row: Any) -> Any:
    """Join the two; `keep` names the one that stays."""
    other = row.maybe_same_as
    if other is None:
        return _("Nothing to join.")
    first = request.POST.get("keep", "") == str(row.pk)
    kept, dropped = (row, other) if first else (other, row)
    stays = join_outcomes(kept=kept, dropped=dropped, by=here.actor, now=here.now)
    messages.success(request, _("The two are one now. Papers of both prove it."))
    return redirect("outcome", here.branch.slug, stays.pk)


def _two(_request: HttpRequest, here: Here, row: Any) -> Any:
    if row.maybe_same_as is not None:
        say_two(one=row, other=row.maybe_same_as, by=here.actor, now=here.now)
    return _("Noted: these are two.")


def _part(_request: HttpRequest, here: Here, row: Any) -> Any:
    part_outcome(outcome=row, by=here.actor, now=here.now)
    return _("They are two again.")


ACTS: dict[str, Act] = {
    "verify": _verify,
    "doubt": _doubt,
    "add_paper": _add_paper,
    "drop_paper": _drop_paper,
    "withdraw": _withdraw,
    "join": _join,
    "two": _two,
    "part": _part,
}


@require_safe
@branch_page(Permission.OUTCOMES_SEE)
def outcome_paper(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Hand one paper out; a picture that we drew anew is also shown on the page of its outcome."""
    return file_answer(queries.find_evidence(actor=here.actor, branch=here.branch, pk=pk))
