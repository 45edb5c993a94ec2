"""Information sessions for everybody: the next dates, and booking a place without an account."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from traboule.apps.applications.actions.session_bookings import SessionFull, SessionOver, book, link_for
from traboule.apps.applications.enums import Audience
from traboule.apps.applications.forms.sessions import GuestForm
from traboule.apps.applications.queries import sessions as queries
from traboule.apps.people.enums import Side
from traboule.core.actors import system
from traboule.reference import languages
from traboule.web.limits import limited

ANSWERS = ["GET", "HEAD", "POST"]
VISITOR = system("booking page")
MOST_SHOWN = 20
WAIT = "wait"


def shown(session: Any, branch: Any) -> dict[str, Any]:
    """Return what visitors read of a session."""
    speaks = get_language() or "fr"
    return {
        "session": session,
        "when": queries.say_when(session.starts_at, branch.timezone),
        "until": session.ends_at.astimezone(ZoneInfo(branch.timezone)),
        "where": capfirst(queries.say_where(session, to_all=True)),
        "audience": Audience(session.audience).label,
        "spoken": ", ".join(languages.name(code, speaks) for code in session.languages),
        "left": max(0, session.left),
    }


@login_not_required
@require_safe
def public_sessions(request: HttpRequest, branch: str) -> HttpResponse:
    """Show the next dates of a branch; `?as=mentor` or `?as=mentee` leaves the others out."""
    at = queries.public_branch(branch)
    side = request.GET.get("as", "")
    side = side if side in Side.values else ""
    rows = queries.next_sessions(at, timezone.now(), side=side)[:MOST_SHOWN]
    context = {"branch": at, "place": at, "side": side, "sessions": [shown(row, at) for row in rows]}
    return render(request, "public/sessions.html", context)


@login_not_required
@require_http_methods(ANSWERS)
@limited("form", target="email")
def public_session(request: HttpRequest, branch: str, pk: int) -> HttpResponse:
    """Book a place; when the last one has just gone, offer the waiting list with all that was typed."""
    at = queries.public_branch(branch)
    now = timezone.now()
    session = queries.bookable(at, pk, now)
    sent = request.POST if request.method == "POST" else None
    first = {"language": get_language() or "fr", "side": request.GET.get("as", "")}
    form = GuestForm(sent, audience=session.audience, country=at.country, initial=first)
    full = session.left <= 0 or session.waiting > 0
    if sent is not None and form.is_valid():
        try:
            booking = book(
                session=session, guest=form.guest(), by=VISITOR, now=now,
                wait_if_full=sent.get("act") == WAIT,
            )  # fmt: skip
        except SessionFull:
            context = _page(at, session, form, full=True, just_taken=not full)
            return render(request, "public/session_book.html", context, status=409)
        except SessionOver:
            messages.info(request, _("This session has begun, or is called off. Here are the next dates."))
            return redirect("public_sessions", branch)
        if booking.made_at != now:  # whoever types a known address must not open somebody's booking
            return render(request, "public/session_known.html", {"branch": at, **shown(session, at)})
        return redirect("door", link_for(booking=booking, now=now))
    status = 422 if form.errors else 200
    return render(request, "public/session_book.html", _page(at, session, form, full=full), status=status)


def _page(branch: Any, session: Any, form: GuestForm, *, full: bool, just_taken: bool = False) -> Any:
    return {
        "branch": branch,
        "place": branch,
        "form": form,
        "full": full,
        "just_taken": just_taken,
        **shown(session, branch),
    }
