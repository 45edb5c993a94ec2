"""I come, or I cannot: by the link of an invitation, or from my place."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from traboule.apps.support.actions.exchange import GatheringOver
from traboule.apps.support.actions.exchange_answers import GatheringFull, answer_invitation
from traboule.apps.support.queries.exchange import invitation_behind_link, next_of
from traboule.core.actors import Actor, system
from traboule.core.languages import interface
from traboule.core.links import use_link
from traboule.web.doors import Door
from traboule.web.languages import chosen, speak
from traboule.web.mentee.visit import Visit

BY_LINK = "link of a gathering"


def answer_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Show one gathering with two buttons; answer on POST only, and again until it begins."""
    found = invitation_behind_link(door.link.subject_id, door.link.scope)
    if found is None:
        return render(request, "public/link_over.html", {"ended": True}, status=410)
    speak(request, chosen(request) or interface(found.person.contact_language))
    gathering = found.gathering
    is_open = gathering.cancelled_at is None and gathering.starts_at > door.now
    if request.method == "POST":
        said = request.POST.get("answer", "")
        if said in ("yes", "no"):
            with transaction.atomic():
                use_link(link=door.link, now=door.now)
                _answer(request, found, said == "yes", system(BY_LINK), door.now)
        return redirect(reverse("door", args=[door.secret]))
    context = {"invitation": found, "gathering": gathering, "is_open": is_open}
    return render(request, "mentor/gathering.html", context)


def _answer(request: HttpRequest, invitation: Any, comes: bool, by: Actor, now: Any) -> None:
    try:
        answer_invitation(invitation=invitation, comes=comes, by=by, now=now)
    except GatheringFull:
        messages.error(request, _("All places are taken. Tell the team if you would like to come."))
    except GatheringOver:
        messages.error(request, _("This meeting has begun, or does not take place."))
    else:
        messages.success(request, _("See you there. Thank you.") if comes else _("It is noted. Thank you."))


def _from_place(comes: bool) -> Callable[[HttpRequest, Visit], HttpResponse]:
    def act(request: HttpRequest, visit: Visit) -> HttpResponse:
        found = next_of(visit.person.pk, visit.now)
        if found is not None and str(found.pk) == request.POST.get("invitation", ""):
            with transaction.atomic():
                if visit.link is not None:
                    use_link(link=visit.link, now=visit.now)
                _answer(request, found, comes, visit.by, visit.now)
        return HttpResponseRedirect(request.path)

    return act


ACTS: Mapping[str, Callable[[HttpRequest, Visit], HttpResponse]] = {
    "gathering_yes": _from_place(True),
    "gathering_no": _from_place(False),
}
