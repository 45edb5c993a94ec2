"""Doors for people outside: say STOP, say how long one waits. (For machines: ``hooks``.)"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from traboule.apps.messages import actions, queries
from traboule.apps.messages.forms import HowLongForm
from traboule.apps.messages.post import stop_in
from traboule.apps.people.enums import Channel
from traboule.core.actors import system
from traboule.core.days import local_day
from traboule.core.languages import interface
from traboule.core.links import use_link
from traboule.web.access import posted
from traboule.web.doors import Door
from traboule.web.limits import limited


@csrf_exempt  # the address is the secret, and a mail program that clicks for its reader has no cookie
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("door")
def message_stop(request: HttpRequest, signed: str) -> HttpResponse:
    """Ask, then stop the e-mails to the address that a message went to; a POST is enough (RFC 8058)."""
    found = _to_stop(signed)
    if found is None:
        return render(request, "public/link_over.html", {"ended": False}, status=404)
    message, digest = found
    is_done = queries.is_stopped(digest)
    if request.method == "POST":
        _stop(message, digest, "stop page")
        is_done = True
    address = message.address if message and _digest(message) == digest else ""
    return render(request, "public/message_stop.html", {"address": address, "is_done": is_done})


def _to_stop(token: str) -> tuple[Any, str] | None:
    """The message of a STOP token, where it is still there, and the digest of the address that it went to."""
    named = stop_in(token)
    if named is None:
        return None
    message = queries.message_by_uid(named[0])
    digest = named[1] or (_digest(message) if message else "")
    return (message, digest) if digest else None


def stop_by_token(token: str, place: str) -> None:
    """Stop e-mails to the address behind the token of a mail; nothing happens with one that is made up."""
    found = _to_stop(token)
    if found is not None:
        _stop(*found, place)


def _digest(message: Any) -> str:
    return queries.digest_of(Channel.EMAIL, message.address)


def _stop(message: Any, digest: str, place: str) -> None:
    person = message.person if message else None
    by, now = system(place), timezone.now()
    actions.record_stop(channel=Channel.EMAIL, digest=digest, person=person, by=by, now=now)


def how_long(request: HttpRequest, door: Door) -> HttpResponse:
    """Show the question "until when can you wait?", and keep the answer."""
    profile = queries.one_who_waits(int(door.link.subject_id))
    if profile is None:
        return render(request, "public/how_long.html", {"state": "over"}, status=410)
    person = profile.person
    today = local_day(door.now, person.branch.timezone)
    with override(interface(person.contact_language)):
        form = HowLongForm(posted(request), today=today)
        context: dict[str, Any] = {"form": form, "person": person, "state": "asked"}
        context["until"] = profile.can_wait_until
        if request.method == "POST" and form.is_valid():
            by = system("link")
            kept = actions.say_how_long(person=person, until=form.cleaned_data["day"], by=by, now=door.now)
            use_link(link=door.link, now=door.now)
            context |= {"state": "thanks", "until": kept.can_wait_until}
        return render(request, "public/how_long.html", context, status=422 if form.errors else 200)
