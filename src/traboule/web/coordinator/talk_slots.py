"""Offering other dates for a talk."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from traboule.apps.applications.actions.errors_judging import SlotsUnfit, TalkIsOver
from traboule.apps.applications.actions.talk_slots import offer_slots
from traboule.apps.applications.enums_judging import TalkState
from traboule.apps.applications.forms.judging import day_and_hour
from traboule.apps.applications.forms.talk_slots import UNFIT, SlotsForm
from traboule.apps.applications.queries import talks as queries
from traboule.apps.people.enums import Permission
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator import judging_words as words


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page(Permission.TALKS_WRITE)
def talk_slots(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Choose two to five dates that the person may take instead."""
    talk = queries.find_talk(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.TALKS_WRITE)
    if talk.state != TalkState.PLANNED:
        return redirect("talk", here.branch.slug, pk)
    form = SlotsForm(posted(request), timezone=here.branch.timezone, initial=_offered(talk))
    if request.method == "POST" and form.is_valid():
        try:
            offer_slots(talk=talk, starts=form.starts, by=here.actor, now=here.now)
        except SlotsUnfit as unfit:
            form.add_error("day_1", UNFIT[unfit.code])
        except TalkIsOver:
            messages.error(request, _("This is not possible now: somebody changed it in the meantime."))
            return redirect("talk", here.branch.slug, pk)
        else:
            messages.success(request, _("The dates are offered. The person is told and chooses."))
            return redirect("talk", here.branch.slug, pk)
    head = words.head_of(here, talk.application, "talk_plan")
    context = {"here": here, "talk": talk, "slots": form, "head": head}
    return render(request, "judging/talk_slots.html", context, status=422 if form.errors else 200)


def _offered(talk: Any) -> dict[str, Any]:
    """What is offered now, as the lines of the form."""
    initial: dict[str, Any] = {}
    for number, slot in enumerate((s for s in queries.slots_of(talk) if s.taken_at is None), 1):
        day, hour = day_and_hour(slot.starts_at, talk.branch.timezone)
        initial |= {f"day_{number}": day, f"hour_{number}": hour}
    return initial
