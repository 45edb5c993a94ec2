"""Paying back: what is due, one file for the bank, the accounts, and the word that it was paid."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.apps.expenses.actions.bank import set_bank
from traboule.apps.expenses.actions.bank_file import FileRefused
from traboule.apps.expenses.actions.payments import (
    NoPayer,
    NothingToPay,
    WrongPayDay,
    make_batch,
    mark_paid,
    set_payer,
    take_file,
)
from traboule.apps.expenses.forms.own import BankForm
from traboule.apps.expenses.forms.staff import PayerForm, PayForm
from traboule.apps.expenses.queries import payments as queries
from traboule.apps.expenses.queries.statements import find_volunteer
from traboule.apps.people.enums import Permission
from traboule.core.reading import writes_on_get
from traboule.web.access import Here, branch_page, posted

ANSWERS = ["GET", "HEAD", "POST"]
A_PAGE = 12


@require_http_methods(ANSWERS)
@branch_page(Permission.EXPENSES_PAY)
def payments(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what is due and the files that were made; make the next one on POST."""
    form = PayForm(posted(request), initial={"pay_on": here.today + timedelta(days=2)})
    if request.method == "POST" and form.is_valid():
        try:
            batch = make_batch(
                branch=here.branch, pay_on=form.cleaned_data["pay_on"], by=here.actor, now=here.now
            )
        except WrongPayDay:
            form.add_error("pay_on", _("Choose a day between today and two months from now."))
        except NothingToPay:
            form.add_error(None, _("Nothing is left to pay: somebody made the file a moment ago."))
        except NoPayer:
            form.add_error(None, _("Say first from which account the branch pays."))
        except FileRefused:
            form.add_error(
                None, _("The file would not be right, so none was made. Check names and accounts.")
            )
        else:
            messages.success(request, _("File number %(number)s is ready.") % {"number": batch.number})
            return redirect("reimbursements", here.branch.slug)
    rows = queries.batches_of(actor=here.actor, branch=here.branch)
    context = {
        "here": here,
        "due": queries.due_now(actor=here.actor, branch=here.branch),
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "may_bank": here.may(Permission.EXPENSES_BANK),
    }
    return render(request, "expenses/payments.html", context, status=422 if form.errors else 200)


@require_http_methods(ANSWERS)
@branch_page(Permission.EXPENSES_PAY)
def payer(request: HttpRequest, here: Here) -> HttpResponse:
    """Say from which account the branch pays."""
    found = queries.payer_of(actor=here.actor, branch=here.branch)
    initial = {"holder": found.name, "version": found.version} if found else {}
    form = PayerForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        set_payer(
            branch=here.branch,
            name=said["holder"],
            iban=said["iban"],
            version=said["version"],
            by=here.actor,
            now=here.now,
        )
        messages.success(request, _("The account is noted."))
        return redirect("reimbursements", here.branch.slug)
    return _form_page(request, here, form, _("The account of the association"), found.masked if found else "")


@require_http_methods(ANSWERS)
@branch_page(Permission.EXPENSES_BANK)
def bank(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Correct the account of a volunteer who cannot do it alone; what is there shows masked."""
    person = find_volunteer(actor=here.actor, branch=here.branch, pk=pk)
    found = queries.bank_of(actor=here.actor, person=person)
    form = BankForm(posted(request), initial={"holder": found.holder if found else person.display_name})
    if request.method == "POST" and form.is_valid():
        set_bank(person=person, **form.cleaned_data, by=here.actor, now=here.now)
        messages.success(request, _("The account is noted."))
        return redirect("reimbursements", here.branch.slug)
    title = _("The account of %(name)s") % {"name": person.display_name}
    return _form_page(request, here, form, title, found.masked if found else "")


def _form_page(request: HttpRequest, here: Here, form: Any, title: str, masked: str) -> HttpResponse:
    context = {
        "here": here,
        "form": form,
        "title": title,
        "lede": _("Noted now: %(account)s") % {"account": masked} if masked else "",
        "back": reverse("reimbursements", args=[here.branch.slug]),
        "back_text": _("Payments"),
    }
    return render(request, "coordinator/plain_form.html", context, status=422 if form.errors else 200)


@writes_on_get("who took a file for the bank is written down")
@require_safe
@branch_page(Permission.EXPENSES_PAY)
def bank_file(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Hand a file out as it was frozen, byte for byte; write down who took it."""
    batch = queries.find_batch(actor=here.actor, branch=here.branch, pk=pk)
    content = bytes(batch.content)
    if request.method == "GET":
        content = take_file(batch=batch, by=here.actor, now=here.now)
    answer = HttpResponse(content, content_type="application/xml")
    name = f"{here.branch.slug}-{batch.number:04}.xml"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


@require_POST
@branch_page(Permission.EXPENSES_PAY)
def paid(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Note that the bank has paid a file."""
    batch = queries.find_batch(actor=here.actor, branch=here.branch, pk=pk)
    mark_paid(batch=batch, by=here.actor, now=here.now)
    messages.success(request, _("Noted as paid. The volunteers are told."))
    return redirect("reimbursements", here.branch.slug)
