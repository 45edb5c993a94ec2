"""Training: what comes next, who is under way, and who has not come for two months."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from traboule.apps.people.enums import Permission
from traboule.apps.training.actions.sessions import RoomTooSmall, plan_session
from traboule.apps.training.forms import SessionForm
from traboule.apps.training.queries import exchange, readiness, sessions
from traboule.core.remember import remembered
from traboule.web.access import Here, branch_page, posted
from traboule.web.components.squares import Squares, squares
from traboule.web.coordinator import readiness_words as words
from traboule.web.kept import drawn, kept

ANSWERS = ["GET", "HEAD", "POST"]
MENTORS_A_PAGE = 20
SESSIONS_SHOWN, SESSIONS_A_PAGE = 6, 20


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One sitting in a list."""

    session: Any
    href: str
    seats: str
    kind: str


@dataclass(frozen=True, slots=True)
class MentorRow:
    """One mentor under way."""

    name: str
    href: str
    squares: Squares
    lacks: list[str]
    act: str
    act_href: str
    is_ready: bool


def session_line(session: Any, slug: str) -> SessionLine:
    """Say how many seats a sitting still has."""
    free = max(0, session.seats - session.taken)
    said = ngettext("%(free)s seat free", "%(free)s seats free", free) % {"free": free}
    return SessionLine(
        session=session,
        href=reverse("training_session", args=[slug, session.pk]),
        seats=said if free else _("full"),
        kind="good" if free else "waiting",
    )


def _row(found: readiness.MentorLine, here: Here) -> MentorRow:
    act, href = words.next_act(found.states, here, found.person)
    return MentorRow(
        name=found.person.display_name,
        href=reverse("mentor_path", args=[here.branch.slug, found.person.pk]),
        squares=squares(found.squares),
        lacks=words.short(found.states),
        act=act,
        act_href=href,
        is_ready=found.is_ready,
    )


@require_safe
@branch_page(Permission.TRAINING_SEE)
def training(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the next sittings, then the mentors under way: a square per module, what lacks, the next act."""
    may_write = here.may(Permission.TRAINING_WRITE)
    rights = (may_write, here.may(Permission.SCREENING_WRITE))
    coming = sessions.coming_today(actor=here.actor, branch=here.branch, today=here.today)
    still = [row for row in coming.sessions if row.ends_at >= here.now]
    context = {
        "here": here,
        "mentors": kept(request, here, "training", lambda: _mentors(request, here), rights),
        "sessions": [session_line(row, here.branch.slug) for row in still[:SESSIONS_SHOWN]],
        "has_modules": coming.has_modules,
        "may_write": may_write,
        "may_set": here.may(Permission.TRAINING_SET),
    }
    return render(request, "training/training.html", context)


def _mentors(request: HttpRequest, here: Here) -> str:
    """Draw one page of the mentors under way."""
    people = readiness.mentors_under_way(actor=here.actor, branch=here.branch)
    page = Paginator(people, MENTORS_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        _row(line, here) for line in readiness.lines_of(branch=here.branch, persons=page, today=here.today)
    ]
    context = {"page": page, "rows": rows, "may_write": here.may(Permission.TRAINING_WRITE)}
    return drawn(request, "training/_mentors.html", context)


@require_safe
@branch_page(Permission.TRAINING_SEE)
def training_sessions(request: HttpRequest, here: Here) -> HttpResponse:
    """Show every sitting: those to come, or with `?past=1` those gone by."""
    past = request.GET.get("past") == "1"
    rows = sessions.sessions_of(actor=here.actor, branch=here.branch, now=here.now, past=past)
    page = Paginator(rows, SESSIONS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "here": here,
        "page": page,
        "past": past,
        "sessions": [session_line(row, here.branch.slug) for row in page],
    }
    return render(request, "training/sessions.html", context)


@require_http_methods(ANSWERS)
@branch_page(Permission.TRAINING_WRITE)
def training_session_new(request: HttpRequest, here: Here) -> HttpResponse:
    """Plan a sitting."""
    form = SessionForm(posted(request), branch=here.branch)
    if request.method == "POST" and form.is_valid():
        try:
            session = plan_session(branch=here.branch, **form.cleaned_fields(), by=here.actor, now=here.now)
        except RoomTooSmall as small:
            form.add_error("seats", _("This room has %(seats)s seats.") % {"seats": small.seats})
        else:
            messages.success(request, _("The half-day is planned."))
            return redirect("training_session", here.branch.slug, session.pk)
    context = {
        "here": here,
        "form": form,
        "title": _("Plan a half-day"),
        "back": reverse("training", args=[here.branch.slug]),
        "back_text": _("Training"),
    }
    return render(request, "coordinator/plain_form.html", context, status=422 if form.errors else 200)


@require_safe
@branch_page(Permission.TRAINING_SEE)
def training_exchange(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the ready mentors who have not come to an exchange of practice for two months."""
    found = remembered(
        here.branch.pk,
        f"exchange {here.today}",
        lambda: exchange.not_come_lately(actor=here.actor, branch=here.branch, today=here.today),
    )
    page = Paginator(found, MENTORS_A_PAGE).get_page(request.GET.get("page"))
    coming = sessions.sessions_of(actor=here.actor, branch=here.branch, now=here.now)
    meetings = coming.exclude(kind="module")[:SESSIONS_SHOWN]
    context = {
        "here": here,
        "page": page,
        "sessions": [session_line(row, here.branch.slug) for row in meetings],
        "may_see_groups": here.may(Permission.EXCHANGE_SEE),
        "may_write": here.may(Permission.TRAINING_WRITE),
    }
    return render(request, "training/exchange.html", context)
