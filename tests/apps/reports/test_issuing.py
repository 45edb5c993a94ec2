"""A report is issued once: numbered without a gap, frozen, and the same bytes whatever changes afterwards."""

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pikepdf
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from tests.factories import outcomes as tell
from tests.factories import people as make
from tests.factories import reports as report
from tests.factories import support as app
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import CloseReason, DuoState
from traboule.apps.duos.models import Duo
from traboule.apps.indicators.actions.definitions import decide_version
from traboule.apps.indicators.queries.figures import figures_of
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Person
from traboule.apps.privacy.actions import erase_person
from traboule.apps.privacy.enums import EraseReason
from traboule.apps.reports.actions.drafts import DaysOutOfOrder, drop_draft
from traboule.apps.reports.actions.issuing import DraftGone, issue_report
from traboule.apps.reports.enums import FileForm, ReportKind
from traboule.apps.reports.guards import install_after_migrate
from traboule.apps.reports.models import Issued, Report, ReportDraft, ReportFile
from traboule.apps.reports.queries.content import thawed
from traboule.apps.reports.queries.reports import bytes_of, changes_since, is_intact
from traboule.core.models import AuditEntry
from traboule.core.permissions import NotAllowed, NotVisible
from traboule.kernel.indicators.changes import Why

pytestmark = pytest.mark.django_db
FIRST, LATER = NOW + timedelta(days=1), NOW + timedelta(days=95)
NAME = "positive_outcome_from_end"


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


def closed(at: Branch, *, ended_days: int, with_job: bool = False, **names: str) -> Duo:
    """A duo that was completed so many days ago; its mentee has work since, or nobody knows."""
    found = app.duo(at, started_on=TODAY - timedelta(days=ended_days + 181), **names)
    Duo.everywhere.filter(pk=found.pk).update(
        state=DuoState.CLOSED,
        place=None,
        closed_on=TODAY - timedelta(days=ended_days),
        closed_by=found.started_by,
        close_reason=CloseReason.COMPLETED,
    )
    found.refresh_from_db()
    if with_job:
        last = found.closed_on
        assert last is not None
        tell.told(found.mentee, starts_on=last + timedelta(days=30), now=NOW - timedelta(days=200))
    return found


def cohort(at: Branch, *, number: int = 12) -> list[Duo]:
    """Duos whose year is over within the period of the first report."""
    return [closed(at, ended_days=380 + number_, with_job=number_ % 3 > 0) for number_ in range(number)]


def everything_issued() -> dict[str, str]:
    """Each issued byte, by what it is: the hashes are worked out anew here, not read."""
    found = {
        f"report {row.pk}": hashlib.sha256(bytes(row.frozen)).hexdigest() for row in Report.everywhere.all()
    }
    for file in ReportFile.everywhere.all():
        found[f"{file.form} of {file.report_id}"] = hashlib.sha256(bytes(file.content)).hexdigest()
    return found


def test_numbers_count_from_one_per_branch_and_kind(lyon: Branch) -> None:
    lille = make.branch(slug="lille")
    order = [(lyon, "board"), (lyon, "funder"), (lyon, "board"), (lille, "board"), (lyon, "collective")]
    found = [report.issued(branch, kind=kind).number for branch, kind in order]
    assert found == [1, 1, 2, 1, 1]


def test_the_first_report_says_what_it_holds_and_has_four_files(lyon: Branch) -> None:
    cohort(lyon)
    found = report.issued(lyon, now=FIRST, note="Quiet months.")
    raw = json.loads(bytes(found.frozen))
    assert found.digest == hashlib.sha256(bytes(found.frozen)).hexdigest()
    assert raw["report"]["note"] == "Quiet months."
    assert raw["code"]
    assert raw["figures"][NAME]["numbers"]["value"] is not None
    assert len(raw["figures"][NAME]["rows"]) == 12
    assert {row.form for row in ReportFile.everywhere.all()} == set(FileForm.values)
    entry = AuditEntry.objects.get(verb="report.issued")
    assert entry.facts["digest"] == found.digest
    assert not ReportDraft.everywhere.exists()


