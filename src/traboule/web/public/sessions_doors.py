"""What links in messages open: one booking, to move, cancel or answer; or a date to choose.

A link opened twice, or by a mail scanner, changes nothing: only a pressed button does. An act that was done
already is said kindly, not refused.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traboule.apps.applications.actions import session_bookings as actions
from traboule.apps.applications.enums import Audience, BookingState
from traboule.apps.applications.forms.sessions import MoveForm
from traboule.apps.applications.queries import sessions as queries
from traboule.core.links import use_link
from traboule.web.components.ical import Gathering, calendar_file
from traboule.web.doors import Door
from traboule.web.public.sessions import VISITOR, shown


def booking_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Show a booking, and what may be done with it; `?calendar=1` gives the file for a calendar."""
    booking = queries.booking_behind_link(door.link.subject_id)
    if booking is None:
        return render(request, "public/link_over.html", {"ended": False}, status=404)
    if request.GET.get("calendar"):
        return calendar_file(gathering_of(booking), f"session-{booking.session_id}.ics")
    form = _move_form(request, door, booking)
    if request.method == "POST":
        return _act(request, door, booking, form)
    return _show(request, door, booking, form)


def gathering_of(booking: Any) -> Gathering:
    """Return the date of a booking as a calendar takes it."""
    session = booking.session
    name = {"first_name": booking.first_name}
    gone = session.is_cancelled or booking.state in (BookingState.CANCELLED, BookingState.LAPSED)
    return Gathering(
        uid=str(booking.uid),
        sequence=booking.sequence + session.sequence + (1 if gone else 0),
        title=_("Information session, %(branch)s") % {"branch": session.branch.name},
        text=_("Hello %(first_name)s, we look forward to meeting you.") % name,
        place=queries.say_where(session),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        timezone=session.branch.timezone,
        changed_at=max(booking.changed_at, session.cancelled_at or booking.changed_at),
        cancelled=gone,
    )


def _move_form(request: HttpRequest, door: Door, booking: Any) -> MoveForm:
    branch = booking.session.branch
    rows = queries.next_sessions(branch, door.now, side=booking.side, only_free=True)
    if booking.state in (BookingState.BOOKED, BookingState.OFFERED, BookingState.WAITING):
        rows = rows.exclude(pk=booking.session_id)
    sent = request.POST if request.method == "POST" and request.POST.get("act") == "move" else None
    return MoveForm(sent, sessions=rows, timezone=branch.timezone)


def _show(request: HttpRequest, door: Door, booking: Any, form: MoveForm, status: int = 200) -> HttpResponse:
    session = booking.session
    begun = door.now >= session.starts_at
    context = {
        "door": door,
        "booking": booking,
        "session": session,
        "branch": session.branch,
        "when": queries.say_when(session.starts_at, session.branch.timezone),
        "where": queries.say_where(session),
        "until": queries.say_when(booking.offer_ends_at, session.branch.timezone)
        if booking.offer_ends_at
        else "",
        "begun": begun,
        "holds": booking.state == BookingState.BOOKED and not begun,
        "form": form,
        "dates": list(form.sessions),
    }
    return render(request, "public/booking.html", context, status=status)


def _act(request: HttpRequest, door: Door, booking: Any, form: MoveForm) -> HttpResponse:
    act, now = request.POST.get("act", ""), door.now
    try:
        if act == "move" and not form.is_valid():
            return _show(request, door, booking, form, status=422)
        if act == "move":
            actions.move_booking(booking=booking, to=form.chosen(), by=VISITOR, now=now)
            messages.success(request, _("You have a new date."))
        elif act == "cancel":
            actions.cancel_booking(booking=booking, by=VISITOR, now=now)
            messages.success(request, _("Your booking is cancelled. Thank you for telling us."))
        elif act in ("yes", "no"):
            actions.answer_offer(booking=booking, said_yes=act == "yes", by=VISITOR, now=now)
            said = _("The place is yours.") if act == "yes" else _("Thank you. The place goes to the next.")
            messages.success(request, said)
    except (actions.SessionFull, actions.SessionOver):
        messages.error(request, _("The last place at that date was just taken. Please choose another one."))
    except actions.NotOnTheList:
        messages.info(request, _("This booking was cancelled already."))
    except actions.NoOffer:
        messages.info(request, _("This place is not kept any more. Please choose another date."))
    else:
        use_link(link=door.link, now=now)
    return redirect("door", door.secret)


def choose_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Let somebody whom we know choose a date: the link names a person or an application."""
    found = queries.guest_behind_link(door.link.subject_type, door.link.subject_id)
    if found is None:
        return render(request, "public/link_over.html", {"ended": False}, status=404)
    branch, person, application = found
    side = application.side if application else ("mentor" if hasattr(person, "mentor") else "mentee")
    rows = list(queries.next_sessions(branch, door.now, side=side))
    form = MoveForm(
        request.POST if request.method == "POST" else None, sessions=rows, timezone=branch.timezone
    )
    if request.method == "POST" and form.is_valid():
        guest = {
            "first_name": person.first_name or person.display_name,
            "last_name": person.last_name,
            "email": person.email,
            "phone": person.phone,
            "language": person.contact_language,
            "side": side if side in Audience.values else "",
        }
        try:
            booking = actions.book(
                session=form.chosen(), guest=guest, by=VISITOR, now=door.now, person=person,
                application=application, wait_if_full=True,
            )  # fmt: skip
        except actions.SessionOver:
            form.add_error("session", _("This session has begun, or is called off."))
        else:
            return redirect("door", actions.link_for(booking=booking, now=door.now))
    sessions = [shown(row, branch) for row in rows]
    context = {"branch": branch, "person": person, "form": form, "sessions": sessions}
    return render(request, "public/session_choose.html", context, status=422 if form.errors else 200)
