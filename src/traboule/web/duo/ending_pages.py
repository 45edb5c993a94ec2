"""Pages about changes and the end: why it ended, a later end, what comes next, how a mentor is, the papers.

Each is one page for two ways in: the link of its message, and the own place behind ``?show=``.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from traboule.apps.duos.actions import WrongDates
from traboule.apps.endings.actions.alumni import agree_to_be_asked
from traboule.apps.endings.actions.choices import NoDate, choose
from traboule.apps.endings.actions.extensions import answer_extension
from traboule.apps.endings.actions.well_being import (
    NothingSaid,
    WellBeingOver,
    say_well_being,
    skip_well_being,
)
from traboule.apps.endings.actions.words import AlreadySaid, StillRunning, say_word
from traboule.apps.endings.forms.own import ChoiceForm, WellBeingForm, WordForm
from traboule.apps.endings.own_enums import Brought, Onward
from traboule.apps.endings.queries import endings as queries
from traboule.apps.endings.queries.certificates import certificate_of
from traboule.apps.people.enums import Side
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.languages import HOUSE
from traboule.core.links import use_link
from traboule.kernel.lifecycle import IllegalMove
from traboule.web.access import posted
from traboule.web.duo.certificate_paper import certificate_pdf
from traboule.web.duo.support_pages import MOUTHS

if TYPE_CHECKING:
    from traboule.web.mentee.visit import Visit

Show = Callable[[HttpRequest, "Visit"], HttpResponse]
OVER = "duo/thanks.html"


def _use(visit: Any) -> None:
    if visit.link is not None:
        use_link(link=visit.link, now=visit.now)


def _done(request: HttpRequest, stay: bool, text: str) -> HttpResponse:
    if stay:
        return render(request, "duo/ending_done.html", {"text": text})
    messages.success(request, text)
    return HttpResponseRedirect(request.path)


def _page(request: HttpRequest, template: str, form: Any, stay: bool, **more: Any) -> HttpResponse:
    context = {"form": form, "back": not stay, **more}
    return render(request, template, context, status=422 if form is not None and form.errors else 200)


def word_page(request: HttpRequest, word: Any, by: Actor, visit: Any, stay: bool = False) -> HttpResponse:
    """Ask one side why it ended; the page names neither reasons nor words of anybody else."""
    if word is None or word.said_at is not None:
        return render(request, OVER, {"over": True})
    form = WordForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            with transaction.atomic():
                _use(visit)
                say_word(word=word, reasons=said["reasons"], words=said["words"], by=by, now=visit.now)
        except (AlreadySaid, StillRunning):
            return render(request, OVER, {"over": True})
        return _done(request, stay, _("Thank you. Only the team reads it."))
    return _page(request, "duo/end_word.html", form, stay, other=_other(word.duo, word.person_id))


def _other(duo: Any, person_id: int) -> Any:
    return duo.mentor if duo.mentee_id == person_id else duo.mentee


def extension_page(
    request: HttpRequest, row: Any, side: str, by: Actor, visit: Any, stay: bool = False
) -> HttpResponse:
    """Ask whether to go on; a no is as easy as a yes."""
    if row is None or row.state != "asked" or getattr(row, f"{side}_says") is not None:
        return render(request, OVER, {"over": True})
    answer = request.POST.get("answer", "")
    if request.method == "POST" and answer in ("yes", "no"):
        try:
            with transaction.atomic():
                _use(visit)
                answer_extension(extension=row, side=side, yes=answer == "yes", by=by, now=visit.now)
        except (IllegalMove, WrongDates):
            return render(request, OVER, {"over": True})
        return _done(request, stay, _("Thank you. We tell you both how it stays."))
    other = row.duo.mentor if side == Side.MENTEE else row.duo.mentee
    return _page(request, "duo/extension.html", None, stay, row=row, other=other)


def choice_page(request: HttpRequest, choice: Any, by: Actor, visit: Any, stay: bool = False) -> HttpResponse:
    """Ask a mentor what it brought and what comes next; they may come back and say otherwise."""
    if choice is None:
        return render(request, OVER, {"over": True})
    today = local_day(visit.now, choice.duo.branch.timezone)
    first = {"onward": choice.onward, "role": choice.role, "ask_again_on": choice.ask_again_on}
    form = ChoiceForm(posted(request), today=today, initial={**first, **choice.marks})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            with transaction.atomic():
                _use(visit)
                choose(
                    choice=choice,
                    onward=Onward(said["onward"]),
                    role=said["role"],
                    ask_again_on=said["ask_again_on"],
                    brought=form.marks(),
                    by=by,
                    now=visit.now,
                )
        except NoDate:
            form.add_error("ask_again_on", _("Choose a day in the next two years."))
        else:
            return _done(request, stay, _("Thank you. It is noted, and you may change it here."))
    scales = [(form[item], list(zip(form[item], MOUTHS, strict=True))) for item in Brought.values]
    return _page(request, "duo/onward.html", form, stay, rows=scales)


def well_being_page(
    request: HttpRequest, row: Any, by: Actor, visit: Any, stay: bool = False
) -> HttpResponse:
    """Ask a mentor how they are; or they would rather not say."""
    if row is None or row.answered_at is not None or row.skipped_at is not None:
        return render(request, OVER, {"over": True})
    form = WellBeingForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                _use(visit)
                if request.POST.get("skip"):
                    skip_well_being(row=row, by=by, now=visit.now)
                else:
                    say_well_being(row=row, **form.cleaned_data, by=by, now=visit.now)
        except WellBeingOver:
            return render(request, OVER, {"over": True})
        except NothingSaid:
            form.add_error(None, _("Choose something, or leave it out this time."))
        else:
            return _done(request, stay, _("Thank you. Only the team reads it."))
    return _page(request, "duo/well_being.html", form, stay)


def papers_page(request: HttpRequest, papers: list[Any], stay: bool = False) -> HttpResponse:
    """Show certificates to open in each language of the country."""
    return render(request, "duo/papers.html", {"papers": papers, "back": not stay})


def _show_word(request: HttpRequest, visit: "Visit") -> HttpResponse:
    return word_page(request, queries.words_to_say(visit.person.pk).first(), visit.by, visit)


def _show_extension(request: HttpRequest, visit: "Visit") -> HttpResponse:
    row = queries.extensions_to_answer(visit.person.pk).first()
    is_mentee = row is not None and row.duo.mentee_id == visit.person.pk
    return extension_page(request, row, Side.MENTEE if is_mentee else Side.MENTOR, visit.by, visit)


def _show_choice(request: HttpRequest, visit: "Visit") -> HttpResponse:
    return choice_page(request, queries.choices_of(visit.person.pk).first(), visit.by, visit)


def _show_well_being(request: HttpRequest, visit: "Visit") -> HttpResponse:
    return well_being_page(request, queries.well_being_to_say(visit.person.pk).first(), visit.by, visit)


def _show_papers(request: HttpRequest, visit: "Visit") -> HttpResponse:
    named = request.GET.get("paper", "")
    found = certificate_of(visit.person.pk, named) if named else None
    if found is not None:
        return certificate_pdf(found, request.GET.get("language", ""))
    return papers_page(request, queries.papers_of(visit.person.pk))


def _agree(request: HttpRequest, visit: "Visit") -> HttpResponse:
    with transaction.atomic():
        _use(visit)
        language = get_language() or HOUSE
        agree_to_be_asked(person=visit.person, language=language, by=visit.by, now=visit.now)
    return _done(request, False, _("Thank you. You can take this back at any time."))


PAGES: dict[str, Show] = {
    "end-word": _show_word,
    "extension": _show_extension,
    "onward": _show_choice,
    "well-being": _show_well_being,
    "papers": _show_papers,
}
ACTS: dict[str, Show] = {
    "end-word": _show_word,
    "extension": _show_extension,
    "onward": _show_choice,
    "well-being": _show_well_being,
    "alumni": _agree,
}
