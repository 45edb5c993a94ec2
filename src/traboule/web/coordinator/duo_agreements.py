"""The agreement of a duo for the coordinator: draft, send, three signatures on one screen, paper."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.apps.duos.actions import agreements as actions
from traboule.apps.duos.clauses import texts_of
from traboule.apps.duos.enums import AgreementState, Party, SignedBy
from traboule.apps.duos.forms.own import SignForm
from traboule.apps.duos.forms.starting import DraftForm
from traboule.apps.duos.queries import find_duo
from traboule.apps.duos.queries.agreements import (
    agreements_of,
    find_agreement,
    first_meetings_of,
    template_of,
)
from traboule.apps.people.enums import Permission
from traboule.apps.support.queries.at_hand import AtHand
from traboule.core.languages import HOUSE, interface
from traboule.kernel.lifecycle import AGREEMENT, IllegalMove
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator.duo_panels import DuoPanel
from traboule.web.duo.agreement_paper import paper
from traboule.web.duo.agreement_words import shown, signatory
from traboule.web.templatetags.traboule import say_moment

ANSWERS = ["GET", "HEAD", "POST"]
THREE = [Party.MENTEE.value, Party.MENTOR.value, Party.COORDINATOR.value]
KINDS = {
    AgreementState.DRAFTED: "info",
    AgreementState.SENT: "waiting",
    AgreementState.SIGNED: "good",
    AgreementState.REPLACED: "calm",
    AgreementState.WITHDRAWN: "calm",
}


def agreement_panel(here: Here, duo: Any, at_hand: AtHand) -> DuoPanel | None:
    """Show every version with its signatures, and the next act."""
    rows = agreements_of(duo.pk) if at_hand.agreement else []
    may = here.may(Permission.DUOS_WRITE) and duo.closed_on is None
    if not rows and not may:
        return None
    versions = [_version(row, here) for row in rows]
    is_open = bool(rows) and rows[0].state in (AgreementState.DRAFTED, AgreementState.SENT)
    signed = any(row.state == AgreementState.SIGNED for row in rows)
    draft = reverse("duo_agreement_draft", args=[here.branch.slug, duo.pk]) if may and not is_open else ""
    act = gettext("Change the agreement") if signed else gettext("Write the agreement")
    return DuoPanel(
        "coordinator/duo/panel_agreement.html", {"versions": versions, "draft_href": draft, "act": act}
    )


def _version(row: Any, here: Here) -> dict[str, Any]:
    return {
        "title": gettext("Version %(number)s") % {"number": row.version},
        "href": reverse("duo_agreement", args=[here.branch.slug, row.pk]),
        "state": str(row.get_state_display()),
        "kind": KINDS[AgreementState(row.state)],
        "signatories": [signatory(one) for one in row.signatures.all()],
        "is_open": row.state in (AgreementState.DRAFTED, AgreementState.SENT, AgreementState.SIGNED),
    }


@require_http_methods(ANSWERS)
@branch_page(Permission.DUOS_WRITE)
def duo_agreement_draft(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Write the next version, or change the draft; the words of the house come by themselves."""
    duo = find_duo(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.DUOS_WRITE)
    form = DraftForm(posted(request), initial=_initial(duo, here))
    back = reverse("duo", args=[here.branch.slug, pk])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            draft = actions.draft_agreement(
                duo=duo,
                fields={name: said[name] for name in actions.FIELDS},
                parties=said["parties"],
                others=[said["other"]] if said["other"] else [],
                by=here.actor,
                now=here.now,
            )
        except actions.DuoIsClosed:
            form.add_error(None, gettext("This duo is closed."))
        except actions.WaitsForSignatures:
            form.add_error(None, gettext("A version waits for signatures. Sign or withdraw it first."))
        else:
            return redirect("duo_agreement", here.branch.slug, draft.pk)
    context = {"here": here, "duo": duo, "form": form, "back": back}
    return render(
        request, "coordinator/duo/agreement_draft.html", context, status=422 if form.errors else 200
    )


def _initial(duo: Any, here: Here) -> dict[str, Any]:
    """The version before, else what the branch adds and the place of the first meeting."""
    earlier = agreements_of(duo.pk)
    if earlier:
        return {name: getattr(earlier[0], name) for name in actions.FIELDS} | {"parties": THREE}
    template, meetings = template_of(here.branch.pk), first_meetings_of(duo.pk)
    words = template.own_words if template else {}
    return {
        "hours": template.hours if template else 2,
        "place": meetings[0].place[:200] if meetings else "",
        "own_words": words.get(HOUSE, ""),
        "own_words_read": words.get(interface(duo.mentee.contact_language), ""),
        "parties": THREE,
    }


