"""Information sessions for the team: those ahead and past, one of them, planning, calling off."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from traboule.apps.applications.actions import sessions as actions
from traboule.apps.applications.enums import HOLDS_A_PLACE, BookingState
from traboule.apps.applications.forms.sessions import CancelSessionForm, InfoSessionForm, initial_of
from traboule.apps.applications.queries import sessions as queries
from traboule.apps.branches.queries import rooms_of
from traboule.apps.people.enums import Permission
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator.session_words import BADGES, session_line

ANSWERS = ["GET", "HEAD", "POST"]
SESSIONS_A_PAGE = 20
A_WEEK = 7


@require_safe
@branch_page(Permission.SESSIONS_SEE)
def info_sessions(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the sessions ahead, or the past ones (`?past=1`)."""
    past = request.GET.get("past") == "1"
    rows = queries.sessions_of(actor=here.actor, branch=here.branch, now=here.now, past=past)
    page = Paginator(rows, SESSIONS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "here": here,
        "past": past,
        "page": page,
        "lines": [session_line(row, here.now) for row in page],
        "may_write": here.may(Permission.SESSIONS_WRITE),
    }
    return render(request, "coordinator/info_sessions.html", context)


@require_safe
@branch_page(Permission.SESSIONS_SEE)
def info_session(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show one session: who comes, who waits, who called off."""
    session = queries.find_session(actor=here.actor, branch=here.branch, pk=pk)
    rows = queries.bookings_of(session)
    expected = (*HOLDS_A_PLACE, BookingState.WALKED_IN)
    context = {
        "here": here,
        "line": session_line(session, here.now),
        "session": session,
        "coming": [_booking(row) for row in rows if row.state in expected],
        "waiting": [_booking(row) for row in queries.waiting_list(session)],
        "gone": [_booking(row) for row in rows if row.state not in (*expected, BookingState.WAITING)],
        "is_over": session.ends_at <= here.now,
        "may_write": here.may(Permission.SESSIONS_WRITE),
    }
    return render(request, "coordinator/info_session.html", context)


def _booking(row: Any) -> dict[str, Any]:
    state = BookingState(row.state)
    mark = getattr(row, "attendance", None)
    badge = (BADGES[state], state.label)
    if mark is not None:
        badge = ("good" if mark.state == "came" else "calm", mark.get_state_display())
    return {"row": row, "badge": badge, "reached": row.email or row.phone}


def _form(request: HttpRequest, here: Here, **more: Any) -> InfoSessionForm:
    return InfoSessionForm(
        posted(request), branch=here.branch, rooms=rooms_of(here.branch), now=here.now, **more
    )


def _show(request: HttpRequest, here: Here, form: Any, title: str, back: str, **more: Any) -> HttpResponse:
    context = {"here": here, "form": form, "title": title, "back": back, "back_text": _("Back"), **more}
    return render(request, "coordinator/plain_form.html", context, status=422 if form.errors else 200)


def _plan(request: HttpRequest, here: Here, form: InfoSessionForm, title: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        session = actions.plan_session(
            branch=here.branch, fields=form.cleaned_fields(), by=here.actor, now=here.now
        )
        messages.success(request, _("The session is planned."))
        return redirect("info_session", here.branch.slug, session.pk)
    return _show(request, here, form, title, reverse("info_sessions", args=[here.branch.slug]))


@require_http_methods(ANSWERS)
@branch_page(Permission.SESSIONS_WRITE)
def info_session_new(request: HttpRequest, here: Here) -> HttpResponse:
    """Plan a session."""
    return _plan(request, here, _form(request, here, is_new=True), _("Plan an information session"))


@require_http_methods(ANSWERS)
@branch_page(Permission.SESSIONS_WRITE)
def info_session_copy(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Plan the same session again, a week later unless said otherwise."""
    session = queries.find_session(actor=here.actor, branch=here.branch, pk=pk)
    form = _form(request, here, is_new=True, initial=initial_of(session, days_later=A_WEEK))
    return _plan(request, here, form, _("The same session on another day"))


@require_http_methods(ANSWERS)
@branch_page(Permission.SESSIONS_WRITE)
def info_session_edit(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Change a session; a new time or place is told to all who booked."""
    session = queries.find_session(actor=here.actor, branch=here.branch, pk=pk)
    form = _form(request, here, is_new=False, initial=initial_of(session))
    back = reverse("info_session", args=[here.branch.slug, pk])
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_session(session=session, fields=form.cleaned_fields(), by=here.actor, now=here.now)
        except actions.TooFewPlaces as few:
            form.add_error("places", _("%(taken)s people hold a place already.") % {"taken": few.taken})
        except actions.SessionCancelled:
            form.add_error(None, _("This session was called off."))
        else:
            messages.success(request, _("The changes are saved. Who booked is told of a new time or place."))
            return redirect(back)
    lede = _("A new time or place is told to everybody who booked.")
    return _show(request, here, form, _("Change the session"), back, lede=lede)


@require_http_methods(ANSWERS)
@branch_page(Permission.SESSIONS_WRITE)
def info_session_cancel(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Ask, then call a session off."""
    session = queries.find_session(actor=here.actor, branch=here.branch, pk=pk)
    form = CancelSessionForm(posted(request))
    back = reverse("info_session", args=[here.branch.slug, pk])
    if request.method == "POST" and form.is_valid():
        actions.cancel_session(
            session=session, reason=form.cleaned_data["reason"], by=here.actor, now=here.now
        )
        messages.success(request, _("The session is called off. Everybody who booked is told."))
        return redirect(back)
    lede = _("Everybody who booked or waits gets a message.")
    return _show(request, here, form, _("Call the session off?"), back, lede=lede, act=_("Call off"))
