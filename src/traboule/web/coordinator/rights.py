"""What people ask about their data: the register with its clocks, one request, and its acts."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.apps.people.enums import Permission
from traboule.apps.privacy import actions
from traboule.apps.privacy.enums import Answer, AskedBy, IdentityCheck, RequestKind
from traboule.apps.privacy.forms import AnswerForm, AskForm, EraseForm, IdentityForm
from traboule.apps.privacy.queries import requests as queries
from traboule.web.access import Here, branch_page, posted

ANSWERS = ["GET", "HEAD", "POST"]
REQUESTS_A_PAGE = 25
IN_THE_WAY = {
    "open_duo": gettext_lazy("a duo is running"),
    "open_proposal": gettext_lazy("a proposal waits for an answer"),
    "legal_hold": gettext_lazy("the law asks to keep the data for now"),
}


def _address(here: Here, pk: int) -> str:
    return reverse("rights_one", args=[here.branch.slug, pk])


@require_safe
@branch_page(Permission.RIGHTS_SEE)
def rights(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the requests: open ones first, with the days that are left."""
    shown = "answered" if request.GET.get("show") == "answered" else "open"
    rows = queries.requests_of(actor=here.actor, branch=here.branch, is_open=shown == "open")
    page = Paginator(rows, REQUESTS_A_PAGE).get_page(request.GET.get("page"))
    lines = [queries.line_of(row, here.today) for row in page]
    context = {"here": here, "page": page, "lines": lines, "shown": shown}
    context["may_record"] = here.may(Permission.PROCESSING_SEE)
    return render(request, "rights/rights.html", context)


@require_http_methods(ANSWERS)
@branch_page(Permission.RIGHTS_ANSWER)
def rights_new(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Write down what a person asked."""
    person = queries.find_subject(
        actor=here.actor, branch=here.branch, pk=pk, permission=Permission.RIGHTS_ANSWER
    )
    form = AskForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = actions.ask(
            person=person,
            kind=RequestKind(said["kind"]),
            asked_by=AskedBy(said["asked_by"]),
            said=said["said"],
            by=here.actor,
            now=here.now,
        )
        messages.success(request, _("The request is written down. Its clock runs for one month."))
        return redirect(_address(here, made.pk))
    context = {"here": here, "person": person, "form": form}
    return render(request, "rights/new.html", context, status=422 if form.errors else 200)


@require_safe
@branch_page(Permission.RIGHTS_SEE)
def rights_one(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show one request."""
    return _show(request, here, pk)


def _show(
    request: HttpRequest, here: Here, pk: int, *, answer: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    found = queries.find_request(actor=here.actor, branch=here.branch, pk=pk)
    context: dict[str, Any] = {
        "here": here,
        "found": found,
        "line": queries.line_of(found, here.today),
        "may_answer": here.may(Permission.RIGHTS_ANSWER) and not found.answer,
        "may_see_person": here.may(Permission.PEOPLE_SEE),
        "identity_form": IdentityForm(),
        "answer_form": answer or AnswerForm(),
    }
    return render(request, "rights/one.html", context, status=status)


@require_POST
@branch_page(Permission.RIGHTS_ANSWER)
def rights_identity(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Note how the team made sure who asks."""
    found = queries.find_request(actor=here.actor, branch=here.branch, pk=pk)
    form = IdentityForm(request.POST)
    if form.is_valid() and _still_open(request, found):
        check = IdentityCheck(form.cleaned_data["check"])
        actions.note_identity(request=found, check=check, by=here.actor, now=here.now)
        messages.success(request, _("Noted. No paper was kept."))
    return redirect(_address(here, pk))


@require_POST
@branch_page(Permission.RIGHTS_ANSWER)
def rights_answer(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Close a request with its answer; with errors the page comes back with all that was typed."""
    found = queries.find_request(actor=here.actor, branch=here.branch, pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, here, pk, answer=form, status=422)
    if _still_open(request, found):
        said = form.cleaned_data
        try:
            actions.answer_request(
                request=found, answer=Answer(said["answer"]), text=said["text"], by=here.actor, now=here.now
            )
        except actions.AnswerIncomplete:
            messages.error(request, _("First note how we know who asks."))
        else:
            messages.success(request, _("The request is answered."))
    return redirect(_address(here, pk))


@require_POST
@branch_page(Permission.RIGHTS_ANSWER)
def rights_export(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Hand out everything that is held about who asked, as one file."""
    found = queries.find_request(actor=here.actor, branch=here.branch, pk=pk)
    if found.person is None or not found.identity:
        messages.error(request, _("First note how we know who asks."))
        return redirect(_address(here, pk))
    content = actions.export_person(person=found.person, by=here.actor, now=here.now)
    answer = HttpResponse(content, content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="data-{found.pk}.zip"'
    return answer


@require_POST
@branch_page(Permission.RIGHTS_ANSWER)
def rights_withdraw(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Take back the consents of who asked."""
    found = queries.find_request(actor=here.actor, branch=here.branch, pk=pk)
    if found.person is not None and _still_open(request, found):
        actions.withdraw_consents(person=found.person, by=here.actor, now=here.now)
        messages.success(request, _("The consents are taken back. Answer the request now."))
    return redirect(_address(here, pk))


@require_http_methods(ANSWERS)
@branch_page(Permission.RIGHTS_ANSWER)
def rights_erase(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Ask for the name, then erase everything about who asked."""
    found = queries.find_request(actor=here.actor, branch=here.branch, pk=pk)
    if found.person is None:
        return redirect(_address(here, pk))
    form = EraseForm(posted(request), expected=found.person.display_name)
    if request.method == "POST" and form.is_valid() and _still_open(request, found):
        try:
            actions.erase_on_request(request=found, by=here.actor, now=here.now)
        except actions.ErasureRefused as refused:
            reasons = ", ".join(str(IN_THE_WAY.get(code, code)) for code in refused.codes)
            messages.error(request, _("Not yet: %(reasons)s. Close it first.") % {"reasons": reasons})
        except actions.AnswerIncomplete:
            messages.error(request, _("First note how we know who asks."))
        else:
            messages.success(request, _("Everything about this person is erased."))
        return redirect(_address(here, pk))
    context = {"here": here, "found": found, "form": form, "back": _address(here, pk)}
    return render(request, "rights/erase.html", context, status=422 if form.errors else 200)


def _still_open(request: HttpRequest, found: Any) -> bool:
    if found.answer:
        messages.info(request, _("This request has its answer already."))
    return not found.answer
