"""One sitting: who has a seat, who came, the sheet to sign, what people thought."""

from typing import Any

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.apps.people.enums import Permission
from traboule.apps.training.actions.attendance import see_sheet
from traboule.apps.training.actions.sessions import (
    SeatUsed,
    SessionFull,
    SessionOver,
    cancel_session,
    enrol,
    give_back_seat,
)
from traboule.apps.training.queries import readiness, sessions
from traboule.apps.training.queries.trainers import materials_of
from traboule.web.access import Here, branch_page
from traboule.web.coordinator.training import session_line

ANSWERS = ["GET", "HEAD", "POST"]
MOST_CHOICES = 200


class EnrolForm(forms.Form):
    """Whom to give a seat."""

    person = forms.ChoiceField(label=gettext_lazy("Who comes?"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above; for the type checker
        field.choices = [(str(row.pk), row.display_name) for row in people]


def _address(here: Here, pk: int) -> str:
    return reverse("training_session", args=[here.branch.slug, pk])


@require_safe
@branch_page(Permission.TRAINING_SEE)
def training_session(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show one sitting."""
    session = sessions.find_session(actor=here.actor, branch=here.branch, pk=pk)
    has_begun = session.starts_at <= here.now
    context = {
        "here": here,
        "session": session,
        "line": session_line(session, here.branch.slug),
        "seats": list(sessions.seats_of(session)),
        "materials": materials_of([session.module_id]).get(session.module_id or 0, []),
        "has_begun": has_begun,
        "is_over": session.ends_at <= here.now or session.cancelled_at is not None,
        "may_write": here.may(Permission.TRAINING_WRITE),
        "opinion": sessions.opinion_of(session),
        "enrol_form": EnrolForm(people=sessions.could_come(session)[:MOST_CHOICES]),
    }
    return render(request, "training/session.html", context)


@require_POST
@branch_page(Permission.TRAINING_WRITE)
def training_enrol(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Give somebody a seat."""
    session = sessions.find_session(actor=here.actor, branch=here.branch, pk=pk)
    chosen = request.POST.get("person", "")
    person = readiness.find_mentor(
        actor=here.actor, branch=here.branch, pk=int(chosen) if chosen.isdecimal() and len(chosen) < 18 else 0
    )
    try:
        enrol(session=session, person=person, by=here.actor, now=here.now)
    except SessionFull as full:
        messages.error(request, _("All %(seats)s seats are taken.") % {"seats": full.seats})
    except SessionOver:
        messages.error(request, _("This half-day is over."))
    else:
        messages.success(request, _("%(name)s has a seat.") % {"name": person})
    return redirect(_address(here, pk))


@require_POST
@branch_page(Permission.TRAINING_WRITE)
def training_seat_back(request: HttpRequest, here: Here, pk: int, seat: int) -> HttpResponse:
    """Give a seat back."""
    session = sessions.find_session(actor=here.actor, branch=here.branch, pk=pk)
    held = sessions.seats_of(session).filter(pk=seat).first()
    if held is not None:
        try:
            give_back_seat(attendance=held, by=here.actor, now=here.now)
        except (SeatUsed, SessionOver):
            messages.error(request, _("Too late: this half-day has begun."))
        else:
            messages.success(request, _("The seat is free again."))
    return redirect(_address(here, pk))


@require_POST
@branch_page(Permission.TRAINING_WRITE)
def training_sheet_seen(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Note that the signed sheet was seen."""
    session = sessions.find_session(actor=here.actor, branch=here.branch, pk=pk)
    see_sheet(session=session, by=here.actor, now=here.now)
    messages.success(request, _("Noted: the signed sheet was seen."))
    return redirect(_address(here, pk))


def call_the_trainer(request: HttpRequest, session: Any) -> None:
    """Say so if whoever leads it cannot be written to: then somebody of the team calls."""
    led_by = session.led_by
    is_written_to = led_by is not None and (led_by.person_id is not None or led_by.email)
    if session.said_trainer and not is_written_to:
        said = {"name": session.said_trainer}
        messages.warning(request, _("We have no address of %(name)s, who leads it: please call.") % said)


@require_http_methods(ANSWERS)
@branch_page(Permission.TRAINING_WRITE)
def training_cancel(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Ask, then cancel a sitting and tell those who had a seat."""
    session = sessions.find_session(actor=here.actor, branch=here.branch, pk=pk)
    if request.method == "POST":
        try:
            cancel_session(session=session, by=here.actor, now=here.now)
        except SessionOver:
            messages.error(request, _("Somebody has come already: it cannot be cancelled."))
        else:
            messages.success(request, _("Cancelled. Those who had a seat are told."))
            call_the_trainer(request, session)
        return redirect(_address(here, pk))
    context = {"here": here, "session": session, "back": _address(here, pk)}
    return render(request, "training/cancel.html", context)


@require_safe
@branch_page(Permission.TRAINING_SEE)
def training_sheet(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """The sheet to print and sign, with a code that leads back to the page."""
    session = sessions.find_session(actor=here.actor, branch=here.branch, pk=pk)
    address = f"{settings.TRABOULE_ADDRESS.rstrip('/')}{_address(here, pk)}"
    code = segno.make(address).svg_inline(scale=4, border=2)
    context = {
        "here": here,
        "session": session,
        "seats": list(sessions.seats_of(session)),
        "qr": mark_safe(code),  # noqa: S308 -- drawn by the server from its own address
        "back": _address(here, pk),
    }
    return render(request, "training/sheet.html", context)