def test_what_is_handed_out_holds_no_row_and_nobodys_name(lyon: Branch) -> None:
    duos = cohort(lyon)
    found = report.issued(lyon, now=FIRST, kind=ReportKind.FUNDER)
    names = {name for duo in duos for one in (duo.mentor, duo.mentee) for name in (one.last_name, one.email)}
    for form in FileForm.values:
        content = bytes_of(found, form)
        assert not [name for name in names if name.encode() in content], form
    public = json.loads(bytes_of(found, "json"))
    assert "rows" not in json.dumps(public)
    assert public["frozen_sha256"] == found.digest
    frozen = bytes(found.frozen).decode()
    assert not [name for name in names if name in frozen]


def test_printed_twice_and_after_data_definitions_and_template_changed_it_is_the_same(
    lyon: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    duos = cohort(lyon)
    first = report.issued(lyon, now=FIRST)
    before = everything_issued()
    assert {form: bytes_of(first, form) for form in FileForm.values} == {
        form: bytes_of(first, form) for form in FileForm.values
    }
    tell.told(duos[0].mentee, starts_on=TODAY - timedelta(days=300), now=FIRST)
    boss = make.actor(Role.ADMINISTRATOR)
    decide_version(name=NAME, base=1, fields={"months": 6}, why="Half a year.", day=TODAY, by=boss, now=FIRST)
    monkeypatch.setattr("traboule.apps.reports.actions.issuing.pdf_of", lambda *of: b"a new template")
    second = report.issued(lyon, now=LATER, as_of=TODAY + timedelta(days=90))
    assert bytes_of(second, "pdf") == b"a new template"
    assert {key: value for key, value in everything_issued().items() if key in before} == before
    assert thawed(first).figures[NAME].definition.version == 1
    change = next(one for one in changes_since(first, thawed(second)) if one.name == NAME)
    assert change.whys == (Why.DEFINITION,)
    assert ("months", "12", "6") in change.fields


def test_what_changed_names_new_rows_and_corrected_ones(lyon: Branch) -> None:
    duos = cohort(lyon)
    closed(lyon, ended_days=340, with_job=True)
    first = report.issued(lyon, now=FIRST)
    tell.told(duos[0].mentee, starts_on=TODAY - timedelta(days=300), now=LATER - timedelta(days=20))
    second = report.issued(lyon, now=LATER, as_of=TODAY + timedelta(days=90))
    change = next(one for one in changes_since(first, thawed(second)) if one.name == NAME)
    assert change.whys == (Why.CORRECTED, Why.DUE)
    assert [len(step.rows) for step in change.steps] == [1, 1]
    told = json.loads(bytes_of(second, "json"))["changes"]
    reasons = next(one["why"] for one in told if one["figure"].endswith("from the end"))
    assert reasons == [
        "Corrected, or heard of since: fewer than 5.",
        "Their time is over since, so they count now: fewer than 5.",
    ]
    third = report.issued(lyon, now=LATER, as_of=TODAY + timedelta(days=90))
    assert json.loads(bytes_of(third, "json"))["changes"] == []


@pytest.fixture
def guarded() -> Iterator[None]:
    with override_settings(TRABOULE_AUDIT_DELETE_GUARD=True):
        install_after_migrate()
        yield
    install_after_migrate()


def test_nothing_changes_or_deletes_what_was_issued(lyon: Branch, guarded: None) -> None:
    found = report.issued(lyon)
    file = found.files.first()
    assert file is not None
    doors: list[Any] = [
        found.save,
        found.delete,
        file.save,
        file.delete,
        lambda: Report.everywhere.update(number=9),
        lambda: Report.everywhere.all().delete(),
        lambda: ReportFile.everywhere.filter(form="pdf").update(size=1),
        lambda: found.files.all().delete(),
    ]
    for door in doors:
        with pytest.raises(Issued):
            door()
    for statement in (
        "UPDATE reports_report SET number = 9",
        "DELETE FROM reports_reportfile",
        "UPDATE reports_reportfile SET size = 1",
        "DELETE FROM reports_report",
    ):
        refused = pytest.raises(DatabaseError, match="an issued report stands")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    found.refresh_from_db()
    assert found.number == 1
    assert is_intact(found)


def test_bytes_that_were_altered_are_not_handed_out(lyon: Branch) -> None:
    found = report.issued(lyon)
    file = found.files.get(form="csv")
    with override_settings(TRABOULE_AUDIT_DELETE_GUARD=False), connection.cursor() as cursor:
        where = "" if connection.vendor == "sqlite" else " ON reports_reportfile"
        cursor.execute(f"DROP TRIGGER reports_reportfile_no_update{where}")
        cursor.execute("UPDATE reports_reportfile SET content = %s WHERE id = %s", [b"other", file.pk])
        install_after_migrate()
    with pytest.raises(ValueError, match="not the one that was issued"):
        bytes_of(found, "csv")


def test_people_who_are_erased_change_no_issued_byte_and_go_on_counting(lyon: Branch) -> None:
    duos = cohort(lyon)
    for kind in ReportKind.values:
        report.issued(lyon, now=FIRST, kind=kind)
    issued = everything_issued()
    director, officer = make.actor(Role.DIRECTOR, lyon), make.actor(Role.DPO, lyon)
    then = figures_of(actor=director, branch=lyon, as_of=TODAY)
    # Real erasing begins where nothing is open any more: these duos are over.
    for duo in duos[:6]:
        erase_person(person=duo.mentee, by=officer, now=FIRST, reason=EraseReason.ASKED)
        erase_person(person=duo.mentor, by=officer, now=FIRST, reason=EraseReason.ASKED)
    assert not Person.everywhere.filter(pk__in=[duo.mentee_id for duo in duos[:6]]).exists()
    assert everything_issued() == issued
    now = figures_of(actor=director, branch=lyon, as_of=TODAY)
    for name in (NAME, "stable_job_from_start", "reach_six_months", "weekly_hours"):
        assert now[name].counts == then[name].counts, name
    call_command("audit_check", verbosity=0)


def test_the_page_of_the_board_is_one_tagged_page_dated_by_the_report(lyon: Branch) -> None:
    cohort(lyon)
    closed(lyon, ended_days=340, with_job=True)
    report.issued(lyon, now=FIRST, language="fr")
    note = "Une note assez longue pour prendre de la place. " * 10
    found = report.issued(lyon, now=LATER, language="fr", as_of=TODAY + timedelta(days=90), note=note)
    with pikepdf.open(BytesIO(bytes_of(found, "pdf"))) as pdf:
        assert len(pdf.pages) == 1
        assert "/StructTreeRoot" in pdf.Root
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang).startswith("fr")
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()
        assert f"D:{LATER:%Y%m%d}" in str(pdf.docinfo["/CreationDate"])


