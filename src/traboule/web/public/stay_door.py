"""The link of the notice before somebody is erased: stay, or ask for a copy. GET changes nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from traboule.apps.privacy import actions
from traboule.apps.privacy.enums import AskedBy, RequestKind
from traboule.apps.privacy.queries import requests as queries
from traboule.apps.privacy.rules import is_due
from traboule.core.actors import system
from traboule.core.languages import interface
from traboule.web.doors import Door
from traboule.web.languages import chosen, speak


def stay_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Show what happens, and the two buttons; after a press, what was heard."""
    person = queries.subject_of_link(int(door.link.subject_id))
    if person is None:
        return render(request, "public/link_over.html", {"ended": True}, status=410)
    if request.method == "POST":
        if request.POST.get("act") == "keep":
            actions.keep_me(person=person, by=system("door"), now=door.now)
        elif request.POST.get("act") == "copy":
            actions.ask(
                person=person, kind=RequestKind.ACCESS, asked_by=AskedBy.DOOR, by=system("door"), now=door.now
            )
        return redirect(request.path)
    speak(request, chosen(request) or interface(person.contact_language))
    asked = queries.requests_of_person(person).filter(kind=RequestKind.ACCESS, answer="").first()
    context = {
        "person": person,
        "branch": person.branch,
        "stays": not is_due(person.last_contact_at, door.now),
        "asked": asked,
    }
    return render(request, "public/stay.html", context)
