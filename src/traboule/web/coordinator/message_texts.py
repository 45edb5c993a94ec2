"""The texts of messages: one page per kind and language, with a preview, and back to the house text."""

from typing import Any

from django.contrib import messages as flashes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from traboule.apps.applications.enums_judging import Reason
from traboule.apps.messages import actions, queries
from traboule.apps.messages.forms import WordingForm
from traboule.apps.messages.kinds import Kind, kind_or_none
from traboule.apps.messages.rules import in_plain_signs, length_of
from traboule.apps.people.enums import Permission
from traboule.web.access import Here, branch_page, posted
from traboule.web.kept import drawn, kept


@require_safe
@branch_page(Permission.MESSAGES_SEE)
def message_templates(request: HttpRequest, here: Here) -> HttpResponse:
    """List every kind of message with its languages; those that the branch has worded itself are marked."""
    context = {"here": here, "kinds": kept(request, here, "message texts", lambda: _kinds(request, here))}
    return render(request, "coordinator/message_templates.html", context)


def _kinds(request: HttpRequest, here: Here) -> str:
    """Draw the table: some hundred kinds, each in eight languages."""
    rows = queries.kind_rows(actor=here.actor, branch=here.branch)
    reasons = {row.kind.code: _reason(row.kind.code) for row in rows}
    context = {"slug": here.branch.slug, "rows": rows, "reasons": reasons, "languages": queries.languages()}
    return drawn(request, "coordinator/_message_kinds.html", context)


@require_safe
@branch_page(Permission.MESSAGES_SEE)
def message_template(request: HttpRequest, here: Here, kind: str, language: str) -> HttpResponse:
    """Show how one kind of message reads in one language."""
    said = _known(kind, language)
    own = queries.wording_of(branch=here.branch, kind=kind, language=language)
    shown = _texts(said, language, own)
    context = _context(here, said, language, own) | {"preview": _preview(said, shown)}
    return render(request, "coordinator/message_template.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page(Permission.TEMPLATES_SET)
def message_template_edit(request: HttpRequest, here: Here, kind: str, language: str) -> HttpResponse:
    """Reword one kind in one language, see how it reads before it is kept, or go back to the house text."""
    said = _known(kind, language)
    own = queries.wording_of(branch=here.branch, kind=kind, language=language)
    shown = _texts(said, language, own)
    form = WordingForm(posted(request), kind=kind, initial=shown)
    act = request.POST.get("act", "")
    this: dict[str, Any] = {"branch": here.branch, "kind": kind, "language": language}
    if act == "default":
        actions.drop_wording(**this, by=here.actor, now=here.now)
        flashes.success(request, _("The text of the house is back."))
        return redirect("message_template", here.branch.slug, kind, language)
    if request.method == "POST" and form.is_valid():
        shown = {name: form.cleaned_data[name] for name in shown}
        if act == "save":
            actions.set_wording(**(this | shown), by=here.actor, now=here.now)
            flashes.success(request, _("The text is kept. It holds from the next message on."))
            return redirect("message_template", here.branch.slug, kind, language)
    context = _context(here, said, language, own) | {"preview": _preview(said, shown), "form": form}
    context["back"] = reverse("message_template", args=[here.branch.slug, kind, language])
    return render(
        request, "coordinator/message_template_edit.html", context, status=422 if form.errors else 200
    )


def _reason(code: str) -> str:
    """Why a letter says no or not yet: several letters have the same title."""
    reason = code.rpartition(".")[2]
    return str(Reason(reason).label) if code.startswith("decision.") and reason in Reason.values else ""


def _known(kind: str, language: str) -> Kind:
    said = kind_or_none(kind)
    if said is None or language not in dict(queries.languages()):
        raise Http404
    return said


def _texts(said: Kind, language: str, own: Any) -> dict[str, str]:
    """The three texts: the branch's own words, else those of the house."""
    default = _default(said, language)
    return default if own is None else {name: getattr(own, name) for name in default}


def _context(here: Here, said: Kind, language: str, own: Any) -> dict[str, Any]:
    return {
        "here": here,
        "kind": said,
        "language": language,
        "language_name": dict(queries.languages())[language],
        "own": own,
        "languages": queries.languages(),
        "places": [f"%({name})s" for name in sorted(said.example)],
        "may_write": here.may(Permission.TEMPLATES_SET),
        "back": reverse("message_templates", args=[here.branch.slug]),
    }


def _default(said: Kind, language: str) -> dict[str, str]:
    with override(language):
        return {"subject": str(said.subject), "body": str(said.body), "sms": str(said.sms)}


def _preview(said: Kind, texts: dict[str, str]) -> dict[str, Any]:
    """The texts with the example in their places; a text that cannot be filled is shown as it is."""
    filled = {}
    for name, text in texts.items():
        try:
            filled[name] = text % said.example
        except (KeyError, ValueError, TypeError):
            filled[name] = text
    filled["sms"] = in_plain_signs(filled["sms"])
    return {**filled, "length": length_of(filled["sms"]) if filled["sms"] else None}
