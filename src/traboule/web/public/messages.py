"""Doors for people and machines outside: say STOP, say how long one waits, tell what became of a message."""

import hashlib
import hmac
import json
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from traboule.apps.messages import actions, queries
from traboule.apps.messages.forms import HowLongForm
from traboule.apps.messages.post import uid_in
from traboule.apps.people.enums import Channel
from traboule.core.actors import system
from traboule.core.days import local_day
from traboule.core.links import use_link
from traboule.web.access import posted
from traboule.web.doors import Door

STOP_WORDS = frozenset({"stop", "arret", "arrêt", "stopp", "stopall", "unsubscribe", "قف", "توقف"})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def message_stop(request: HttpRequest, signed: str) -> HttpResponse:
    """Ask, then stop writing e-mails to the address that a message went to."""
    uid = uid_in(signed)
    message = queries.message_by_uid(uid) if uid else None
    if message is None:
        return render(request, "public/link_over.html", {"ended": False}, status=404)
    is_done = queries.has_stopped(message.channel, message.address)
    if request.method == "POST":
        channel = Channel(message.channel)
        actions.record_stop(
            channel=channel,
            address=message.address,
            person=message.person,
            by=system("stop page"),
            now=timezone.now(),
        )
        is_done = True
    return render(
        request,
        "public/message_stop.html",
        {"address": message.address, "is_done": is_done, "branch": message.branch},
    )


def how_long(request: HttpRequest, door: Door) -> HttpResponse:
    """Show the question "until when can you wait?", and keep the answer."""
    profile = queries.mentee_who_waits(int(door.link.subject_id))
    if profile is None:
        return render(request, "public/how_long.html", {"state": "over"}, status=410)
    person = profile.person
    today = local_day(door.now, person.branch.timezone)
    spoken = person.contact_language
    with override(spoken if spoken in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        form = HowLongForm(posted(request), today=today)
        context: dict[str, Any] = {"form": form, "person": person, "state": "asked"}
        context["until"] = profile.can_wait_until
        if request.method == "POST" and form.is_valid():
            by = system("link")
            kept = actions.say_how_long(person=person, until=form.cleaned_data["day"], by=by, now=door.now)
            use_link(link=door.link, now=door.now)
            context |= {"state": "thanks", "until": kept.can_wait_until}
        return render(request, "public/how_long.html", context, status=422 if form.errors else 200)


@csrf_exempt
@login_not_required
@require_POST
def sms_hook(request: HttpRequest) -> HttpResponse:
    """Hear from the SMS provider: a text that came in, a text that arrived or came back."""
    said = _signed_words(request)
    if said.get("type") == "inbound":
        if _is_stop(str(said.get("text", ""))):
            actions.record_stop(
                channel=Channel.SMS, address=str(said.get("from", "")), by=system("sms"), now=timezone.now()
            )
        return JsonResponse({"ok": True})
    return _settle(said)


@csrf_exempt
@login_not_required
@require_POST
def mail_hook(request: HttpRequest) -> HttpResponse:
    """Hear from the mail server: a mail that arrived, came back, or was called a nuisance."""
    said = _signed_words(request)
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
