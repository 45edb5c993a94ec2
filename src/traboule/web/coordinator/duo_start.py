"""The first meeting of three: booked and moved by the coordinator, and what became of it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from traboule.apps.branches.queries import venues_for_choice
from traboule.apps.duos.actions.first_meetings import (
    AlreadyHeld,
    InThePast,
    NowhereToMeet,
    book_first_meeting,
    close_first_meeting,
)
from traboule.apps.duos.enums import Coming, FirstMeetingState
from traboule.apps.duos.forms.starting import BookForm
from traboule.apps.duos.queries import find_duo
from traboule.apps.duos.queries.agreements import find_first_meeting, first_meetings_of
from traboule.apps.duos.queries.meetings import diary_of_page
from traboule.apps.people.enums import Permission
from traboule.apps.support.queries.at_hand import AtHand
from traboule.kernel.lifecycle import IllegalMove
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator.duo_panels import DuoPanel
from traboule.web.templatetags.traboule import say_moment

KINDS = {
    FirstMeetingState.PLANNED: "info",
    FirstMeetingState.HELD: "good",
    FirstMeetingState.MISSED: "urgent",
    FirstMeetingState.MOVED: "calm",
}


def first_meeting_panel(here: Here, duo: Any, at_hand: AtHand) -> DuoPanel | None:
    """Show the first meeting and its next act, until the two meet by themselves."""
    rows = first_meetings_of(duo.pk) if at_hand.first_meeting else []
    latest = rows[0] if rows else None
    may = here.may(Permission.DUOS_WRITE) and duo.closed_on is None
    if latest is None and not may:
        return None
    slug = here.branch.slug
    planned = latest if latest is not None and latest.state == FirstMeetingState.PLANNED else None
    if planned is None and diary_of_page(duo, here.now).held:
        return None
    close = reverse("duo_first_meeting_close", args=[slug, planned.pk]) if planned and may else ""
    held = latest is not None and latest.state == FirstMeetingState.HELD
    return DuoPanel(
        "coordinator/duo/panel_first_meeting.html",
        {
            "meeting": latest,
            "when": say_moment(latest.starts_at) if latest else "",
            "state": str(latest.get_state_display()) if latest else "",
            "kind": KINDS[FirstMeetingState(latest.state)] if latest else "",
            "people": _who_comes(planned, duo) if planned else [],
            "moved": sum(row.state == FirstMeetingState.MOVED for row in rows),
            "book_href": reverse("duo_first_meeting", args=[slug, duo.pk]) if may and not held else "",
            "close_href": close,
            "is_planned": planned is not None,
        },
    )


def _who_comes(meeting: Any, duo: Any) -> list[tuple[str, str]]:
    said = {
        Coming.CAN.value: gettext("can come"),
        Coming.CANNOT.value: gettext("cannot come"),
        "": gettext("has not answered yet"),
    }
    pairs = ((duo.mentee, meeting.mentee_says), (duo.mentor, meeting.mentor_says))
    return [(person.display_name, said[answer]) for person, answer in pairs]


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page(Permission.DUOS_WRITE)
def duo_first_meeting(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Book the first meeting, or move it; both are told."""
    duo = find_duo(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.DUOS_WRITE)
    venues = venues_for_choice(here.branch)
    day = here.today + timedelta(days=7)
    first = venues[0].pk if venues else None
    initial = {"day": day, "hour": "10:00", "venue": first}
    form = BookForm(posted(request), initial=initial, venues=venues, timezone=here.branch.timezone)
    back = reverse("duo", args=[here.branch.slug, pk])
    if request.method == "POST" and form.is_valid() and _book(here, duo, form):
        messages.success(request, gettext("Booked. Both are told, each with a link to answer."))
        return redirect(back)
    context = {"here": here, "duo": duo, "form": form, "back": back}
    status = 422 if form.errors else 200
    return render(request, "coordinator/duo/first_meeting.html", context, status=status)


def _book(here: Here, duo: Any, form: BookForm) -> bool:
    said = form.cleaned_data
    try:
        book_first_meeting(
            duo=duo,
            starts_at=form.starts_at,
            venue=form.by_id.get(said["venue"]),
            place=said["place"],
            by=here.actor,
            now=here.now,
        )
    except InThePast:
        form.add_error("day", gettext("This date lies behind us."))
    except NowhereToMeet:
        form.add_error("place", gettext("Choose a place, or write one."))
    except AlreadyHeld:
        form.add_error(None, gettext("The first meeting took place already."))
    except IllegalMove:
        form.add_error(None, gettext("This duo is closed."))
    else:
        return True
    return False


@require_POST
@branch_page(Permission.DUOS_WRITE)
def duo_first_meeting_close(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Write down that it took place, or that it did not."""
    meeting = find_first_meeting(actor=here.actor, branch=here.branch, pk=pk)
    held = request.POST.get("act") == "held"
    try:
        close_first_meeting(meeting=meeting, held=held, by=here.actor, now=here.now)
    except IllegalMove:
        messages.error(request, gettext("Somebody was faster. This is how it stands now."))
    else:
        good, again = gettext("Noted: they have met."), gettext("Noted. Book another date.")
        messages.success(request, good if held else again)
    return redirect("duo", here.branch.slug, meeting.duo_id)
