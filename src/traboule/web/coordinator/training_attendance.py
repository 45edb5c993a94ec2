"""Who came to a half-day: on a phone without signal, or by a plain form."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.apps.people.enums import Permission
from traboule.apps.training.actions.attendance import NotedOtherwise, NotYet, mark_presence
from traboule.apps.training.enums import Presence
from traboule.apps.training.queries import sessions
from traboule.web.access import Here, branch_page
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


def _states() -> dict[str, str]:
    return {state.value: str(state.label) for state in Presence if state is not Presence.PLANNED}


def _marker(here: Here, session: Any) -> MakeMark:
    """Return what writes one mark of this half-day."""
    seats = {row.pk: row for row in sessions.seats_of(session)}

    def mark(row: Mark) -> Outcome:
        seat = seats.get(row.subject)
        if seat is None or session.cancelled_at is not None:
            return GONE
        try:
            mark_presence(
                attendance=seat,
                presence=Presence(row.state),
                seen=row.seen,
                by=here.actor,
                now=here.now,
                marked_at=row.at,
                client_key=row.key,
            )
        except NotedOtherwise as other:
            return Outcome("conflict", other.by, other.at, other.presence)
        except NotYet:
            return GONE
        return SAVED

    return mark


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page(Permission.TRAINING_WRITE)
def training_attendance(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show the list to mark; a form posted without JavaScript is written, conflicts are shown beside."""
    session = sessions.find_session(actor=here.actor, branch=here.branch, pk=pk)
    conflicts: dict[int, Outcome] = {}
    if request.method == "POST" and session.starts_at > here.now:
        messages.error(request, _("The half-day has not begun."))
        return redirect("training_session", here.branch.slug, pk)
    if request.method == "POST":
        mark = _marker(here, session)
        rows = marks_of_form(request.POST, states=_states(), now=here.now)
        found = {row.subject: mark(row) for row in rows}
        conflicts = {key: outcome for key, outcome in found.items() if outcome.result == "conflict"}
        if not conflicts:
            messages.success(request, _("The list is saved."))
            return redirect("training_attendance", here.branch.slug, pk)
    context = {
        "here": here,
        "session": session,
        "has_begun": session.starts_at <= here.now,
        "lines": _lines(request, session, conflicts),
        "states": list(_states().items()),
        "list_name": f"training-{session.pk}",
    }
    return render(request, "training/attendance.html", context, status=409 if conflicts else 200)


def _lines(request: HttpRequest, session: Any, conflicts: dict[int, Outcome]) -> list[Line]:
    lines = []
    for seat in sessions.seats_of(session):
        conflict = conflicts.get(seat.pk)
        held = "" if seat.presence == Presence.PLANNED else seat.presence
        wanted = request.POST.get(f"mark-{seat.pk}", "") if conflict else ""
        said = _states().get(conflict.state, "") if conflict else ""
        lines.append(Line(seat.pk, seat.person.display_name, "", wanted or held, said, conflict))
    return lines


@require_POST
@branch_page(Permission.TRAINING_WRITE)
def training_attendance_rows(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Take marks from a phone, as JSON; see web.components.attendance."""
    session = sessions.find_session(actor=here.actor, branch=here.branch, pk=pk)
    return answer_rows(request, states=_states(), now=here.now, mark=_marker(here, session))


@require_safe
@branch_page(Permission.TRAINING_WRITE)
def training_attendance_worker(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Answer with the script that opens the list without a network; it lies beside the page it governs."""
    sessions.find_session(actor=here.actor, branch=here.branch, pk=pk)
    return worker()
