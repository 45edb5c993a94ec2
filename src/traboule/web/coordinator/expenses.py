"""Expenses that volunteers sent: the list, one of them with its picture, the decision of a second person."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from traboule.apps.expenses.actions.claims import CeilingReached
from traboule.apps.expenses.actions.decisions import ReasonMissing, decide_claim
from traboule.apps.expenses.enums import ExpenseState
from traboule.apps.expenses.forms.staff import ReasonForm
from traboule.apps.expenses.queries import claims as queries
from traboule.apps.expenses.queries.rates import rates_on
from traboule.apps.expenses.rules import NotYourOwn
from traboule.apps.people.enums import Permission
from traboule.core.uploads import file_answer
from traboule.kernel.lifecycle import EXPENSE, IllegalMove
from traboule.web.access import Here, branch_page
from traboule.web.mentor.expenses import KINDS

ANSWERS = ["GET", "HEAD", "POST"]
A_PAGE = 20
MOVES = ("approve", "ask_back", "refuse")


@dataclass(frozen=True, slots=True)
class Choice:
    """One switch of the list: a state, how many, what they come to."""

    state: str
    text: str
    number: int
    total: int
    here: bool


@require_safe
@branch_page(Permission.EXPENSES_SEE)
def expenses(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what was sent, by state; what waits for a decision first."""
    asked = request.GET.get("state", ExpenseState.SENT)
    state = asked if asked in ExpenseState.values else ExpenseState.SENT
    counts = queries.counts_of(actor=here.actor, branch=here.branch)
    shown = (*ExpenseState.values,)
    rows = queries.claims_of(actor=here.actor, branch=here.branch, state=state)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "here": here,
        "choices": [
            Choice(one, str(ExpenseState(one).label), *counts.get(one, (0, 0)), here=one == state)
            for one in shown
            if one in counts or one == state
        ],
        "page": page,
        "state": state,
        "kind": KINDS[state],
        "may_pay": here.may(Permission.EXPENSES_PAY),
    }
    return render(request, "expenses/expenses.html", context)


@require_http_methods(ANSWERS)
@branch_page(Permission.EXPENSES_SEE)
def expense(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show one expense; decide about it on POST."""
    claim = queries.find_claim(actor=here.actor, branch=here.branch, pk=pk)
    form = ReasonForm()
    move = request.POST.get("move", "")
    if request.method == "POST" and move in MOVES:
        form = ReasonForm(request.POST)
        done = _decide(request, here, claim, move, form)
        if done is not None:
            return done
    used = queries.used_by(claim.person_id, claim.spent_on)
    context = {
        "here": here,
        "claim": claim,
        "kind": KINDS[claim.state],
        "moves": EXPENSE.open_moves(claim.state),
        "may_decide": here.may(Permission.EXPENSES_APPROVE),
        "used": used,
        "rates": rates_on(here.branch.country, claim.spent_on),
        "form": form,
    }
    return render(request, "expenses/expense.html", context, status=422 if form.errors else 200)


def _decide(request: HttpRequest, here: Here, claim: Any, move: str, form: ReasonForm) -> HttpResponse | None:
    """Decide, or put on the form what stands in the way and return None."""
    form.is_valid()
    reason = request.POST.get("reason", "")
    if move == "approve":
        form = ReasonForm()
    try:
        if not form.errors:
            decide_claim(claim=claim, move=move, reason=reason, by=here.actor, now=here.now)
    except ReasonMissing:
        form.add_error("reason", _("Please say why."))
    except NotYourOwn:
        messages.error(request, _("A second person decides: it is your own, or you sent it."))
        return redirect("expense", here.branch.slug, claim.pk)
    except CeilingReached:
        messages.error(
            request, _("With this one the volunteer is over a ceiling. Please ask back or refuse.")
        )
        return redirect("expense", here.branch.slug, claim.pk)
    except IllegalMove:
        messages.error(request, _("This expense was decided meanwhile."))
        return redirect("expense", here.branch.slug, claim.pk)
    if form.errors:
        return None
    said = {
        "approve": _("Approved."),
        "refuse": _("Refused. The volunteer reads why."),
        "ask_back": _("Asked. The volunteer gets a message."),
    }
    messages.success(request, said[move])
    return redirect(reverse("expenses", args=[here.branch.slug]))


@require_safe
@branch_page(Permission.EXPENSES_SEE)
def expense_proof(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Hand the picture of one expense out, to keep."""
    claim = queries.find_claim(actor=here.actor, branch=here.branch, pk=pk)
    if not hasattr(claim, "proof"):
        raise Http404
    return file_answer(claim.proof)
