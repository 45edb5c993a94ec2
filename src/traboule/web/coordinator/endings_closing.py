"""Closing a duo: the talk with its guide, certificates, what the mentor does next, and their panel."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.apps.duos.enums import OPEN_DUO_STATES, DuoState
from traboule.apps.duos.queries import find_duo
from traboule.apps.endings.actions.certificates import NotEnded, issue_certificates
from traboule.apps.endings.actions.choices import NoDate, choose
from traboule.apps.endings.actions.talks import TalkOver, WrongDay, hold_talk
from traboule.apps.endings.enums import Present, TalkState
from traboule.apps.endings.forms.own import ChoiceForm
from traboule.apps.endings.forms.team import TalkForm
from traboule.apps.endings.own_enums import Brought, Onward
from traboule.apps.endings.queries import endings as queries
from traboule.apps.endings.queries.certificates import find_certificate
from traboule.apps.people.enums import Permission
from traboule.apps.support.queries.at_hand import AtHand
from traboule.kernel.endings import talk_is_near
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator.duo_panels import DuoPanel
from traboule.web.coordinator.ending_words import GUIDE
from traboule.web.duo.certificate_paper import certificate_pdf

ANSWERS = ["GET", "HEAD", "POST"]


def ending_panel(here: Here, duo: Any, at_hand: AtHand) -> DuoPanel | None:
    """Show changes and the end: what may be done now, what was asked, what each side said, apart."""
    found = queries.ending_of(duo, at_hand.more)
    is_open = duo.state in OPEN_DUO_STATES
    may_write = here.may(Permission.DUOS_WRITE)
    context = {
        "found": found,
        "duo": duo,
        "slug": here.branch.slug,
        "may_write": may_write,
        "is_open": is_open,
        "is_paused": duo.state == DuoState.PAUSED,
        "asked": [row for row in found.extensions if row.state == "asked"],
        "settled": [row for row in found.extensions if row.state != "asked"],
        "is_near": talk_is_near(duo.ends_on, here.today),
    }
    return DuoPanel("coordinator/duo/ending.html", context)


@require_http_methods(ANSWERS)
@branch_page(Permission.DUOS_WRITE)
def closing_talk(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show the guide of the closing talk, and write it down."""
    talk = queries.find_talk(actor=here.actor, branch=here.branch, duo_id=pk)
    first = {"held_on": talk.held_on or here.today, "present": talk.present, "words": talk.words}
    form = TalkForm(posted(request), initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            hold_talk(
                talk=talk,
                held_on=said["held_on"],
                present=Present(said["present"]),
                words=said["words"],
                today=here.today,
                by=here.actor,
                now=here.now,
            )
        except WrongDay:
            form.add_error("held_on", _("Choose a day between the start of the duo and today."))
        except TalkOver:
            messages.error(request, _("The duo ended without this talk."))
            return redirect("duo", here.branch.slug, pk)
        else:
            messages.success(request, _("It is written down. Now you can close the duo."))
            return redirect("duo", here.branch.slug, pk)
    context = {"here": here, "duo": talk.duo, "talk": talk, "form": form, "guide": GUIDE}
    context["is_held"] = talk.state == TalkState.HELD
    return render(request, "coordinator/duo/closing_talk.html", context, status=422 if form.errors else 200)


@require_http_methods(ANSWERS)
@branch_page(Permission.DUOS_WRITE)
def mentor_choice(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Write down what a mentor told the team about what comes next."""
    choice = queries.find_choice(actor=here.actor, branch=here.branch, duo_id=pk)
    first = {"onward": choice.onward, "role": choice.role, "ask_again_on": choice.ask_again_on}
    form = ChoiceForm(posted(request), today=here.today, initial=first)
    for item in Brought.values:  # the mentor answers these alone; the team reads means only
        del form.fields[item]
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            choose(
                choice=choice,
                onward=Onward(said["onward"]),
                role=said["role"],
                ask_again_on=said["ask_again_on"],
                by=here.actor,
                now=here.now,
            )
        except NoDate:
            form.add_error("ask_again_on", _("Choose a day in the next two years."))
        else:
            messages.success(request, _("It is written down."))
            return redirect("duo", here.branch.slug, pk)
    context = {
        "here": here,
        "form": form,
        "back": reverse("duo", args=[here.branch.slug, pk]),
        "back_text": _("Duo"),
        "title": _("What comes next for %(name)s") % {"name": choice.person.display_name},
        "lede": _("As the mentor told you. Rest is an answer too."),
    }
    return render(request, "coordinator/plain_form.html", context, status=422 if form.errors else 200)


@require_POST
@branch_page(Permission.DUOS_WRITE)
def duo_certify(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Issue the certificates of an ended duo."""
    duo = find_duo(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.DUOS_WRITE)
    try:
        made = issue_certificates(duo=duo, by=here.actor, now=here.now)
    except NotEnded:
        messages.error(request, _("A certificate is for a duo that has ended."))
    else:
        good, nothing = _("Both have their certificate by a link."), _("There is nothing to certify.")
        messages.success(request, good if made else nothing)
    return redirect("duo", here.branch.slug, pk)


@require_safe
@branch_page(Permission.DUOS_SEE)
def duo_certificate(request: HttpRequest, here: Here, pk: int, side: str) -> HttpResponse:
    """The certificate of one side as a PDF, in French, or as `?language=` says in Dutch or English."""
    row = find_certificate(actor=here.actor, branch=here.branch, duo_id=pk, side=side)
    return certificate_pdf(row, request.GET.get("language", ""))
