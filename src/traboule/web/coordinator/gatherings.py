"""One gathering of mentors: who comes, who came, what was said."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.apps.people.enums import Permission
from traboule.apps.support.actions.exchange import (
    GatheringOver,
    GatheringPast,
    NamesMentee,
    RoomTooSmall,
    cancel_gathering,
    keep_notes,
    plan_gathering,
)
from traboule.apps.support.actions.exchange_answers import MarkedOtherwise, mark_presence
from traboule.apps.support.exchange_enums import GatheringAnswer, GatheringPresence
from traboule.apps.support.forms.exchange import GatheringForm, NotesForm
from traboule.apps.support.queries import exchange as queries
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

ANSWERS = ["GET", "HEAD", "POST"]


@require_http_methods(ANSWERS)
@branch_page(Permission.EXCHANGE_WRITE)
def plan(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Plan a gathering of a group; the invitations leave at once."""
    group = queries.find_group(actor=here.actor, branch=here.branch, pk=pk)
    form = GatheringForm(posted(request), branch=here.branch)
    if request.method == "POST" and form.is_valid():
        try:
            row = plan_gathering(group=group, fields=form.values(), by=here.actor, now=here.now)
        except GatheringPast:
            form.add_error("day", _("Choose a day to come."))
        except RoomTooSmall as small:
            form.add_error("places", _("This room has %(seats)s seats.") % {"seats": small.seats})
        else:
            messages.success(request, _("It is planned. The group is invited."))
            return redirect("gathering", here.branch.slug, row.pk)
    context = {
        "here": here,
        "form": form,
        "title": _("Plan a gathering"),
        "lede": _("Every mentor of the group gets a message with a link: I come, or I cannot."),
        "back": reverse("exchange_group", args=[here.branch.slug, pk]),
        "back_text": group.name,
        "act": _("Plan and invite"),
    }
    return render(request, "coordinator/plain_form.html", context, status=422 if form.errors else 200)


@require_http_methods(ANSWERS)
@branch_page(Permission.EXCHANGE_SEE)
def gathering(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show one gathering; keep its notes on POST."""
    found: Any = queries.find_gathering(actor=here.actor, branch=here.branch, pk=pk)
    form = NotesForm(posted(request), initial={"notes": found.notes})
    if request.method == "POST" and form.is_valid():
        try:
            keep_notes(gathering=found, notes=form.cleaned_data["notes"], by=here.actor, now=here.now)
        except NamesMentee as named:
            said = _("“%(word)s” is the name of a mentee. Write it without the name.") % {"word": named.word}
            form.add_error("notes", said)
        else:
            messages.success(request, _("The notes are kept."))
            return redirect("gathering", here.branch.slug, pk)
    rows = queries.invitations_of(found)
    context = {
        "here": here,
        "gathering": found,
        "rows": [(row, *_standing(row)) for row in rows],
        "free": max(0, found.places - found.comes),
        "has_begun": found.starts_at <= here.now,
        "may_write": here.may(Permission.EXCHANGE_WRITE) and found.cancelled_at is None,
        "form": form,
    }
    return render(request, "exchange/gathering.html", context, status=422 if form.errors else 200)


def _standing(row: Any) -> tuple[str, str]:
    """Say where an invited mentor stands: the kind of the badge and its words."""
    if row.presence:
        kind = "good" if row.presence == GatheringPresence.CAME else "urgent"
        return kind, str(GatheringPresence(row.presence).label)
    kinds = {
        GatheringAnswer.COMES: "good",
        GatheringAnswer.WAITING: "waiting",
        GatheringAnswer.CANNOT: "calm",
    }
    answer = GatheringAnswer(row.answer)
    return kinds[answer], str(answer.label)


def _states() -> dict[str, str]:
    return {state.value: str(state.label) for state in GatheringPresence}


def _marker(here: Here, found: Any) -> MakeMark:
    """Return what writes one mark of this gathering."""
    expected = {row.pk: row for row in queries.invitations_of(found)}

    def mark(row: Mark) -> Outcome:
        invitation = expected.get(row.subject)
        if invitation is None:
            return GONE
        invitation.gathering = found
        try:
            mark_presence(
                invitation=invitation,
                state=GatheringPresence(row.state),
                seen=row.seen,
                by=here.actor,
                now=here.now,
                marked_at=row.at,
                client_key=row.key,
            )
        except MarkedOtherwise as other:
            return Outcome("conflict", other.by, other.at, other.state)
        except GatheringOver:
            return GONE
        return SAVED

    return mark


@require_http_methods(ANSWERS)
@branch_page(Permission.EXCHANGE_WRITE)
def attendance(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show the list to mark; a form posted without JavaScript is written, conflicts are shown beside."""
    found = queries.find_gathering(actor=here.actor, branch=here.branch, pk=pk)
    conflicts: dict[int, Outcome] = {}
    if request.method == "POST":
        if found.starts_at > here.now:
            messages.error(request, _("It has not begun yet."))
            return redirect("gathering_attendance", here.branch.slug, pk)
        mark = _marker(here, found)
        outcomes = {
            row.subject: mark(row) for row in marks_of_form(request.POST, states=_states(), now=here.now)
        }
        conflicts = {key: outcome for key, outcome in outcomes.items() if outcome.result == "conflict"}
        if not conflicts:
            messages.success(request, _("The list is saved."))
            return redirect("gathering_attendance", here.branch.slug, pk)
    context = {
        "here": here,
        "gathering": found,
        "lines": _lines(request, found, conflicts),
        "states": list(_states().items()),
        "list_name": f"gathering-{found.pk}",
        "has_begun": found.starts_at <= here.now,
    }
    return render(request, "exchange/attendance.html", context, status=409 if conflicts else 200)


def _lines(request: HttpRequest, found: Any, conflicts: dict[int, Outcome]) -> list[Line]:
    lines = []
    for row in queries.invitations_of(found):
        conflict = conflicts.get(row.pk)
        wanted = request.POST.get(f"mark-{row.pk}", "") if conflict else ""
        lines.append(
            Line(
                subject=row.pk,
                name=row.person.display_name,
                detail=str(GatheringAnswer(row.answer).label),
                state=wanted or row.presence,
                said=_states()[conflict.state] if conflict else "",
                conflict=conflict,
            )
        )
    return lines


@require_POST
@branch_page(Permission.EXCHANGE_WRITE)
def attendance_rows(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Take marks from a phone, as JSON; see web.components.attendance."""
    found = queries.find_gathering(actor=here.actor, branch=here.branch, pk=pk)
    return answer_rows(request, states=_states(), now=here.now, mark=_marker(here, found))


@require_safe
@branch_page(Permission.EXCHANGE_WRITE)
def attendance_worker(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Answer with the script that opens the list without a network; it lies beside the page it governs."""
    queries.find_gathering(actor=here.actor, branch=here.branch, pk=pk)
    return worker()


@require_http_methods(ANSWERS)
@branch_page(Permission.EXCHANGE_WRITE)
def cancel(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Ask, then cancel a gathering and tell who was invited."""
    found = queries.find_gathering(actor=here.actor, branch=here.branch, pk=pk)
    back = reverse("gathering", args=[here.branch.slug, pk])
    if request.method == "POST":
        try:
            cancel_gathering(gathering=found, by=here.actor, now=here.now)
        except GatheringOver:
            messages.error(request, _("It is over, or somebody was marked: it cannot be cancelled."))
        else:
            messages.success(request, _("Cancelled. Those who were invited are told."))
        return redirect(back)
    return render(request, "exchange/ask.html", {"here": here, "back": back, "gathering": found})
