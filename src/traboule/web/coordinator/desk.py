"""Writing an application down with the person beside: the essentials on one page, kept while it is typed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from traboule.apps.applications.actions.applications import write_down
from traboule.apps.applications.enums import Source
from traboule.apps.applications.forms.applications import GROUPS
from traboule.apps.applications.forms.questions import Questions, typed_in
from traboule.apps.people.enums import Permission, Side
from traboule.apps.people.queries import login_of
from traboule.reference.languages import COMMON, name, own_name
from traboule.web.access import Here, branch_page
from traboule.web.drafting import Drafting, drafting, restored, sent

ANSWERS = ["GET", "HEAD", "POST"]


@require_http_methods(ANSWERS)
@branch_page(Permission.APPLICATIONS_WRITE)
def application_new_mentor(request: HttpRequest, here: Here) -> HttpResponse:
    """Write down the application of a mentor."""
    return _desk(request, here, Side.MENTOR)


@require_http_methods(ANSWERS)
@branch_page(Permission.APPLICATIONS_WRITE)
def application_new_mentee(request: HttpRequest, here: Here) -> HttpResponse:
    """Write down the application of a mentee."""
    return _desk(request, here, Side.MENTEE)


def language_names() -> list[str]:
    """Names of common languages, in the reader's language and in their own, to choose from."""
    locale = get_language() or "fr"
    return sorted({word for code in COMMON for word in (name(code, locale), own_name(code))})


def _desk(request: HttpRequest, here: Here, side: Side) -> HttpResponse:
    found = drafting(here, f"desk.{side.value}")
    if request.method != "POST":
        return _show(request, here, side, _questions(here, side, found), found)
    answers = {group: typed_in(group, request.POST) for group in GROUPS}
    questions = Questions(
        side=side,
        today=here.today,
        source=Source.STAFF,
        country=here.branch.country,
        answers=answers,
        groups=list(GROUPS),
    )
    if not questions.is_valid():
        return _show(request, here, side, questions, found, status=422)
    row = write_down(
        branch=here.branch,
        side=side,
        answers=answers,
        fields=questions.cleaned_fields(),
        consents=questions.consents(),
        language=questions.cleaned_fields()["contact_language"],
        owner=login_of(here.actor),
        by=here.actor,
        now=here.now,
    )
    sent(request, here)
    for warning in questions.warnings:
        messages.warning(request, warning)
    messages.success(request, gettext("The application of %(name)s is written down.") % {"name": row.person})
    return redirect("application", here.branch.slug, row.pk)


def _questions(here: Here, side: Side, found: Drafting) -> Questions:
    """Empty questions, or what was typed before the session ended."""
    names = {name: field for form in GROUPS.values() for name, field in form.base_fields.items()}
    same: dict[str, Any] = {"side": side, "today": here.today, "source": Source.STAFF, "groups": list(GROUPS)}
    same["country"] = here.branch.country
    spoken: dict[str, Any] = {}
    if found.draft is not None:
        kept = found.draft.content
        spoken = {name: kept[name][-1] for name in kept if name.startswith(("language_", "level_"))}
    return Questions(**same, initial={**restored(found, names), **spoken})


def _show(
    request: HttpRequest, here: Here, side: Side, questions: Questions, found: Drafting, status: int = 200
) -> HttpResponse:
    title = gettext("Application of a mentor") if side is Side.MENTOR else gettext("Application of a mentee")
    context = {
        "here": here,
        "questions": questions,
        "draft": found,
        "title": title,
        "language_names": language_names(),
    }
    return render(request, "coordinator/application_new.html", context, status=status)
