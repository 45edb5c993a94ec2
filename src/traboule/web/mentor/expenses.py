"""My expenses, inside my place: send one in three taps, see what became of it, the account, the year."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from traboule.apps.expenses.actions.bank import set_bank
from traboule.apps.expenses.actions.claims import (
    CeilingReached,
    NoAmount,
    NoWaiver,
    WrongDay,
    send_claim,
    withdraw_claim,
)
from traboule.apps.expenses.forms.own import BankForm, ClaimForm
from traboule.apps.expenses.queries.claims import Purse, own_claim, own_purse
from traboule.core.days import local_day
from traboule.core.links import use_link
from traboule.core.uploads import file_answer
from traboule.kernel.expenses import Ceiling, Verdict
from traboule.kernel.lifecycle import EXPENSE, IllegalMove
from traboule.web.mentee.visit import Visit
from traboule.web.mentor.statement import statement_pdf
from traboule.web.templatetags.traboule import say_euros

# What the page says of each state: the kind of its badge.
KINDS = {
    "sent": "info",
    "approved": "good",
    "paid": "good",
    "waived": "good",
    "refused": "calm",
    "asked_back": "waiting",
    "withdrawn": "calm",
}
HOME = "?show=expenses"

Page = Callable[[HttpRequest, Visit], HttpResponse]


def show_expenses(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the list with its states, the two ways to send, what is left this year, the account."""
    purse = own_purse(_mentor(visit), _today(visit))
    context = {
        "purse": purse,
        "rows": [(claim, KINDS[claim.state], _moves(claim)) for claim in purse.claims],
        "left": left_words(purse),
        "years": purse.years,
    }
    return render(request, "mentor/expenses.html", context)


