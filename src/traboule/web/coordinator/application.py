"""The page of one application: its path, answers, notes, and what each part of the path adds."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.apps.applications.actions.entering import AlreadyOpen
from traboule.apps.applications.actions.following import (
    assign_owner,
    reopen_application,
    withdraw_application,
)
from traboule.apps.applications.forms.lists import OwnerForm, ReasonForm
from traboule.apps.applications.forms.questions import Questions
from traboule.apps.applications.queries.applications import (
    consents_of,
    find_application,
    history_of,
    owners_of,
)
from traboule.apps.applications.queries.standing import standing
from traboule.apps.people.enums import Permission
from traboule.apps.people.queries import person_page
from traboule.core.days import local_day
from traboule.kernel.lifecycle import APPLICATION, IllegalMove
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator.applications import line_of, owner_choices
from traboule.web.coordinator.panels import panels
from traboule.web.coordinator.path_words import path_of
from traboule.web.mentee.application_words import SAYS
from traboule.web.public.apply_words import answered_groups

ANSWERS = ["GET", "HEAD", "POST"]
NOTES_SHOWN = 5


def find(here: Here, pk: int, permission: Permission = Permission.APPLICATIONS_SEE) -> Any:
    """Return one application of this branch."""
    return find_application(actor=here.actor, branch=here.branch, pk=pk, permission=permission)


@require_safe
@branch_page(Permission.APPLICATIONS_SEE)
def application(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show one application."""
    row = find(here, pk)
    notes: list[Any] = []
    if row.person is not None and here.may(Permission.NOTES_SEE):
        notes = person_page(actor=here.actor, branch=here.branch, pk=row.person_id).notes[:NOTES_SHOWN]
    questions = Questions(
        side=row.side,
        today=local_day(row.sent_at or row.saved_at, here.branch.timezone),
        source=row.source,
        country=here.branch.country,
        answers=row.answers,
    )
    may_write = here.may(Permission.APPLICATIONS_WRITE)
    found = [panel for make in panels() if (panel := make(here, row)) is not None]
    return render(
        request,
        "coordinator/application.html",
        {
            "here": here,
            "application": row,
            "line": line_of(row, here),
            "path": path_of(row),
            "groups": answered_groups(questions) if row.answers else [],
            "warnings": questions.warnings if questions.is_valid() else [],
            "reads": SAYS[standing(row)][0],
            "notes": notes,
            "consents": consents_of(row),
            "history": history_of(row),
            "panels": found,
            "owner_form": OwnerForm(owners=owner_choices(here), initial={"owner": row.owner_id or ""}),
            "may_write": may_write,
            "may_withdraw": may_write and APPLICATION.allows(row.state, "withdraw"),
            "may_reopen": may_write and APPLICATION.allows(row.state, "reopen") and row.person is not None,
        },
    )


@require_POST
@branch_page(Permission.APPLICATIONS_WRITE)
def application_owner(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Say who looks after an application."""
    row = find(here, pk, Permission.APPLICATIONS_WRITE)
    form = OwnerForm(request.POST, owners=owner_choices(here))
    if form.is_valid():
        team = {str(login.pk): login for login in owners_of(actor=here.actor, branch=here.branch)}
        owner = team.get(form.cleaned_data["owner"])
        assign_owner(application=row, owner=owner, by=here.actor, now=here.now)
        messages.success(
            request,
            gettext("%(name)s looks after it.") % {"name": owner}
            if owner
            else gettext("Nobody looks after it."),
        )
    return redirect("application", here.branch.slug, pk)


@require_http_methods(ANSWERS)
@branch_page(Permission.APPLICATIONS_WRITE)
def application_withdraw(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Ask why, then stop an application because the person says so."""
    return _with_reason(request, here, pk, "withdraw")


@require_http_methods(ANSWERS)
@branch_page(Permission.APPLICATIONS_WRITE)
def application_reopen(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Ask why, then take an application up again."""
    return _with_reason(request, here, pk, "reopen")


def _with_reason(request: HttpRequest, here: Here, pk: int, act: str) -> HttpResponse:
    row = find(here, pk, Permission.APPLICATIONS_WRITE)
    form = ReasonForm(posted(request))
    back = reverse("application", args=[here.branch.slug, pk])
    if request.method == "POST" and form.is_valid():
        _do(request, here, row, act, form.cleaned_data["reason"])
        return redirect(back)
    context = {"here": here, "line": line_of(row, here), "form": form, "back": back, "act": act}
    status = 422 if form.errors else 200
    return render(request, "coordinator/application_reason.html", context, status=status)


def _do(request: HttpRequest, here: Here, row: Any, act: str, reason: str) -> None:
    by_act = {"withdraw": withdraw_application, "reopen": reopen_application}
    try:
        by_act[act](application=row, reason=reason, by=here.actor, now=here.now)
    except IllegalMove:
        messages.error(request, gettext("This is not possible now: somebody changed it in the meantime."))
    except AlreadyOpen:
        messages.error(request, gettext("This person has another open application."))
    else:
        done = gettext("It is stopped.") if act == "withdraw" else gettext("It is open again.")
        messages.success(request, done)
