"""Switches that anybody may turn: language, size of the text, branch. All by POST, all without JavaScript."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST

from traboule.apps.branches.queries import branch_for
from traboule.apps.people.actions import set_locale
from traboule.apps.people.queries import actor_of, login_of
from traboule.core.languages import STAFF
from traboule.web.languages import reads_as_staff
from traboule.web.site import BRANCH_KEY, SIZE_COOKIE, SIZES, first_page

A_YEAR = 365 * 24 * 3600


def back_to(request: HttpRequest) -> str:
    """Return the page that the visitor came from, if it is one of ours; else the first page."""
    target = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours else "/"


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on; a login keeps it for its mails too."""
    response = HttpResponseRedirect(back_to(request))
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES) or not check_for_language(language):
        return response
    actor = actor_of(request.user)
    login = login_of(actor)
    # Staff may read a public page in any language; their own pages stay in one that is complete.
    if login is not None and (language in STAFF or not reads_as_staff(request)):
        set_locale(login=login, locale=language, by=actor, now=timezone.now())
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=A_YEAR,
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )
    return response


@login_not_required
@require_POST
def set_size(request: HttpRequest) -> HttpResponse:
    """Write smaller or larger from now on."""
    response = HttpResponseRedirect(back_to(request))
    size = request.POST.get("size", "")
    if size in SIZES:
        response.set_cookie(
            SIZE_COOKIE, size, max_age=A_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    return response


@require_POST
def branch_switch(request: HttpRequest) -> HttpResponse:
    """Go to the first page of another branch, and start there next time."""
    actor = actor_of(request.user)
    branch = branch_for(actor, request.POST.get("branch", ""))
    request.session[BRANCH_KEY] = branch.slug
    return HttpResponseRedirect(first_page(actor, branch.slug) or "/")
