"""Asked after the end, by the link of a message or on my place: three taps, no script, a no as easy as a yes.

The first tap counts at once; going back shows what was tapped, and changes it until the answer is sent off.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from traboule.apps.followups.actions.answering import (
    FollowUpOver,
    open_to_answer,
    refuse_follow_up,
    say_more,
    say_now,
    send_off,
    wrong_hands,
)
from traboule.apps.followups.enums import FollowUpState
from traboule.apps.followups.forms.own import MoreForm
from traboule.apps.followups.own_enums import Now
from traboule.apps.followups.queries.follow_ups import follow_up_behind, own_follow_up
from traboule.core.actors import Actor, system
from traboule.core.languages import interface
from traboule.core.links import use_link
from traboule.web.access import posted
from traboule.web.doors import Door
from traboule.web.duo.panels import Panel
from traboule.web.languages import chosen, speak
from traboule.web.mentee.visit import Visit

BY_LINK = system("link of a follow-up")
SHOW = "follow_up"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and who answers it, now: behind its own link, or on their place (``is_mine``)."""

    row: Any  # a row of followups.models, which edges do not import
    by: Actor
    now: datetime
    count: Callable[[], object]
    is_mine: bool = False

    def step(self, number: int) -> str:
        """Return the address of a step, as a query of the page that is open."""
        return f"?show={SHOW}&step={number}" if self.is_mine else f"?step={number}"


Act = Callable[[HttpRequest, Asked], HttpResponse]


def follow_up_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Open one question in the language of the person; what is over says so and shows no answer."""
    row = follow_up_behind(door.link.subject_id, door.link.scope)
    if row is None or row.state == FollowUpState.NOT_ASKED or row.person.archived_at is not None:
        return render(request, "public/link_over.html", {"ended": True}, status=410)
    speak(request, chosen(request) or interface(row.person.contact_language))
    asked = Asked(row, BY_LINK, door.now, lambda: use_link(link=door.link, now=door.now))
    return _answer(request, asked) if open_to_answer(row) else _over(request, asked)


def panels(visit: Visit) -> list[Panel]:
    """Return the way to the question that waits for a mentee whose duo is over; one query."""
    row = own_follow_up(visit.person.pk)
    return [] if row is None else [Panel("duo/follow_up.html", row)]


def show_mine(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask the same on my place; where nothing waits any more it leads back there."""
    row = own_follow_up(visit.person.pk)
    if row is None:
        return HttpResponseRedirect(request.path)
    return _answer(request, Asked(row, visit.by, visit.now, visit.count, is_mine=True))


def _answer(request: HttpRequest, asked: Asked) -> HttpResponse:
    act = ACTS.get(request.POST.get("act", "")) if request.method == "POST" else None
    if act is None:
        return _show(request, asked)
    try:
        with transaction.atomic():
            asked.count()
            return act(request, asked)
    except FollowUpOver:  # sent off a moment ago from another page, or known another way
        asked.row.refresh_from_db()
        return _over(request, asked)


def _over(request: HttpRequest, asked: Asked) -> HttpResponse:
    row = asked.row
    texts = {
        FollowUpState.HEARD: _("We know already how you are doing. You need not answer any more."),
        FollowUpState.REFUSED: _("You would rather not say. That is fine: nothing changes for you."),
    }
    context = {"text": texts.get(row.state, ""), "row": row, "is_reached": row.state == FollowUpState.REACHED}
    return render(request, "mentee/follow_up_done.html", {**context, "is_mine": asked.is_mine})


def _show(request: HttpRequest, asked: Asked) -> HttpResponse:
    row, step = asked.row, request.GET.get("step", "")
    if row.now and step == "2":
        return _more_page(request, asked, MoreForm(row=row))
    if row.now and step == "3":
        return render(request, "mentee/follow_up_again.html", {"row": row, "back": asked.step(2)})
    context = {"row": row, "choices": Now.choices, "is_mine": asked.is_mine}
    return render(request, "mentee/follow_up.html", context)


def _more_page(request: HttpRequest, asked: Asked, form: MoreForm) -> HttpResponse:
    context = {"form": form, "row": asked.row, "back": asked.step(1)}
    return render(request, "mentee/follow_up_more.html", context, status=422 if form.errors else 200)


def _now(request: HttpRequest, asked: Asked) -> HttpResponse:
    what = request.POST.get("now", "")
    if what not in Now.values:
        return _show(request, asked)
    say_now(row=asked.row, what=Now(what), by=asked.by, now=asked.now)
    return HttpResponseRedirect(request.path + asked.step(2))


def _more(request: HttpRequest, asked: Asked) -> HttpResponse:
    form = MoreForm(posted(request), row=asked.row)
    if not form.is_valid():
        return _more_page(request, asked, form)
    say_more(row=asked.row, **form.said(), by=asked.by, now=asked.now)
    return HttpResponseRedirect(request.path + asked.step(3))


def _again(request: HttpRequest, asked: Asked) -> HttpResponse:
    again = {"yes": True, "no": False}.get(request.POST.get("again", ""))
    if again is None:
        return HttpResponseRedirect(request.path + asked.step(3))
    send_off(row=asked.row, ask_again=again, by=asked.by, now=asked.now)
    if asked.is_mine:
        messages.success(
            request, _("Your answer has arrived. The team reads it. Others see figures without names.")
        )
    return HttpResponseRedirect(request.path)


def _refuse(request: HttpRequest, asked: Asked) -> HttpResponse:
    refuse_follow_up(row=asked.row, by=asked.by, now=asked.now)
    if asked.is_mine:
        messages.success(request, _("You would rather not say. That is fine: nothing changes for you."))
    return HttpResponseRedirect(request.path)


def _not_me(request: HttpRequest, asked: Asked) -> HttpResponse:
    if asked.is_mine:  # a place is one's own: only a message can go to wrong hands
        return _show(request, asked)
    wrong_hands(row=asked.row, by=asked.by, now=asked.now)
    return render(request, "duo/agreement_not_me.html", {"done": True})


ACTS: dict[str, Act] = {"now": _now, "more": _more, "again": _again, "refuse": _refuse, "not_me": _not_me}
