"""Duos to look at: why, what would clear it, "not needed because …", and what the warning was worth."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.apps.duos.enums import OPEN_DUO_STATES
from traboule.apps.duos.queries import find_duo
from traboule.apps.people.enums import Permission
from traboule.apps.support.actions import looks as actions
from traboule.apps.support.forms.looks import LookForm
from traboule.apps.support.queries import warnings as queries
from traboule.apps.support.queries.warning_record import SHORTEST, warning_record
from traboule.apps.support.warning_enums import NotNeeded
from traboule.kernel.warning import CURRENT, FEWEST
from traboule.web.access import Here, branch_page, posted
from traboule.web.components.intervals import intervals
from traboule.web.coordinator import warning_words as words
from traboule.web.coordinator.duo_panels import DuoPanel
from traboule.web.coordinator.proposal_words import pair

ANSWERS = ["GET", "HEAD", "POST"]
ROWS_A_PAGE, RESTING_SHOWN = 20, 40


class OwnerForm(forms.Form):
    """Whose duos to show."""

    owner = forms.TypedChoiceField(
        label=gettext_lazy("Followed by"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, found: list[Any]) -> None:
        super().__init__(*args)
        owners = {one.duo.owner.pk: str(one.duo.owner) for one in found}
        named = sorted(owners.items(), key=lambda row: (row[1], row[0]))
        self.fields["owner"].choices = [("", gettext("everybody")), *named]  # type: ignore[attr-defined]  # a choice field

    def kept(self, found: list[Any]) -> list[Any]:
        """Those of the one who was chosen; what is not on the list shows everybody's."""
        owner = self.cleaned_data.get("owner") if self.is_valid() else None
        return [one for one in found if one.duo.owner.pk == owner] if owner is not None else found


def _line(found: Any, here: Here) -> dict[str, Any]:
    slug, duo = here.branch.slug, found.duo
    return {
        "href": reverse("duo", args=[slug, duo.pk]),
        "act": reverse("duo_look", args=[slug, duo.pk]),
        "mentee": duo.mentee.display_name,
        "mentor": duo.mentor.display_name,
        "owner": str(duo.owner),
        "kind": words.kind_of(found.sign.points),
        "reasons": words.say_reasons(found),
        "brakes": words.say_brakes(found),
        "look": found.look,
    }


@require_safe
@branch_page(Permission.DUOS_SEE)
def duos_look(request: HttpRequest, here: Here) -> HttpResponse:
    """List the duos to look at, those that need it most first; below, those that rest and why."""
    every = queries.watched_in(actor=here.actor, branch=here.branch, today=here.today)
    form = OwnerForm(request.GET, found=every)
    kept = form.kept(every)
    looking = [found for found in kept if found.looks]
    page = Paginator(looking, ROWS_A_PAGE).get_page(request.GET.get("page"))
    silent = [found for found in kept if found.is_silent and found.sign.reasons]
    braked = [found for found in kept if found.sign.reasons and found.sign.resting and not found.looks]
    context = {
        "here": here,
        "form": form,
        "page": page,
        "lines": [_line(found, here) for found in page],
        "count": len(looking),
        "all": len(kept),
        "silent": [_line(found, here) for found in silent[:RESTING_SHOWN]],
        "braked": [_line(found, here) for found in braked[:RESTING_SHOWN] if not found.is_silent],
        "may_write": here.may(Permission.DUOS_WRITE),
    }
    return render(request, "warning/duos_look.html", context)


@require_http_methods(ANSWERS)
@branch_page(Permission.DUOS_WRITE)
def duo_look(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Say "I looked at it: not needed because …"; the warning rests until a day, or until a new fact."""
    duo = find_duo(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.DUOS_WRITE)
    back = reverse("duo", args=[here.branch.slug, duo.pk])
    form = LookForm(posted(request), today=here.today)
    if request.method == "POST" and form.is_valid():
        reason, until = NotNeeded(form.cleaned_data["reason"]), form.cleaned_data["until_on"]
        try:
            actions.look_at(duo=duo, reason=reason, until_on=until, by=here.actor, now=here.now)
        except actions.NothingToLookAt:
            messages.info(request, gettext("There is nothing to look at any more."))
        else:
            messages.success(request, gettext("Thank you. It rests until that day, or until a new fact."))
        return redirect(back)
    context = {
        "here": here,
        "form": form,
        "back": back,
        "pair": pair(duo.mentee.display_name, duo.mentor.display_name),
        "reasons": words.say_reasons(queries.watched_duo(duo, here.today)) if _is_open(duo) else [],
    }
    return render(request, "warning/duo_look.html", context, status=422 if form.errors else 200)


@require_POST
@branch_page(Permission.DUOS_WRITE)
def duo_look_end(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Let the warning of a duo speak again."""
    duo = find_duo(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.DUOS_WRITE)
    if actions.end_look(duo=duo, by=here.actor, now=here.now):
        messages.success(request, gettext("The warning speaks again."))
    return redirect("duo", here.branch.slug, duo.pk)


def _is_open(duo: Any) -> bool:
    return duo.state in OPEN_DUO_STATES


def warning_panel(here: Here, duo: Any, at_hand: Any) -> DuoPanel | None:
    """On the page of a duo: the reasons, who looked, and the way to say that nothing is needed."""
    if not _is_open(duo):
        return None
    found = queries.watched_duo(duo, here.today, looked=at_hand.look)
    if not found.sign.reasons:
        return None
    panel = _line(found, here) | {
        "looks": found.looks,
        "silent": found.is_silent,
        "paused": found.sign.paused,
        "resting": found.sign.resting,
        "news": bool(found.news) and found.look is not None,
        "end": reverse("duo_look_end", args=[here.branch.slug, duo.pk]),
        "may_write": here.may(Permission.DUOS_WRITE),
    }
    return DuoPanel("coordinator/duo/look.html", panel)


@require_safe
@branch_page(Permission.DUOS_SEE)
def warning_figures(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what the warning was worth on the branch's own ended duos, with n and intervals."""
    found = warning_record(actor=here.actor, branch=here.branch, today=here.today)
    lacking = min(record.score.lacking for record in found.records)
    main = next((r for r in found.records if r.weeks == 4 and not r.score.lacking), None)
    shares = [] if main is None else [
        (gettext("Precision"), main.score.precision),
        (gettext("Recall"), main.score.recall),
        (gettext("Ended early, of all"), main.score.base),
    ]  # fmt: skip
    context = {
        "here": here,
        "found": found,
        "lacking": lacking,
        "fewest": FEWEST,
        "main": main,
        "picture": intervals([(name, share) for name, share in shares if share is not None]),
        "codes": [(str(words.CODES[code]), stood, right) for code, stood, right in main.by_reason]
        if main
        else [],
        "looks": [(NotNeeded(reason).label, number) for reason, number in found.looks],
        "synthetic": bool(settings.TRABOULE_DEMO),
        "version": CURRENT,
        "shortest": SHORTEST.days // 7,
    }
    return render(request, "warning/figures.html", context)
