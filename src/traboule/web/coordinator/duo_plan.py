"""The plan of a mentee, as the team sees it: what comes next, and writing only what she said."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from traboule.apps.duos.queries import find_duo
from traboule.apps.duos.queries.plan import Reader
from traboule.apps.duos.queries.plan_next import next_dated_thing, plan_counts
from traboule.apps.people.enums import Permission
from traboule.apps.support.queries.at_hand import AtHand
from traboule.web.access import Here, branch_page
from traboule.web.coordinator.duo_panels import DuoPanel
from traboule.web.duo.plan import Visit, answer
from traboule.web.duo.plan_words import Next, next_words


@dataclass(frozen=True, slots=True)
class PlanPanel:
    """What comes next, how much is written, where to read it."""

    next: Next | None
    lines: list[str]
    href: str


def plan_panel(here: Here, duo: Any, at_hand: AtHand) -> DuoPanel:
    """Show the next step of a duo, or that there is none."""
    none = {"goals": 0, "late": 0, "waiting": 0}
    counts = plan_counts(duo.mentee_id, here.today) if at_hand.dated else none
    late = counts["late"]
    waiting = counts["waiting"]
    lines = [
        ngettext("%(count)s open goal", "%(count)s open goals", counts["goals"]) % {"count": counts["goals"]},
        ngettext("%(count)s milestone is past its day", "%(count)s milestones are past their day", late)
        % {"count": late}
        if late
        else "",
        ngettext(
            "%(count)s application without an answer", "%(count)s applications without an answer", waiting
        )
        % {"count": waiting}
        if waiting
        else "",
    ]
    href = reverse("duo_plan", args=[here.branch.slug, duo.pk])
    thing = next_dated_thing(duo.mentee_id, here.today) if at_hand.dated else None
    coming = next_words(thing, of_mentor=True)
    return DuoPanel("coordinator/duo/plan.html", PlanPanel(coming, [line for line in lines if line], href))


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page(Permission.DUOS_SEE)
def duo_plan(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Open the plan of the mentee of a duo; what is written for her says how she said it."""
    duo = find_duo(actor=here.actor, branch=here.branch, pk=pk)
    back = reverse("duo", args=[here.branch.slug, duo.pk])
    visit = Visit(duo.mentee, Reader.STAFF, here.actor, here.now, here.today, duo=duo, back=back)
    return answer(request, visit)
