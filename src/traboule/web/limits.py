"""Rate limits on open forms: beyond them a kind page that keeps what was typed and says when to come back.

Usage: ``@limited("form")``, or ``@limited("form", target="email")`` where a field names who it is about.
"""

from collections.abc import Callable
from functools import wraps
from math import ceil
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from traboule.core.limits import take
from traboule.core.visitors import address_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
# Sent again, but not written out on the page.
HIDDEN = frozenset({"code", "password", "next", "action"})
NOT_KEPT = frozenset({"csrfmiddlewaretoken"})


def limited(kind: str, *, target: str = "") -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """Count each POST by address, and by the field ``target`` if one is named (see ``core.limits``)."""

    def decorate(view: View[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def gate(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method == "POST":
                about = str(request.POST.get(target, "")) if target else ""
                verdict = take(kind=kind, address=address_of(request), target=about, now=timezone.now())
                if not verdict.allowed:
                    return too_many(request, verdict.wait)
            return view(request, *args, **kwargs)

        gate.limited = kind  # type: ignore[attr-defined]  # a test reads it
        return gate

    return decorate


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    """Answer 429, with everything that was typed and a button that sends it again."""
    kept = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    kept = [(name, value) for name, value in kept if name not in NOT_KEPT]
    shown = [value for name, value in kept if value.strip() and name not in HIDDEN]
    context = {"minutes": ceil(wait / 60), "kept": kept, "shown": shown}
    answer = render(request, "public/too_many.html", context, status=429)
    answer.headers["Retry-After"] = str(wait)
    answer.headers["Cache-Control"] = "no-store, private"
    return answer
