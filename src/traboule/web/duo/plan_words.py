"""What stands in a plan, as its readers see it: lines with their words, badges and addresses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from traboule.apps.duos.plan_enums import GoalState, PointState, Reply, Went
from traboule.apps.duos.queries.plan import PlanPage
from traboule.apps.duos.queries.plan_next import NextThing
from traboule.kernel.plans import Dated
from traboule.web.coordinator import people_words
from traboule.web.duo.plan import Visit
from traboule.web.templatetags.traboule import END_ISOLATE, ISOLATE, say_date, say_moment

REPLY_KINDS = {Reply.WAITING: "calm", Reply.INTERVIEW: "info", Reply.NO: "calm", Reply.OFFER: "good"}
WENT_KINDS = {Went.GOOD: "good", Went.MIXED: "info"}


@dataclass(frozen=True, slots=True)
class PointLine:
    """One milestone on the path of a goal."""

    pk: int
    text: str
    day: str
    is_done: bool
    is_late: bool
    is_next: bool
    href: str


@dataclass(frozen=True, slots=True)
class GoalCard:
    """A goal and its path."""

    pk: int
    title: str
    is_reached: bool
    path: list[PointLine]
    href: str
    add_href: str

    @property
    def done(self) -> int:
        """How many milestones are done."""
        return sum(point.is_done for point in self.path)


@dataclass(frozen=True, slots=True)
class Line:
    """One application, interview or job."""

    title: str
    detail: str
    badge: str
    kind: str
    href: str
    act: str
    act_href: str


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next, in words."""

    lead: str
    what: str
    when: str
    href: str


def job_of(row: Any) -> str:
    """For which job an application was sent; the name of a ROME code is French."""
    return people_words.occupations([row.rome])[0] if row.rome else str(row.occupation)


def next_words(
    thing: NextThing | None, visit: Visit | None = None, *, of_mentor: bool = False
) -> Next | None:
    """Say what comes next; a mentor gets no address to change it."""
    if thing is None:
        return None
    leads = {
        Dated.INTERVIEW: _("Interview")
        if of_mentor or (visit and not visit.is_owner)
        else _("Your interview"),
        Dated.MILESTONE: _("Next step"),
        Dated.JOB_ENDS: _("A short job ends"),
    }
    pages = {Dated.INTERVIEW: "interview", Dated.MILESTONE: "point", Dated.JOB_ENDS: "job"}
    when = say_moment(thing.at) if thing.at else say_date(thing.day)
    href = visit.to(pages[thing.kind], thing.id) if visit and visit.writes else ""
    return Next(leads[thing.kind], thing.said, when, href)


def goal_cards(page: PlanPage, visit: Visit) -> list[GoalCard]:
    """Each goal with its path; the first open milestone of a goal is where she stands."""
    return [goal_card(goal, visit) for goal in page.goals or ()]


def goal_card(goal: Any, visit: Visit) -> GoalCard:
    """One goal with its path."""
    points = list(goal.milestones.all())  # loaded with the goal, without those that were dropped
    first_open = next((point.pk for point in points if point.state == PointState.OPEN), None)
    return GoalCard(
        goal.pk,
        goal.said,
        goal.state == GoalState.REACHED,
        [_point(point, visit, is_next=point.pk == first_open) for point in points],
        visit.to("goal", goal.pk),
        f"{visit.to('point')}&goal={goal.pk}",
    )


def _point(point: Any, visit: Visit, *, is_next: bool) -> PointLine:
    is_done = point.state == PointState.DONE
    day: date = point.done_on if is_done else point.due_on
    is_late = not is_done and point.due_on < visit.today
    return PointLine(
        point.pk, point.said, say_date(day), is_done, is_late, is_next, visit.to("point", point.pk)
    )


def apart(text: str) -> str:
    """Set the name of an employer or a place apart: it may be written the other way round."""
    return f"{ISOLATE}{text}{END_ISOLATE}" if text else ""


def application_lines(rows: Iterable[Any], visit: Visit) -> list[Line]:
    """Applications, the newest first."""
    return [
        Line(
            title=job_of(row) or row.employer,
            detail=" · ".join(
                filter(None, (apart(row.employer) if job_of(row) else "", say_date(row.sent_on)))
            ),
            badge=str(Reply(row.reply).label),
            kind=REPLY_KINDS[Reply(row.reply)],
            href="",
            act=_("They answered") if row.reply == Reply.WAITING else _("Change"),
            act_href=visit.to("reply", row.pk),
        )
        for row in rows
    ]


def interview_lines(rows: Iterable[Any], visit: Visit) -> list[Line]:
    """Interviews, by their day."""
    found = []
    for row in rows:
        over = row.starts_at <= visit.now
        asks = over and not row.went
        badge = str(Went(row.went).label) if row.went else (_("How did it go?") if over else _("to come"))
        kind = WENT_KINDS.get(Went(row.went), "calm") if row.went else ("waiting" if over else "info")
        page = "went" if asks else "interview"
        act = _("Say how it went") if asks else _("Change")
        detail = " · ".join(filter(None, (say_moment(row.starts_at), apart(row.place))))
        found.append(Line(row.employer, detail, badge, kind, "", act, visit.to(page, row.pk)))
    return found


def job_lines(rows: Iterable[Any], visit: Visit) -> list[Line]:
    """Short jobs, the newest first."""
    found = []
    for row in rows:
        days = [say_date(row.starts_on), say_date(row.ends_on) if row.ends_on else ""]
        hours = _("%(hours)s hours a week") % {"hours": row.hours} if row.hours else ""
        detail = " · ".join(filter(None, (apart(row.employer), " – ".join(filter(None, days)), hours)))
        found.append(Line(row.work, detail, "", "calm", "", _("Change"), visit.to("job", row.pk)))
    return found
