"""Support of duos for the team: what is due in a branch, one check-in, one call that somebody waits for."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from traboule.apps.people.enums import Permission, Readers, Side
from traboule.apps.support.actions import advice as advice_actions
from traboule.apps.support.actions import check_ins as actions
from traboule.apps.support.enums import CheckInState
from traboule.apps.support.forms.team import AnswerForm, HeldForm
from traboule.apps.support.queries import absences, check_ins, concerns, lists
from traboule.apps.support.queries.settings import questions_for
from traboule.core.languages import HOUSE
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator import support_words as words
from traboule.web.kept import drawn, kept

ANSWERS = ["GET", "HEAD", "POST"]


@require_safe
@branch_page(Permission.DUOS_SEE, widen=concerns.as_lead)
def support(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what stands open: check-ins, answers to talk about, calls, who is away, concerns for who may."""
    may_see = here.may(Permission.CONCERNS_SEE)
    context = {
        "here": here,
        "open": kept(request, here, "support", lambda: _open(request, here)),
        "may_see_concerns": may_see,
        "concerns": len(concerns.concerns_of(actor=here.actor, branch=here.branch)) if may_see else 0,
        "may_set": here.may(Permission.RULES_SET),
    }
    return render(request, "support/support.html", context)


@dataclass(frozen=True, slots=True)
class Open:
    """What stands open in a branch, drawn, and how many check-ins of it are due."""

    html: str
    due: int


def _open(request: HttpRequest, here: Here) -> Open:
    page = lists.support_page(actor=here.actor, branch=here.branch, today=here.today)
    context = {
        "slug": here.branch.slug,
        "page": page,
        "check_ins": [(row, *words.lateness_of(row, here.today)) for row in page.check_ins],
        "answers": [(row, row.mean, row.pk in page.low) for row in page.answers],
    }
    return Open(drawn(request, "support/_open.html", context), page.check_ins_due)


@require_safe
@branch_page(Permission.DUOS_SEE)
def check_in(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show one check-in: both sides, each with what was said before."""
    row = check_ins.find_check_in(actor=here.actor, branch=here.branch, pk=pk)
    said = {side.side: side for side in row.sides.all()}
    sides = [
        {
            "code": side.value,
            "person": check_ins.person_of(row.duo, side),
            "label": side.label,
            "said": said.get(side),
            "before": check_ins.said_before(row, side),
        }
        for side in check_ins.SIDES
    ]
    kind, badge = words.lateness_of(row, here.today)
    context = {
        "here": here,
        "row": row,
        "sides": sides,
        "kind": kind,
        "badge": badge,
        "may_write": here.may(Permission.DUOS_WRITE) and row.state != CheckInState.DROPPED,
    }
    return render(request, "support/check_in.html", context)


@require_http_methods(ANSWERS)
@branch_page(Permission.DUOS_WRITE)
def check_in_hold(request: HttpRequest, here: Here, pk: int, side: str) -> HttpResponse:
    """Write down what one side said, with what they said before beside it."""
    row = check_ins.find_check_in(
        actor=here.actor, branch=here.branch, pk=pk, permission=Permission.DUOS_WRITE
    )
    if side not in Side.values:
        raise Http404
    said = next((one for one in row.sides.all() if one.side == side and one.held_at), None)
    questions, initial = _asked(here, row, said)
    form = HeldForm(posted(request), questions=questions, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            readers = Readers(form.cleaned_data["readers"])
            answers = form.said()
            actions.hold_check_in(
                check_in=row, side=side, answers=answers, readers=readers, by=here.actor, now=here.now
            )
        except actions.CheckInOver:
            messages.error(request, _("This check-in is over: the duo is closed."))
        else:
            messages.success(request, _("It is written down. Thank you for the call."))
        return redirect("check_in", here.branch.slug, row.pk)
    context = {
        "here": here,
        "row": row,
        "form": form,
        "person": check_ins.person_of(row.duo, side),
        "before": check_ins.said_before(row, side),
    }
    return render(request, "support/check_in_hold.html", context, status=422 if form.errors else 200)


def _asked(here: Here, row: Any, said: Any) -> tuple[list[str], dict[str, Any]]:
    """The questions, as they were asked where somebody answered already, and what was answered."""
    if said is None:
        return questions_for(here.branch, row.month, get_language() or HOUSE), {}
    initial = {f"answer_{number}": one["answer"] for number, one in enumerate(said.answers)}
    return [one["question"] for one in said.answers], {**initial, "readers": said.readers}


@require_http_methods(ANSWERS)
@branch_page(Permission.DUOS_WRITE)
def advice(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show who waits for a call and why; write down what was answered."""
    call = absences.find_advice(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.DUOS_WRITE)
    form = AnswerForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            answer = form.cleaned_data["answer"]
            advice_actions.answer_advice(call=call, answer=answer, by=here.actor, now=here.now)
        except advice_actions.AlreadyAnswered:
            messages.info(request, _("Somebody of the team has called already."))
        else:
            messages.success(request, _("It is written down. Thank you for the call."))
        return redirect(reverse("support", args=[here.branch.slug]))
    context = {"here": here, "call": call, "form": form}
    return render(request, "support/advice.html", context, status=422 if form.errors else 200)
