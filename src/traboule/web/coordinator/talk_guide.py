"""The questions of a talk: read, written in the languages of the team, looked at before they are saved."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from traboule.apps.applications.actions.guides import GuideChanged, write_guide
from traboule.apps.applications.forms.guides import QuestionFormSet, initial_of, rows_of
from traboule.apps.applications.guide_rows import GuideBroken, read_questions
from traboule.apps.applications.queries import guides as queries
from traboule.apps.applications.talk_guide import SECTIONS
from traboule.apps.people.enums import Permission, Side
from traboule.web.access import Here, branch_page
from traboule.web.drafting import Drafting, drafting, sent

PREFIX = "q"


@require_safe
@branch_page(Permission.TALKS_SEE)
def talk_guide(request: HttpRequest, here: Here, side: str) -> HttpResponse:
    """Show the questions that are asked on one side, and the versions before."""
    chosen = _side(side)
    versions = queries.guide_versions(actor=here.actor, branch=here.branch, side=chosen)
    looked_at = next((row for row in versions if str(row.number) == request.GET.get("version")), None)
    questions = (
        read_questions(looked_at.questions, chosen) if looked_at else queries.guide_for(here.branch, chosen)
    )
    context = {
        "here": here,
        "side": chosen,
        "sides": _sides(here, chosen),
        "parts": parts_of(questions),
        "versions": versions,
        "looked_at": looked_at,
        "may_set": here.may(Permission.TALKS_SET),
    }
    return render(request, "judging/talk_guide.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page(Permission.TALKS_SET)
def talk_guide_edit(request: HttpRequest, here: Here, side: str) -> HttpResponse:
    """Write the next version; what was typed is kept while it is typed, and looked at before it is saved."""
    chosen = _side(side)
    versions = queries.guide_versions(actor=here.actor, branch=here.branch, side=chosen)
    newest = versions[0].number if versions else 0
    draft = drafting(here, f"talk_guide:{here.branch.pk}:{chosen}", request.path)
    if request.method != "POST":
        base, forms = _opened(request, here, chosen, versions, draft)
        return _edit(request, here, chosen, forms, base, draft)
    forms = QuestionFormSet(request.POST, prefix=PREFIX)
    base = _number(request.POST.get("base", ""))
    if not forms.is_valid():
        return _edit(request, here, chosen, forms, base, draft, status=422)
    rows = rows_of(forms, chosen, queries.codes_used(here.branch, chosen))
    if request.POST.get("act") == "preview":
        parts = parts_of(read_questions(rows, chosen)) if rows else []
        return _edit(request, here, chosen, forms, base, draft, parts=parts, is_preview=True)
    try:
        write_guide(branch=here.branch, side=chosen, questions=rows, base=base, by=here.actor, now=here.now)
    except GuideBroken:
        trouble = _("Write at least one question, and thirty at most.")
        return _edit(request, here, chosen, forms, base, draft, trouble=trouble, status=422)
    except GuideChanged:
        trouble = _("Somebody wrote another version in the meantime. Saving again puts yours after it.")
        return _edit(request, here, chosen, forms, newest, draft, trouble=trouble, status=409)
    sent(request, here)
    messages.success(request, _("The questions are saved. Notes already written keep theirs."))
    return redirect("talk_guide", here.branch.slug, chosen)


def _opened(
    request: HttpRequest, here: Here, side: Side, versions: list[Any], draft: Drafting
) -> tuple[int, Any]:
    """Return the version that is changed, and the form: what was typed, an older version, or what holds."""
    newest = versions[0].number if versions else 0
    if draft.draft is not None:
        kept = QueryDict(mutable=True)
        for name, values in draft.draft.content.items():
            kept.setlist(name, values)
        forms = QuestionFormSet(kept, prefix=PREFIX)
        if forms.management_form.is_valid():
            return _number(kept.get("base", "")), forms
    older = next((row for row in versions if str(row.number) == request.GET.get("from")), None)
    questions = read_questions(older.questions, side) if older else queries.guide_for(here.branch, side)
    return newest, QuestionFormSet(initial=initial_of(questions), prefix=PREFIX)


def _edit(
    request: HttpRequest,
    here: Here,
    side: Side,
    forms: Any,
    base: int,
    draft: Drafting,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {"here": here, "side": side, "forms": forms, "base": base, "draft": draft, **more}
    return render(request, "judging/talk_guide_edit.html", context, status=status)


def parts_of(questions: Any) -> list[tuple[Any, list[Any]]]:
    """Return the questions part by part, in the order of a talk; a part without one is left out."""
    found = [(title, [row for row in questions if row.section == code]) for code, title in SECTIONS.items()]
    return [(title, rows) for title, rows in found if rows]


def _side(side: str) -> Side:
    if side not in Side.values:
        raise Http404
    return Side(side)


def _sides(here: Here, chosen: Side) -> list[tuple[str, Any, bool]]:
    return [(side.value, side.label, side is chosen) for side in (Side.MENTEE, Side.MENTOR)]


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 0
