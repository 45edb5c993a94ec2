"""What happens on the way: "I sent an application" in three taps, answers, interviews, short jobs."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from traboule.apps.duos.actions import plan_records as acting
from traboule.apps.duos.forms.plan import InterviewForm, JobForm, PlanForm, ReplyForm, SentForm, WentForm
from traboule.apps.duos.plan_enums import Reply, Went
from traboule.apps.duos.queries import plan as queries
from traboule.apps.duos.queries import plan_rows as rows
from traboule.apps.duos.queries import running_duo
from traboule.web.access import posted
from traboule.web.coordinator import people_words
from traboule.web.duo.plan import Act, Asked, Page, Visit, ask, done, form_page, keep
from traboule.web.duo.plan_words import job_of
from traboule.web.templatetags.traboule import END_ISOLATE, ISOLATE, say_date, say_moment

Make = Callable[[dict[str, Any]], object]
MISTAKE = "mistake"


def sent(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Note an application: her occupations are one tap away, today is chosen."""
    form = SentForm(posted(request), known=_known(visit.person), person=visit.person, now=visit.now)
    asked = ask(request, visit, form)
    looks = request.POST.get("act") == "look"
    if request.method == "POST" and asked.is_right and not looks:
        how: dict[str, Any] = {"person": visit.person, "by": visit.by, "now": visit.now, **asked.how}
        if keep(visit, asked, lambda: acting.note_application(**form.cleaned_fields(), **how)):
            return done(request, visit, _("Well done! It is in the plan."))
    if looks:
        form.errors.clear()
        if form.data.get("other") and not form.found:
            form.add_error("other", _("We know no job of this name. Save it as you wrote it."))
    more = (Act(_("Look for this job"), "look"),)
    return form_page(request, visit, asked, _("I sent an application"), acts=more)


def _known(person: Any) -> list[tuple[str, str]]:
    """The occupations that she looks for, and those of her last applications."""
    codes = list(getattr(person.mentee, "occupations", []) if hasattr(person, "mentee") else [])
    codes = list(dict.fromkeys([*queries.last_occupations(person), *codes]))[:4]
    names = people_words.occupations(codes)
    plain = [name.replace(ISOLATE, "").replace(END_ISOLATE, "") for name in names]
    return list(zip(codes, plain, strict=True))


