"""Who is away, said by the team on their behalf; who could stand in; ending it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from traboule.apps.duos.queries import find_duo
from traboule.apps.people.enums import Permission, Side
from traboule.apps.support.actions import absences as actions
from traboule.apps.support.actions import substitutions
from traboule.apps.support.enums import EndReason
from traboule.apps.support.forms.own import AwayForm
from traboule.apps.support.queries import absences as queries
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator.support_words import CANNOT, WRONG_DAYS

ANSWERS = ["GET", "HEAD", "POST"]


class TeamAwayForm(AwayForm):
    """Who of the two is away, beside the days."""

    field_order = ("who",)
    who = forms.ChoiceField(
        label=gettext_lazy("Who is away?"), choices=Side.choices, widget=forms.RadioSelect
    )


@require_http_methods(ANSWERS)
@branch_page(Permission.DUOS_WRITE)
def absence_new(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Note that one of the two is away."""
    duo = find_duo(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.DUOS_WRITE)
    form = TeamAwayForm(posted(request), today=here.today)
    names = {Side.MENTEE: duo.mentee.display_name, Side.MENTOR: duo.mentor.display_name}
    form.fields["who"].choices = list(names.items())  # type: ignore[attr-defined]  # a choice field
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        person = duo.mentor if said["who"] == Side.MENTOR else duo.mentee
        days = {name: said[name] for name in ("from_on", "until_on")}
        try:
            made = actions.say_away(person=person, by=here.actor, now=here.now, **days)
        except actions.WrongDays as wrong:
            form.add_error("from_on", str(WRONG_DAYS[wrong.code]))
        else:
            messages.success(request, _("It is noted. Both are told."))
            return redirect("absence", here.branch.slug, made.pk)
    context = {"here": here, "duo": duo, "form": form}
    return render(request, "support/absence_new.html", context, status=422 if form.errors else 200)


@require_http_methods(ANSWERS)
@branch_page(Permission.DUOS_WRITE)
def absence(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show an absence; if it is long, who could stand in for each duo, and choose one."""
    row = queries.find_absence(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.DUOS_WRITE)
    open_now = row.back_on is None and row.until_on >= here.today
    duos = queries.duos_left_alone(row) if open_now else []
    offers = [
        (duo, queries.candidates(duo, max(row.from_on, here.today), row.until_on), _standing(duo, row))
        for duo in duos[:3]
    ]
    if request.method == "POST":
        return _arrange(request, here, row, offers)
    context = {"here": here, "row": row, "offers": offers, "open_now": open_now}
    return render(request, "support/absence.html", context)


def _standing(duo: Any, absence: Any) -> Any:
    """Who stands in for this duo during this absence, if somebody does."""
    rows = queries.substitutions_of(duo)
    return next((row for row in rows if row.ended_at is None and row.absence_id == absence.pk), None)


def _arrange(request: HttpRequest, here: Here, row: Any, offers: list[Any]) -> HttpResponse:
    """Only who is offered on the page can be chosen."""
    chosen = [
        (duo, profile.person)
        for duo, profiles, _now in offers
        for profile in profiles
        if request.POST.get("choose") == f"{duo.pk}:{profile.person_id}"
    ]
    if not chosen:
        messages.error(request, _("Choose who stands in. Somebody may have been faster."))
        return redirect("absence", here.branch.slug, row.pk)
    duo, person = chosen[0]
    try:
        substitutions.arrange_substitute(duo=duo, substitute=person, absence=row, by=here.actor, now=here.now)
    except substitutions.CannotStandIn as cannot:
        messages.error(request, str(CANNOT[cannot.code]))
    else:
        messages.success(request, _("It is arranged. All three are told."))
    return redirect("absence", here.branch.slug, row.pk)


@require_POST
@branch_page(Permission.DUOS_WRITE)
def absence_back(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Somebody is back before the day."""
    row = queries.find_absence(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.DUOS_WRITE)
    actions.say_back(absence=row, by=here.actor, now=here.now)
    messages.success(request, _("It is noted. Who stood in is told."))
    return redirect("absence", here.branch.slug, row.pk)


@require_POST
@branch_page(Permission.DUOS_WRITE)
def substitute_end(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """End who stands in for the mentor of a duo."""
    duo = find_duo(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.DUOS_WRITE)
    named = request.POST.get("substitution", "")
    rows = [row for row in queries.substitutions_of(duo) if row.ended_at is None]
    found = next((row for row in rows if str(row.pk) == named), None)
    if found is None:
        raise Http404
    substitutions.end_substitution(substitution=found, reason=EndReason.CHANGED, by=here.actor, now=here.now)
    messages.success(request, _("It has ended. Both are told."))
    return redirect("duo", here.branch.slug, duo.pk)
