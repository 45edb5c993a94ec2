"""The plan itself: goals and milestones, suggestions, what the mentor sees, files to take away."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from traboule.apps.duos.actions import plan as acting
from traboule.apps.duos.forms.plan import GoalForm, MilestoneForm, ShownForm, SuggestForm
from traboule.apps.duos.plan_enums import GoalState, PointState, Taken
from traboule.apps.duos.queries import plan as queries
from traboule.apps.duos.queries import plan_rows as rows
from traboule.apps.duos.queries import running_duo
from traboule.core.permissions import NotVisible
from traboule.web.access import posted
from traboule.web.duo import plan_files, plan_words
from traboule.web.duo.plan import Act, Asked, Page, Visit, ask, done, form_page, keep

TO_POINT = {"done": PointState.DONE, "undo": PointState.OPEN, "drop": PointState.DROPPED}
TO_GOAL = {"reached": GoalState.REACHED, "put_aside": GoalState.DROPPED}


def home(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what is next, then the goals, then what happened on the way."""
    if request.method == "POST" and visit.is_owner:
        return _act(request, visit)
    page = queries.plan_page(
        person=visit.person,
        reader=visit.reader,
        now=visit.now,
        today=visit.today,
        mentor=visit.duo.mentor if visit.duo is not None else None,
    )
    duo = visit.duo or (running_duo(visit.person.pk) if visit.is_owner else None)
    context = {
        "v": visit,
        "page": page,
        "mentor": duo.mentor if duo is not None and visit.is_owner else None,
        "next": plan_words.next_words(page.next, visit),
        "goals": plan_words.goal_cards(page, visit),
        "applications": plan_words.application_lines(page.applications or (), visit),
        "interviews": plan_words.interview_lines(page.interviews or (), visit),
        "jobs": plan_words.job_lines(page.jobs or (), visit),
        "waiting": Taken.WAITING,
        "hrefs": {name: visit.to(name) for name in (*PAGES, *_RECORDS, "home")},
    }
    return render(request, "duo/plan.html", context)


_RECORDS = ("sent", "interview", "job")


