"""Whom somebody would rather not meet: the words, and the person of the branch that they mean."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from traboule.apps.applications.actions.wishes import drop_wish, name_wish, see_wishes
from traboule.apps.people import queries
from traboule.apps.people.actions.avoiding import (
    NothingSaid,
    TooManyWishes,
    say_not_to_meet,
    stop_avoiding,
)
from traboule.apps.people.enums import Permission
from traboule.apps.people.queries import wishes
from traboule.web.access import Here, branch_page
from traboule.web.coordinator.people_words import sides

LONGEST_SEARCH = 80


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page(Permission.PEOPLE_WRITE)
def not_to_meet(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show the wishes of a person; find whom they mean by name, keep the words if nobody fits."""
    person = queries.find_person(
        actor=here.actor, branch=here.branch, pk=pk, permission=Permission.PEOPLE_WRITE
    )
    if request.method == "POST":
        _act(request, here, person)
        return redirect("not_to_meet", here.branch.slug, pk)
    text = request.GET.get("name", "").strip()[:LONGEST_SEARCH]
    wish = _wish(here, person, request.GET.get("wish", ""))
    context = {
        "here": here,
        "person": person,
        "page": wishes.not_to_meet(actor=here.actor, person=person),
        "text": text,
        "wish": wish,
        "found": [
            (row, sides(row)) for row in wishes.people_called(actor=here.actor, person=person, text=text)
        ],
    }
    return render(request, "coordinator/not_to_meet.html", context)


def _act(request: HttpRequest, here: Here, person: Any) -> None:
    act, wish = request.POST.get("act", ""), _wish(here, person, request.POST.get("wish", ""))
    who: dict[str, Any] = {"by": here.actor, "now": here.now}
    try:
        if act == "choose" and (other := _other(request, here)) is not None:
            if wish is not None:
                name_wish(wish=wish, other=other, **who)
            else:
                words = request.POST.get("words", "")
                say_not_to_meet(person=person, words=words, other=other, **who)
            messages.success(request, _("They are not proposed to each other. Nobody else is told."))
        elif act == "keep":
            say_not_to_meet(person=person, words=request.POST.get("words", ""), **who)
            messages.success(request, _("The words are kept."))
        elif act == "drop" and wish is not None:
            drop_wish(wish=wish, **who)
            messages.success(request, _("Taken back."))
        elif act == "drop" and (other := _other(request, here)) is not None:
            stop_avoiding(person=person, other=other, **who)
            messages.success(request, _("Taken back."))
        elif act == "seen":
            see_wishes(person=person, **who)
            messages.success(request, _("Noted: you have read it."))
    except NothingSaid:
        messages.error(request, _("Write a name, or a few words."))
    except TooManyWishes:
        messages.error(request, _("This list is full. Take something back first."))


def _wish(here: Here, person: Any, chosen: str) -> Any:
    if not chosen.isdecimal() or len(chosen) > 18:
        return None
    found = wishes.own_wishes(person)
    return next((row for row in found if row.pk == int(chosen)), None)


def _other(request: HttpRequest, here: Here) -> Any:
    chosen = request.POST.get("other", "")
    pk = int(chosen) if chosen.isdecimal() and len(chosen) < 18 else 0
    return queries.find_person(
        actor=here.actor, branch=here.branch, pk=pk, permission=Permission.PEOPLE_WRITE
    )
