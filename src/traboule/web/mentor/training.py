"""What a mentor opens by the link of a message: choosing dates, and three taps afterwards."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from traboule.apps.training.actions.attendance import give_feedback
from traboule.apps.training.actions.sessions import (
    SeatUsed,
    SessionFull,
    SessionOver,
    enrol,
    give_back_seat,
)
from traboule.apps.training.enums import Pace, Useful
from traboule.apps.training.forms import DatesForm, FeedbackForm
from traboule.apps.training.queries import sessions
from traboule.apps.training.queries.trainers import material_for_mentor, papers_of_mentor
from traboule.core.actors import system
from traboule.core.languages import interface
from traboule.core.links import use_link
from traboule.core.uploads import file_answer
from traboule.web.access import posted
from traboule.web.components.ical import Gathering, calendar_file
from traboule.web.doors import Door
from traboule.web.mentor.agenda import asked_number
from traboule.web.templatetags.traboule import say_moment

# Whoever holds the link acts as the link: nobody signed in.
BY_LINK = "link of a mentor"
OVER = "public/link_over.html"


def enrol_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Show the dates that are open to a mentor; take a seat or give one back on POST only."""
    person = sessions.mentor_behind_link(int(door.link.subject_id), door.link.scope)
    if person is None:
        return render(request, OVER, {"ended": True}, status=410)
    _speak(request, person)
    if "file" in request.GET:
        paper = material_for_mentor(person, asked_number(request))
        return file_answer(paper) if paper else render(request, OVER, {"ended": False}, status=404)
    if "calendar" in request.GET:
        return _calendar(request, person, door)
    held, free = sessions.planned_for(person, door.now), sessions.catch_up(person, door.now)
    choices = [(str(row.pk), f"{row.said_title} — {say_moment(row.starts_at)}") for row in free]
    form = DatesForm(posted(request), choices=choices)
    if request.method == "POST":
        if back := request.POST.get("give_back", ""):
            _give_back(request, [seat for seat in held if str(seat.pk) == back], door)
            return redirect(reverse("door", args=[door.secret]))
        if form.is_valid():
            wanted = [row for row in free if str(row.pk) in form.cleaned_data["dates"]]
            _take(request, person, wanted, door)
            return redirect(reverse("door", args=[door.secret]))
    context = {"person": person, "held": held, "form": form, "has_dates": bool(choices)}
    context["venues"] = _venues([*(seat.session for seat in held), *free])
    context["papers"] = papers_of_mentor(person)
    return render(request, "mentor/dates.html", context, status=422 if form.errors else 200)


def _venues(rows: list[Any]) -> list[Any]:
    """The places of these half-days, each once, in the order in which one goes there."""
    return list({row.room.venue_id: row.room.venue for row in rows if row.room}.values())


def _calendar(request: HttpRequest, person: Any, door: Door) -> HttpResponse:
    """Hand out one of the person's own seats as a date for a calendar."""
    asked = request.GET["calendar"]
    seat = next((s for s in sessions.planned_for(person, door.now) if str(s.pk) == asked), None)
    if seat is None:
        return render(request, OVER, {"ended": False}, status=404)
    session = seat.session
    date = Gathering(
        uid=f"half-day-{session.pk}-{seat.pk}",
        sequence=session.sequence,
        title=session.said_title,
        text=session.said_access,
        place=session.said_place,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        timezone=person.branch.timezone,
        changed_at=door.now,
    )
    return calendar_file(date, f"half-day-{session.pk}.ics")


def _take(request: HttpRequest, person: Any, wanted: list[Any], door: Door) -> None:
    taken = 0
    for session in wanted:
        try:
            enrol(session=session, person=person, by=system(BY_LINK), now=door.now)
            taken += 1
        except SessionFull:
            said = {"title": session.said_title}
            messages.error(request, _("%(title)s is full now. Choose another date.") % said)
        except SessionOver:
            messages.error(request, _("%(title)s has begun.") % {"title": session.said_title})
    if taken:
        use_link(link=door.link, now=door.now)
        messages.success(request, _("Your seats are kept. Thank you."))


def _give_back(request: HttpRequest, seats: list[Any], door: Door) -> None:
    for seat in seats:
        try:
            give_back_seat(attendance=seat, by=system(BY_LINK), now=door.now)
        except (SeatUsed, SessionOver):
            messages.error(request, _("Too late: this half-day has begun."))
        else:
            messages.success(request, _("Your seat is free for somebody else. Thank you."))


def feedback_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Ask three things about one half-day; saying it again corrects it."""
    seat = sessions.attendance_of(int(door.link.subject_id), door.link.scope)
    if seat is None:
        return render(request, OVER, {"ended": True}, status=410)
    _speak(request, seat.person)
    form = FeedbackForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        give_feedback(
            attendance=seat,
            useful=Useful(said["useful"]),
            pace=Pace(said["pace"]),
            recommends=said["recommends"],
            sentence=said["sentence"],
            by=system(BY_LINK),
            now=door.now,
        )
        use_link(link=door.link, now=door.now)
        return render(request, "mentor/feedback.html", {"seat": seat, "form": None})
    context = {"seat": seat, "form": form}
    return render(request, "mentor/feedback.html", context, status=422 if form.errors else 200)


def _speak(request: HttpRequest, person: Any) -> None:
    """Speak the language of the person, unless they chose another one on this browser."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(interface(person.contact_language))
