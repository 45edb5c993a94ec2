"""Which programs of others read this branch: the list, a new token, stopping one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from traboule.apps.access.actions.tokens import LastDayNotLegal, make_token, stop_token
from traboule.apps.access.enums import Purpose, Resource
from traboule.apps.access.forms.tokens import TokenForm
from traboule.apps.access.queries.tokens import find_token, tokens_of
from traboule.apps.access.rules import NAMES, ROWS_NEED, fields_of
from traboule.apps.people.enums import Permission
from traboule.web.access import Here, branch_page, posted

ANSWERS = ["GET", "HEAD", "POST"]
A_PAGE = 100
"""Tokens shown; older ones stand in the log."""

READS: dict[tuple[Resource, bool], Promise] = {
    (Resource.PEOPLE, True): gettext_lazy(
        "People: state, dates, and the name of those who agreed to take part"
    ),
    (Resource.PEOPLE, False): gettext_lazy("People under a made-up name: state and dates"),
    (Resource.DUOS, True): gettext_lazy("Duos: who with whom, state, dates, how it ended"),
    (Resource.DUOS, False): gettext_lazy("Duos: state and dates, without the people"),
    (Resource.OUTCOMES, True): gettext_lazy("Outcomes: what, terms, hours, dates, how well it is proven"),
    (Resource.INDICATORS, True): gettext_lazy("Figures: no row, and none of fewer than five people"),
}
WIDE = {Resource.PEOPLE: NAMES[0], Resource.DUOS: "mentee", Resource.OUTCOMES: "id", Resource.INDICATORS: "n"}
WHO: dict[str, Promise] = {
    Purpose.OWN: gettext_lazy("Your own team reads it, and nobody else."),
    Purpose.EVALUATOR: gettext_lazy("Only rows of people who agreed to be counted in figures."),
    Purpose.FUNDER: gettext_lazy("Enough to count what is paid for."),
    Purpose.WEBSITE: gettext_lazy("What everybody may see."),
}


@dataclass(frozen=True, slots=True)
class Reads:
    """What one purpose may read, in words."""

    purpose: str
    label: str
    who: str
    lines: list[str]


def reads_of_all() -> list[Reads]:
    """Say of each purpose what it reads, as the rules have it."""
    return [
        Reads(purpose.value, str(purpose.label), str(WHO[purpose]), _lines(purpose)) for purpose in Purpose
    ]


def _lines(purpose: Purpose) -> list[str]:
    found = [(one, fields_of(purpose, one)) for one in Resource]
    return [str(READS[one, WIDE[one] in fields]) for one, fields in found if fields]


@require_safe
@branch_page(Permission.API_SEE)
def tokens(request: HttpRequest, here: Here) -> HttpResponse:
    """Show who reads, what for, until when, and when last."""
    rows = list(tokens_of(actor=here.actor, branch=here.branch)[: A_PAGE + 1])
    context = {
        "here": here,
        "tokens": [(token, _state(token, here)) for token in rows[:A_PAGE]],
        "more": len(rows) > A_PAGE,
        "may_set": here.may(Permission.API_SET),
        "purposes": reads_of_all(),
    }
    return render(request, "access/tokens.html", context)


def _state(token: Any, here: Here) -> str:
    if token.stopped_at is not None:
        return "stopped"
    return "alive" if token.is_alive(here.today) else "over"


@require_http_methods(ANSWERS)
@branch_page(Permission.API_SET)
def token_new(request: HttpRequest, here: Here) -> HttpResponse:
    """Ask who reads and what for; then show the secret, once."""
    form = TokenForm(posted(request), today=here.today)
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = make_token(branch=here.branch, **form.cleaned_data, by=here.actor, now=here.now)
        except LastDayNotLegal:  # midnight passed meanwhile
            form.add_error("last_day", _("Choose another day."))
        else:
            context = {
                "here": here,
                "token": token,
                "secret": secret,
                "address": request.build_absolute_uri(reverse("api_docs")),
                "needs_consent": token.purpose in ROWS_NEED,
            }
            answer = render(request, "access/made.html", context)
            answer.headers["Cache-Control"] = "no-store, private"
            return answer
    context = {"here": here, "form": form, "purposes": reads_of_all()}
    return render(request, "access/new.html", context, status=422 if form.errors else 200)


@require_http_methods(ANSWERS)
@branch_page(Permission.API_SET)
def token_stop(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Ask, then stop a token for good."""
    token = find_token(actor=here.actor, branch=here.branch, pk=pk)
    back = reverse("api_tokens", args=[here.branch.slug])
    if request.method == "POST":
        if stop_token(token=token, by=here.actor, now=here.now):
            messages.success(request, _("The key is stopped. Nobody reads with it any more."))
        else:
            messages.info(request, _("This key was stopped already."))
        return redirect(back)
    return render(request, "access/stop.html", {"here": here, "token": token, "back": back})
