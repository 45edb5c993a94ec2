"""What the links of two messages open: the three questions of a check-in, and the short scale."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from traboule.apps.support.queries.check_ins import pulse_behind, side_behind
from traboule.core.actors import system
from traboule.core.languages import interface
from traboule.web.doors import Door
from traboule.web.duo.support_pages import check_in_page, pulse_page
from traboule.web.languages import chosen, speak

BY_LINK = system("link of a check-in")
OVER = "public/link_over.html"


def check_in_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Open the questions of one side in the language of the person."""
    side = side_behind(door.link.subject_id, door.link.scope)
    if side is None:
        return render(request, OVER, {"ended": True}, status=410)
    speak(request, chosen(request) or interface(side.person.contact_language))
    return check_in_page(request, side, BY_LINK, door, stay=True)


def pulse_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Open the short scale of one side in the language of the person."""
    pulse = pulse_behind(door.link.subject_id, door.link.scope)
    if pulse is None:
        return render(request, OVER, {"ended": True}, status=410)
    speak(request, chosen(request) or interface(pulse.person.contact_language))
    return pulse_page(request, pulse, BY_LINK, door, stay=True)
