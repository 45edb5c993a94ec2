"""Talks: the list, planning, the page of one talk, moving, missing, bringing two views together."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.apps.applications.actions import talk_notes, talks
from traboule.apps.applications.actions.errors_judging import (
    NotBothFinished,
    SlotsUnfit,
    TalkAlreadyPlanned,
    TalkInThePast,
    TalkIsOver,
)
from traboule.apps.applications.actions.talk_profile import take_over
from traboule.apps.applications.enums_judging import TalkState
from traboule.apps.applications.forms.judging import AgreeForm, ReadersForm, TalkForm, day_and_hour
from traboule.apps.applications.forms.talk_slots import UNFIT, SlotsForm
from traboule.apps.applications.queries import talks as queries
from traboule.apps.applications.queries.guides import guide_of_notes
from traboule.apps.applications.talk_guide import SCALES, SECTIONS
from traboule.apps.people.enums import Permission
from traboule.core.remember import remembered
from traboule.kernel.lifecycle import APPLICATION, IllegalMove
from traboule.web.access import Here, branch_page, posted
from traboule.web.coordinator import judging_words as words
from traboule.web.coordinator.talk_profile_words import lines_of
from traboule.web.templatetags.traboule import say_moment

ANSWERS = ["GET", "HEAD", "POST"]
TALKS_A_PAGE = 20


@require_safe
@branch_page(Permission.TALKS_SEE)
def talk_list(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the talks of the branch: those ahead, or those in another state."""
    asked = request.GET.get("state", "")
    state = asked if asked in TalkState.values else TalkState.PLANNED.value
    rows = queries.talks_of(actor=here.actor, branch=here.branch, state=state)
    page = Paginator(rows, TALKS_A_PAGE).get_page(request.GET.get("page"))
    states = [(value, label, value == state) for value, label in TalkState.choices]
    return render(request, "judging/talks.html", {"here": here, "page": page, "states": states})


