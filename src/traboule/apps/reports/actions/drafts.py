"""A draft: begun, changed, thrown away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.reports.models import ReportDraft
from traboule.core import audit
from traboule.core.actors import Actor, ActorKind
from traboule.core.days import local_day
from traboule.core.permissions import authorise
from traboule.core.scope import locked

SAID = ("kind", "first", "last", "as_of", "language", "title", "addressee")


class DaysOutOfOrder(ValueError):
    """The period ends before it begins, the day lies before its end, or in the future."""


@transaction.atomic
def draft_report(*, branch: Branch, fields: Mapping[str, Any], by: Actor, now: datetime) -> ReportDraft:
    """Begin a report. Raises DaysOutOfOrder, NotVisible, NotAllowed."""
    authorise(by, Permission.REPORTS_ISSUE, branch.pk)
    _check_days(branch, fields, now)
    draft = ReportDraft.everywhere.create(
        branch=branch, written_by_id=login_id(by), written_at=now, **{name: fields[name] for name in SAID}
    )
    _record(draft, "drafted", by, now)
    return draft


@transaction.atomic
def change_draft(*, draft: ReportDraft, fields: Mapping[str, Any], by: Actor, now: datetime) -> ReportDraft:
    """Change what a draft says. Raises DaysOutOfOrder, NotVisible, NotAllowed."""
    authorise(by, Permission.REPORTS_ISSUE, draft.branch_id)
    draft = locked(draft)
    _check_days(draft.branch, fields, now)
    for name in SAID:
        setattr(draft, name, fields[name])
    draft.save(update_fields=list(SAID))
    _record(draft, "changed", by, now)
    return draft


@transaction.atomic
def drop_draft(*, draft: ReportDraft, by: Actor, now: datetime) -> None:
    """Throw a draft away. Raises NotVisible, NotAllowed."""
    authorise(by, Permission.REPORTS_ISSUE, draft.branch_id)
    draft = locked(draft)
    _record(draft, "dropped", by, now)
    draft.delete()


def login_id(by: Actor) -> int | None:
    """Return the login that acts, or None for the system."""
    return by.id if by.kind is ActorKind.LOGIN else None


def _check_days(branch: Branch, fields: Mapping[str, Any], now: datetime) -> None:
    today = local_day(now, branch.timezone)
    if not fields["first"] <= fields["last"] <= fields["as_of"] <= today:
        raise DaysOutOfOrder


def _record(draft: ReportDraft, past: str, by: Actor, now: datetime) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=draft.branch_id,
        verb=f"report_draft.{past}",
        subject_type="reportdraft",
        subject_id=draft.pk,
        facts={"kind": draft.kind, "first": draft.first, "last": draft.last, "as_of": draft.as_of},
    )