def test_a_french_spreadsheet_reads_numbers_and_the_workbook_has_a_sheet_a_subject(lyon: Branch) -> None:
    cohort(lyon)
    found = report.issued(lyon, now=FIRST, kind=ReportKind.FUNDER, language="fr")
    text = bytes_of(found, "csv")
    assert text.startswith(b"\xef\xbb\xbf")
    lines = text.decode("utf-8-sig").splitlines()
    assert lines[0].count('";"') == 15
    assert '"1,0"' in text.decode("utf-8-sig")
    book = openpyxl.load_workbook(BytesIO(bytes_of(found, "xlsx")))
    assert len(book.sheetnames) == 3
    cells = [cell.value for row in book.worksheets[1].iter_rows(min_row=2) for cell in row]
    assert any(isinstance(cell, float) for cell in cells)
    assert found.digest in [row[1].value for row in book.worksheets[0].iter_rows()]


def test_a_draft_that_is_gone_is_not_issued(lyon: Branch) -> None:
    boss = make.actor(Role.DIRECTOR, lyon)
    draft = report.draft(lyon, boss)
    kept = ReportDraft.everywhere.get(pk=draft.pk)
    drop_draft(draft=draft, by=boss, now=NOW)
    with pytest.raises(DraftGone):
        issue_report(draft=kept, note="", by=boss, now=NOW)
    assert not Report.everywhere.exists()


@pytest.mark.parametrize(
    "days",
    [
        {"first": TODAY, "last": TODAY - timedelta(days=1)},
        {"as_of": TODAY + timedelta(days=1)},
        {"last": TODAY, "as_of": TODAY - timedelta(days=1), "first": TODAY - timedelta(days=30)},
    ],
)
def test_days_out_of_order_are_refused(lyon: Branch, days: dict[str, Any]) -> None:
    with pytest.raises(DaysOutOfOrder):
        report.draft(lyon, **days)


def test_only_a_director_issues_and_only_at_home(lyon: Branch) -> None:
    with pytest.raises(NotAllowed):
        report.draft(lyon, make.coordinator(lyon))
    with pytest.raises(NotVisible):
        report.draft(lyon, make.actor(Role.DIRECTOR, make.branch(slug="lille")))