def reply(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Note what came back; an invitation leads to its interview."""
    row = rows.application_of(visit.person, request.GET.get("id", ""))
    if taken := _taken_back(request, visit, row):
        return taken
    first = {"reply": row.reply, "replied_on": row.replied_on}
    form = ReplyForm(posted(request), initial=first, sent_on=row.sent_on, person=visit.person, now=visit.now)
    asked = ask(request, visit, form)
    if request.method == "POST" and asked.is_right:
        said = form.cleaned_data
        how: dict[str, Any] = {"by": visit.by, "now": visit.now, **asked.how}
        answer = Reply(said["reply"])
        if keep(
            visit,
            asked,
            lambda: acting.note_reply(application=row, reply=answer, replied_on=said["replied_on"], **how),
        ):
            if answer == Reply.INTERVIEW:
                return HttpResponseRedirect(f"{request.path}{visit.to('interview')}&application={row.pk}")
            return done(request, visit, _("Bravo!") if answer == Reply.OFFER else "")
    lede = _("Sent on %(day)s") % {"day": say_date(row.sent_on)}
    title = job_of(row) or row.employer
    return form_page(request, visit, asked, title, lede=lede, acts=_mistake())


def interview(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Note an interview to come, or move one."""
    pk = request.GET.get("id", "")
    row = rows.interview_of(visit.person, pk) if pk else None
    of = request.GET.get("application", "")
    application = rows.application_of(visit.person, of) if of else None
    if row is not None and (taken := _taken_back(request, visit, row)):
        return taken
    form = InterviewForm(
        posted(request),
        initial=_first(row, application),
        was=row.starts_at if row else None,
        person=visit.person,
        now=visit.now,
    )
    asked = ask(request, visit, form)
    if request.method == "POST" and asked.is_right:
        said: dict[str, Any] = {name: form.cleaned_data[name] for name in ("employer", "starts_at", "place")}
        how: dict[str, Any] = {"by": visit.by, "now": visit.now, **asked.how, **said}

        def act() -> object:
            if row is not None:
                return acting.change_interview(interview=row, **how)
            return acting.add_interview(person=visit.person, application=application, **how)

        if keep(visit, asked, act):
            return done(request, visit, _("It is in the plan. A reminder comes the day before."))
    more = (Act(_("It does not take place"), "not_held"), *_mistake()) if row else ()
    return form_page(request, visit, asked, _("A job interview"), acts=more)


def _first(row: Any, application: Any) -> dict[str, Any]:
    if row is None:
        return {"employer": application.employer} if application is not None else {}
    local = row.starts_at.astimezone(ZoneInfo(row.person.branch.timezone))
    hour = local.time().replace(second=0, microsecond=0)
    return {"employer": row.employer, "day": local.date(), "hour": hour, "place": row.place}


def went(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Say how an interview went."""
    row = rows.interview_of(visit.person, request.GET.get("id", ""))
    form = WentForm(posted(request), initial={"went": row.went}, person=visit.person, now=visit.now)
    asked = ask(request, visit, form)
    if request.method == "POST" and asked.is_right:
        how: dict[str, Any] = {
            "went": Went(form.cleaned_data["went"]),
            "by": visit.by,
            "now": visit.now,
            **asked.how,
        }
        if keep(visit, asked, lambda: acting.note_went(interview=row, **how)):
            return done(request, visit, _("Thank you. Each interview teaches something."))
    lede = f"{row.employer} · {say_moment(row.starts_at)}"
    return form_page(request, visit, asked, _("How did it go?"), lede=lede)


def job(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Note a short job: good, and the mentor is still there."""
    pk = request.GET.get("id", "")
    row = rows.job_of(visit.person, pk) if pk else None
    if row is not None and (taken := _taken_back(request, visit, row)):
        return taken
    names = ("work", "employer", "starts_on", "ends_on", "hours")
    first = {name: getattr(row, name) for name in names} if row else {}
    form = JobForm(posted(request), initial=first, person=visit.person, now=visit.now)
    asked = ask(request, visit, form)
    if request.method == "POST" and asked.is_right:
        said: dict[str, Any] = {name: form.cleaned_data[name] for name in names}
        how: dict[str, Any] = {"fields": said, "by": visit.by, "now": visit.now, **asked.how}
        if keep(visit, asked, lambda: acting.save_short_job(person=visit.person, job=row, **how)):
            return done(request, visit, _still_with_you(visit))
    lede = _("A few days or weeks of work. Your mentor stays with you.")
    return form_page(request, visit, asked, _("A short job"), lede=lede, acts=_mistake() if row else ())


def _still_with_you(visit: Visit) -> str:
    duo = running_duo(visit.person.pk)
    if duo is None or not visit.is_owner:
        return ""
    return _("Good! %(name)s is still with you.") % {"name": duo.mentor.first_name}


def _mistake() -> tuple[Act, ...]:
    return (Act(_("Written by mistake: remove it"), MISTAKE, "quiet"),)


def _taken_back(request: HttpRequest, visit: Visit, row: Any) -> HttpResponse | None:
    """Remove what was noted by mistake, or call an interview off; None if neither was asked."""
    act = request.POST.get("act", "")
    if act != MISTAKE and not (act == "not_held" and hasattr(row, "went")):
        return None
    form: PlanForm | None = None
    asked = ask(request, visit, form)
    if not asked.is_right:
        return form_page(request, visit, asked, _("How did the mentee say it?"), value=act)
    how: dict[str, Any] = {"by": visit.by, "now": visit.now, **asked.how}
    _do_take_back(visit, asked, act, row, how)
    return done(request, visit, _("It is noted."))


def _do_take_back(visit: Visit, asked: Asked, act: str, row: Any, how: dict[str, Any]) -> None:
    if act == MISTAKE:
        keep(visit, asked, lambda: acting.remove_record(row=row, **how))
    else:
        keep(visit, asked, lambda: acting.note_went(interview=row, went=Went.NOT_HELD, **how))


PAGES: dict[str, Page] = {
    "sent": sent,
    "reply": reply,
    "interview": interview,
    "went": went,
    "job": job,
}
