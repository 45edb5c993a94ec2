"""Arrivals: the list of applications of a branch, each with its clock and its next act."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.forms.lists import ApplicationFilterForm
from traboule.apps.applications.queries.applications import applications_of, owners_of
from traboule.apps.applications.queries.standing import next_news_on
from traboule.apps.people.enums import Permission
from traboule.core.days import local_day
from traboule.web.access import Here, branch_page
from traboule.web.templatetags.traboule import say_date, say_days

APPLICATIONS_A_PAGE = 25
S = ApplicationState
KINDS: dict[str, str] = {
    S.DRAFT: "calm",
    S.SENT: "info",
    S.TALK_PLANNED: "info",
    S.TALK_HELD: "waiting",
    S.ACCEPTED: "good",
    S.DEFERRED: "calm",
    S.REFUSED: "calm",
    S.WITHDRAWN: "calm",
}
NEXT: dict[str, Promise] = {
    S.DRAFT: _("The person is still writing"),
    S.SENT: _("Make an appointment for a talk"),
    S.TALK_PLANNED: _("Hold the talk"),
    S.TALK_HELD: _("Decide"),
    S.DEFERRED: _("Look at it again"),
}


@dataclass(frozen=True, slots=True)
class ApplicationLine:
    """One row of the list."""

    application: Any
    href: str
    name: str
    side: str
    kind: str
    state: str
    since: str
    next_act: str
    due: str
    is_late: bool
    owner: str


def name_of(application: Any) -> str:
    """Return what to call somebody: the person, else what was typed, else the number of the draft."""
    if application.person is not None:
        return str(application.person)
    return application.name or gettext("Without a name, no. %(number)s") % {"number": application.pk}


def line_of(application: Any, here: Here) -> ApplicationLine:
    """Put one application into words."""
    application.branch = here.branch  # read already; the clock asks for its time zone
    due = next_news_on(application)
    moved = local_day(application.moved_at, here.branch.timezone)
    return ApplicationLine(
        application=application,
        href=reverse("application", args=[here.branch.slug, application.pk]),
        name=name_of(application),
        side=str(application.get_side_display()),
        kind=KINDS[application.state],
        state=str(application.get_state_display()),
        since=say_days((here.today - moved).days),
        next_act=str(NEXT.get(application.state, "")),
        due=say_date(due) if due else "",
        is_late=is_late(due, here.today),
        owner=str(application.owner) if application.owner else "",
    )


def is_late(due: date | None, today: date) -> bool:
    """Say whether a promised day has passed."""
    return due is not None and due < today


def owner_choices(here: Here) -> list[tuple[str, str]]:
    """Return who may look after an application."""
    return [(str(login.pk), str(login)) for login in owners_of(actor=here.actor, branch=here.branch)]


@require_safe
@branch_page(Permission.APPLICATIONS_SEE)
def applications(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the applications of the branch; to htmx, only the list."""
    form = ApplicationFilterForm(request.GET, owners=owner_choices(here))
    chosen = form.filters()
    rows = applications_of(actor=here.actor, branch=here.branch, now=here.now, **chosen)
    page = Paginator(rows, APPLICATIONS_A_PAGE).get_page(request.GET.get("page"))
    is_part = bool(getattr(request, "htmx", False))
    return render(
        request,
        "coordinator/applications_list.html" if is_part else "coordinator/applications.html",
        {
            "here": here,
            "form": form,
            "page": page,
            "lines": [line_of(row, here) for row in page],
            "is_filtered": bool(chosen),
            "has_more": bool(set(chosen) - {"text", "state"}),
            "may_write": here.may(Permission.APPLICATIONS_WRITE),
        },
    )
