"""The agreement for the two: read it, sign it, keep a copy. By a link of one's own, or signed in."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from traboule.apps.duos.actions.agreements import AlreadySigned, NameMissing, ask_again, say_wrong_hands, sign
from traboule.apps.duos.enums import AgreementState, SignedBy
from traboule.apps.duos.forms.own import SignForm
from traboule.apps.duos.queries.agreements import agreement_in_hand, signature_behind, signature_of
from traboule.core.actors import Actor, system
from traboule.core.languages import HOUSE, interface
from traboule.core.links import LinkEnded, use_link
from traboule.kernel.lifecycle import IllegalMove
from traboule.web.access import posted
from traboule.web.doors import Door
from traboule.web.duo import which
from traboule.web.duo.agreement_paper import paper
from traboule.web.duo.agreement_words import shown
from traboule.web.languages import chosen, speak

OVER = "public/link_over.html"
BY_LINK = system("link of an agreement")


def sign_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Read and sign, each with a link of one's own; or say that one is somebody else."""
    signature = _behind(request, door)
    if signature is None or signature.agreement.state != AgreementState.SENT:
        return render(request, OVER, {"ended": True}, status=410)
    if request.method == "POST" and request.POST.get("act") == "not_me":
        return _not_me(request, door, signature)
    if request.GET.get("show") == "not_me":
        return render(request, "duo/agreement_not_me.html", {"person": signature.person})
    return read_and_sign(request, signature, SignedBy.LINK, BY_LINK, door)


def _not_me(request: HttpRequest, door: Door, signature: Any) -> HttpResponse:
    try:
        with transaction.atomic():
            use_link(link=door.link, now=door.now)
            say_wrong_hands(signature=signature, by=BY_LINK, now=door.now)
    except (IllegalMove, LinkEnded):
        return render(request, OVER, {"ended": True}, status=410)
    return render(request, "duo/agreement_not_me.html", {"person": signature.person, "done": True})


def copy_door(request: HttpRequest, door: Door) -> HttpResponse:
    """The copy of one signatory: the page, and the paper as a file."""
    signature = _behind(request, door)
    if signature is None or signature.signed_at is None:
        return render(request, OVER, {"ended": True}, status=410)
    agreement = signature.agreement
    if request.GET.get("file") == "pdf":
        return paper(agreement, _at_home())
    context = {"agreement": agreement, "shown": shown(agreement), "file": "?file=pdf"}
    return render(request, "duo/agreement_copy.html", context)


def read_and_sign(
    request: HttpRequest, signature: Any, channel: SignedBy, by: Actor, visit: Any
) -> HttpResponse:
    """Show the text and take one signature; ``visit`` says when, and through which link if any."""
    agreement = signature.agreement
    form = SignForm(posted(request))
    context = {"agreement": agreement, "shown": shown(agreement), "form": form, "signature": signature}
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "duo/agreement_sign.html", context, status=status)
    said = form.cleaned_data
    try:
        with transaction.atomic():
            if visit.link is not None:
                use_link(link=visit.link, now=visit.now)
            after = sign(
                signature=signature,
                name=said["name"],
                drawing=said["drawing"],
                channel=channel,
                language=get_language() or HOUSE,
                by=by,
                now=visit.now,
            )
    except (IllegalMove, LinkEnded, AlreadySigned):
        return render(request, OVER, {"ended": True}, status=410)
    except NameMissing:
        form.add_error("name", form.fields["name"].error_messages["required"])
        return render(request, "duo/agreement_sign.html", context, status=422)
    done = {"all": after.state == AgreementState.SIGNED}
    return render(request, "duo/agreement_signed.html", done)


def own_agreement(request: HttpRequest, visit: Any) -> HttpResponse:
    """The agreement from one's own place. Signing asks for a sign-in or for the link of the agreement."""
    duos = which.duos_of(visit)
    duo = which.chosen(request, duos)
    agreement = agreement_in_hand(visit.person.pk, duo.pk) if duo is not None else None
    signature = signature_of(visit.person.pk, agreement) if agreement is not None else None
    if agreement is None or signature is None:
        return HttpResponseRedirect(request.path)
    if request.GET.get("file") == "pdf":
        return paper(agreement, _at_home())
    signature.agreement = agreement
    may_sign = agreement.state == AgreementState.SENT and signature.signed_at is None
    if may_sign and request.method == "POST" and request.POST.get("act") == "send":
        return _ask_again(request, signature, visit)
    if may_sign and visit.link is None:
        return read_and_sign(request, signature, SignedBy.PLACE, visit.by, visit)
    if request.method == "POST":
        return HttpResponseRedirect(request.path)
    of = which.of_duo(duos, duo)
    context = {"agreement": agreement, "shown": shown(agreement), "file": f"?show=agreement&file=pdf{of}"}
    back = f"{request.path}?{of.lstrip('&')}" if of else request.path
    context |= {"may_ask": may_sign, "sent": "sent" in request.GET, "back": back}
    return render(request, "duo/agreement_copy.html", context)


def _at_home() -> str:
    """Return what the square code of the paper opens: my place, which asks who is there.

    The paper lies on tables and goes around, the link of one person does not: it opens without a question.
    """
    return f"{settings.TRABOULE_ADDRESS.rstrip('/')}{reverse('my_place')}"


def _ask_again(request: HttpRequest, signature: Any, visit: Any) -> HttpResponse:
    try:
        with transaction.atomic():
            visit.count()
            ask_again(signature=signature, by=visit.by, now=visit.now)
    except (IllegalMove, AlreadySigned):  # signed or withdrawn while this page was open
        return HttpResponseRedirect(request.path)
    return HttpResponseRedirect(f"{request.path}?show=agreement&sent=1")


def _behind(request: HttpRequest, door: Door) -> Any:
    """The signature of this link, with the page in the language of its person."""
    signature = signature_behind(door.link.subject_id, door.link.scope)
    if signature is None or signature.person is None:
        return None
    speak(request, chosen(request) or interface(signature.person.contact_language))
    return signature
