"""Pages of support that open from the own place: away, advice, a worry, a check-in, the short scale.

They live at the address of the place, behind ``?show=``, so that a link of a message opens them as well as a
sign-in; acts come back to the same address.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from traboule.apps.people.enums import Part, Readers
from traboule.apps.support.actions import absences as away_actions
from traboule.apps.support.actions import advice, check_ins, concerns
from traboule.apps.support.enums import AdviceTopic
from traboule.apps.support.forms.own import AdviceForm, AwayForm, PulseForm, QuestionsForm, WorryForm
from traboule.apps.support.queries import check_ins as queries
from traboule.apps.support.queries.absences import coming_absence
from traboule.apps.support.queries.settings import questions_for
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.languages import HOUSE
from traboule.core.links import use_link
from traboule.kernel.calendar import working_day
from traboule.web.duo.which import duo_of, duos_of

if TYPE_CHECKING:
    from traboule.web.mentee.visit import Visit

Show = Callable[[HttpRequest, "Visit"], HttpResponse]
# The mouths of five faces, from "not at all" to "yes, fully", on a face of 24 by 24.
MOUTHS = ("M7 18Q12 12 17 18", "M7 17Q12 14 17 17", "M7 16H17", "M7 15Q12 18 17 15", "M6.5 14Q12 21 17.5 14")


def _form_page(request: HttpRequest, template: str, form: Any, **more: Any) -> HttpResponse:
    return render(request, template, {"form": form, **more}, status=422 if form.errors else 200)


def _done(request: HttpRequest, text: str) -> HttpResponse:
    messages.success(request, text)
    return HttpResponseRedirect(request.path)


def _use(visit: "Visit") -> None:
    if visit.link is not None:
        use_link(link=visit.link, now=visit.now)


def show_away(request: HttpRequest, visit: "Visit") -> HttpResponse:
    """Ask from when to when."""
    today = local_day(visit.now, visit.person.branch.timezone)
    return _form_page(request, "duo/away.html", AwayForm(today=today, initial={"from_on": today}))


def do_away(request: HttpRequest, visit: "Visit") -> HttpResponse:
    """Note an absence."""
    form = AwayForm(request.POST, today=local_day(visit.now, visit.person.branch.timezone))
    if form.is_valid():
        days = {name: form.cleaned_data[name] for name in ("from_on", "until_on")}
        try:
            with transaction.atomic():
                _use(visit)
                away_actions.say_away(person=visit.person, by=visit.by, now=visit.now, **days)
        except away_actions.WrongDays:
            form.add_error("from_on", _("You told us already that you are away on some of these days."))
        else:
            return _done(request, _("It is noted. We do not remind you of anything during these days."))
    return _form_page(request, "duo/away.html", form)


def do_back(request: HttpRequest, visit: "Visit") -> HttpResponse:
    """End the absence that holds or comes next."""
    absence = coming_absence(visit.person, local_day(visit.now, visit.person.branch.timezone))
    if absence is None:
        return HttpResponseRedirect(request.path)
    with transaction.atomic():
        _use(visit)
        away_actions.say_back(absence=absence, by=visit.by, now=visit.now)
    return _done(request, _("Good to have you here."))


def show_advice(request: HttpRequest, visit: "Visit") -> HttpResponse:
    """Ask about what, and when a call suits."""
    today = local_day(visit.now, visit.person.branch.timezone)
    first = {"wanted_on": working_day(today + timedelta(days=1)), "part": Part.AM}
    return _form_page(request, "duo/advice.html", AdviceForm(today=today, initial=first))


def do_advice(request: HttpRequest, visit: "Visit") -> HttpResponse:
    """Ask the team to call."""
    duo = duo_of(request, visit)
    form = AdviceForm(request.POST, today=local_day(visit.now, visit.person.branch.timezone))
    if duo is None:
        return HttpResponseRedirect(request.path)
    if not form.is_valid():
        return _form_page(request, "duo/advice.html", form)
    said = form.cleaned_data
    with transaction.atomic():
        _use(visit)
        advice.ask_advice(
            duo=duo,
            person=visit.person,
            topic=AdviceTopic(said["topic"]),
            question=said["question"],
            wanted_on=said["wanted_on"],
            part=Part(said["part"]),
            by=visit.by,
            now=visit.now,
        )
    return _done(request, _("We have your question. We call you within two working days."))


def show_worry(request: HttpRequest, visit: "Visit") -> HttpResponse:
    """Let somebody tell a worry."""
    return _form_page(request, "duo/worry.html", WorryForm())


def do_worry(request: HttpRequest, visit: "Visit") -> HttpResponse:
    """Open a concern file; the page says when somebody answers, and nothing shows up anywhere else."""
    form = WorryForm(request.POST)
    if not form.is_valid():
        return _form_page(request, "duo/worry.html", form)
    duos = duos_of(visit)
    with transaction.atomic():
        _use(visit)
        concerns.tell_concern(
            branch=visit.person.branch,
            duo=duos[0] if len(duos) == 1 else None,  # with several, who calls asks about whom it is
            person=visit.person,
            text=form.cleaned_data["text"],
            by=visit.by,
            now=visit.now,
        )
    return _done(request, _("Thank you for telling us. Somebody calls you by the next working day."))


def show_check_in(request: HttpRequest, visit: "Visit") -> HttpResponse:
    """Show the check-in that waits for this person."""
    return check_in_page(request, next(iter(queries.open_sides_of(visit.person)), None), visit.by, visit)


def show_pulse(request: HttpRequest, visit: "Visit") -> HttpResponse:
    """Show the short scale that waits for this person."""
    return pulse_page(request, queries.open_pulse_of(visit.person), visit.by, visit)


def check_in_page(request: HttpRequest, side: Any, by: Actor, visit: Any, stay: bool = False) -> HttpResponse:
    """Show three questions and take the answers; `visit` is a visit or a door, `stay` thanks on the page."""
    if side is None or side.held_at is not None or side.check_in.state != "planned":
        return render(request, "duo/thanks.html", {"over": True})
    check_in = side.check_in
    questions = questions_for(check_in.duo.branch, check_in.month, get_language() or HOUSE)
    form = QuestionsForm(request.POST if request.method == "POST" else None, questions=questions)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                _use(visit)
                check_ins.answer_check_in(said=side, answers=form.said(), by=by, now=visit.now)
        except check_ins.CheckInOver:
            return render(request, "duo/thanks.html", {"over": True})
        return _thank(request, stay)
    before = [row for row in queries.said_before(check_in, side.side) if row.readers == Readers.SHARED]
    return _form_page(request, "duo/check_in.html", form, before=before, back=not stay)


def pulse_page(request: HttpRequest, pulse: Any, by: Actor, visit: Any, stay: bool = False) -> HttpResponse:
    """Show the four sentences and take what was tapped, or that somebody would rather not."""
    if pulse is None or pulse.answered_at is not None or pulse.skipped_at is not None:
        return render(request, "duo/thanks.html", {"over": True})
    form = PulseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        marks = {} if request.POST.get("skip") else form.marks()
        try:
            with transaction.atomic():
                _use(visit)
                check_ins.answer_pulse(pulse=pulse, marks=marks, by=by, now=visit.now)
        except check_ins.PulseOver:
            return render(request, "duo/thanks.html", {"over": True})
        return _thank(request, stay)
    other = pulse.duo.mentor if pulse.duo.mentee_id == pulse.person_id else pulse.duo.mentee
    rows = [(field, list(zip(field, MOUTHS, strict=True))) for field in form]
    return _form_page(request, "duo/pulse.html", form, rows=rows, other=other, back=not stay)


def _thank(request: HttpRequest, stay: bool) -> HttpResponse:
    if stay:
        return render(request, "duo/thanks.html", {"over": False})
    return _done(request, _("Thank you. Only the team reads it."))


PAGES: dict[str, Show] = {
    "away": show_away,
    "advice": show_advice,
    "worry": show_worry,
    "check-in": show_check_in,
    "pulse": show_pulse,
}
ACTS: dict[str, Show] = {
    "away": do_away,
    "back": do_back,
    "advice": do_advice,
    "worry": do_worry,
    "check-in": show_check_in,
    "pulse": show_pulse,
}