def _act(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A tap on the plan of her own: a milestone is done, a suggestion is taken or put away."""
    act, _colon, pk = request.POST.get("act", "").partition(":")
    asked = ask(request, visit, None)
    how: dict[str, Any] = {"by": visit.by, "now": visit.now}
    text = ""
    if act == "done":
        point = rows.milestone_of(visit.person, pk)
        days: dict[str, Any] = how | {"today": visit.today}
        keep(visit, asked, lambda: acting.mark_milestone(point=point, to=PointState.DONE, **days))
        text = _("Well done!")
    elif act in ("take", "away"):
        text = _answer(visit, act, pk)
    else:
        raise NotVisible
    return done(request, visit, text)


def _answer(visit: Visit, act: str, pk: str) -> str:
    suggestion = rows.suggestion_of(visit.person, pk)
    how: dict[str, Any] = {"suggestion": suggestion, "by": visit.by, "now": visit.now}
    nothing = Asked(None, None)
    try:
        if act == "take":
            keep(visit, nothing, lambda: acting.accept_suggestion(today=visit.today, **how))
            return ""
        keep(visit, nothing, lambda: acting.put_away_suggestion(**how))
    except acting.AlreadyAnswered:
        return _("You have answered this already.")
    return _("It is put away.")


def goals(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Choose a goal that the branch offers, or write one of her own."""
    offered = [row for row in queries.templates_of(visit.person.branch) if row.is_offered]
    number = request.POST.get("template", "")
    form = GoalForm(None if number else posted(request), person=visit.person, now=visit.now)
    asked = ask(request, visit, form)
    how: dict[str, Any] = {"person": visit.person, "by": visit.by, "now": visit.now}
    if request.method == "POST" and number:
        asked.form = None
        chosen = next((row for row in offered if str(row.number) == number), None)
        if chosen is not None and asked.is_right:
            days: dict[str, Any] = {"template": chosen, "today": visit.today, **asked.how}
            keep(visit, asked, lambda: acting.take_template(**how, **days))
            return done(request, visit)
    elif request.method == "POST" and asked.is_right:
        words = form.cleaned_data["words"]
        keep(visit, asked, lambda: acting.add_goal(**how, words=words, **asked.how))
        return done(request, visit)
    context = {"v": visit, "offered": offered, "form": form, "asked": asked, "home": visit.to("home")}
    return render(request, "duo/plan_goals.html", context, status=asked.status)


def goal(request: HttpRequest, visit: Visit) -> HttpResponse:
    """One goal: its path, what is done, reached or put aside."""
    row = rows.goal_with_path(visit.person, request.GET.get("id", ""))
    asked = ask(request, visit, None)
    if request.method == "POST" and asked.is_right:
        act, _colon, pk = request.POST.get("act", "").partition(":")
        how: dict[str, Any] = {"by": visit.by, "now": visit.now, **asked.how}
        text = ""
        if act in TO_POINT:
            point = rows.milestone_of(visit.person, pk)
            days = how | {"today": visit.today}
            keep(visit, asked, lambda: acting.mark_milestone(point=point, to=TO_POINT[act], **days))
        elif act in TO_GOAL:
            days = how | {"today": visit.today}
            keep(visit, asked, lambda: acting.end_goal(goal=row, to=TO_GOAL[act], **days))
            text = _("You reached it. Bravo!") if act == "reached" and visit.is_owner else ""
        elif act == "reopen":
            keep(visit, asked, lambda: acting.reopen_goal(goal=row, **how))
        return done(request, visit, text, "" if act in TO_GOAL else visit.to("goal", row.pk))
    context = {"v": visit, "g": plan_words.goal_card(row, visit), "asked": asked, "home": visit.to("home")}
    return render(request, "duo/plan_goal.html", context, status=asked.status)


def point(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Add a milestone to a goal, or change one."""
    pk = request.GET.get("id", "")
    row = rows.milestone_of(visit.person, pk) if pk else None
    of = row.goal if row else rows.goal_of(visit.person, request.GET.get("goal", ""))
    how: dict[str, Any] = {"by": visit.by, "now": visit.now, "today": visit.today}
    first = {"words": row.said, "due_on": row.due_on} if row else {}
    drops = row is not None and request.POST.get("act") == "drop"
    form = MilestoneForm(posted(request), initial=first, person=visit.person, now=visit.now)
    asked = ask(request, visit, None if drops else form)
    if request.method == "POST" and asked.is_right:

        def act() -> None:
            if row is None:
                acting.add_milestone(goal=of, **form.cleaned_data, **how, **asked.how)
            elif drops:
                acting.mark_milestone(point=row, to=PointState.DROPPED, **how, **asked.how)
            else:
                acting.change_milestone(point=row, **form.cleaned_data, **how, **asked.how)

        if keep(visit, asked, act):
            return done(request, visit, "", visit.to("goal", of.pk))
    asked.form = form
    more = (Act(_("Not any more"), "drop"),) if row else ()
    return form_page(request, visit, asked, of.said, lede=_("One small step, with a day."), acts=more)


def shown(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Choose what the mentor sees; the note is hers alone."""
    choice = queries.choice_of(visit.person)
    first = {name: getattr(choice, name) for name in acting.SHOWN}
    form = ShownForm(posted(request), initial=first, person=visit.person, now=visit.now)
    if visit.is_staff:
        del form.fields["note"]
        del form.fields["shows_note"]
    asked = ask(request, visit, form)
    if request.method == "POST" and asked.is_right:
        how: dict[str, Any] = {"fields": form.cleaned_data, "by": visit.by, "now": visit.now, **asked.how}
        keep(visit, asked, lambda: acting.choose_shown(person=visit.person, **how))
        return done(request, visit, _("It is noted."))
    lede = _("You choose what your mentor sees. The team sees your plan, never your note.")
    return form_page(request, visit, asked, _("What my mentor sees"), lede=lede)


def suggest(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The mentor suggests something; the mentee decides."""
    page = queries.plan_page(person=visit.person, reader=visit.reader, now=visit.now, today=visit.today)
    open_goals = [row for row in page.goals or () if row.state == GoalState.OPEN]
    form = SuggestForm(
        posted(request),
        goals=[(str(row.pk), row.said) for row in open_goals],
        person=visit.person,
        now=visit.now,
    )
    asked = ask(request, visit, form)
    if request.method == "POST" and asked.is_right:
        said = form.cleaned_data
        of = next((row for row in open_goals if str(row.pk) == said["goal"]), None)
        how: dict[str, Any] = {
            "words": said["words"],
            "due_on": said["due_on"],
            "by": visit.by,
            "now": visit.now,
        }
        if keep(visit, asked, lambda: acting.suggest(duo=visit.duo, goal=of, **how)):
            text = _("%(name)s reads it and decides.") % {"name": visit.person.first_name}
            return done(request, visit, text)
    lede = _("%(name)s decides whether it goes into the plan.") % {"name": visit.person.first_name}
    return form_page(request, visit, asked, _("Suggest something"), lede=lede, act=_("Send"))


PAGES: dict[str, Page] = {
    "home": home,
    "goals": goals,
    "goal": goal,
    "point": point,
    "shown": shown,
    "pdf": plan_files.pdf,
    "table": plan_files.table,
}
