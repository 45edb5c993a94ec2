"""The calendar address of one of the two, made or stopped by the team: at the desk, or after a lost phone."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from traboule.apps.duos.actions.calendar import AddressThere, make_feed, stop_feed
from traboule.apps.duos.queries import find_duo
from traboule.apps.duos.queries.calendar import feed_of
from traboule.apps.people.enums import Permission, Side
from traboule.web.access import Here, branch_page
from traboule.web.duo.calendar_pages import addresses, asked_instead


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page(Permission.DUOS_WRITE)
def duo_calendar(request: HttpRequest, here: Here, pk: int, side: str) -> HttpResponse:
    """Show whether there is an address; make one, shown this once, or stop it."""
    if side not in Side.values:
        raise Http404
    duo = find_duo(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.DUOS_WRITE)
    person = duo.mentor if side == Side.MENTOR else duo.mentee
    if request.POST.get("act") == "calendar.stop":
        stop_feed(person=person, by=here.actor, now=here.now)
        messages.success(request, _("It is stopped."))
        return redirect("duo_calendar", here.branch.slug, pk, side)
    made: dict[str, Any] = {}
    if request.POST.get("act") == "calendar.make":
        try:
            secret = make_feed(person=person, instead_of=asked_instead(request), by=here.actor, now=here.now)
        except AddressThere:
            return redirect("duo_calendar", here.branch.slug, pk, side)
        made = addresses(secret)
    context = {
        "here": here,
        "who": person.display_name,
        "feed": feed_of(person),
        "pair": f"{duo.mentee.first_name} & {duo.mentor.first_name}",
        "back": reverse("duo", args=[here.branch.slug, pk]),
        **made,
    }
    answer = render(request, "coordinator/duo/calendar.html", context)
    answer.headers["Cache-Control"] = "no-store, private"
    return answer
