"""Screening of a mentor: note a document, ask for references, see a check, take the second look."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from traboule.apps.applications.actions import references as asking
from traboule.apps.applications.actions import screening as acting
from traboule.apps.applications.forms.screening import (
    CheckForm,
    IdentityForm,
    ReferenceAnswerForm,
    ReferenceAskForm,
)
from traboule.apps.applications.queries import screening as queries
from traboule.apps.applications.screening_enums import Document, Known, Trust
from traboule.apps.people.enums import Channel, Permission
from traboule.apps.training.queries.readiness import find_mentor
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator.screening_panel import reference_kind

ANSWERS = ["GET", "HEAD", "POST"]


def _back(here: Here, pk: int) -> str:
    return reverse("mentor_path", args=[here.branch.slug, pk]) + "#screening"


def _form(request: HttpRequest, here: Here, person: Any, form: Any, **words: Any) -> HttpResponse:
    context = {"here": here, "form": form, "back": _back(here, person.pk), "back_text": person, **words}
    return render(request, "coordinator/plain_form.html", context, status=422 if form.errors else 200)


@require_http_methods(ANSWERS)
@branch_page(Permission.SCREENING_WRITE)
def screening_identity(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Note that a document was seen."""
    person = find_mentor(actor=here.actor, branch=here.branch, pk=pk)
    form = IdentityForm(posted(request), initial={"seen_on": here.today})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            acting.note_identity(
                person=person,
                document=Document(said["document"]),
                seen_on=said["seen_on"],
                by=here.actor,
                now=here.now,
            )
        except acting.DateInFuture:
            form.add_error("seen_on", _("This day is still to come."))
        else:
            messages.success(request, _("Noted. No copy is kept."))
            return redirect(_back(here, pk))
    lede = _("Kind of document and day. No number, no copy.")
    return _form(request, here, person, form, title=_("Identity seen"), lede=lede)


@require_http_methods(ANSWERS)
@branch_page(Permission.SCREENING_WRITE)
def reference_new(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Ask somebody about a mentor."""
    person = find_mentor(actor=here.actor, branch=here.branch, pk=pk)
    form = ReferenceAskForm(posted(request), country=here.branch.country)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        asking.ask_reference(
            person=person,
            referee=said["referee"],
            relation=said["relation"],
            channel=Channel(said["channel"]),
            address=said["address"],
            language=said["language"],
            by=here.actor,
            now=here.now,
        )
        messages.success(request, _("%(name)s receives three questions.") % {"name": said["referee"]})
        return redirect(_back(here, pk))
    lede = _("They receive a link. It takes three minutes, without an account.")
    return _form(request, here, person, form, title=_("Ask for a reference"), lede=lede, act=_("Ask"))


@require_http_methods(ANSWERS)
@branch_page(Permission.SCREENING_SEE)
def reference(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show one reference; for an open one, take the answer down on the phone."""
    row = queries.find_reference(actor=here.actor, branch=here.branch, pk=pk)
    form = ReferenceAnswerForm(posted(request))
    may_write = here.may(Permission.SCREENING_WRITE)
    if request.method == "POST" and may_write and form.is_valid():
        said = form.cleaned_data
        try:
            asking.answer_reference(
                reference=row,
                known=Known(said["known"]),
                trust=Trust(said["trust"]),
                text=said["text"],
                may_share=said["may_share"],
                by=here.actor,
                now=here.now,
            )
        except asking.NotOpen:
            messages.error(request, _("This reference was answered in the meantime."))
        else:
            messages.success(request, _("The answer is written down."))
        return redirect("reference", here.branch.slug, pk)
    context = {
        "here": here,
        "row": row,
        "kind": reference_kind(row),
        "form": form,
        "may_write": may_write,
        "is_open": row.state in asking.OPEN,
        "back": _back(here, row.person_id),
    }
    return render(request, "training/reference.html", context, status=422 if form.errors else 200)


@require_POST
@branch_page(Permission.SCREENING_WRITE)
def reference_withdraw(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Take the question back."""
    row = queries.find_reference(actor=here.actor, branch=here.branch, pk=pk)
    try:
        asking.withdraw_reference(reference=row, by=here.actor, now=here.now)
    except asking.NotOpen:
        messages.error(request, _("This reference was answered in the meantime."))
    else:
        messages.success(request, _("Withdrawn. The link opens nothing any more."))
    return redirect(_back(here, row.person_id))


@require_POST
@branch_page(Permission.SCREENING_WRITE)
def check_ask(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Ask the mentor for the extract."""
    person = find_mentor(actor=here.actor, branch=here.branch, pk=pk)
    try:
        acting.ask_check(person=person, by=here.actor, now=here.now)
    except acting.NotLawfulHere:
        messages.error(request, _("In this country you may not ask for it."))
    else:
        messages.success(request, _("%(name)s is told how to ask for it.") % {"name": person})
    return redirect(_back(here, pk))


@require_http_methods(ANSWERS)
@branch_page(Permission.SCREENING_WRITE)
def check_note(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Note that the extract was seen."""
    check = queries.find_check(actor=here.actor, branch=here.branch, pk=pk)
    form = CheckForm(posted(request), initial={"seen_on": here.today})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        days = {"seen_on": said["seen_on"], "issued_on": said["issued_on"]}
        try:
            acting.note_check(check=check, **days, by=here.actor, now=here.now)
        except acting.DateInFuture:
            form.add_error("seen_on", _("This day is still to come."))
        except acting.TooOld as old:
            form.add_error("issued_on", _("It may be %(days)s days old at most.") % {"days": old.days})
        except acting.NotSeen:
            messages.error(request, _("This check is approved already."))
            return redirect(_back(here, check.person_id))
        else:
            messages.success(request, _("Noted. A colleague now takes a second look."))
            return redirect(_back(here, check.person_id))
    lede = _("Date and day only. What it says is never written down, and no copy is kept.")
    title = check.get_document_display()
    return _form(request, here, check.person, form, title=title, lede=lede)


@require_http_methods(ANSWERS)
@branch_page(Permission.SCREENING_APPROVE)
def check_approve(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """The second look: approve, or send back."""
    check = queries.find_check(actor=here.actor, branch=here.branch, pk=pk)
    if request.method == "POST":
        act = acting.send_back_check if request.POST.get("act") == "back" else acting.approve_check
        try:
            act(check=check, by=here.actor, now=here.now)
        except acting.SamePair:
            messages.error(request, _("You noted it yourself. A colleague takes the second look."))
        except acting.NotSeen:
            messages.error(request, _("There is nothing to approve any more."))
        else:
            messages.success(request, _("Thank you for the second look."))
        return redirect(_back(here, check.person_id))
    context = {
        "here": here,
        "check": check,
        "is_mine": check.noted_by_id == here.actor.id,
        "is_open": check.seen_on is not None and check.approved_by_id is None,
        "back": _back(here, check.person_id),
    }
    return render(request, "training/check.html", context)
