"""What depends on the login that asks: its language, its second factor, how long it may be idle."""

import time
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from traboule.apps.people.models import Login
from traboule.apps.people.queries import actor_of, roles_of
from traboule.apps.people.rules import is_staff
from traboule.core.drafts import DraftRefused, keep_draft, owner_of

SEEN_AT = "seen_at"
# The time of the last page is written at most this often, so that reading pages costs no write each.
WRITTEN_EVERY_SECONDS = 60

Answer = Callable[[HttpRequest], HttpResponse]


class IdleSessionMiddleware:
    """End a staff session after half an hour without a page; others last fourteen days."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out an idle login, else note that it was seen."""
        if request.user.is_authenticated:
            now = int(time.time())
            seen = request.session.get(SEEN_AT, now)
            if now - seen > _idle_limit(request.user):
                kept_at = _keep_typed(request)
                logout(request)
                again = request.get_full_path() if request.method == "GET" else kept_at
                back = urlencode({"next": again}) if again else ""
                return HttpResponseRedirect(f"{reverse(settings.LOGIN_URL)}?{back}")
            if SEEN_AT not in request.session or now - seen >= WRITTEN_EVERY_SECONDS:
                request.session[SEEN_AT] = now
        return self.get_response(request)


class OwnLanguageMiddleware:
    """Answer in the language of the login; visitors keep that of their cookie or browser."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Switch to the login's language for this answer."""
        if not isinstance(request.user, Login):
            return self.get_response(request)
        translation.activate(request.user.locale)
        request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        response.headers["Content-Language"] = request.LANGUAGE_CODE or request.user.locale
        return response


class StaffSecondFactorMiddleware:
    """Send staff who have no passkey and no TOTP yet to the page that sets one up, and nowhere else."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let through sign-in pages, or whoever needs no second factor or has one."""
        if self._must_enrol(request):
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)

    @staticmethod
    def _must_enrol(request: HttpRequest) -> bool:
        if not settings.TRABOULE_STAFF_SECOND_FACTOR or not isinstance(request.user, Login):
            return False
        open_prefixes = (reverse("accounts_root"), reverse("set_language"), settings.STATIC_URL)
        if request.path.startswith(open_prefixes):
            return False
        return is_staff(roles_of(request.user)) and not is_mfa_enabled(request.user)


def _keep_typed(request: HttpRequest) -> str:
    """Keep a form that is sent too late, so that its text is back after signing in; return its page.

    The check against forged requests runs first: it would otherwise come only after this middleware.
    """
    key = request.POST.get("_draft", "") if request.method == "POST" else ""
    if not key or CsrfViewMiddleware(_nothing).process_view(request, _nothing, (), {}) is not None:
        return ""
    try:
        keep_draft(
            owner=owner_of(actor_of(request.user)),
            key=key,
            content=dict(request.POST.lists()),
            now=timezone.now(),
        )
    except DraftRefused:
        return ""
    page = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if ours else ""


def _nothing(*_request: object, **_more: object) -> HttpResponse:
    return HttpResponse()


def _idle_limit(login: object) -> int:
    if isinstance(login, Login) and is_staff(roles_of(login)):
        return int(settings.TRABOULE_STAFF_IDLE_SECONDS)
    return settings.SESSION_COOKIE_AGE