def show_expense(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the form of one expense; ``?claim=`` answers a question about one, ``?way=km`` counts a trip."""
    return _form_page(request, visit, None)


def send_expense(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Send one expense."""
    again, form = _form(request, visit, sent=True)
    if not form.is_valid():
        return _form_page(request, visit, form)
    said = form.cleaned_data
    try:
        with transaction.atomic():
            _count(visit)
            _claim, verdict = send_claim(
                person=_mentor(visit),
                kind=form.chosen_kind(),
                fields=said,
                proof=said.get("file"),
                by=visit.by,
                now=visit.now,
                again=again,
            )
    except CeilingReached as reached:
        form.add_error("km" if form.by_km else "amount", over_words(reached.verdict))
    except NoAmount:
        form.add_error(None, _("This amount cannot be right. Please ask the team."))
    except NoWaiver:  # the association changed its rates while the form was open
        field = "waives" if "waives" in form.fields else None
        form.add_error(field, _("This cannot be given to the association at the moment. Please untick it."))
    except WrongDay:
        form.add_error("spent_on", _("Choose a day of the last twelve months."))
    except IllegalMove:
        messages.error(request, _("This expense was decided meanwhile."))
        return HttpResponseRedirect(request.path + HOME)
    else:
        messages.success(request, _("It is sent. Thank you."))
        if verdict.near:
            messages.warning(request, near_words(verdict))
        return HttpResponseRedirect(request.path + HOME)
    return _form_page(request, visit, form)


def take_back(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take one expense back."""
    claim = _claim(visit, request.POST.get("claim", ""))
    try:
        with transaction.atomic():
            _count(visit)
            withdraw_claim(claim=claim, by=visit.by, now=visit.now)
    except IllegalMove:
        messages.error(request, _("This expense was decided meanwhile."))
    else:
        messages.success(request, _("It is taken back."))
    return HttpResponseRedirect(request.path + HOME)


def show_bank(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the form of the account."""
    return _bank_page(request, visit, BankForm(initial={"holder": _mentor(visit).display_name}))


def save_bank(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Keep the account."""
    form = BankForm(request.POST)
    if not form.is_valid():
        return _bank_page(request, visit, form)
    with transaction.atomic():
        _count(visit)
        set_bank(person=_mentor(visit), **form.cleaned_data, by=visit.by, now=visit.now)
    messages.success(request, _("Your account is noted."))
    return HttpResponseRedirect(request.path + HOME)


def show_proof(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Hand the own picture out."""
    claim = _claim(visit, request.GET.get("claim", ""))
    if not hasattr(claim, "proof"):
        raise Http404
    return file_answer(claim.proof)


def show_statement(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Hand the statement of a year out."""
    year = request.GET.get("year", "")
    today = _today(visit)
    if not (year.isdecimal() and len(year) == 4 and 2000 <= int(year) <= today.year):
        raise Http404
    return statement_pdf(_mentor(visit), int(year), today=today, language=get_language() or "")


SHOWS: Mapping[str, Page] = {
    "expenses": show_expenses,
    "expense": show_expense,
    "account": show_bank,
    "proof": show_proof,
    "statement": show_statement,
}
ACTS: Mapping[str, Page] = {"expense": send_expense, "expense_back": take_back, "account": save_bank}


def over_words(verdict: Verdict) -> str:
    """Say why a claim does not fit, and what would still fit."""
    left = say_euros(verdict.left)
    return {
        Ceiling.KM_YEAR: _("That is more than may be paid in a year. You have %(km)s km left.")
        % {"km": verdict.left},
        Ceiling.FLAT_DAY: _("Without a proof that is too much for one day: %(sum)s are left.")
        % {"sum": left},
        Ceiling.FLAT_YEAR: _("Without a proof that is too much for this year: %(sum)s are left.")
        % {"sum": left},
        Ceiling.MIXES: _("This year you chose the other way, with or without proof. Please ask the team."),
        Ceiling.NO_RATE: _("Kilometres are not paid back here. Please ask the team."),
        Ceiling.NO_FLAT: _("Please add a photo of the ticket or bill."),
    }[verdict.over or Ceiling.NO_FLAT]


def near_words(verdict: Verdict) -> str:
    """Say which ceiling comes close."""
    if verdict.near == Ceiling.KM_YEAR:
        return _("You have %(km)s km left this year.") % {"km": verdict.left}
    if verdict.near == Ceiling.FLAT_DAY:
        return _("You have %(sum)s left for this day.") % {"sum": say_euros(verdict.left)}
    return _("You have %(sum)s left this year.") % {"sum": say_euros(verdict.left)}


def left_words(purse: Purse) -> list[str]:
    """Say what may still be asked for this year, where there is a ceiling and something was used."""
    rates, used, said = purse.rates, purse.used, []
    if rates.km_year is not None and used.km_year:
        said.append(near_words(Verdict(near=Ceiling.KM_YEAR, left=max(0, rates.km_year - used.km_year))))
    if rates.flat_year is not None and used.flat_year:
        said.append(
            near_words(Verdict(near=Ceiling.FLAT_YEAR, left=max(0, rates.flat_year - used.flat_year)))
        )
    return said


def _form(request: HttpRequest, visit: Visit, *, sent: bool) -> tuple[Any, ClaimForm]:
    data = request.POST if sent else request.GET
    number = data.get("claim", "")
    again = _claim(visit, number) if number else None
    by_km = bool(again.km) if again else data.get("way") == "km"
    today, person = _today(visit), _mentor(visit)
    options: dict[str, Any] = {
        "by_km": by_km,
        "rates": own_purse(person, today).rates,
        "today": today,
        "kept": again is not None and hasattr(again, "proof"),
    }
    if sent:
        return again, ClaimForm(request.POST, request.FILES, **options)
    return again, ClaimForm(initial=_initial(again), **options)


def _initial(again: Any) -> dict[str, Any]:
    if again is None:
        return {}
    euros = f"{again.amount // 100},{again.amount % 100:02}"
    names = ("kind", "km", "spent_on", "about", "waives")
    return {"amount": euros, **{name: getattr(again, name) for name in names}}


def _form_page(request: HttpRequest, visit: Visit, form: ClaimForm | None) -> HttpResponse:
    again, shown = _form(request, visit, sent=request.method == "POST")
    shown = form or shown
    context = {"form": shown, "again": again, "home": HOME}
    return render(request, "mentor/expense.html", context, status=422 if form else 200)


def _bank_page(request: HttpRequest, visit: Visit, form: BankForm) -> HttpResponse:
    purse = own_purse(_mentor(visit), _today(visit))
    context = {"form": form, "bank": purse.bank, "home": HOME}
    return render(request, "mentor/account.html", context, status=422 if form.errors else 200)


def _moves(claim: Any) -> tuple[str, ...]:
    return EXPENSE.open_moves(claim.state)


def _mentor(visit: Visit) -> Any:
    """Return the mentor whose place it is; nobody else has expenses."""
    if not hasattr(visit.person, "mentor"):
        raise Http404
    return visit.person


def _claim(visit: Visit, number: str) -> Any:
    found = own_claim(_mentor(visit), int(number)) if number.isdecimal() and len(number) < 18 else None
    if found is None:
        raise Http404
    return found


def _today(visit: Visit) -> Any:
    return local_day(visit.now, visit.person.branch.timezone)


def _count(visit: Visit) -> None:
    if visit.link is not None:
        use_link(link=visit.link, now=visit.now)
