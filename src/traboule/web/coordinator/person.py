"""The page of one person, and what may be done from there: notes, steps, pause, archive."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.apps.applications.queries.applications import applications_of
from traboule.apps.duos.queries import duos_of
from traboule.apps.pairing.queries.proposals import proposals_of
from traboule.apps.people import actions, queries
from traboule.apps.people.actions.states import MoveNotAllowed, StillEngaged
from traboule.apps.people.enums import NoteKind, Permission, Readers
from traboule.apps.people.forms import NoteForm, PauseForm
from traboule.web.access import Here, branch_page, posted
from traboule.web.components.figures import week_grid
from traboule.web.coordinator import people_words as words
from traboule.web.coordinator import person_words as profile_words
from traboule.web.coordinator.duplicates import merges_about, twin_lines
from traboule.web.drafting import drafting, restored, sent
from traboule.web.public.preferences import back_to

ANSWERS = ["GET", "HEAD", "POST"]
MOST_SHOWN = 10
STILL_OPEN = {
    "open_duo": gettext_lazy("a duo is running"),
    "open_proposal": gettext_lazy("a proposal waits for an answer"),
}


def _address(here: Here, pk: int) -> str:
    return reverse("person", args=[here.branch.slug, pk])


def _duos(here: Here, pk: int) -> list[Any]:
    """Return the duos of a person, as mentor or as mentee, the latest first."""
    if not here.may(Permission.DUOS_SEE):
        return []
    rows = duos_of(actor=here.actor, branch=here.branch).filter(Q(mentee_id=pk) | Q(mentor_id=pk))
    return list(rows.order_by("-started_on")[:MOST_SHOWN])


def _proposals(here: Here, pk: int) -> list[Any]:
    """Return the open proposals about a person."""
    if not here.may(Permission.PROPOSALS_SEE):
        return []
    rows = proposals_of(actor=here.actor, branch=here.branch, only_open=True)
    return list(rows.filter(Q(mentee_id=pk) | Q(mentor_id=pk))[:MOST_SHOWN])


def _applications(here: Here, pk: int) -> list[Any]:
    """Return what a person asked to join with, the latest first."""
    if not here.may(Permission.APPLICATIONS_SEE):
        return []
    rows = applications_of(actor=here.actor, branch=here.branch, now=here.now, state="all")
    return list(rows.filter(person_id=pk).order_by("-pk")[:MOST_SHOWN])


def _path(here: Here, page: Any) -> str:
    """Return the page of a mentor's way from accepted to ready, or nothing."""
    if page.mentor is None or not here.may(Permission.TRAINING_SEE):
        return ""
    return reverse("mentor_path", args=[here.branch.slug, page.person.pk])


def _outcomes(here: Here, page: Any) -> str:
    """Return the page of what became of a mentee, or nothing."""
    if page.mentee is None or not here.may(Permission.OUTCOMES_SEE):
        return ""
    return reverse("person_outcomes", args=[here.branch.slug, page.person.pk])


def _render(
    request: HttpRequest, here: Here, pk: int, form: NoteForm | None = None, status: int = 200
) -> HttpResponse:
    page = queries.person_page(actor=here.actor, branch=here.branch, pk=pk)
    draft = drafting(here, f"note:person:{pk}", _address(here, pk))
    form = form or NoteForm(initial=restored(draft, NoteForm.base_fields))
    return render(
        request,
        "coordinator/person.html",
        {
            "here": here,
            "page": page,
            "person": page.person,
            "age": words.say_age(page.person.birth_date, here.today),
            "badges": words.state_badges(page.person, here.today),
            "sides": words.sides(page.person),
            "languages": words.spoken(page.person),
            "week": week_grid(page.person.slots),
            "profile": profile_words.profile(page),
            "duos": _duos(here, pk),
            "proposals": _proposals(here, pk),
            "applications": _applications(here, pk),
            "path_href": _path(here, page),
            "outcomes_href": _outcomes(here, page),
            "note_form": form,
            "twins": twin_lines(here, page.person),
            "merges": merges_about(here, page.person),
            "draft": draft,
            "may_write": here.may(Permission.PEOPLE_WRITE),
            "may_archive": here.may(Permission.PEOPLE_ARCHIVE),
            "may_see_notes": here.may(Permission.NOTES_SEE),
            "may_answer_rights": here.may(Permission.RIGHTS_ANSWER),
            "may_note": here.may(Permission.NOTES_WRITE),
            "is_paused": any(row is not None and row.state == "paused" for row in (page.mentor, page.mentee)),
        },
        status=status,
    )


