"""Drafts and issued reports, made by the real actions."""

from datetime import date, datetime, timedelta
from typing import Any

from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Role
from traboule.apps.reports.actions.drafts import draft_report
from traboule.apps.reports.actions.issuing import issue_report
from traboule.apps.reports.enums import ReportKind
from traboule.apps.reports.models import Report, ReportDraft
from traboule.core.actors import Actor


def said(*, as_of: date = TODAY, **fields: Any) -> dict[str, Any]:
    """What a draft says: a board report of the 90 days up to a day."""
    return {
        "kind": ReportKind.BOARD,
        "first": as_of - timedelta(days=89),
        "last": as_of,
        "as_of": as_of,
        "language": "en",
        "title": "Report to the board",
        "addressee": "The board",
        **fields,
    }


def draft(branch: Branch, by: Actor | None = None, *, now: datetime = NOW, **fields: Any) -> ReportDraft:
    """A draft."""
    by = by or make.actor(Role.DIRECTOR, branch)
    return draft_report(branch=branch, fields=said(**fields), by=by, now=now)


def issued(
    branch: Branch, by: Actor | None = None, *, now: datetime = NOW, note: str = "", **fields: Any
) -> Report:
    """An issued report."""
    by = by or make.actor(Role.DIRECTOR, branch)
    return issue_report(draft=draft(branch, by, now=now, **fields), note=note, by=by, now=now)
