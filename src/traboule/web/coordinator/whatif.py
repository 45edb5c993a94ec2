"""What if: one plain re-solve, who gains and who loses side by side, before anything is saved."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from traboule.apps.pairing.queries import whatif as queries
from traboule.apps.pairing.queries.pairs import Pair, find_pair, limits_of
from traboule.apps.pairing.queries.profiles import rules_of
from traboule.apps.people.enums import Permission
from traboule.core.permissions import NotVisible
from traboule.kernel.matching.rules import TERMS, THOUSAND, Rules
from traboule.web.access import Here, branch_page
from traboule.web.coordinator import trial
from traboule.web.coordinator.decision_forms import ReasonForm, WeightsForm

ACTS = ("force", "lock", "forbid")


@dataclass(frozen=True, slots=True)
class Act:
    """Something to try."""

    text: str
    href: str
    here: bool


@dataclass(frozen=True, slots=True)
class Confirm:
    """What would be saved, and where."""

    title: str
    text: str
    act: str
    href: str


@require_safe
@branch_page(Permission.TABLE_SEE)
def what_if(request: HttpRequest, here: Here, mentee: int, mentor: int) -> HttpResponse:
    """Try to take this mentor, to keep the pair together or apart, or other weights."""
    found = find_pair(actor=here.actor, branch=here.branch, mentee=mentee, mentor=mentor, as_of=here.today)
    asked = request.GET.get("act", "force")
    return show(request, here, found, asked if asked in ACTS else "force", ReasonForm())


def show(
    request: HttpRequest,
    here: Here,
    found: Pair,
    act: str,
    form: ReasonForm,
    *,
    refused: trial.Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    """The trial with its form; also what a refused decision comes back to, with the text that was typed."""
    rules = rules_of(here.branch)
    tried = "try" in request.GET
    weights = WeightsForm({**_weights_now(rules), **request.GET.dict()} if tried else None, rules=rules)
    scores = request.GET.get("scores") == "1"
    said, why = _solve(here, found, act, weights, scores=scores)
    slug = here.branch.slug
    names = {"mentee": found.mentee.short_name, "mentor": found.mentor.short_name}
    possible = why is None or act == "forbid"
    context = {
        "here": here,
        "back": reverse("table", args=[slug]),
        "title": gettext("What changes with %(mentee)s – %(mentor)s") % names,
        "lede": gettext("Nothing is saved yet."),
        "acts": _acts(here, found, act),
        "act": act,
        "trial": said,
        "refused": refused or why,
        "weights": weights,
        "weights_open": tried,
        "form": form if (possible or form.is_bound) and _may(here, act) else None,
        "confirm": _confirm(here, found, act),
        "run": found.run,
        "scores": scores,
    }
    return render(request, "matching/what_if.html", context, status=status)


def _weights_now(rules: Rules) -> dict[str, str]:
    """What counts now, for weights that were left out."""
    return {code: str(round(getattr(rules.weights, code) / THOUSAND)) for code in TERMS}


def _may(here: Here, act: str) -> bool:
    return here.may(Permission.PROPOSALS_MAKE if act == "force" else Permission.TABLE_DECIDE)


def _solve(
    here: Here, found: Pair, act: str, weights: WeightsForm, *, scores: bool
) -> tuple[trial.Trial | None, trial.Refused | None]:
    pair = found.mentee.id, found.mentor.id
    rules: dict[str, Any] | None = None
    if weights.is_bound:
        if not weights.is_valid():
            return None, trial.Refused(gettext("Correct the weights first."), [])
        rules = {**(here.branch.rules or {}), "weights": dict(weights.cleaned_data)}
    try:
        answer = queries.what_if(
            actor=here.actor,
            branch=here.branch,
            as_of=here.today,
            force=pair if act != "forbid" else None,
            forbid=[pair] if act == "forbid" else [],
            rules=rules,
        )
    except queries.CannotHold as error:
        return None, trial.refused(error)
    except NotVisible:  # one of the two has left the pools: nothing to compare
        return None, trial.refusal("lock_infeasible", limits_of(here.branch, found, here.today))
    return trial.trial(answer, scores=scores), None


def _acts(here: Here, found: Pair, act: str) -> list[Act]:
    pair = [here.branch.slug, found.mentee.id, found.mentor.id]
    texts = {
        "force": gettext("Take this mentor"),
        "lock": gettext("Keep together"),
        "forbid": gettext("Never together"),
    }
    return [
        Act(texts[name], f"{reverse('table_whatif', args=pair)}?act={name}", name == act) for name in ACTS
    ]


def _confirm(here: Here, found: Pair, act: str) -> Confirm:
    pair = [here.branch.slug, found.mentee.id, found.mentor.id]
    if act == "force":
        return Confirm(
            gettext("Propose this duo"),
            gettext(
                "Both are asked: first the mentee, then the mentor. You can undo it until somebody was told."
            ),
            gettext("Propose this duo"),
            reverse("table_option", args=pair),
        )
    if act == "lock":
        return Confirm(
            gettext("Keep together"),
            gettext("This pair stays in every plan, until somebody drops the decision."),
            gettext("Keep together"),
            reverse("table_lock", args=pair),
        )
    return Confirm(
        gettext("Never together"),
        gettext("This pair is not suggested any more, until somebody drops the decision."),
        gettext("Never together"),
        reverse("table_forbid", args=pair),
    )
