"""What the link of a follow-up opens: three taps, no script, a no as easy as a yes.

The first tap counts at once; going back shows what was tapped, and changes it until the answer is sent off.
"""

from collections.abc import Callable
from typing import Any

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
from traboule.apps.followups.queries.follow_ups import follow_up_behind
from traboule.core.actors import system
from traboule.core.languages import interface
from traboule.core.links import use_link
from traboule.web.access import posted
from traboule.web.doors import Door
from traboule.web.languages import chosen, speak

BY_LINK = system("link of a follow-up")
SECOND, THIRD = "?step=2", "?step=3"
Act = Callable[[HttpRequest, Any, Door], HttpResponse]


def follow_up_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Open one question in the language of the person; what is over says so and shows no answer."""
    row = follow_up_behind(door.link.subject_id, door.link.scope)
    if row is None or row.state == FollowUpState.NOT_ASKED or row.person.archived_at is not None:
        return render(request, "public/link_over.html", {"ended": True}, status=410)
    speak(request, chosen(request) or interface(row.person.contact_language))
    if not open_to_answer(row):
        return _over(request, row)
    act = ACTS.get(request.POST.get("act", "")) if request.method == "POST" else None
    if act is None:
        return _show(request, row)
    try:
        with transaction.atomic():
            use_link(link=door.link, now=door.now)
            return act(request, row, door)
    except FollowUpOver:  # sent off a moment ago from another page, or known another way
        row.refresh_from_db()
        return _over(request, row)


def _over(request: HttpRequest, row: Any) -> HttpResponse:
    texts = {
        FollowUpState.HEARD: _("We know already how you are doing. You need not answer any more."),
        FollowUpState.REFUSED: _("You would rather not say. That is fine: nothing changes for you."),
    }
    context = {"text": texts.get(row.state, ""), "row": row, "is_reached": row.state == FollowUpState.REACHED}
    return render(request, "mentee/follow_up_done.html", context)


def _show(request: HttpRequest, row: Any) -> HttpResponse:
    step = request.GET.get("step", "")
    if row.now and step == "2":
        return _more_page(request, row, MoreForm(row=row))
    if row.now and step == "3":
        return render(request, "mentee/follow_up_again.html", {"row": row, "back": SECOND})
    context = {"row": row, "choices": Now.choices}
    return render(request, "mentee/follow_up.html", context)


def _more_page(request: HttpRequest, row: Any, form: MoreForm) -> HttpResponse:
    context = {"form": form, "row": row, "back": "?step=1"}
    return render(request, "mentee/follow_up_more.html", context, status=422 if form.errors else 200)


def _now(request: HttpRequest, row: Any, door: Door) -> HttpResponse:
    what = request.POST.get("now", "")
    if what not in Now.values:
        return _show(request, row)
    say_now(row=row, what=Now(what), by=BY_LINK, now=door.now)
    return HttpResponseRedirect(request.path + SECOND)


def _more(request: HttpRequest, row: Any, door: Door) -> HttpResponse:
    form = MoreForm(posted(request), row=row)
    if not form.is_valid():
        return _more_page(request, row, form)
    say_more(row=row, **form.said(), by=BY_LINK, now=door.now)
    return HttpResponseRedirect(request.path + THIRD)


def _again(request: HttpRequest, row: Any, door: Door) -> HttpResponse:
    again = {"yes": True, "no": False}.get(request.POST.get("again", ""))
    if again is None:
        return HttpResponseRedirect(request.path + THIRD)
    send_off(row=row, ask_again=again, by=BY_LINK, now=door.now)
    return HttpResponseRedirect(request.path)


def _refuse(request: HttpRequest, row: Any, door: Door) -> HttpResponse:
    refuse_follow_up(row=row, by=BY_LINK, now=door.now)
    return HttpResponseRedirect(request.path)


def _not_me(request: HttpRequest, row: Any, door: Door) -> HttpResponse:
    wrong_hands(row=row, by=BY_LINK, now=door.now)
    return render(request, "duo/agreement_not_me.html", {"done": True})


ACTS: dict[str, Act] = {"now": _now, "more": _more, "again": _again, "refuse": _refuse, "not_me": _not_me}
