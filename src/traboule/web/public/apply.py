"""Asking to join, in public: one group of questions a page, saved at each step, no JavaScript needed.

The browser's own session says which draft is whose; a code or a link brings the draft to another device.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from traboule.apps.applications.actions.applications import (
    AlreadySent,
    save_answers,
    send_application,
    start_draft,
)
from traboule.apps.applications.actions.entering import AlreadyOpen
from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.forms.applications import ESSENTIALS, GROUPS, LATER
from traboule.apps.applications.forms.questions import Questions, group_form, typed_in
from traboule.apps.applications.queries.applications import application_behind, branch_to_join
from traboule.apps.applications.queries.closing import takes_people
from traboule.apps.applications.queries.standing import next_news_on
from traboule.apps.people.enums import Side
from traboule.core.actors import system
from traboule.core.days import local_day
from traboule.reference.languages import COMMON, name, own_name
from traboule.web.limits import limited
from traboule.web.public.apply_words import answered_groups

WRITING, SENT = "applying", "applied"
VISITOR = system("visitor")
ANSWERS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Asking:
    """Where somebody asks to join, as what, now; and the draft, once there is one."""

    branch: Any
    side: Side
    now: datetime
    today: date
    draft: Any

    @property
    def path(self) -> tuple[str, str]:
        """Arguments of the addresses."""
        return (self.branch.slug, self.side.value)


View = Callable[..., HttpResponse]


def asking_page(view: View) -> View:
    """Open a page of the application to everybody; a branch that has closed says so."""

    @wraps(view)
    def gate(request: HttpRequest, place: str, side: str, *args: Any, **kwargs: Any) -> HttpResponse:
        if side not in Side.values:
            raise Http404
        branch, now = branch_to_join(place), timezone.now()
        if not takes_people(branch, local_day(now, branch.timezone)):
            return render(request, "apply/closed.html", {"branch": branch}, status=410)
        asking = Asking(
            branch, Side(side), now, local_day(now, branch.timezone), _draft(request, branch, side)
        )
        return view(request, asking, *args, **kwargs)

    return login_not_required(never_cache(limited("apply")(gate)))


def _draft(request: HttpRequest, branch: Any, side: str) -> Any:
    pk = request.session.get(WRITING, {}).get(f"{branch.pk}:{side}")
    found = application_behind(pk)
    return found if found is not None and found.state == ApplicationState.DRAFT else None


def remember(request: HttpRequest, application: Any) -> None:
    """Let this browser go on with a draft."""
    held = dict(request.session.get(WRITING, {}))
    held[f"{application.branch_id}:{application.side}"] = application.pk
    request.session[WRITING] = held


def go_on(application: Any) -> HttpResponse:
    """Go to the first page that is not right yet, or to the last one."""
    asking = (application.branch.slug, application.side)
    wrong = [key for key in ESSENTIALS if key not in application.answers]
    return redirect("apply_step", *asking, wrong[0]) if wrong else redirect("apply_check", *asking)


@require_safe
@asking_page
def apply_start(request: HttpRequest, asking: Asking) -> HttpResponse:
    """Say what is asked, how long it takes, and that one may stop at any time."""
    return render(request, "apply/start.html", {"asking": asking, "steps": len(ESSENTIALS)})


@require_http_methods(ANSWERS)
@asking_page
def apply_step(request: HttpRequest, asking: Asking, group: str) -> HttpResponse:
    """Ask one group of questions; what is typed is saved, right or not."""
    if group not in GROUPS:
        raise Http404
    draft = asking.draft
    if draft is None and group != ESSENTIALS[0]:
        return redirect("apply_start", *asking.path)
    if request.method == "POST":
        return _save_step(request, asking, group)
    answers = draft.answers if draft is not None else {}
    form = group_form(
        group,
        side=asking.side,
        today=asking.today,
        source=_source(draft),
        country=asking.branch.country,
        answers=answers if group in answers else None,
    )
    return _show_step(request, asking, group, form)


def _source(draft: Any) -> str:
    return str(draft.source) if draft is not None else "self"


def _save_step(request: HttpRequest, asking: Asking, group: str) -> HttpResponse:
    typed = {group: typed_in(group, request.POST)}
    draft = asking.draft
    if draft is None:
        draft = start_draft(
            branch=asking.branch,
            side=asking.side,
            language=get_language() or "fr",
            by=VISITOR,
            now=asking.now,
        )
        remember(request, draft)
    try:
        draft = save_answers(application=draft, answers=typed, by=VISITOR, now=asking.now)
    except AlreadySent:
        return redirect("apply_done", *asking.path)
    form = group_form(
        group,
        side=asking.side,
        today=asking.today,
        source=_source(draft),
        country=asking.branch.country,
        answers=draft.answers,
    )
    if request.POST.get("act") == "stop":
        return redirect("apply_code", *asking.path)
    if not form.is_valid():
        return _show_step(request, asking, group, form, status=422)
    if group in LATER or request.POST.get("act") == "check":
        return redirect("apply_check", *asking.path)
    after = ESSENTIALS[ESSENTIALS.index(group) + 1 :]
    return redirect("apply_step", *asking.path, after[0]) if after else redirect("apply_check", *asking.path)


def _show_step(
    request: HttpRequest, asking: Asking, group: str, form: Any, status: int = 200
) -> HttpResponse:
    number = ESSENTIALS.index(group) if group in ESSENTIALS else len(ESSENTIALS)
    before = ESSENTIALS[number - 1] if number else ""
    locale = get_language() or "fr"
    return render(
        request,
        "apply/step.html",
        {
            "asking": asking,
            "form": form,
            "group": group,
            "before": before,
            "number": number + 1,
            "steps": len(ESSENTIALS),
            "is_later": group in LATER,
            "warnings": form.warnings if form.is_bound and form.is_valid() else [],
            "language_names": sorted({n for code in COMMON for n in (name(code, locale), own_name(code))})
            if group == "live"
            else [],
        },
        status=status,
    )


@require_http_methods(ANSWERS)
@asking_page
def apply_check(request: HttpRequest, asking: Asking) -> HttpResponse:
    """Show everything once more, then send; pressing twice sends once."""
    draft = asking.draft
    if draft is None:
        done = request.session.get(SENT)
        return redirect("apply_done" if done else "apply_start", *asking.path)
    questions = Questions(
        side=asking.side,
        today=asking.today,
        source=draft.source,
        country=asking.branch.country,
        answers=draft.answers,
    )
    if request.method == "POST" and questions.is_valid():
        return _send(request, asking, questions)
    context = {
        "asking": asking,
        "groups": answered_groups(questions),
        "wrong": questions.wrong_groups,
        "warnings": questions.warnings,
        "has_more": any(key in draft.answers for key in LATER),
    }
    return render(request, "apply/check.html", context, status=422 if request.method == "POST" else 200)


def _send(request: HttpRequest, asking: Asking, questions: Questions) -> HttpResponse:
    try:
        row = send_application(
            application=asking.draft,
            fields=questions.cleaned_fields(),
            consents=questions.consents(),
            by=VISITOR,
            now=asking.now,
        )
    except AlreadyOpen as other:
        row = other.application
    held = dict(request.session.get(WRITING, {}))
    held.pop(f"{asking.branch.pk}:{asking.side}", None)
    request.session[WRITING], request.session[SENT] = held, row.pk
    return redirect("apply_done", *asking.path)


@require_safe
@asking_page
def apply_done(request: HttpRequest, asking: Asking) -> HttpResponse:
    """Say thank you, and truthfully what comes next and when."""
    row = application_behind(request.session.get(SENT))
    if row is None or row.branch_id != asking.branch.pk or row.sent_at is None:
        return redirect("apply_start", *asking.path)
    news = next_news_on(row)
    first_name = row.person.first_name if row.person else ""
    title = gettext("Thank you, %(name)s.") % {"name": first_name} if first_name else gettext("Thank you.")
    context = {"asking": asking, "application": row, "title": title, "news": news, "person": row.person}
    return render(request, "apply/done.html", context)
