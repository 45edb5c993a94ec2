"""Changing and ending a duo: rest, a later end, change of mentor, an early end, and why each side says so."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from traboule.apps.duos.actions import WrongDates
from traboule.apps.duos.enums import CloseReason, DuoState
from traboule.apps.duos.queries import find_duo
from traboule.apps.endings.actions import extensions
from traboule.apps.endings.actions.ending import change_mentor, end_duo
from traboule.apps.endings.actions.resting import TeamMadeItRest, let_duo_go_on, rest_duo
from traboule.apps.endings.actions.words import AlreadySaid, say_word
from traboule.apps.endings.enums import ExtensionReason
from traboule.apps.endings.forms.own import WordForm
from traboule.apps.endings.forms.team import FORMS, ExtendForm
from traboule.apps.endings.queries import endings as queries
from traboule.apps.people.enums import Permission, Side
from traboule.kernel.endings import LAST_WEEKS
from traboule.kernel.lifecycle import IllegalMove
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator.ending_words import WAYS

ANSWERS = ["GET", "HEAD", "POST"]
PLAIN = "coordinator/plain_form.html"


def _duo(here: Here, pk: int) -> Any:
    return find_duo(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.DUOS_WRITE)


def _too_late(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    messages.error(request, _("Somebody was faster. This is how it stands now."))
    return redirect("duo", here.branch.slug, pk)


def _plain(request: HttpRequest, here: Here, duo: Any, form: Any, **more: Any) -> HttpResponse:
    back = reverse("duo", args=[here.branch.slug, duo.pk])
    context = {"here": here, "form": form, "back": back, "back_text": _("Duo"), **more}
    return render(request, PLAIN, context, status=422 if form.errors else 200)


@require_http_methods(ANSWERS)
@branch_page(Permission.DUOS_WRITE)
def duo_end(request: HttpRequest, here: Here, pk: int, how: str) -> HttpResponse:
    """End a duo: `how` is done, early or change."""
    duo = _duo(here, pk)
    if how not in WAYS:
        raise Http404
    if duo.state == DuoState.CLOSED:
        return _too_late(request, here, pk)
    days = {"started_on": duo.started_on, "today": here.today}
    form = FORMS[how](posted(request), initial={"closed_on": min(here.today, duo.ends_on)}, **days)
    if request.method == "POST" and form.is_valid():
        try:
            _end(here, duo, how, form.cleaned_data)
        except IllegalMove:
            return _too_late(request, here, pk)
        messages.success(request, str(WAYS[how].done))
        return redirect("duo", here.branch.slug, pk)
    way = WAYS[how]
    return _plain(request, here, duo, form, title=way.title, lede=way.lede, act=way.act)


def _end(here: Here, duo: Any, how: str, said: dict[str, Any]) -> None:
    given = {"duo": duo, "closed_on": said["closed_on"], "certify": said["certify"]}
    given |= {"by": here.actor, "now": here.now}
    if how == "change":
        change_mentor(apart=said["apart"], learned=said["learned"], **given)
    elif how == "early":
        end_duo(reason=CloseReason(said["reason"]), wait_again=said["wait_again"], **given)
    else:
        end_duo(reason=CloseReason.COMPLETED, **given)


@require_http_methods(ANSWERS)
@branch_page(Permission.DUOS_WRITE)
def duo_end_word(request: HttpRequest, here: Here, pk: int, side: str) -> HttpResponse:
    """Write down why it ended as one side told the team."""
    word = queries.find_word(actor=here.actor, branch=here.branch, duo_id=pk, side=side)
    form = WordForm(posted(request), initial={"reasons": word.reasons, "words": word.words})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            say_word(word=word, reasons=said["reasons"], words=said["words"], by=here.actor, now=here.now)
        except AlreadySaid:
            messages.info(request, _("They have said it themselves. It stays as they wrote it."))
        else:
            messages.success(request, _("It is written down."))
        return redirect("duo", here.branch.slug, pk)
    title = _("Why it ended, as %(name)s sees it") % {"name": word.person.display_name}
    lede = _("Write it as it was told. The other side never reads it.")
    return _plain(request, here, word.duo, form, title=title, lede=lede)


@require_POST
@branch_page(Permission.DUOS_WRITE)
def duo_rest(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Let a duo rest from today, or let it go on."""
    duo = _duo(here, pk)
    try:
        if request.POST.get("act") == "rest":
            day = max(here.today, duo.started_on)
            rest_duo(duo=duo, paused_on=day, by=here.actor, now=here.now)
            messages.success(request, _("The duo rests. Both are told."))
        else:
            let_duo_go_on(duo=duo, by=here.actor, now=here.now)
            messages.success(request, _("The duo goes on. Both are told."))
    except TeamMadeItRest:
        messages.error(request, _("The direction made this duo rest, and says when it goes on."))
    except IllegalMove:
        return _too_late(request, here, pk)
    return redirect("duo", here.branch.slug, pk)


@require_http_methods(ANSWERS)
@branch_page(Permission.DUOS_WRITE)
def duo_extend(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Ask both whether they want to go on until a later day."""
    duo = _duo(here, pk)
    if duo.state == DuoState.CLOSED:
        return _too_late(request, here, pk)
    first = {"new_end": duo.ends_on + 3 * LAST_WEEKS}
    form = ExtendForm(posted(request), initial=first, ends_on=duo.ends_on)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            extensions.ask_extension(
                duo=duo,
                new_end=said["new_end"],
                reason=ExtensionReason(said["reason"]),
                by=here.actor,
                now=here.now,
            )
        except extensions.AlreadyAsked:
            messages.info(request, _("Both are being asked already."))
        except (IllegalMove, WrongDates):
            return _too_late(request, here, pk)
        else:
            messages.success(request, _("Both are asked, each by a link. You may write their answers down."))
        return redirect("duo", here.branch.slug, pk)
    lede = _("Both must say yes. Check-ins, closing talk and agreement follow the new end.")
    return _plain(request, here, duo, form, title=_("Go on longer"), lede=lede, act=_("Ask both"))


@require_POST
@branch_page(Permission.DUOS_WRITE)
def extension_act(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Write down what a side says to a later end, or take the question back."""
    row = queries.find_extension(actor=here.actor, branch=here.branch, pk=pk)
    act, side = request.POST.get("act", ""), request.POST.get("side", "")
    try:
        if act == "withdraw":
            extensions.withdraw_extension(extension=row, by=here.actor, now=here.now)
            messages.success(request, _("Taken back. It stays as it was, and both are told."))
        elif act in ("yes", "no") and side in Side.values:
            extensions.answer_extension(
                extension=row, side=side, yes=act == "yes", by=here.actor, now=here.now
            )
            messages.success(request, _("It is written down."))
    except (IllegalMove, WrongDates):
        return _too_late(request, here, row.duo_id)
    return redirect("duo", here.branch.slug, row.duo_id)
