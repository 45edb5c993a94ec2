"""Concern files: the whole team may tell, the direction and the named lead read; each reading is logged."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.apps.duos.queries import find_duo
from traboule.apps.people.enums import Permission
from traboule.apps.support.actions import concerns as actions
from traboule.apps.support.enums import Result
from traboule.apps.support.forms.team import CloseConcernForm, EntryForm
from traboule.apps.support.queries import concerns as queries
from traboule.apps.support.queries.settings import setting_of
from traboule.core.permissions import NotVisible
from traboule.core.reading import writes_on_get
from traboule.kernel.lifecycle import IllegalMove
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator.proposal_words import pair

ANSWERS = ["GET", "HEAD", "POST"]


class TellForm(forms.Form):
    """What a member of the team is worried about."""

    text = forms.CharField(
        label=gettext_lazy("What did you see or hear?"),
        help_text=gettext_lazy("Facts, in the words that were used. Not what you think of it."),
        max_length=6_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


@require_safe
@branch_page(Permission.CONCERNS_SEE, widen=queries.as_lead)
def concerns(request: HttpRequest, here: Here) -> HttpResponse:
    """List the files: whom they concern and by when somebody must act; never what was told."""
    is_open = request.GET.get("state") != "closed"
    rows = list(queries.concerns_of(actor=here.actor, branch=here.branch, is_open=is_open)[:200])
    lines = [
        (row, _about(row), due := queries.due_on(row), due is not None and due < here.today) for row in rows
    ]
    context = {
        "here": here,
        "lines": lines,
        "is_open": is_open,
        "lead": setting_of(here.branch).concern_lead,
    }
    return render(request, "support/concerns.html", context)


def _about(row: Any) -> str:
    if row.duo is not None:
        return pair(row.duo.mentee.display_name, row.duo.mentor.display_name)
    return row.person.display_name if row.person is not None else _("no duo named")


@require_http_methods(ANSWERS)
@branch_page(Permission.NOTES_WRITE)
def concern_new(request: HttpRequest, here: Here) -> HttpResponse:
    """Tell a worry; who tells does not read the file afterwards."""
    duo = _duo_asked(request, here)
    form = TellForm(posted(request))
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        actions.tell_concern(branch=here.branch, duo=duo, text=text, by=here.actor, now=here.now)
        messages.success(request, _("Thank you. The lead answers by the next working day."))
        back = reverse("duo", args=[here.branch.slug, duo.pk]) if duo else ""
        return redirect(back or reverse("today", args=[here.branch.slug]))
    context = {"here": here, "form": form, "duo": duo}
    return render(request, "support/concern_new.html", context, status=422 if form.errors else 200)


def _duo_asked(request: HttpRequest, here: Here) -> Any:
    asked = request.GET.get("duo", "")
    if not (asked.isdecimal() and len(asked) < 18):
        return None
    try:
        return find_duo(actor=here.actor, branch=here.branch, pk=int(asked))
    except NotVisible:
        return None


@require_http_methods(ANSWERS)
@writes_on_get("each reading of a concern file is written down")
@branch_page(Permission.CONCERNS_SEE, widen=queries.as_lead)
def concern(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show one file and write its next entry. That it was read is logged, who asks for it and when."""
    row = queries.find_concern(actor=here.actor, branch=here.branch, pk=pk)
    form = EntryForm(posted(request), today=here.today)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.write_entry(concern=row, by=here.actor, now=here.now, **said)
        except actions.ConcernClosed:
            messages.error(request, _("This file is closed."))
        else:
            messages.success(request, _("It is written down."))
        return redirect("concern", here.branch.slug, row.pk)
    return _file(request, here, row, form, CloseConcernForm())


def _file(
    request: HttpRequest, here: Here, row: Any, form: EntryForm, closing: CloseConcernForm
) -> HttpResponse:
    context = {
        "here": here,
        "row": row,
        "about": _about(row),
        "entries": actions.read_concern(concern=row, by=here.actor, now=here.now),
        "form": form,
        "closing": closing,
        "due": queries.due_on(row),
        "is_late": (due := queries.due_on(row)) is not None and due < here.today,
        "may_write": here.may(Permission.CONCERNS_WRITE) and row.closed_at is None,
        "may_pause": queries.may_pause(row),
    }
    return render(
        request, "support/concern.html", context, status=422 if form.errors or closing.errors else 200
    )


@require_POST
@branch_page(Permission.CONCERNS_WRITE, widen=queries.as_lead)
def concern_pause(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Let the duo rest, without telling the two why."""
    row = queries.find_concern(
        actor=here.actor, branch=here.branch, pk=pk, permission=Permission.CONCERNS_WRITE
    )
    try:
        actions.pause_for_concern(concern=row, by=here.actor, now=here.now)
    except (IllegalMove, ValueError):
        messages.error(request, _("There is no running duo to pause."))
    except actions.ConcernClosed:
        messages.error(request, _("This file is closed."))
    else:
        messages.success(request, _("The duo rests. Both read that the team calls them. Please call both."))
    return redirect("concern", here.branch.slug, row.pk)


@require_POST
@branch_page(Permission.CONCERNS_WRITE, widen=queries.as_lead)
def concern_close(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Close a file with its result."""
    row = queries.find_concern(
        actor=here.actor, branch=here.branch, pk=pk, permission=Permission.CONCERNS_WRITE
    )
    form = CloseConcernForm(request.POST, prefix=None)
    if not form.is_valid():
        return _file(request, here, row, EntryForm(today=here.today), form)
    said = form.cleaned_data
    try:
        result = Result(said["result"])
        actions.close_concern(concern=row, result=result, text=said["text"], by=here.actor, now=here.now)
    except actions.ConcernClosed:
        messages.error(request, _("This file is closed."))
    else:
        messages.success(request, _("The file is closed."))
    return redirect("concern", here.branch.slug, row.pk)
