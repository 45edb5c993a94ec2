"""Deciding: what is missing, the letter before it leaves, a second person, taking it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from traboule.apps.applications.actions import decisions as actions
from traboule.apps.applications.actions.errors_judging import (
    AlreadyDecided,
    LetterHasLeft,
    NothingToUndo,
    NotReady,
    SamePerson,
)
from traboule.apps.applications.enums_judging import DecisionState, Outcome
from traboule.apps.applications.forms.judging import DecisionForm
from traboule.apps.applications.queries import decisions as queries
from traboule.apps.applications.queries.talks import find_application
from traboule.apps.people.actions.states import StillEngaged
from traboule.apps.people.enums import Permission
from traboule.kernel.lifecycle import APPLICATION, IllegalMove
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator import judging_words as words
from traboule.web.coordinator.eligibility import cards_of
from traboule.web.templatetags.traboule import say_moment


def _application(here: Here, pk: int) -> Any:
    return find_application(
        actor=here.actor, branch=here.branch, pk=pk, permission=Permission.APPLICATIONS_DECIDE
    )


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page(Permission.APPLICATIONS_DECIDE)
def decision(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Choose, read the letter, then decide: nothing happens before the second press."""
    application = _application(here, pk)
    form = DecisionForm(posted(request), side=application.side, today=here.today)
    letter = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("act") == "decide":
            if _decided(request, here, application, form):
                return redirect("decision", here.branch.slug, pk)
            application = _application(here, pk)
        elif request.POST.get("act") != "change":
            letter = _preview(here, application, form)
    context = _context(here, application, form, letter)
    return render(request, "judging/decision.html", context, status=422 if form.errors else 200)


def _context(here: Here, application: Any, form: DecisionForm, letter: Any) -> dict[str, Any]:
    made = queries.decisions_about(actor=here.actor, application=application)
    live = next((row for row in made if row.state in (DecisionState.PROPOSED, DecisionState.MADE)), None)
    open_moves = APPLICATION.open_moves(application.state)
    may_decide = "refuse" in open_moves and (live is None or application.state == "deferred")
    waits = live is not None and live.state == DecisionState.PROPOSED
    proposer = live.decided_by_id if live else None
    return {
        "here": here,
        "application": application,
        "head": words.head_of(here, application, "decision"),
        "form": form if may_decide and not waits else None,
        "letter": letter,
        "lacking": words.say_lacking(queries.ready_to_accept(application)) if may_decide else [],
        "cards": cards_of(here, application) if here.may(Permission.ELIGIBILITY_SEE) else [],
        "live": live,
        "said": words.say_decision(live) if live else None,
        "sent": queries.letter_of(live, live.decided_by) if live else None,
        "undo_until": queries.undo_until(live, here.now) if live and not waits else None,
        "waits": waits,
        "may_approve": waits and proposer != here.actor.id and here.may(Permission.SCREENING_APPROVE),
        "may_reopen": "reopen" in open_moves,
        "history": [(row, *words.say_decision(row)) for row in made],
    }


def _preview(here: Here, application: Any, form: DecisionForm) -> Any:
    said = form.cleaned_data
    return queries.letter_before(
        application=application,
        outcome=said["outcome"],
        reason=said["reason"],
        until=said["until"],
        sentence=said["sentence"],
        by=here.actor,
    )


def _decided(request: HttpRequest, here: Here, application: Any, form: DecisionForm) -> bool:
    said = form.cleaned_data
    try:
        made = actions.decide(
            application=application,
            outcome=Outcome(said["outcome"]),
            reason=said["reason"],
            until=said["until"],
            sentence=said["sentence"],
            by=here.actor,
            now=here.now,
        )
    except AlreadyDecided as earlier:
        _say_earlier(request, earlier)
        return False
    except NotReady as missing:
        for line in words.say_lacking(missing.codes):
            form.add_error("outcome", line)
        return False
    except IllegalMove:
        form.add_error(None, _("This is not possible now: somebody changed it in the meantime."))
        return False
    if made.state == DecisionState.PROPOSED:
        messages.success(request, _("Written down. A second person has to agree now."))
    else:
        messages.success(
            request, _("Decided. The letter leaves in an hour; until then you can take it back.")
        )
    return True


def _say_earlier(request: HttpRequest, earlier: AlreadyDecided) -> None:
    said = {"who": earlier.who, "when": say_moment(earlier.at)}
    messages.error(request, _("%(who)s decided already, %(when)s.") % said)


@require_POST
@branch_page(Permission.SCREENING_APPROVE)
def decision_approve(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Agree as the second person."""
    found = queries.find_decision(
        actor=here.actor, branch=here.branch, pk=pk, permission=Permission.SCREENING_APPROVE
    )
    try:
        actions.approve(decision=found, by=here.actor, now=here.now)
    except SamePerson:
        messages.error(request, _("You proposed it yourself. A second person has to agree."))
    except AlreadyDecided as earlier:
        _say_earlier(request, earlier)
    except NotReady as missing:
        for line in words.say_lacking(missing.codes):
            messages.error(request, line)
    except (NothingToUndo, IllegalMove):
        messages.error(request, _("This is not possible now: somebody changed it in the meantime."))
    else:
        messages.success(request, _("Agreed. The letter leaves in an hour."))
    return redirect("decision", here.branch.slug, found.application_id)


@require_POST
@branch_page(Permission.APPLICATIONS_DECIDE)
def decision_undo(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Take a decision back before its letter leaves."""
    found = queries.find_decision(
        actor=here.actor, branch=here.branch, pk=pk, permission=Permission.APPLICATIONS_DECIDE
    )
    try:
        actions.undo_decision(decision=found, by=here.actor, now=here.now)
    except LetterHasLeft:
        messages.error(request, _("The letter has left. Call the person, then decide anew."))
    except StillEngaged:
        messages.error(request, _("A mentor was proposed already. Take the proposal back first."))
    except (NothingToUndo, IllegalMove):
        messages.error(request, _("This is not possible now: somebody changed it in the meantime."))
    else:
        messages.success(request, _("Taken back. No letter leaves."))
    return redirect("decision", here.branch.slug, found.application_id)


@require_POST
@branch_page(Permission.APPLICATIONS_DECIDE)
def decision_reopen(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Let somebody who was put off, refused or withdrew come back."""
    application = _application(here, pk)
    try:
        actions.reopen_application(application=application, by=here.actor, now=here.now)
    except IllegalMove:
        messages.error(request, _("This is not possible now: somebody changed it in the meantime."))
        return redirect("decision", here.branch.slug, pk)
    messages.success(request, _("Open again. Plan a talk."))
    return redirect("talk_plan", here.branch.slug, pk)
