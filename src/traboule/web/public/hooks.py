"""Doors for machines outside that tell what became of a message, or hand on an answer to it."""

import hashlib
import hmac
import json
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from traboule.apps.messages import actions, queries
from traboule.apps.messages.twilio import is_signed
from traboule.apps.people.enums import Channel
from traboule.core.actors import system
from traboule.web.public.messages import stop_by_token

STOP_WORDS = frozenset({"stop", "arret", "arrêt", "stopp", "stopall", "unsubscribe", "قف", "توقف"})
# What Twilio says of a text, in our words; its other words (queued, sent …) tell nothing new.
TWILIO_SAYS = {"delivered": "delivered", "read": "delivered", "undelivered": "bounced", "failed": "bounced"}
TWILIO_STOP = "21610"


@csrf_exempt
@login_not_required
@require_POST
def sms_hook(request: HttpRequest) -> HttpResponse:
    """Hear from the SMS provider: a text that came in, a text that arrived or came back."""
    said = _signed_words(request)
    if said.get("type") == "inbound":
        if _is_stop(str(said.get("text", ""))):
            _stop_texts(str(said.get("from", "")))
        return JsonResponse({"ok": True})
    return _settle(said)


@csrf_exempt
@login_not_required
@require_POST
def twilio_answer(request: HttpRequest) -> HttpResponse:
    """Hear from Twilio that somebody answered a text; Twilio sends its own word back on STOP."""
    said = _signed_by_twilio(request)
    if said.get("OptOutType") == "STOP" or _is_stop(said.get("Body", "")):
        _stop_texts(said.get("From", ""))
    return HttpResponse("<Response/>", content_type="text/xml")


@csrf_exempt
@login_not_required
@require_POST
def twilio_report(request: HttpRequest, uid: str) -> HttpResponse:
    """Hear from Twilio what became of one text."""
    said = _signed_by_twilio(request)
    kind = TWILIO_SAYS.get(said.get("MessageStatus", ""))
    if kind is None:
        return JsonResponse({"ok": True})
    code = said.get("ErrorCode", "")
    kind = "stop" if code == TWILIO_STOP else kind
    return _settle({"type": kind, "reference": uid, "reason": f"Twilio {code}" if code else ""})


@csrf_exempt
@login_not_required
@require_POST
def mail_hook(request: HttpRequest) -> HttpResponse:
    """Hear from the mail server: a mail that arrived, came back, or was called a nuisance."""
    said = _signed_words(request)
    if said.get("type") == "inbound":
        # The subject that our own List-Unsubscribe asked for: STOP, then the token.
        word, *token = str(said.get("subject", "")).split() or [""]
        if _is_stop(word):
            stop_by_token("".join(token), "mail")
        return JsonResponse({"ok": True})
    name = str(said.get("message_id", "")).strip("<> ").partition("@")[0]
    return _settle({**said, "reference": said.get("reference") or name})


def _settle(said: dict[str, Any]) -> HttpResponse:
    message = queries.message_by_uid(str(said.get("reference", "")))
    if message is None:
        return JsonResponse({"ok": False}, status=404)
    now, kind = timezone.now(), said.get("type")
    by = system("receipt")
    if kind == "delivered":
        actions.record_delivery(message=message, by=by, now=now)
    elif kind in ("bounced", "failed"):
        actions.record_bounce(message=message, by=by, now=now, trouble=str(said.get("reason", "")))
    elif kind in ("complaint", "stop"):
        channel = Channel(message.channel)
        actions.record_stop(channel=channel, address=message.address, person=message.person, by=by, now=now)
    else:
        return JsonResponse({"ok": False}, status=400)
    return JsonResponse({"ok": True})


def _stop_texts(number: str) -> None:
    actions.record_stop(channel=Channel.SMS, address=number, by=system("sms"), now=timezone.now())


def _signed_by_twilio(request: HttpRequest) -> dict[str, str]:
    """The fields of a report, if Twilio signed them with our token for the address that we gave it."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    # What stands before us may change scheme and host: the address is the one that people reach.
    address = f"{settings.TRABOULE_ADDRESS.rstrip('/')}{request.get_full_path()}"
    signature = request.headers.get("X-Twilio-Signature", "")
    token = settings.TRABOULE_SMS_KEY if settings.TRABOULE_SMS_PROVIDER == "twilio" else ""
    if not is_signed(token=token, address=address, fields=fields, signature=signature):
        raise Http404
    return dict(fields)


def _signed_words(request: HttpRequest) -> dict[str, Any]:
    """The JSON of a provider, if its signature is ours: HMAC-SHA256 of the body in X-Traboule-Signature."""
    secret = settings.TRABOULE_HOOK_SECRET
    if not secret:
        raise Http404
    wanted = hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    given = request.headers.get("X-Traboule-Signature", "")
    if not hmac.compare_digest(wanted.encode(), given.encode("utf-8", "replace")):
        raise Http404
    try:
        said = json.loads(request.body)
    except ValueError as error:
        raise Http404 from error
    if not isinstance(said, dict):
        raise Http404
    return said


def _is_stop(text: str) -> bool:
    words = text.strip().casefold().strip(" .!«»\"'").split()
    return bool(words) and words[0] in STOP_WORDS
