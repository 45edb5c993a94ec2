"""Pages that only inform: credits, roles, and in development the messages that were sent."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from traboule.apps.messages.queries import letters_to_print
from traboule.apps.people.enums import Permission, Role
from traboule.apps.people.rules import ROLES
from traboule.core.mailbox import DevMail, dev_mails
from traboule.reference.sources import credits as reference_credits
from traboule.web.public.words import PERMISSIONS

TEXTS_A_PHONE = 5
MAILS_SHOWN = 80


@login_not_required
@require_safe
def credits(request: HttpRequest) -> HttpResponse:
    """Name everybody whose data, letters and code this page is made of."""
    return render(request, "public/credits.html", {"sources": reference_credits()})


def role_rows() -> list[dict[str, object]]:
    """Return one row per permission: its words, and per role whether it is held."""
    return [
        {"says": PERMISSIONS[permission], "held": [permission in ROLES[role] for role in Role]}
        for permission in Permission
    ]


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Show which role may do what, as the program itself reads it."""
    return render(request, "public/roles.html", {"rows": role_rows(), "roles": list(Role)})


@dataclass(frozen=True, slots=True)
class Phone:
    """One phone with its latest texts, the newest last, as a phone shows them."""

    number: str
    texts: list[DevMail]


def phones_of(mails: Iterable[DevMail]) -> list[Phone]:
    """Put texts, newest first, into the phones that would have them; the last one to ring comes first."""
    found: dict[str, list[DevMail]] = {}
    for text in mails:
        own = found.setdefault(text.to[0], [])
        if len(own) < TEXTS_A_PHONE:
            own.append(text)
    return [Phone(number, texts[::-1]) for number, texts in found.items()]


@login_not_required
@require_safe
def dev_mail(request: HttpRequest) -> HttpResponse:
    """Show what was not sent, in development and in the demo: mails, texts, letters; elsewhere answer 404."""
    if not settings.TRABOULE_DEV_MAILBOX:
        raise Http404
    kept = dev_mails(limit=MAILS_SHOWN)
    context = {
        "mails": [mail for mail in kept if not mail.is_text],
        "phones": phones_of(mail for mail in kept if mail.is_text),
        "letters": letters_to_print(),
    }
    return render(request, "public/dev_mail.html", context)
