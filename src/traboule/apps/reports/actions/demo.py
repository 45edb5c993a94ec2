"""Reports of the demo: three quarters for the board, a year for a funder, two collective tables, a draft."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.outcomes.actions.telling import tell_outcome
from traboule.apps.outcomes.enums import ToldBy
from traboule.apps.people.queries import actor_of
from traboule.apps.reports.actions.drafts import draft_report
from traboule.apps.reports.actions.issuing import issue_report
from traboule.apps.reports.enums import ReportKind
from traboule.apps.reports.models import Report
from traboule.apps.reports.queries.content import thawed
from traboule.apps.reports.rules import quarter_before
from traboule.core.actors import Actor
from traboule.kernel.indicators import Verdict

BRANCH = "lyon"
QUARTERS = 3
LATE = "positive_outcome_from_start"
TITLES = {
    ReportKind.BOARD: "Rapport trimestriel au conseil",
    ReportKind.FUNDER: "Bilan annuel au département",
    ReportKind.COLLECTIVE: "Tableau commun du collectif",
}
FOR_WHOM = {
    ReportKind.BOARD: "Conseil d’administration",
    ReportKind.FUNDER: "Département, service de l’insertion",
    ReportKind.COLLECTIVE: "Collectif mentorat",
}
NOTE = "Chiffres inventés pour la démonstration."
MORNING = time(9, 0, tzinfo=UTC)


def fill_demo(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Issue reports of Lyon in the order of time, each a week after its day, by the real actions."""
    branch, director = loaded.branches.get(BRANCH), loaded.logins.get("agnes")
    if branch is None or director is None:
        return
    writer, today = actor_of(director), now.date()
    quarters = _quarters(today)
    for first, last in quarters:
        _issue(branch, ReportKind.BOARD, first, last, writer, now)
    _issue(branch, ReportKind.FUNDER, last - timedelta(days=364), last, writer, now)
    common = _issue(branch, ReportKind.COLLECTIVE, quarters[0][0], last, writer, now)
    _late_news(common, writer, now)
    _issue(branch, ReportKind.COLLECTIVE, quarters[0][0], today, writer, now)
    said = _said(ReportKind.BOARD, last + timedelta(days=1), today)
    draft_report(branch=branch, fields=said, by=writer, now=now)


def _quarters(today: date) -> list[tuple[date, date]]:
    """The last quarters that are over, the oldest first."""
    found = [quarter_before(today - timedelta(days=7))]  # a report is written a week after its day
    while len(found) < QUARTERS:
        found.insert(0, quarter_before(found[0][0]))
    return found


def _said(kind: ReportKind, first: date, last: date) -> Mapping[str, Any]:
    return {
        "kind": kind,
        "first": first,
        "last": last,
        "as_of": last,
        "language": "fr",
        "title": TITLES[kind],
        "addressee": FOR_WHOM[kind],
    }


def _late_news(report: Report, by: Actor, now: datetime) -> None:
    """One of whom nothing was known has had a job for long: the next report says that this was put right."""
    unknown = [row for row in thawed(report).figures[LATE].rows if row.verdict is Verdict.UNKNOWN]
    duo = Duo.everywhere.select_related("mentee").filter(pk=unknown[0].id).first() if unknown else None
    if duo is not None:
        starts_on = duo.started_on + timedelta(days=150)
        job = {"kind": "job", "contract": "permanent", "starts_on": starts_on, "employer": "Garage du Pont"}
        tell_outcome(person=duo.mentee, fields=job, told_by=ToldBy.TEAM, by=by, now=now)


def _issue(branch: Branch, kind: ReportKind, first: date, last: date, by: Actor, now: datetime) -> Report:
    at = min(datetime.combine(last + timedelta(days=7), MORNING), now)
    draft = draft_report(branch=branch, fields=_said(kind, first, last), by=by, now=at)
    return issue_report(draft=draft, note=NOTE, by=by, now=at)
