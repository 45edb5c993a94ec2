"""Reports of the demo: three quarters for the board, a year for a funder, two collective tables, a draft."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from traboule.apps.branches.models import Branch
from traboule.apps.people.queries import actor_of
from traboule.apps.reports.actions.drafts import draft_report
from traboule.apps.reports.actions.issuing import issue_report
from traboule.apps.reports.enums import ReportKind
from traboule.apps.reports.rules import quarter_before
from traboule.core.actors import Actor

BRANCH = "lyon"
QUARTERS = 3
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
    for number, (first, last) in enumerate(quarters):
        _issue(branch, ReportKind.BOARD, first, last, writer, now)
        if number == 0:
            _issue(branch, ReportKind.FUNDER, last - timedelta(days=364), last, writer, now)
    for last in (quarters[-1][1], today):
        _issue(branch, ReportKind.COLLECTIVE, quarters[0][0], last, writer, now)
    said = _said(ReportKind.BOARD, quarters[-1][1] + timedelta(days=1), today)
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


def _issue(branch: Branch, kind: ReportKind, first: date, last: date, by: Actor, now: datetime) -> None:
    at = min(datetime.combine(last + timedelta(days=7), MORNING), now)
    draft = draft_report(branch=branch, fields=_said(kind, first, last), by=by, now=at)
    issue_report(draft=draft, note=NOTE, by=by, now=at)
