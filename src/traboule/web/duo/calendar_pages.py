"""The meetings of a duo in one's own calendar: the address, what to do with it, a new one, stop.

The secret is shown once, in the answer to the press that makes it; the database keeps its digest alone.
"""

from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from traboule.apps.duos.actions.calendar import AddressThere, make_feed, stop_feed
from traboule.apps.duos.queries.calendar import feed_of


def show_calendar(request: HttpRequest, visit: Any) -> HttpResponse:
    """Show whether there is an address, and what can be done."""
    return render(request, "duo/calendar.html", {"feed": feed_of(visit.person)})


def make_calendar(request: HttpRequest, visit: Any) -> HttpResponse:
    """Make the address, or a new one, and show it this once."""
    try:
        with transaction.atomic():
            visit.count()
            secret = make_feed(
                person=visit.person, instead_of=asked_instead(request), by=visit.by, now=visit.now
            )
    except AddressThere:
        return HttpResponseRedirect(f"{request.path}?show=calendar")
    answer = render(request, "duo/calendar.html", {"feed": feed_of(visit.person), **addresses(secret)})
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


def stop_calendar(request: HttpRequest, visit: Any) -> HttpResponse:
    """Stop the address: calendars that still ask for it read nothing."""
    with transaction.atomic():
        visit.count()
        stop_feed(person=visit.person, by=visit.by, now=visit.now)
    messages.success(request, _("It is stopped. Your calendar reads nothing any more."))
    return HttpResponseRedirect(f"{request.path}?show=calendar")


def asked_instead(request: HttpRequest) -> int | None:
    """Return the address that stood on the page that was pressed; None for none."""
    said = request.POST.get("instead_of", "")
    return int(said) if said.isdecimal() and len(said) < 18 else None


def addresses(secret: str) -> dict[str, Any]:
    """Return the address as people copy it, as a phone opens it, and as a square that a camera reads."""
    base = settings.TRABOULE_ADDRESS.rstrip("/")
    address = f"{base}{reverse('calendar_feed', args=[secret])}"
    webcal = f"webcal://{address.partition('://')[2]}"
    code = segno.make(webcal, error="m").svg_inline(border=2, omitsize=True)  # the page says how large
    return {
        "address": address,
        "webcal": webcal,
        "qr": mark_safe(code),  # noqa: S308 -- drawn by the server from its own address
    }


ACTS = {"calendar.make": make_calendar, "calendar.stop": stop_calendar}
PAGES = {"calendar": show_calendar}
