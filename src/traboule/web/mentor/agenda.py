"""What a trainer opens by a link: the half-days they lead, who comes by first name, and the papers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from traboule.apps.training.queries import trainers
from traboule.core.languages import interface
from traboule.core.uploads import file_answer
from traboule.web.doors import Door
from traboule.web.languages import chosen, speak


def agenda_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Show the half-days to come of a trainer; with ``?file=`` hand out a paper of one of them."""
    trainer = trainers.trainer_behind(door.link.subject_id, door.link.scope)
    if trainer is None:
        return render(request, "public/link_over.html", {"ended": True}, status=410)
    own = trainer.person.contact_language if trainer.person else trainer.language
    speak(request, chosen(request) or interface(own))
    if "file" in request.GET:
        found = trainers.material_for_trainer(trainer, asked_number(request))
        return file_answer(found) if found else _over(request)
    lines = trainers.agenda_of(trainer, door.now)
    return render(request, "mentor/agenda.html", {"trainer": trainer, "lines": lines})


def asked_number(request: HttpRequest) -> int:
    """Return the number of the paper that is asked for; 0 for anything that is no number."""
    asked = request.GET.get("file", "")
    return int(asked) if asked.isdecimal() and len(asked) < 18 else 0


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "public/link_over.html", {"ended": False}, status=404)
