"""Deciding about one pair: look at both, propose, keep together, keep apart; always with a written reason."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from traboule.apps.pairing.actions import (
    MenteeAlreadyProposed,
    MissingReason,
    NoCapacity,
    NotEligible,
    PlaceTaken,
    RuleContradicts,
    SomebodyWasFaster,
    propose,
    set_pair_rule,
)
from traboule.apps.pairing.enums import PairRuleKind
from traboule.apps.pairing.queries.pairs import PairPage, find_pair, pair_page
from traboule.apps.pairing.queries.proposals import find_run
from traboule.apps.people.enums import Permission
from traboule.core.permissions import authorise
from traboule.web.access import Here, branch_page
from traboule.web.components.figures import Place, people_map
from traboule.web.coordinator import lines, obstacles, pair_words, proposal_words, trial, whatif
from traboule.web.coordinator import wording as w
from traboule.web.coordinator.decision_forms import ReasonForm
from traboule.web.templatetags.traboule import say_moment

CHANGING = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Faster:
    """Somebody else decided first: who, when, and where to look."""

    title: str
    text: str
    href: str = ""
    link: str = ""


@require_http_methods(CHANGING)
@branch_page(Permission.TABLE_SEE)
def option(request: HttpRequest, here: Here, mentee: int, mentor: int) -> HttpResponse:
    """Show both side by side; by POST propose them to each other."""
    found = pair_page(actor=here.actor, branch=here.branch, mentee=mentee, mentor=mentor, as_of=here.today)
    if request.method != "POST":
        return _show(request, here, found, ReasonForm())
    authorise(here.actor, Permission.PROPOSALS_MAKE, here.branch.pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, here, found, form, status=422)
    if found.run is None:
        raise Http404  # nothing stood on the screen
    try:
        made = propose(
            branch=here.branch,
            mentee=found.mentee_row,
            mentor=found.mentor_row,
            reason=form.cleaned_data["reason"],
            run=_run_on_screen(request, here) or found.run,
            by=here.actor,
            now=here.now,
        )
    except MissingReason:
        form.add_error("reason", gettext("Write a little more, in your own words."))
        return _show(request, here, found, form, status=422)
    except (SomebodyWasFaster, NoCapacity, NotEligible) as error:
        faster = _faster(error, here, found)
        found = pair_page(
            actor=here.actor, branch=here.branch, mentee=mentee, mentor=mentor, as_of=here.today
        )
        return _show(request, here, found, form, faster=faster, status=409)
    words = {"mentee": found.mentee.short_name, "mentor": found.mentor.short_name}
    messages.success(request, gettext("%(mentee)s – %(mentor)s: proposed. Now tell the mentee.") % words)
    return redirect("proposal", slug=here.branch.slug, pk=made.pk)


def _run_on_screen(request: HttpRequest, here: Here) -> Any:
    """The run that the form was shown with, so that the options stored are those that were seen."""
    number = request.POST.get("run", "")
    if not number.isdecimal() or len(number) > 12:
        return None
    return find_run(actor=here.actor, branch=here.branch, pk=int(number))


def _faster(error: Exception, here: Here, found: PairPage) -> Faster:
    """What stands in the way, with who and when; the text typed stays in the form."""
    if isinstance(error, MenteeAlreadyProposed):
        words = {"by": error.by, "when": say_moment(error.at), "name": found.mentee.short_name}
        return Faster(
            gettext("Somebody was faster."),
            gettext("%(by)s proposed somebody to %(name)s, %(when)s.") % words,
            reverse("proposal", args=[here.branch.slug, error.proposal]),
            gettext("See that proposal"),
        )
    if isinstance(error, SomebodyWasFaster):
        words = {"by": error.by, "when": say_moment(error.at), "name": found.mentor.short_name}
        if isinstance(error, PlaceTaken):
            text = gettext("%(by)s took the last place of %(name)s, %(when)s.") % words
        else:
            text = gettext("%(name)s is in a duo already: %(by)s, %(when)s.") % {
                **words,
                "name": found.mentee.short_name,
            }
        return Faster(gettext("Somebody was faster."), text)
    if isinstance(error, NotEligible):
        limits = w.clauses(obstacles.limit(code) for code in error.limits)
        return Faster(gettext("This pair is not possible any more."), limits)
    return Faster(gettext("This pair is not possible any more."), gettext("This mentor offers no place."))


def _show(
    request: HttpRequest,
    here: Here,
    found: PairPage,
    form: ReasonForm,
    *,
    faster: Faster | None = None,
    status: int = 200,
) -> HttpResponse:
    slug, pair = here.branch.slug, [here.branch.slug, found.mentee.id, found.mentor.id]
    possible = not found.limits and found.run is not None
    context = {
        **_about(found, slug),
        "here": here,
        "scores": request.GET.get("scores") == "1",
        "limits": pair_words.limits(found.limits) if not faster else [],
        "form": form,
        "faster": faster,
        "may_propose": (possible or form.is_bound) and here.may(Permission.PROPOSALS_MAKE),
        "may_decide": here.may(Permission.TABLE_DECIDE) and not found.proposal,
        "whatif_href": reverse("table_whatif", args=pair) if possible else "",
        "lock_href": reverse("table_lock", args=pair) if possible else "",
        "forbid_href": reverse("table_forbid", args=pair),
    }
    return render(request, "matching/option.html", context, status=status)


def _about(found: PairPage, slug: str) -> dict[str, Any]:
    """What is known of the pair, in words."""
    return {
        "back": reverse("table", args=[slug]),
        "pair": proposal_words.pair(found.mentee.short_name, found.mentor.short_name),
        "lede": _lede(found),
        "mentee": found.mentee,
        "mentor": found.mentor,
        "mentee_href": reverse("person", args=[slug, found.mentee.id]),
        "mentor_href": reverse("person", args=[slug, found.mentor.id]),
        "profile": lines.side_by_side(found.mentee, found.mentor),
        "terms": pair_words.term_lines(found.terms),
        "total": pair_words.total(found.points),
        "open_proposal": reverse("proposal", args=[slug, found.proposal.id]) if found.proposal else "",
        "proposal": found.proposal,
        "rule": pair_words.rule(found.rule) if found.rule else "",
        "is_chosen": found.is_chosen,
        "run": found.run,
        "map": _map(found),
    }


def _lede(found: PairPage) -> str:
    """How long the mentee has waited."""
    if found.mentee.waiting_since is None:
        return ""
    words = {"name": found.mentee.short_name, "waits": lines.waits(found.mentee)}
    return gettext("%(name)s %(waits)s.") % words


def _map(found: PairPage) -> Any:
    """Both communes and the distance between them."""
    metres = next((line.facts.get("metres") for line in found.terms if line.code == "travel"), None)
    ends = [
        Place(person.commune, person.latitude, person.longitude, mentors, 1 - mentors, person.place_estimated)
        for person, mentors in ((found.mentee, 0), (found.mentor, 1))
        if person.latitude is not None and person.longitude is not None
    ]
    if len(ends) < 2 or metres is None:
        return None
    return people_map(ends, [(ends[0], ends[1], metres / 1000)])


@require_http_methods(CHANGING)
@branch_page(Permission.TABLE_DECIDE)
def lock(request: HttpRequest, here: Here, mentee: int, mentor: int) -> HttpResponse:
    """Keep a pair together in every run; shows what that changes before it is saved."""
    return _rule(request, here, mentee, mentor, PairRuleKind.LOCK)


@require_http_methods(CHANGING)
@branch_page(Permission.TABLE_DECIDE)
def forbid(request: HttpRequest, here: Here, mentee: int, mentor: int) -> HttpResponse:
    """Keep a pair apart in every run; shows what that changes before it is saved."""
    return _rule(request, here, mentee, mentor, PairRuleKind.FORBID)


def _rule(request: HttpRequest, here: Here, mentee: int, mentor: int, kind: PairRuleKind) -> HttpResponse:
    act = "lock" if kind is PairRuleKind.LOCK else "forbid"
    found = find_pair(actor=here.actor, branch=here.branch, mentee=mentee, mentor=mentor, as_of=here.today)
    if request.method != "POST":
        return whatif.show(request, here, found, act, ReasonForm())
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return whatif.show(request, here, found, act, form, status=422)
    try:
        set_pair_rule(
            branch=here.branch,
            mentee=found.mentee_row,
            mentor=found.mentor_row,
            kind=kind,
            reason=form.cleaned_data["reason"],
            by=here.actor,
            now=here.now,
        )
    except MissingReason:
        form.add_error("reason", gettext("Write a little more, in your own words."))
        return whatif.show(request, here, found, act, form, status=422)
    except RuleContradicts as error:
        refused = trial.refusal(error.code, error.limits)
        return whatif.show(request, here, found, act, form, refused=refused, status=409)
    messages.success(request, gettext("The decision is written down. Run again to see what it changes."))
    return redirect(f"{reverse('table', args=[here.branch.slug])}#decisions")
