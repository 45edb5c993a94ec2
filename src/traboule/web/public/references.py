"""What a referee sees: three questions behind a link, no account, no JavaScript."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from traboule.apps.applications.actions.references import (
    OPEN,
    NotOpen,
    answer_reference,
    ask_for_call,
    reference_of,
)
from traboule.apps.applications.forms.screening import ReferenceAnswerForm
from traboule.apps.applications.screening_enums import Known, ReferenceState, Trust
from traboule.core.actors import system
from traboule.core.links import use_link
from traboule.web.access import posted
from traboule.web.doors import Door

# Whoever holds the link acts as the link: nobody signed in.
REFEREE = "referee"


def reference_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Ask three questions, once. GET changes nothing; a second answer is thanked for, and not taken."""
    row = reference_of(door.link)
    if row is None or row.state == ReferenceState.WITHDRAWN:
        return render(request, "public/link_over.html", {"ended": True}, status=410)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(row.language)
    form = ReferenceAnswerForm(posted(request))
    if request.method == "POST" and row.state in OPEN:
        if request.POST.get("act") == "call":
            row = ask_for_call(reference=row, by=system(REFEREE), now=door.now)
            return _show(request, row, None)
        if form.is_valid():
            return _show(request, _answer(row, form.cleaned_data, door), None)
    return _show(request, row, form if row.state in OPEN else None)


def _answer(row: Any, said: dict[str, Any], door: Door) -> Any:
    try:
        row = answer_reference(
            reference=row,
            known=Known(said["known"]),
            trust=Trust(said["trust"]),
            text=said["text"],
            may_share=said["may_share"],
            by=system(REFEREE),
            now=door.now,
        )
        use_link(link=door.link, now=door.now)
    except NotOpen:  # another window was faster: its answer stands
        row.refresh_from_db()
    return row


def _show(request: HttpRequest, row: Any, form: ReferenceAnswerForm | None) -> HttpResponse:
    context = {"row": row, "form": form, "wants_call": row.state == ReferenceState.CALL}
    status = 422 if form is not None and form.errors else 200
    return render(request, "public/reference.html", context, status=status)
