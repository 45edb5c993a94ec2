"""Who came to an information session: on a phone without signal, by a plain form, on paper."""

from io import BytesIO
from typing import Any

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.apps.applications.actions.session_attendance import (
    MarkedOtherwise,
    NotExpected,
    mark_attendance,
    walk_in,
)
from traboule.apps.applications.enums import BookingState, Presence
from traboule.apps.applications.forms.sessions import GuestForm
from traboule.apps.applications.queries import sessions as queries
from traboule.apps.applications.queries.sessions import IN_THE_ROOM
from traboule.apps.people.enums import Permission
from traboule.web.access import Here, branch_page, posted
from traboule.web.components.attendance import (
    GONE,
    SAVED,
    Line,
    MakeMark,
    Mark,
    Outcome,
    answer_rows,
    marks_of_form,
    worker,
)
from traboule.web.coordinator.session_words import session_line

ANSWERS = ["GET", "HEAD", "POST"]


def _states() -> dict[str, str]:
    return {state.value: str(state.label) for state in Presence}


def _marker(here: Here, session: Any) -> MakeMark:
    """Return what writes one mark of this session."""
    expected = {row.pk: row for row in queries.bookings_of(session)}

    def mark(row: Mark) -> Outcome:
        booking = expected.get(row.subject)
        if booking is None:
            return GONE
        try:
            mark_attendance(
                booking=booking,
                state=Presence(row.state),
                seen=row.seen,
                by=here.actor,
                now=here.now,
                marked_at=row.at,
                client_key=row.key,
            )
        except MarkedOtherwise as other:
            return Outcome("conflict", other.by, other.at, other.state)
        except NotExpected:
            return GONE
        return SAVED

    return mark


@require_http_methods(ANSWERS)
@branch_page(Permission.SESSIONS_WRITE)
def attendance(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show the list to mark; a form posted without JavaScript is written, conflicts are shown beside."""
    session = queries.find_session(actor=here.actor, branch=here.branch, pk=pk)
    conflicts: dict[int, Outcome] = {}
    if request.method == "POST":
        mark = _marker(here, session)
        rows = marks_of_form(request.POST, states=_states(), now=here.now)
        found = {row.subject: mark(row) for row in rows}
        conflicts = {key: outcome for key, outcome in found.items() if outcome.result == "conflict"}
        if not conflicts:
            messages.success(request, _("The list is saved."))
            return redirect("session_attendance", here.branch.slug, pk)
    return render(
        request,
        "coordinator/session_attendance.html",
        {
            "here": here,
            "session": session,
            "line": session_line(session, here.now),
            "lines": _lines(request, session, conflicts),
            "states": list(_states().items()),
            "list_name": f"session-{session.pk}",
        },
        status=409 if conflicts else 200,
    )


def _lines(request: HttpRequest, session: Any, conflicts: dict[int, Outcome]) -> list[Line]:
    lines = []
    for row in queries.bookings_of(session):
        if row.state not in IN_THE_ROOM:
            continue
        mark = getattr(row, "attendance", None)
        conflict = conflicts.get(row.pk)
        wanted = request.POST.get(f"mark-{row.pk}", "") if conflict else ""
        lines.append(
            Line(
                subject=row.pk,
                name=row.display_name,
                detail=str(BookingState(row.state).label) if row.state == BookingState.WALKED_IN else "",
                state=wanted or (mark.state if mark else ""),
                said=_states()[conflict.state] if conflict else "",
                conflict=conflict,
            )
        )
    return lines


@require_POST
@branch_page(Permission.SESSIONS_WRITE)
def attendance_rows(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Take marks from a phone, as JSON; see web.components.attendance."""
    session = queries.find_session(actor=here.actor, branch=here.branch, pk=pk)
    return answer_rows(request, states=_states(), now=here.now, mark=_marker(here, session))


@require_safe
@branch_page(Permission.SESSIONS_WRITE)
def attendance_worker(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Answer with the script that opens the list without a network; it lies beside the page it governs."""
    queries.find_session(actor=here.actor, branch=here.branch, pk=pk)
    return worker()


@require_http_methods(ANSWERS)
@branch_page(Permission.SESSIONS_WRITE)
def attendance_walk_in(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Write down somebody who came without booking."""
    session = queries.find_session(actor=here.actor, branch=here.branch, pk=pk)
    audience, country = session.audience, here.branch.country
    form = GuestForm(posted(request), audience=audience, country=country, contact=False)
    back = reverse("session_attendance", args=[here.branch.slug, pk])
    if request.method == "POST" and form.is_valid():
        guest = walk_in(session=session, guest=form.guest(), by=here.actor, now=here.now)
        messages.success(request, _("%(name)s is on the list.") % {"name": guest})
        return redirect(back)
    context = {"here": here, "form": form, "title": _("Somebody came without booking"), "back": back}
    context["back_text"] = _("Who came")
    return render(request, "coordinator/plain_form.html", context, status=422 if form.errors else 200)


@require_safe
@branch_page(Permission.SESSIONS_SEE)
def attendance_sheet(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show the list to print: A4, large, room to sign, a square that opens the page on a phone."""
    session = queries.find_session(actor=here.actor, branch=here.branch, pk=pk)
    page = reverse("session_attendance", args=[here.branch.slug, pk])
    square = BytesIO()
    segno.make(request.build_absolute_uri(page), error="m").save(
        square, kind="svg", scale=4, svgclass=None, lineclass=None, omitsize=True
    )
    rows = [row for row in queries.bookings_of(session) if row.state in IN_THE_ROOM]
    context = {
        "here": here,
        "line": session_line(session, here.now),
        "rows": rows,
        "empty_rows": range(4),
        "square": square.getvalue().decode(),
        "page": page,
        "back": reverse("info_session", args=[here.branch.slug, pk]),
    }
    return render(request, "coordinator/session_sheet.html", context)
