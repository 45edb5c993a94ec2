"""Tell us what you found: a few taps, no script; also by the mentor. Nothing yet is an answer too."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from traboule.apps.outcomes.actions.answers import note_answer
from traboule.apps.outcomes.actions.papers import TooManyPapers, add_paper
from traboule.apps.outcomes.actions.telling import BeforeDuo, WrongDates, tell_outcome, withdraw_outcome
from traboule.apps.outcomes.enums import PaperKind, ToldBy
from traboule.apps.outcomes.forms.own import FoundForm, NothingForm, PaperForm
from traboule.apps.outcomes.own_enums import Answer, OutcomeKind
from traboule.apps.outcomes.queries.own import Door, door_of, last_answer, own_outcome, own_outcomes
from traboule.apps.people.enums import Side
from traboule.core.days import local_day
from traboule.kernel.lifecycle import IllegalMove
from traboule.web.access import posted
from traboule.web.duo.panels import Panel
from traboule.web.mentee.visit import Visit
from traboule.web.templatetags.traboule import say_date

HOME = "?show=found"
# In the order of how often they are found.
KINDS = (
    OutcomeKind.JOB,
    OutcomeKind.INTERNSHIP,
    OutcomeKind.TRAINING,
    OutcomeKind.STUDY,
    OutcomeKind.LANGUAGE,
    OutcomeKind.VOLUNTEERING,
    OutcomeKind.OWN_BUSINESS,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What the panel says: which side looks."""

    is_mentee: bool


def panels(visit: Visit, duos: Sequence[Any]) -> list[Panel]:
    """Return the way in, for both sides of a duo that runs (``duos``, read already) or has run; one query."""
    own = visit.person.pk
    runs = [duo.mentee_id == own for duo in duos if own in (duo.mentee_id, duo.mentor_id)]
    if runs:
        return [Panel("duo/found.html", Told(any(runs)))]
    door = door_of(own, _today(visit))
    return [] if door is None else [Panel("duo/found.html", Told(door.side == Side.MENTEE))]


