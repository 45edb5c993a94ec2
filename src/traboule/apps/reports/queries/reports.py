"""Issued reports and drafts of a branch."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.reports.enums import ReportKind
from traboule.apps.reports.models import Report, ReportDraft, ReportFile
from traboule.apps.reports.queries.content import Content, thawed
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise
from traboule.kernel.indicators.changes import Change, changes
from traboule.kernel.indicators.release import Table

_SEE = Permission.FIGURES_SEE
_ISSUE = Permission.REPORTS_ISSUE


def reports_of(*, actor: Actor, branch: Branch) -> "QuerySet[Report, Report]":
    """Return what was issued in a branch, the newest first, without the bytes. Raises NotVisible,
    NotAllowed."""
    authorise(actor, _SEE, branch.pk)
    rows: Any = Report.objects.visible_to(actor).filter(branch=branch)
    found: QuerySet[Report, Report] = rows.defer("frozen").select_related("issued_by")
    return found


def find_report(*, actor: Actor, branch: Branch, pk: int) -> Report:
    """Return one report. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, _SEE, branch.pk)
    rows: Any = Report.objects.visible_to(actor).filter(branch=branch, pk=pk)
    found: Report | None = rows.select_related("branch__organisation", "issued_by").first()
    if found is None:
        raise NotVisible
    return found


def file_of(report: Report, form: str) -> ReportFile:
    """Return one file of a report as it was made. Raises NotVisible for a form that there is not."""
    found = ReportFile.everywhere.filter(report=report, form=form).first()
    if found is None:
        raise NotVisible
    return found  # type: ignore[no-any-return]  # the closed manager is untyped


def bytes_of(report: Report, form: str) -> bytes:
    """Return the bytes of a file. Raises NotVisible; ValueError if they are not those that were issued."""
    found = file_of(report, form)
    content = bytes(found.content)
    if hashlib.sha256(content).hexdigest() != found.digest:
        raise ValueError("the file is not the one that was issued")
    return content


def files_of(report: Report) -> list[ReportFile]:
    """Return the files of a report without their bytes."""
    return list(ReportFile.everywhere.filter(report=report).defer("content"))


def sha256_of(chunks: Iterable[bytes]) -> str:
    """Return the SHA-256 of a file in hexadecimal digits, read part by part."""
    found = hashlib.sha256()
    for chunk in chunks:
        found.update(chunk)
    return found.hexdigest()


def issued_as(*, actor: Actor, branch: Branch, digest: str, first: int) -> ReportFile | None:
    """Return the file of a branch with this SHA-256, without its bytes, of report ``first`` rather than of
    another one; None if nothing was issued with it. Raises NotVisible, NotAllowed."""
    authorise(actor, _SEE, branch.pk)
    rows: Any = ReportFile.objects.visible_to(actor).filter(report__branch=branch, digest=digest)
    rows = rows.defer("content", "report__frozen").select_related("report").order_by("-report", "pk")
    found: list[ReportFile] = list(rows)
    return next((row for row in found if row.report_id == first), found[0] if found else None)


def drafts_of(*, actor: Actor, branch: Branch) -> "QuerySet[ReportDraft, ReportDraft]":
    """Return the drafts of a branch, the newest first. Raises NotVisible, NotAllowed."""
    authorise(actor, _ISSUE, branch.pk)
    rows: Any = ReportDraft.objects.visible_to(actor).filter(branch=branch)
    found: QuerySet[ReportDraft, ReportDraft] = rows
    return found


def find_draft(*, actor: Actor, branch: Branch, pk: int) -> ReportDraft:
    """Return one draft. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, _ISSUE, branch.pk)
    rows: Any = ReportDraft.objects.visible_to(actor).filter(branch=branch, pk=pk)
    found: ReportDraft | None = rows.select_related("branch__organisation").first()
    if found is None:
        raise NotVisible
    return found


def last_of(branch_id: int, kind: str, before: int | None = None) -> Report | None:
    """Return the report of a kind with the highest number, or with the highest below ``before``."""
    rows = Report.everywhere.filter(branch=branch_id, kind=kind)
    rows = rows if before is None else rows.filter(number__lt=before)
    return rows.order_by("-number").first()


def tables_issued(branch_id: int) -> list[Table]:
    """Return every table that a branch has issued, in order: a new one is held against all of them."""
    rows = Report.everywhere.filter(branch=branch_id, kind=ReportKind.FUNDER).order_by("pk")
    return [table.table for report in rows for table in thawed(report).tables]


def changes_since(before: Report | None, after: Content) -> tuple[Change, ...]:
    """Return what changed from one report to the next, figure by figure; nothing without an earlier one."""
    if before is None:
        return ()
    then = thawed(before).figures
    order = {name: place for place, name in enumerate([*after.figures, *then])}
    found = changes(then, after.figures)
    return tuple(sorted(found, key=lambda change: order[change.name]))


def is_intact(report: Report) -> bool:
    """Whether the frozen bytes are those that were issued."""
    return hashlib.sha256(bytes(report.frozen)).hexdigest() == report.digest
