"""Bookings as the team makes, moves and cancels them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from traboule.apps.applications.actions import session_bookings as actions
from traboule.apps.applications.forms.sessions import GuestForm, MoveForm
from traboule.apps.applications.queries import sessions as queries
from traboule.apps.people.enums import Permission
from traboule.web.access import Here, branch_page, posted

ANSWERS = ["GET", "HEAD", "POST"]


def _back(here: Here, pk: int) -> str:
    return reverse("info_session", args=[here.branch.slug, pk])


def _show(request: HttpRequest, here: Here, form: Any, title: str, back: str, **more: Any) -> HttpResponse:
    context = {"here": here, "form": form, "title": title, "back": back, "back_text": _("Back"), **more}
    return render(request, "coordinator/plain_form.html", context, status=422 if form.errors else 200)


@require_http_methods(ANSWERS)
@branch_page(Permission.SESSIONS_WRITE)
def booking_new(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Book for somebody who called; a full session takes them on the waiting list."""
    session = queries.find_session(actor=here.actor, branch=here.branch, pk=pk)
    form = GuestForm(posted(request), audience=session.audience, country=here.branch.country)
    if request.method == "POST" and form.is_valid():
        try:
            booking = actions.book(
                session=session, guest=form.guest(), by=here.actor, now=here.now, wait_if_full=True
            )
        except actions.SessionOver:
            form.add_error(None, _("This session has begun, or is called off."))
        else:
            state = {"name": booking, "state": booking.get_state_display()}
            messages.success(request, _("%(name)s: %(state)s.") % state)
            return redirect(_back(here, pk))
    return _show(request, here, form, _("Add somebody"), _back(here, pk))


@require_http_methods(ANSWERS)
@branch_page(Permission.SESSIONS_WRITE)
def booking_move(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Move a booking to another date."""
    booking = queries.find_booking(actor=here.actor, branch=here.branch, pk=pk)
    rows = queries.next_sessions(here.branch, here.now, only_free=True).exclude(pk=booking.session_id)
    form = MoveForm(posted(request), sessions=rows, timezone=here.branch.timezone)
    back = _back(here, booking.session_id)
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_booking(booking=booking, to=form.chosen(), by=here.actor, now=here.now)
        except (actions.SessionFull, actions.SessionOver):
            form.add_error("session", _("No place is left at that date."))
        else:
            messages.success(request, _("%(name)s has a new date, and is told.") % {"name": booking})
            return redirect(back)
    return _show(request, here, form, _("Move %(name)s") % {"name": booking}, back, act=_("Move"))


@require_http_methods(ANSWERS)
@branch_page(Permission.SESSIONS_WRITE)
def booking_cancel(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Ask, then cancel a booking."""
    booking = queries.find_booking(actor=here.actor, branch=here.branch, pk=pk)
    back = _back(here, booking.session_id)
    if request.method == "POST":
        try:
            actions.cancel_booking(booking=booking, by=here.actor, now=here.now)
        except actions.NotOnTheList:
            messages.info(request, _("This booking was cancelled already."))
        else:
            messages.success(request, _("The booking is cancelled. The place goes to who waits."))
        return redirect(back)
    return render(
        request, "coordinator/booking_cancel.html", {"here": here, "booking": booking, "back": back}
    )