@require_safe
@branch_page(Permission.DUOS_SEE)
def duo_agreement(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show one version: its words in two languages, who has signed, and what can be done."""
    row = find_agreement(actor=here.actor, branch=here.branch, pk=pk)
    slug, may = here.branch.slug, here.may(Permission.DUOS_WRITE)
    drafted = row.state == AgreementState.DRAFTED
    context = {
        "here": here,
        "agreement": row,
        "back": reverse("duo", args=[slug, row.duo_id]),
        "shown": shown(row, texts_of(row) if drafted else None),
        "kind": KINDS[AgreementState(row.state)],
        "drafted": drafted,
        "sent": gettext("Sent %(when)s, by %(by)s") % {"when": say_moment(row.sent_at), "by": row.sent_by}
        if row.sent_at
        else "",
        "may_send": may and AGREEMENT.allows(row.state, "send"),
        "may_sign": may and row.state == AgreementState.SENT,
        "may_withdraw": may and AGREEMENT.allows(row.state, "withdraw"),
        "edit_href": reverse("duo_agreement_draft", args=[slug, row.duo_id]) if may and drafted else "",
    }
    return render(request, "coordinator/duo/agreement.html", context)


@require_POST
@branch_page(Permission.DUOS_WRITE)
def duo_agreement_act(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Send it for signature, send a link again, or withdraw it."""
    row = find_agreement(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.DUOS_WRITE)
    act = request.POST.get("act", "")
    try:
        if act == "send":
            actions.send_for_signature(agreement=row, by=here.actor, now=here.now)
            messages.success(request, gettext("Sent. Each of the two has a link of their own to sign."))
        elif act == "again":
            for signature in row.signatures.exclude(person=None).filter(signed_at=None):
                actions.ask_again(signature=signature, by=here.actor, now=here.now)
            messages.success(request, gettext("The links are on their way again. Earlier ones are closed."))
        elif act == "withdraw":
            actions.withdraw_agreement(agreement=row, by=here.actor, now=here.now)
            messages.success(request, gettext("Withdrawn. Its links open nothing any more."))
    except (IllegalMove, actions.AlreadySigned):
        messages.error(request, gettext("Somebody was faster. This is how it stands now."))
    return redirect("duo_agreement", here.branch.slug, pk)


@require_http_methods(ANSWERS)
@branch_page(Permission.DUOS_WRITE)
def duo_agreement_sign(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Three people, one screen: each in turn types a name and ticks the sentence, then hands it on."""
    row = find_agreement(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.DUOS_WRITE)
    rows = list(row.signatures.all())
    still = [one for one in rows if one.signed_at is None]
    if row.state != AgreementState.SENT or not still:
        return redirect("duo_agreement", here.branch.slug, pk)
    wanted = request.POST.get("signature", "") or request.GET.get("who", "")
    turn = next((one for one in still if str(one.pk) == wanted), still[0])
    form = SignForm(posted(request))
    if request.method == "POST" and form.is_valid():
        return _sign(request, here, row, turn, form, wanted)
    context = {
        "here": here,
        "agreement": row,
        "shown": shown(row),
        "form": form,
        "turn": signatory(turn),
        "number": rows.index(turn) + 1,
        "total": len(rows),
        "others": [signatory(one) for one in still if one is not turn],
        "back": reverse("duo_agreement", args=[here.branch.slug, pk]),
    }
    return render(request, "coordinator/duo/agreement_sign.html", context, status=422 if form.errors else 200)


def _sign(request: HttpRequest, here: Here, row: Any, turn: Any, form: SignForm, wanted: str) -> HttpResponse:
    said = form.cleaned_data
    try:
        if str(turn.pk) != wanted:  # the one who was asked has signed meanwhile, elsewhere
            raise actions.AlreadySigned(here.now)
        after = actions.sign(
            signature=turn,
            name=said["name"],
            drawing=said["drawing"],
            channel=SignedBy.SCREEN,
            language=get_language() or HOUSE,
            by=here.actor,
            now=here.now,
        )
    except (IllegalMove, actions.AlreadySigned):
        messages.error(request, gettext("Somebody was faster. This is how it stands now."))
        return redirect("duo_agreement_sign", here.branch.slug, row.pk)
    if after.state == AgreementState.SIGNED:
        messages.success(request, gettext("Everybody has signed. Each of the two gets a copy."))
        return redirect("duo_agreement", here.branch.slug, row.pk)
    messages.success(request, gettext("Signed. Hand the screen to the next person."))
    return redirect("duo_agreement_sign", here.branch.slug, row.pk)


@require_safe
@branch_page(Permission.DUOS_SEE)
def duo_agreement_paper(_request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """The version on paper, with the record of its signatures."""
    row = find_agreement(actor=here.actor, branch=here.branch, pk=pk)
    if not row.digest:
        return redirect("duo_agreement", here.branch.slug, pk)
    home = settings.TRABOULE_ADDRESS.rstrip("/")
    return paper(row, f"{home}{reverse('my_place')}")
