"""Issuing: worked out and written as files first, then numbered and kept in one short transaction."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.reports.actions.drafts import login_id
from traboule.apps.reports.enums import FileForm
from traboule.apps.reports.files.paper import pdf_of
from traboule.apps.reports.files.sheets import csv_of, json_of, xlsx_of
from traboule.apps.reports.files.told import Told, told
from traboule.apps.reports.models import Report, ReportDraft, ReportFile
from traboule.apps.reports.queries.content import content_of, frozen
from traboule.apps.reports.queries.reports import changes_since, last_of, tables_issued
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.core.scope import locked

TRIES = 5


class Overtaken(Exception):
    """Others issued reports of this branch again and again while this one was made: try once more."""


class DraftGone(Exception):
    """The draft was issued or thrown away a moment ago."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A report before it is kept, and the last one of the branch when it was worked out."""

    number: int
    latest: int | None
    frozen: bytes
    files: Mapping[str, bytes]


def issue_report(*, draft: ReportDraft, note: str, by: Actor, now: datetime) -> Report:
    """Issue a draft under the next number of its branch and kind; from then on it stands.

    The figures and files are made before the transaction, against the last report of the branch. If somebody
    else issues one meanwhile, they are made again: numbers have no gap, and tables know of all earlier ones.
    Raises DraftGone, Overtaken, NotVisible, NotAllowed.
    """
    authorise(by, Permission.REPORTS_ISSUE, draft.branch_id)
    for _ in range(TRIES):
        made = _made(draft, note, by, now)
        report = _kept(draft, made, note, by, now)
        if report is not None:
            return report
    raise Overtaken


def _made(draft: ReportDraft, note: str, by: Actor, now: datetime) -> _Made:
    branch, latest = draft.branch, _latest(draft.branch_id)
    before = last_of(branch.pk, draft.kind)
    number = before.number + 1 if before else 1
    content = content_of(actor=by, branch=branch, draft=draft, earlier=tables_issued(branch.pk))
    data = frozen(content, head_of(draft, number, note, now, before))
    digest = hashlib.sha256(data).hexdigest()
    what = told(draft, content, before, changes_since(before, content), number=number, note=note)
    return _Made(number, latest, data, files_made(what, digest, now))


def files_made(what: Told, digest: str, now: datetime) -> dict[str, bytes]:
    """Return the files of a report in the language of its text, by form."""
    return {
        FileForm.PDF.value: pdf_of(what, digest, now),
        FileForm.XLSX.value: xlsx_of(what, digest),
        FileForm.CSV.value: csv_of(what, digest),
        FileForm.JSON.value: json_of(what, digest),
    }


def head_of(
    draft: ReportDraft, number: int, note: str, now: datetime, before: Report | None
) -> dict[str, Any]:
    """Return what a report says of itself, as JSON values."""
    return {
        "organisation": draft.branch.organisation.name,
        "branch": draft.branch.slug,
        "kind": draft.kind,
        "number": number,
        "first": draft.first.isoformat(),
        "last": draft.last.isoformat(),
        "as_of": draft.as_of.isoformat(),
        "language": draft.language,
        "title": draft.title,
        "addressee": draft.addressee,
        "note": note,
        "issued_at": now.isoformat(),
        "before": None if before is None else {"number": before.number, "sha256": before.digest},
    }


@transaction.atomic
def _kept(draft: ReportDraft, made: _Made, note: str, by: Actor, now: datetime) -> Report | None:
    """Keep a report, unless another was issued since it was worked out. The branch is locked meanwhile."""
    Branch.objects.select_for_update().get(pk=draft.branch_id)
    if _latest(draft.branch_id) != made.latest:
        return None
    try:
        row = locked(draft)
    except ReportDraft.DoesNotExist:
        raise DraftGone from None
    names = ("branch_id", "kind", "first", "last", "as_of", "language", "title", "addressee")
    report: Report = Report.everywhere.create(
        **{name: getattr(draft, name) for name in names},
        number=made.number,
        note=note,
        frozen=made.frozen,
        digest=hashlib.sha256(made.frozen).hexdigest(),
        issued_by_id=login_id(by),
        issued_at=now,
    )
    for form, content in made.files.items():
        digest = hashlib.sha256(content).hexdigest()
        ReportFile.everywhere.create(
            report=report, form=form, content=content, size=len(content), digest=digest
        )
    _record(report, "issued", by, now, {"draft": row.pk, "number": report.number, "digest": report.digest})
    row.delete()
    return report


def _latest(branch_id: int) -> int | None:
    return Report.everywhere.filter(branch=branch_id).order_by("-pk").values_list("pk", flat=True).first()


def _record(report: Report, past: str, by: Actor, now: datetime, facts: Mapping[str, Any]) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=report.branch_id,
        verb=f"report.{past}",
        subject_type="report",
        subject_id=report.pk,
        facts={"kind": report.kind, **facts},
    )
