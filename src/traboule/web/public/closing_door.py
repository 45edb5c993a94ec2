"""The link of the message that a branch closes: go on elsewhere, or not. GET changes nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from traboule.apps.applications.actions import closing as actions
from traboule.apps.applications.queries import closing as queries
from traboule.core.actors import system
from traboule.core.days import local_day
from traboule.core.languages import interface
from traboule.core.registry import STILL_OPEN
from traboule.web.doors import Door
from traboule.web.languages import chosen, speak


def closing_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Show where one may go on and whom one may ask; hear the yes or the no."""
    told = queries.told_person(door.link.subject_id, door.link.scope)
    if told is None:
        return render(request, "public/link_over.html", {"ended": True}, status=410)
    branch = told.closing.branch
    others = queries.others_open(branch, local_day(door.now, branch.timezone))
    is_held = told.moved_to is None and any(list(handler(told.person_id)) for handler in STILL_OPEN)
    status = 200
    if request.method == "POST":
        by = system("link of a closing")
        target = next((one for one in others if one.slug == request.POST.get("to")), None)
        try:
            if request.POST.get("act") == "no":
                actions.say_no(told=told, by=by, now=door.now)
                return redirect(request.path)
            if target is not None:
                actions.say_yes(told=told, to=target, by=by, now=door.now)
                return redirect(request.path)
        except actions.CannotMove:
            is_held = True
        status = 409
    speak(request, chosen(request) or interface(told.person.contact_language))
    context = {"told": told, "closing": told.closing, "branch": branch, "others": others, "is_held": is_held}
    return render(request, "public/branch_closes.html", context, status=status)
