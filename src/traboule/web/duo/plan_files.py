"""The plan to take away: on paper and as a table, in the language of the page; also after the duo."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from traboule.apps.duos.plan_enums import GoalState, PointState, Reply, Went
from traboule.apps.duos.queries.plan import PlanPage, plan_page
from traboule.core.languages import HOUSE
from traboule.core.pdf import render
from traboule.web.coordinator.downloads import csv_download
from traboule.web.duo import plan_words
from traboule.web.duo.plan import Visit
from traboule.web.templatetags.traboule import END_ISOLATE, ISOLATE, say_date, say_day_of_life, say_moment

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "duo" / "plan.typ"


def pdf(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The plan on paper, tagged, from right to left where her language is written so."""
    page = plan_page(person=visit.person, reader=visit.reader, now=visit.now, today=visit.today)
    content = render(TEMPLATE, _paper(page, visit), language=get_language() or HOUSE)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="plan-{visit.today:%Y-%m-%d}.pdf"'
    return response


def table(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The plan as a file for a spreadsheet: a line for each thing that is written."""
    page = plan_page(person=visit.person, reader=visit.reader, now=visit.now, today=visit.today)
    header = [_("What"), _("Words"), _("With whom"), _("Where"), _("Day"), _("Last day"), _("How it stands")]
    return csv_download(f"plan-{visit.today:%Y-%m-%d}.csv", header, rows_of(page, visit))


def rows_of(page: PlanPage, visit: Visit) -> list[list[str]]:
    """Return every goal, milestone, application, interview and job as texts; days as ISO 8601."""
    rows: list[list[str]] = []
    for goal in page.goals or ():
        ended = goal.ended_on.isoformat() if goal.ended_on else ""
        rows.append([_("Goal"), goal.said, "", "", "", ended, str(GoalState(goal.state).label)])
        rows += [
            [
                _("Step"),
                point.said,
                "",
                "",
                *_days(point.due_on, point.done_on),
                str(PointState(point.state).label),
            ]
            for point in goal.milestones.all()
        ]
    for row in page.applications or ():
        days = _days(row.sent_on, row.replied_on)
        rows.append([_("Application"), _plain(row), row.employer, "", *days, str(Reply(row.reply).label)])
    for meeting in page.interviews or ():
        went = str(Went(meeting.went).label) if meeting.went else ""
        rows.append([_("Interview"), "", meeting.employer, meeting.place, _iso(meeting, visit), "", went])
    for job in page.jobs or ():
        hours = _("%(hours)s hours a week") % {"hours": job.hours} if job.hours else ""
        rows.append([_("Short job"), job.work, job.employer, "", *_days(job.starts_on, job.ends_on), hours])
    if page.note:
        rows.append([_("A note for myself"), page.note, "", "", "", "", ""])
    return rows


def _days(first: Any, last: Any) -> list[str]:
    return [first.isoformat(), last.isoformat() if last else ""]


def _iso(meeting: Any, visit: Visit) -> str:
    local = meeting.starts_at.astimezone(ZoneInfo(visit.person.branch.timezone))
    return f"{local:%Y-%m-%d %H:%M}"


def _plain(row: Any) -> str:
    return plan_words.job_of(row).replace(ISOLATE, "").replace(END_ISOLATE, "")


def _paper(page: PlanPage, visit: Visit) -> dict[str, Any]:
    branch = visit.person.branch
    coming = plan_words.next_words(page.next)
    cards = plan_words.goal_cards(page, visit)
    return {
        "title": _("My plan"),
        "association": plan_words.apart(branch.organisation.name),
        "branch": plan_words.apart(branch.name),
        "name": visit.person.first_name,
        "day": plan_words.apart(say_day_of_life(visit.today)),
        "next": [coming.lead, coming.what, coming.when] if coming else [],
        "goals": [
            {
                "title": card.title,
                "points": [{"text": p.text, "day": p.day, "done": p.is_done} for p in card.path],
                "reached": str(GoalState.REACHED.label) if card.is_reached else "",
            }
            for card in cards
        ],
        "goals_title": _("Goals"),
        "lists": _lists(page),
        "note": page.note,
        "note_title": _("A note for myself"),
        "right_to_left": get_language_bidi(),
    }


def _lists(page: PlanPage) -> list[dict[str, Any]]:
    sent = [
        [
            _plain(row) or row.employer,
            row.employer if _plain(row) else "",
            say_date(row.sent_on),
            str(Reply(row.reply).label),
        ]
        for row in page.applications or ()
    ]
    met = [
        [row.employer, row.place, say_moment(row.starts_at), str(Went(row.went).label) if row.went else ""]
        for row in page.interviews or ()
    ]
    worked = [
        [row.work, row.employer, say_date(row.starts_on), say_date(row.ends_on) if row.ends_on else ""]
        for row in page.jobs or ()
    ]
    lists = ((_("Applications"), sent), (_("Interviews"), met), (_("Short jobs"), worked))
    apart = plan_words.apart
    return [
        {"title": title, "rows": [[row[0], *map(apart, row[1:])] for row in rows]}
        for title, rows in lists
        if rows
    ]
