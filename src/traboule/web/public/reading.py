"""Pages that only inform: credits, roles, and in development the mails that were sent."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from traboule.apps.people.enums import Permission, Role
from traboule.apps.people.rules import ROLES
from traboule.core.mailbox import dev_mails
from traboule.reference.sources import credits as reference_credits
from traboule.web.public.words import PERMISSIONS


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


@login_not_required
@require_safe
def dev_mail(request: HttpRequest) -> HttpResponse:
    """Show the mails that were not sent, in development and in the demo; elsewhere answer 404."""
    if not settings.TRABOULE_DEV_MAILBOX:
        raise Http404
    return render(request, "public/dev_mail.html", {"mails": dev_mails()})