@require_safe
@branch_page(Permission.PEOPLE_SEE)
def person(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show one person."""
    return _render(request, here, pk)


@require_POST
@branch_page(Permission.NOTES_WRITE)
def person_note(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Write down a call, a visit or a note; with errors the page comes back with all that was typed."""
    found = queries.find_person(actor=here.actor, branch=here.branch, pk=pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _render(request, here, pk, form, status=422)
    said = form.cleaned_data
    actions.log_note(
        person=found,
        text=said["text"],
        kind=NoteKind(said["kind"]),
        readers=Readers(said["readers"]),
        next_step=said["next_step"],
        next_step_on=said["next_step_on"],
        by=here.actor,
        now=here.now,
    )
    sent(request, here)
    messages.success(request, _("The note is saved."))
    return redirect(_address(here, pk) + "#notes")


@require_POST
@branch_page(Permission.NOTES_WRITE)
def step_finish(request: HttpRequest, here: Here, pk: int, note: int) -> HttpResponse:
    """Tick a step off."""
    found = queries.find_note(actor=here.actor, branch=here.branch, pk=note)
    actions.finish_step(note=found, by=here.actor, now=here.now)
    messages.success(request, _("Done: %(step)s") % {"step": found.next_step})
    return redirect(back_to(request) if request.POST.get("next") else _address(here, pk) + "#notes")


def _change(request: HttpRequest, here: Here, found: Any, kind: str) -> bool:
    """Do what the confirm page asked for; say what stands in the way, if anything does."""
    by_kind: dict[str, Any] = {
        "resume": actions.resume_person,
        "archive": actions.archive_person,
        "bring_back": actions.bring_back_person,
    }
    try:
        by_kind[kind](person=found, by=here.actor, now=here.now)
    except StillEngaged as trouble:
        _say_engaged(request, trouble.codes)
        return False
    except MoveNotAllowed:
        messages.error(request, _("This is not possible now: somebody changed it in the meantime."))
        return False
    return True


def _say_engaged(request: HttpRequest, codes: list[str]) -> None:
    reasons = ", ".join(str(STILL_OPEN.get(code, code)) for code in codes)
    messages.error(request, _("Not yet: %(reasons)s. Close it first.") % {"reasons": reasons})


@require_http_methods(ANSWERS)
@branch_page(Permission.PEOPLE_WRITE)
def person_pause(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Ask until when, then take the person out of the pool."""
    found = queries.find_person(actor=here.actor, branch=here.branch, pk=pk)
    form = PauseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.pause_person(person=found, until=form.cleaned_data["until"], by=here.actor, now=here.now)
        except StillEngaged as trouble:
            _say_engaged(request, trouble.codes)
        except MoveNotAllowed:
            messages.error(request, _("This is not possible now: somebody changed it in the meantime."))
        else:
            messages.success(request, _("%(name)s is paused.") % {"name": found})
        return redirect(_address(here, pk))
    context = {"here": here, "person": found, "form": form, "back": _address(here, pk)}
    return render(request, "coordinator/person_pause.html", context, status=422 if form.errors else 200)


@require_http_methods(ANSWERS)
@branch_page(Permission.PEOPLE_WRITE)
def person_resume(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Ask, then bring a paused person back."""
    return _confirmed(request, here, pk, "resume", _("%(name)s is back."))


@require_http_methods(ANSWERS)
@branch_page(Permission.PEOPLE_ARCHIVE)
def person_archive(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Ask, then put a person away; or, for somebody in the archive, bring them back."""
    found = queries.find_person(actor=here.actor, branch=here.branch, pk=pk)
    if found.archived_at is None:
        return _confirmed(request, here, pk, "archive", _("%(name)s is in the archive."))
    return _confirmed(request, here, pk, "bring_back", _("%(name)s is back."))


def _confirmed(request: HttpRequest, here: Here, pk: int, kind: str, done: str) -> HttpResponse:
    found = queries.find_person(actor=here.actor, branch=here.branch, pk=pk)
    if request.method == "POST":
        if _change(request, here, found, kind):
            messages.success(request, done % {"name": found})
        return redirect(_address(here, pk))
    context = {"here": here, "person": found, "kind": kind, "back": _address(here, pk)}
    return render(request, "coordinator/person_confirm.html", context)