def show_found(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what may be told; with ``?what=`` its form; to a mentor of several mentees also of whom."""
    door = _door(visit)
    person = _whom(request, door)
    if person is None:
        return render(request, "mentee/found_whom.html", {"mentees": door.mentees})
    if request.GET.get("what", "") in OutcomeKind.values:
        return _form_page(request, visit, door, person)
    is_mentee = door.side == Side.MENTEE
    context = {
        "is_mentee": is_mentee,
        "person": person,
        "kinds": [(str(kind), kind.label) for kind in KINDS],
        "of": "" if is_mentee else f"&whom={person.pk}",
        "told": own_outcomes(person) if is_mentee else [],
        "answer": last_answer(person) if is_mentee else None,
    }
    return render(request, "mentee/found.html", context)


def tell_found(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Write down what was found."""
    door = _door(visit)
    person = _whom(request, door)
    if person is None or request.GET.get("what", "") not in OutcomeKind.values:
        return HttpResponseRedirect(request.path + HOME)
    form = _found_form(request, visit, door)
    if not form.is_valid():
        return _form_page(request, visit, door, person, form)
    is_mentee = door.side == Side.MENTEE
    try:
        with transaction.atomic():
            visit.count()
            tell_outcome(
                person=person,
                fields=form.fields_of(),
                told_by=ToldBy.MENTEE if is_mentee else ToldBy.MENTOR,
                teller=None if is_mentee else visit.person,
                paper=form.cleaned_data.get("file"),
                by=visit.by,
                now=visit.now,
            )
    except BeforeDuo as early:
        words = _("That is before the duo began (%(day)s). Is the day right?")
        form.add_error("starts_on", words % {"day": say_date(early.began_on)})
    except WrongDates:
        form.add_error("ends_on", _("The last day is before the first day. Please change one of them."))
    except TooManyPapers:
        form.add_error("file", _("You have sent many papers already. Thank you, that is enough."))
    else:
        messages.success(request, _("Thank you! That is good news. The team reads it."))
        return HttpResponseRedirect(request.path + (HOME if is_mentee else ""))
    return _form_page(request, visit, door, person, form)


def show_nothing(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask what makes it hard, if somebody likes to say."""
    return _nothing_page(request, visit, NothingForm())


def say_nothing(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Note that there is nothing yet."""
    form = NothingForm(request.POST)
    if not form.is_valid():
        return _nothing_page(request, visit, form)
    _answer(visit, Answer.NOTHING_YET, form.cleaned_data["whys"])
    messages.success(request, _("Thank you for telling us. You are not alone: talk to us when you like."))
    return HttpResponseRedirect(request.path)


def rather_not(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Note that somebody would rather not say; one tap."""
    _answer(visit, Answer.RATHER_NOT, [])
    messages.success(request, _("That is fine. Nothing changes for you."))
    return HttpResponseRedirect(request.path)


def show_paper(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the form of one more paper, and take it."""
    row = _own(visit, request.GET.get("outcome", ""))
    form = PaperForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                visit.count()
                file = form.cleaned_data["file"]
                add_paper(outcome=row, file=file, paper=PaperKind.CONTRACT, by=visit.by, now=visit.now)
        except TooManyPapers:
            form.add_error("file", _("You have sent many papers already. Thank you, that is enough."))
        except IllegalMove:
            messages.error(request, _("This was changed meanwhile. Please look again."))
            return HttpResponseRedirect(request.path + HOME)
        else:
            messages.success(request, _("The paper has arrived. Thank you."))
            return HttpResponseRedirect(request.path + HOME)
    context = {"form": form, "row": row, "home": HOME}
    return render(request, "mentee/found_paper.html", context, status=422 if form.errors else 200)


def take_back(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take back what nobody has looked at yet."""
    row = _own(visit, request.POST.get("outcome", ""))
    try:
        with transaction.atomic():
            visit.count()
            withdraw_outcome(outcome=row, by=visit.by, now=visit.now)
    except IllegalMove:
        messages.error(request, _("The team has looked at it already. Please tell us what changed."))
    else:
        messages.success(request, _("It is taken back."))
    return HttpResponseRedirect(request.path + HOME)


def _form_page(
    request: HttpRequest, visit: Visit, door: Door, person: Any, form: FoundForm | None = None
) -> HttpResponse:
    shown = form or _found_form(request, visit, door, sent=False)
    context = {
        "form": shown,
        "title": shown.kind.label,
        "is_mentee": door.side == Side.MENTEE,
        "person": person,
        "home": HOME if door.side == Side.MENTEE else f"{HOME}&whom={person.pk}",
    }
    return render(request, "mentee/found_form.html", context, status=422 if form else 200)


def _found_form(request: HttpRequest, visit: Visit, door: Door, *, sent: bool = True) -> FoundForm:
    given = (request.POST, request.FILES) if sent else ()
    kind = OutcomeKind(request.GET["what"])
    return FoundForm(*given, kind=kind, today=_today(visit), by_mentor=door.side == Side.MENTOR)


def _nothing_page(request: HttpRequest, visit: Visit, form: NothingForm) -> HttpResponse:
    if _door(visit).side != Side.MENTEE:
        raise Http404
    context = {"form": form, "home": HOME}
    return render(request, "mentee/nothing.html", context, status=422 if form.errors else 200)


def _answer(visit: Visit, answer: Answer, whys: list[str]) -> None:
    if _door(visit).side != Side.MENTEE:
        raise Http404
    with transaction.atomic():
        visit.count()
        note_answer(
            person=visit.person, answer=answer, whys=whys, told_by=ToldBy.MENTEE, by=visit.by, now=visit.now
        )


def _door(visit: Visit) -> Door:
    found = door_of(visit.person.pk, _today(visit))
    if found is None:
        raise Http404
    return found


def _whom(request: HttpRequest, door: Door) -> Any:
    """Return of whom it is told; None where a mentor of several has not said yet."""
    if len(door.mentees) == 1:
        return door.mentees[0]
    named = request.GET.get("whom", "")
    return next((one for one in door.mentees if str(one.pk) == named), None)


def _own(visit: Visit, number: str) -> Any:
    row = own_outcome(visit.person, int(number)) if number.isdecimal() and len(number) < 18 else None
    if row is None:
        raise Http404
    return row


def _today(visit: Visit) -> Any:
    return local_day(visit.now, visit.person.branch.timezone)


Page = Callable[[HttpRequest, Visit], HttpResponse]
PAGES: dict[str, Page] = {"found": show_found, "nothing": show_nothing, "found-paper": show_paper}
ACTS: dict[str, Page] = {
    "found": tell_found,
    "nothing": say_nothing,
    "rather-not": rather_not,
    "found-paper": show_paper,
    "found-back": take_back,
}
