"""A person's own page about their data, opened by a link: ask, and see what became of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from traboule.apps.privacy import actions
from traboule.apps.privacy.enums import AskedBy, RequestKind
from traboule.apps.privacy.forms import OwnAskForm
from traboule.apps.privacy.queries import requests as queries
from traboule.core.actors import system
from traboule.core.languages import interface
from traboule.web.doors import Door

RIGHT = "my.rights"


def my_rights(request: HttpRequest, door: Door) -> HttpResponse:
    """Show the four things that one may ask; write the request down with its clock of one month."""
    person = queries.subject_of_link(int(door.link.subject_id))
    if person is None:
        return render(request, "public/link_over.html", {"ended": True}, status=410)
    is_sent = request.method == "POST"
    form = OwnAskForm(request.POST) if is_sent else OwnAskForm()
    if is_sent and form.is_valid():
        actions.ask(
            person=person,
            kind=RequestKind(form.cleaned_data["kind"]),
            asked_by=AskedBy.DOOR,
            said=form.cleaned_data["said"],
            by=system("door"),
            now=door.now,
        )
        return redirect(request.path + "#asked")
    if "language" not in request.COOKIES:
        translation.activate(interface(person.contact_language))
    asked = queries.requests_of_person(person)[:10]
    context = {"person": person, "form": form, "asked": asked, "branch": person.branch}
    return render(request, "public/my_rights.html", context, status=422 if form.errors else 200)