@require_http_methods(ANSWERS)
@branch_page(Permission.TALKS_WRITE)
def talk_plan(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Plan a talk; an application whose talk is planned already shows that one."""
    application = queries.find_application(
        actor=here.actor, branch=here.branch, pk=pk, permission=Permission.TALKS_WRITE
    )
    earlier = queries.talks_about(actor=here.actor, application=application)
    planned = next((row for row in earlier if row.state == TalkState.PLANNED), None)
    if planned is not None:
        return redirect("talk", here.branch.slug, planned.pk)
    if earlier and not APPLICATION.allows(application.state, "plan_talk"):
        return redirect("talk", here.branch.slug, earlier[0].pk)
    form = _form(here, posted(request), {"host": here.actor.id, "minutes": 45})
    slots = SlotsForm(posted(request), timezone=here.branch.timezone, optional=True)
    if request.method == "POST" and form.is_valid() and slots.is_valid():
        second = form.by_id.get(form.cleaned_data["second"] or 0)
        act = partial(talks.plan_talk, application=application, second=second, others=slots.starts)
        talk = _try(form, partial(act, by=here.actor, now=here.now, **form.details))
        if talk is not None:
            said = _("The talk is planned. %(name)s is told.") % {"name": application.person}
            messages.success(request, said)
            return redirect("talk", here.branch.slug, talk.pk)
    context = {
        "here": here,
        "form": form,
        "head": words.head_of(here, application, "talk_plan"),
        "earlier": [(row, *words.say_talk(row)) for row in earlier],
        "slots": slots,
        "title": _("Plan a talk"),
        "act": _("Plan and tell"),
    }
    status = 422 if form.errors or slots.errors else 200
    return render(request, "judging/talk_plan.html", context, status=status)


@require_http_methods(ANSWERS)
@branch_page(Permission.TALKS_WRITE)
def talk_move(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Give a talk another date."""
    talk = queries.find_talk(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.TALKS_WRITE)
    if talk.state != TalkState.PLANNED:
        return redirect("talk", here.branch.slug, talk.pk)
    day, hour = day_and_hour(talk.starts_at, here.branch.timezone)
    initial = {"day": day, "hour": hour, "minutes": talk.minutes, "way": talk.way, "where": talk.where}
    form = _form(here, posted(request), {**initial, "host": talk.host_id})
    del form.fields["second"]
    if request.method == "POST" and form.is_valid():

        def act() -> Any:
            return talks.move_talk(talk=talk, by=here.actor, now=here.now, **form.details)

        if _try(form, act) is not None:
            messages.success(request, _("The talk has a new date. The person is told."))
            return redirect("talk", here.branch.slug, talk.pk)
    context = {
        "here": here,
        "form": form,
        "head": words.head_of(here, talk.application, "talk_plan"),
        "wish": talk.wish,
        "title": _("Another date"),
        "act": _("Move and tell"),
    }
    return render(request, "judging/talk_plan.html", context, status=422 if form.errors else 200)


@require_safe
@branch_page(Permission.TALKS_SEE)
def talk(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show one talk: when and where, what was written down, what is next."""
    page = queries.talk_page(actor=here.actor, branch=here.branch, pk=pk)
    may_write = here.may(Permission.TALKS_WRITE)
    kind, state = words.say_talk(page.talk)
    context = {
        "here": here,
        "page": page,
        "talk": page.talk,
        "kind": kind,
        "state": state,
        "head": words.head_of(here, page.talk.application, "talk_plan"),
        "may_write": may_write,
        "slots": queries.slots_of(page.talk) if page.talk.state == TalkState.PLANNED else [],
        "readers_form": ReadersForm() if may_write and page.mine is None else None,
        "to_take": _to_take(here, page.finished),
        "views": [_view(row) for row in page.finished],
        "scales": _side_by_side(page.finished) if len(page.finished) == 2 else [],
        "agree": _agree_form(page.finished) if page.to_agree and may_write else None,
    }
    return render(request, "judging/talk.html", context)


@require_POST
@branch_page(Permission.TALKS_WRITE)
def talk_close(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """The talk was missed, or will not be held."""
    found = queries.find_talk(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.TALKS_WRITE)
    missed = request.POST.get("how") == "missed"
    act = talks.miss_talk if missed else talks.cancel_talk
    try:
        act(talk=found, by=here.actor, now=here.now)
    except (TalkIsOver, IllegalMove):
        messages.error(request, _("This is not possible now: somebody changed it in the meantime."))
        return redirect("talk", here.branch.slug, pk)
    messages.success(request, _("Written down. The person is told; plan another date."))
    return redirect("talk_plan", here.branch.slug, found.application_id)


@require_POST
@branch_page(Permission.TALKS_WRITE)
def talk_agree(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Write down the values that both assessors agreed on."""
    found = queries.find_talk(actor=here.actor, branch=here.branch, pk=pk, permission=Permission.TALKS_WRITE)
    form = AgreeForm(request.POST)
    if form.is_valid():
        try:
            talk_notes.agree_scales(talk=found, values=form.cleaned_data, by=here.actor, now=here.now)
        except NotBothFinished:
            messages.error(request, _("Both views have to be finished first."))
        else:
            messages.success(request, _("Saved. The values stand on the person's page now."))
    return redirect(reverse("talk", args=[here.branch.slug, pk]) + "#views")


@require_POST
@branch_page(Permission.PEOPLE_WRITE)
def talk_take_over(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Take over into the profile what was ticked of what a talk said otherwise."""
    page = queries.talk_page(actor=here.actor, branch=here.branch, pk=pk)
    notes = next((row for row in page.finished if str(row.pk) == request.POST.get("notes", "")), None)
    names = request.POST.getlist("take")
    done = take_over(notes=notes, names=names, by=here.actor, now=here.now) if notes else []
    if done:
        messages.success(request, _("Taken over into the profile."))
    else:
        messages.warning(request, _("Nothing was ticked, or it stands in the profile already."))
    return redirect(reverse("talk", args=[here.branch.slug, pk]) + "#profile")


@require_safe
@branch_page(Permission.TALKS_SEE)
def talk_calibration(request: HttpRequest, here: Here) -> HttpResponse:
    """Show how well two assessors of the branch agree."""
    found = remembered(
        here.branch.pk,
        "calibration",
        lambda: queries.calibration_of(actor=here.actor, branch=here.branch),
    )
    rows = [(scale.name, found.by_scale[scale.field]) for scale in SCALES]
    context = {"here": here, "found": found, "rows": rows, "missing": max(0, 10 - found.talks)}
    return render(request, "judging/calibration.html", context)


def _form(here: Here, data: Any, initial: dict[str, Any]) -> TalkForm:
    hosts = queries.hosts_of(here.branch)
    return TalkForm(data, initial=initial, hosts=hosts, timezone=here.branch.timezone)


def _try(form: TalkForm, act: Callable[[], Any]) -> Any:
    """Do it, or say in the form what stands in the way."""
    try:
        return act()
    except TalkInThePast:
        form.add_error("day", _("This time is over. Choose one to come."))
    except TalkAlreadyPlanned as earlier:
        said = {"who": earlier.who, "when": say_moment(earlier.at)}
        form.add_error(None, _("%(who)s planned a talk already, %(when)s.") % said)
    except SlotsUnfit as unfit:
        form.add_error(None, UNFIT[unfit.code])
    except (TalkIsOver, IllegalMove):
        form.add_error(None, _("This is not possible now: somebody changed it in the meantime."))
    return None


def _view(notes: Any) -> dict[str, Any]:
    """One finished view: what was said per section, the wishes, the scales."""
    said = [(q.section, q.text, notes.answers.get(q.code, "")) for q in guide_of_notes(notes)]
    sections = [
        (title, [(text, answer) for section, text, answer in said if section == code and answer])
        for code, title in SECTIONS.items()
    ]
    return {
        "notes": notes,
        "sections": [(title, rows) for title, rows in sections if rows],
        "scales": [(scale.name, getattr(notes, scale.field)) for scale in SCALES],
    }


def _to_take(here: Here, finished: list[Any]) -> list[tuple[Any, list[Any]]]:
    """Return what each finished view says otherwise than the profile, for who may write the profile."""
    if not here.may(Permission.PEOPLE_WRITE):
        return []
    return [(notes, lines) for notes in finished if (lines := lines_of(notes))]


def _side_by_side(finished: list[Any]) -> list[tuple[Any, int | None, int | None, int | None]]:
    rows = []
    for scale in SCALES:
        a, b = (getattr(notes, scale.field) for notes in finished)
        rows.append((scale.name, a, b, abs(a - b) if a is not None and b is not None else None))
    return rows


def _agree_form(finished: list[Any]) -> AgreeForm:
    """Where both said the same it is filled in; where they differ they talk, so nothing is."""
    first, second = (notes.scales for notes in finished)
    return AgreeForm(initial={name: value for name, value in first.items() if value == second[name]})
