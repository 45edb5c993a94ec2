"""All that is known of one mentee: outcomes, answers, days worked; write one down, correct it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from traboule.apps.followups.queries.follow_ups import of_person
from traboule.apps.outcomes.actions.answers import note_answer
from traboule.apps.outcomes.actions.telling import (
    SAID,
    BeforeDuo,
    WrongDates,
    correct_outcome,
    tell_outcome,
)
from traboule.apps.outcomes.enums import ToldBy
from traboule.apps.outcomes.forms.staff import AnswerForm, OutcomeForm
from traboule.apps.outcomes.own_enums import Answer
from traboule.apps.outcomes.queries import outcomes as queries
from traboule.apps.people.enums import Permission
from traboule.kernel.lifecycle import OUTCOME, IllegalMove
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator import follow_up_words
from traboule.web.coordinator import outcome_words as words
from traboule.web.templatetags.traboule import say_date

ANSWERS = ["GET", "HEAD", "POST"]


@require_safe
@branch_page(Permission.OUTCOMES_SEE)
def person_outcomes(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show what became of one mentee, and what is not known."""
    found = queries.person_outcomes(actor=here.actor, branch=here.branch, pk=pk, today=here.today)
    context = {
        "here": here,
        "person": found.person,
        "lines": [words.line_of(row) for row in found.outcomes],
        "hidden": [words.line_of(row) for row in found.hidden],
        "answers": [(row, words.whys_of(row.whys)) for row in found.answers],
        "worked": found.worked,
        "follow_ups": [
            follow_up_words.line_of(row)
            for row in of_person(actor=here.actor, branch=here.branch, person_id=found.person.pk)
        ],
        "may_write": here.may(Permission.OUTCOMES_WRITE) and not found.person.archived_at,
    }
    return render(request, "outcomes/person.html", context)


@require_http_methods(ANSWERS)
@branch_page(Permission.OUTCOMES_WRITE)
def outcome_new(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Write an outcome down, as the mentee, the mentor or somebody else tells it."""
    person = queries.find_mentee(actor=here.actor, branch=here.branch, pk=pk)
    form = OutcomeForm(posted(request), today=here.today)
    if request.method == "POST" and form.is_valid():
        row = _kept(
            form,
            lambda **given: tell_outcome(
                person=person, told_by=ToldBy(form.cleaned_data["told_by"]), **given
            ),
            here,
        )
        if row is not None:
            messages.success(request, _("Noted. A second person verifies it."))
            return redirect("outcome", here.branch.slug, row.pk)
    return _form_page(request, here, form, person=person)


@require_http_methods(ANSWERS)
@branch_page(Permission.OUTCOMES_WRITE)
def outcome_edit(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Correct an outcome; a second person looks at it anew."""
    found = queries.find_outcome(
        actor=here.actor, branch=here.branch, pk=pk, permission=Permission.OUTCOMES_WRITE
    )
    if not OUTCOME.allows(found.state, "tell_again"):
        messages.error(request, _("This one counts no more and is not corrected."))
        return redirect("outcome", here.branch.slug, found.pk)
    initial = {name: getattr(found, name) for name in SAID}
    initial["apart_from_duo"] = found.duo_id is None
    form = OutcomeForm(posted(request), today=here.today, correcting=True, initial=initial)
    if request.method == "POST" and form.is_valid():
        row = _kept(form, lambda **given: correct_outcome(outcome=found, **given), here)
        if row is not None:
            messages.success(request, _("Corrected. A second person verifies it."))
            return redirect("outcome", here.branch.slug, row.pk)
    return _form_page(request, here, form, person=found.person, row=found)


def _kept(form: OutcomeForm, write: Any, here: Here) -> Any:
    """Write, or put on the form what stands in the way and return None."""
    try:
        return write(
            fields=form.fields_of(),
            apart_from_duo=form.cleaned_data["apart_from_duo"],
            by=here.actor,
            now=here.now,
        )
    except BeforeDuo as early:
        form.add_error(
            "starts_on",
            _("The duo began on %(day)s, after this day. Change the day, or tick “note it without the duo”.")
            % {"day": say_date(early.began_on)},
        )
    except WrongDates:
        form.add_error("ends_on", _("The last day is before the first day. Please change one of them."))
    except IllegalMove:
        form.add_error(None, _("This was changed meanwhile. Please look again."))
    return None


def _form_page(
    request: HttpRequest, here: Here, form: OutcomeForm, person: Any, row: Any = None
) -> HttpResponse:
    context = {"here": here, "form": form, "person": person, "row": row}
    return render(request, "outcomes/outcome_form.html", context, status=422 if form.errors else 200)


@require_http_methods(ANSWERS)
@branch_page(Permission.OUTCOMES_WRITE)
def no_outcome(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Note that there is nothing yet, that somebody would rather not say, or that nobody was reached."""
    person = queries.find_mentee(actor=here.actor, branch=here.branch, pk=pk)
    form = AnswerForm(posted(request), today=here.today)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        answer = Answer(said["answer"])
        note_answer(
            person=person,
            answer=answer,
            whys=said["whys"],
            asked_on=said["asked_on"],
            told_by=ToldBy.TEAM if answer == Answer.NOT_REACHED else ToldBy.MENTEE,
            by=here.actor,
            now=here.now,
        )
        messages.success(request, _("Noted."))
        return redirect("person_outcomes", here.branch.slug, person.pk)
    context = {"here": here, "form": form, "person": person}
    return render(request, "outcomes/no_outcome.html", context, status=422 if form.errors else 200)
