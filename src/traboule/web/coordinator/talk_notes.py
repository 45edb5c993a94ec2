"""Writing about a talk: readers first, then the guide; a draft saves itself and waits for its author."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from traboule.apps.applications.actions import talk_notes as actions
from traboule.apps.applications.actions.errors_judging import (
    NotesChanged,
    NotesFinished,
    NotTheAssessor,
    TalkIsOver,
)
from traboule.apps.applications.forms.judging import NotesForm, ReadersForm
from traboule.apps.applications.queries import talks as queries
from traboule.apps.applications.queries.guides import guide_of_notes
from traboule.apps.applications.queries.talk_profile import profile_now
from traboule.apps.applications.talk_guide import SCALES, SECTIONS
from traboule.apps.people.enums import Permission, Readers, Side
from traboule.web.access import Here, branch_page
from traboule.web.coordinator import judging_words as words


@require_POST
@branch_page(Permission.TALKS_WRITE)
def talk_start(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Choose who reads it; then write."""
    found = queries.find_talk(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.TALKS_WRITE)
    form = ReadersForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("First choose who reads it."))
        return redirect("talk", here.branch.slug, pk)
    readers = Readers(form.cleaned_data["readers"])
    try:
        actions.start_notes(talk=found, readers=readers, by=here.actor, now=here.now)
    except TalkIsOver:
        messages.error(request, _("This talk was missed or cancelled. Plan another one."))
        return redirect("talk", here.branch.slug, pk)
    except NotTheAssessor:
        messages.error(request, _("Two people wrote about this talk already."))
        return redirect("talk", here.branch.slug, pk)
    return redirect("talk_notes", here.branch.slug, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page(Permission.TALKS_WRITE)
def talk_notes(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Write one's own notes of a talk. Saving keeps all that can be kept; nothing typed is lost."""
    page = queries.talk_page(actor=here.actor, branch=here.branch, pk=pk)
    notes = page.mine
    if notes is None or notes.finished_at is not None:
        return redirect("talk", here.branch.slug, pk)
    if request.method == "POST":
        return _save(request, here, page.talk, notes)
    return _show(request, here, page.talk, notes, _form(here, page.talk, None, notes))


def _form(here: Here, talk: Any, data: Any, notes: Any) -> NotesForm:
    side = talk.application.side
    initial = {f"answer_{code}": text for code, text in notes.answers.items()}
    initial |= {name: "" if value is None else value for name, value in notes.scales.items()}
    for name in ("revision", "gender_wish", "would_not_meet", "can_wait_until"):
        initial[name] = getattr(notes, name)
    return NotesForm(
        data,
        initial=initial | profile_now(notes),
        questions=guide_of_notes(notes),
        mentee=side == Side.MENTEE,
    )


def _save(request: HttpRequest, here: Here, talk: Any, notes: Any) -> HttpResponse:
    """Save what was typed; at a finish, close the notes too. A quiet save answers with a few words."""
    quiet = request.headers.get("HX-Request") == "true"
    form = _form(here, talk, request.POST, notes)
    valid = form.is_valid()
    try:
        saved = actions.save_notes(
            notes=notes,
            fields=form.noted(),
            revision=form.cleaned_data.get("revision") or 0,
            by=here.actor,
            now=here.now,
        )
        if valid and request.POST.get("act") == "finish" and not quiet:
            actions.finish_notes(notes=saved, by=here.actor, now=here.now)
            messages.success(request, _("The notes are finished."))
            return redirect(reverse("talk", args=[here.branch.slug, talk.pk]) + "#views")
    except NotesChanged as changed:
        return _changed(request, here, talk, notes, changed.revision, quiet)
    except NotesFinished:
        messages.error(request, _("These notes are finished already."))
        return redirect("talk", here.branch.slug, talk.pk)
    if quiet:
        return render(request, "judging/_saved.html", {"notes": saved})
    if not valid:
        return _show(request, here, talk, saved, form, status=422)
    messages.success(request, _("Saved. You can go on at any time, on any device."))
    return redirect("talk_notes", here.branch.slug, talk.pk)


def _changed(
    request: HttpRequest, here: Here, talk: Any, notes: Any, revision: int, quiet: bool
) -> HttpResponse:
    """Somewhere else these notes went on: show what was typed here, and save it at the next press."""
    if quiet:
        return render(request, "judging/_saved.html", {"changed": True})
    data = request.POST.copy()
    data["revision"] = str(revision)
    messages.warning(
        request, _("These notes were also saved on another page. Saving again keeps what you see.")
    )
    return _show(request, here, talk, notes, _form(here, talk, data, notes), status=409)


def _show(
    request: HttpRequest, here: Here, talk: Any, notes: Any, form: NotesForm, status: int = 200
) -> HttpResponse:
    groups = [
        (title, [form[f"answer_{q.code}"] for q in form.questions if q.section == section])
        for section, title in SECTIONS.items()
    ]
    wishes = ("would_not_meet", "gender_wish", "can_wait_until")
    context = {
        "here": here,
        "talk": talk,
        "notes": notes,
        "form": form,
        "head": words.head_of(here, talk.application, "talk_plan"),
        "groups": [(title, fields) for title, fields in groups if fields],
        "scales": [form[scale.field] for scale in SCALES],
        "profile": [form[name] for name in form.profile_names],
        "wishes": [form[name] for name in wishes if name in form.fields],
    }
    return render(request, "judging/talk_notes.html", context, status=status)
