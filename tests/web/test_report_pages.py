"""Reports on their pages: a draft that is looked at, an issued one that stands, what a funder may open."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.apps.reports.test_issuing import cohort
from tests.factories import outcomes as tell
from tests.factories import people as make
from tests.factories import reports as report
from tests.factories.people import NOW, TODAY
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Role
from traboule.apps.reports.forms.reports import ReportFileForm
from traboule.apps.reports.guards import install_after_migrate
from traboule.apps.reports.models import Report, ReportDraft, ReportFile
from traboule.core.audit import entries
from traboule.core.remember import forget

pytestmark = pytest.mark.django_db
BUDGET = 15
PREVIEW = 35
SAID = {
    "kind": "board",
    "title": "First quarter",
    "addressee": "The board",
    "first": (TODAY - timedelta(days=89)).isoformat(),
    "last": TODAY.isoformat(),
    "as_of": TODAY.isoformat(),
    "language": "fr",
}


@pytest.fixture
def director(sign_in: SignIn, lyon: Branch) -> Client:
    client = sign_in(Role.DIRECTOR, at=lyon, locale="en")
    client.cookies["django_language"] = "en"
    return client


def page(client: Client, name: str, *args: Any, status: int = 200, **query: Any) -> str:
    answer = client.get(reverse(name, args=["lyon", *args]), query)
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return answer.content.decode()


def send(client: Client, name: str, *args: Any, **fields: Any) -> Any:
    return client.post(reverse(name, args=["lyon", *args]), fields)


def test_from_nothing_to_an_issued_report(director: Client, lyon: Branch) -> None:
    cohort(lyon)
    assert "No report yet." in page(director, "reports")
    answer = send(director, "report_new", **SAID)
    draft = ReportDraft.everywhere.get()
    assert answer.headers["Location"] == reverse("report_draft", args=["lyon", draft.pk])
    shown = page(director, "report_draft", draft.pk)
    for words in ("would be number 1", "From contact to result", "This is the first report of its kind."):
        assert words in shown
    assert "Before you issue it" in shown
    assert not Report.everywhere.exists()
    answer = send(director, "report_draft", draft.pk, note="Quiet months.")
    found = Report.everywhere.get()
    assert answer.headers["Location"] == reverse("report", args=["lyon", found.pk])
    said = page(director, "report", found.pk)
    for words in ("Quiet months.", found.digest, "Board, number 1", "PDF"):
        assert words in said
    assert "First quarter" in page(director, "reports")
    assert page(director, "report_draft", draft.pk, status=404)


def test_a_second_report_says_what_changed_and_why(director: Client, lyon: Branch) -> None:
    duos = cohort(lyon)
    report.issued(lyon, now=NOW)
    second = report.issued(lyon, as_of=TODAY + timedelta(days=90), now=NOW + timedelta(days=95))
    said = page(director, "report", second.pk)
    assert "Compared with number 1" in said
    assert "Nothing changed." in said
    tell.told(duos[0].mentee, starts_on=TODAY - timedelta(days=300), now=NOW + timedelta(days=96))
    third = report.issued(lyon, as_of=TODAY + timedelta(days=98), now=NOW + timedelta(days=99))
    said = page(director, "report", third.pk)
    assert "Corrected, or heard of since: 1. After that:" in said


def test_what_was_typed_is_not_lost_and_the_field_says_what_is_wrong(director: Client) -> None:
    bad = {**SAID, "last": (TODAY - timedelta(days=120)).isoformat()}
    answer = send(director, "report_new", **bad)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "The last day must not lie before the first." in text
    assert "First quarter" in text
    future = (timezone.now().date() + timedelta(days=3)).isoformat()
    text = send(director, "report_new", **{**SAID, "as_of": future}).content.decode()
    assert "Choose today or a day that is past." in text
    old = {**SAID, "as_of": (TODAY - timedelta(days=1)).isoformat()}
    assert "must not be older" in send(director, "report_new", **old).content.decode()
    assert not ReportDraft.everywhere.exists()


def test_a_draft_is_changed_and_thrown_away(director: Client, lyon: Branch) -> None:
    draft = report.draft(lyon)
    assert 'value="Report to the board"' in page(director, "report_draft_edit", draft.pk)
    send(director, "report_draft_edit", draft.pk, **{**SAID, "title": "Another"})
    draft.refresh_from_db()
    assert (draft.title, draft.language) == ("Another", "fr")
    send(director, "report_draft_drop", draft.pk)
    assert not ReportDraft.everywhere.exists()


def test_files_come_byte_for_byte_under_a_name_that_says_what_they_are(
    director: Client, lyon: Branch
) -> None:
    found = report.issued(lyon)
    for file in found.files.all():
        answer = director.get(reverse("report_file", args=["lyon", found.pk, file.form]))
        assert answer.content == bytes(file.content)
        assert f"lyon-board-1.{file.form}" in answer.headers["Content-Disposition"]
    assert page(director, "report_file", found.pk, "exe", status=404)


def test_a_funder_reads_what_is_issued_and_sees_no_draft(sign_in: SignIn, lyon: Branch) -> None:
    cohort(lyon)
    report.issued(lyon, now=NOW)
    second = report.issued(lyon, as_of=TODAY + timedelta(days=90), now=NOW + timedelta(days=95))
    report.draft(lyon, title="Not yet")
    client = sign_in(Role.FUNDER, at=lyon, locale="en")
    listed = page(client, "reports")
    assert "Report to the board" in listed
    assert "Not yet" not in listed
    assert "New report" not in listed
    assert "After that:" not in page(client, "report", second.pk)
    assert page(client, "report_new", status=403)


def test_a_report_that_was_altered_shows_nothing_but_that(director: Client, lyon: Branch) -> None:
    found = report.issued(lyon, note="Quiet months.")
    where = "" if connection.vendor == "sqlite" else " ON reports_report"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER reports_report_no_update{where}")
        cursor.execute("UPDATE reports_report SET frozen = %s", [b"{}"])
    install_after_migrate()
    said = page(director, "report", found.pk)
    assert "This report was altered." in said
    assert "Quiet months." not in said


def test_another_branch_finds_nothing(director: Client) -> None:
    other = report.issued(make.branch(slug="lille"))
    assert page(director, "report", other.pk, status=404)
    assert page(director, "report_file", other.pk, "pdf", status=404)


def queries(client: Client, name: str, *args: Any) -> int:
    forget()
    with CaptureQueriesContext(connection) as counted:
        page(client, name, *args)
    return len(counted)


def test_the_list_costs_as_many_queries_at_1000_reports_as_at_1(director: Client, lyon: Branch) -> None:
    first = report.issued(lyon)
    draft = report.draft(lyon)
    page(director, "reports")
    few = {name: queries(director, name, *args) for name, args in addresses(first, draft).items()}
    names = [field.attname for field in Report._meta.concrete_fields if field.attname not in ("id", "number")]
    same = {name: getattr(first, name) for name in names}
    Report.everywhere.bulk_create(Report(number=number, **same) for number in range(2, 1001))
    many = {name: queries(director, name, *args) for name, args in addresses(first, draft).items()}
    assert max(few["reports"], few["report"]) <= BUDGET
    assert few["report_draft"] <= PREVIEW
    assert many["reports"] == few["reports"]
    assert many["report"] == few["report"]
    assert many["report_draft"] == few["report_draft"]


def addresses(found: Report, draft: ReportDraft) -> dict[str, tuple[int, ...]]:
    return {"reports": (), "report": (found.pk,), "report_draft": (draft.pk,)}


def test_a_draft_costs_as_many_queries_with_a_crowd_as_with_one(director: Client, lyon: Branch) -> None:
    draft = report.draft(lyon, kind="funder")
    page(director, "report_draft", draft.pk)
    few = queries(director, "report_draft", draft.pk)
    cohort(lyon, number=40)
    assert queries(director, "report_draft", draft.pk) == few


def check(client: Client, of: Report, content: bytes, name: str = "report.pdf") -> tuple[int, str]:
    answer = send(client, "report_check", of.pk, file=SimpleUploadedFile(name, content))
    return answer.status_code, answer.content.decode()


def test_a_file_that_comes_back_is_known_again_byte_for_byte(sign_in: SignIn, lyon: Branch) -> None:
    issued = report.issued(lyon)
    client = sign_in(Role.FUNDER, at=lyon, locale="en")
    assert reverse("report_check", args=["lyon", issued.pk]) in page(client, "report", issued.pk)
    assert "not kept" in page(client, "report_check", issued.pk)
    for file in issued.files.all():
        status, said = check(client, issued, bytes(file.content), f"handed.{file.form}")
        assert status == 200
        for words in ("It is, byte for byte.", f"{file.get_form_display()} file of report 1", file.digest):
            assert words in said


def test_one_byte_more_or_an_empty_file_is_not_the_one_that_was_issued(
    director: Client, lyon: Branch
) -> None:
    issued = report.issued(lyon)
    content = bytes(issued.files.get(form="csv").content)
    for wrong in (content + b"\n", content[:-1], b""):
        status, said = check(director, issued, wrong)
        assert status == 200
        assert "It is not." in said
        assert "byte for byte" not in said


def test_a_file_of_another_report_says_which_and_one_of_another_branch_says_nothing(
    director: Client, lyon: Branch
) -> None:
    first = report.issued(lyon, now=NOW)
    second = report.issued(
        lyon, title="The year", as_of=TODAY + timedelta(days=90), now=NOW + timedelta(days=95)
    )
    said = check(director, first, bytes(second.files.get(form="csv").content))[1]
    assert "It was issued, but with another report." in said
    assert reverse("report", args=["lyon", second.pk]) in said
    elsewhere = report.issued(make.branch(slug="lille", organisation=lyon.organisation), title="Lille")
    assert "It is not." in check(director, first, bytes(elsewhere.files.get(form="csv").content))[1]


def test_a_file_that_is_too_large_or_missing_is_refused_in_words_and_nothing_is_kept(
    director: Client, lyon: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued = report.issued(lyon)
    monkeypatch.setattr(ReportFileForm.base_fields["file"], "most_mib", 0)
    before = (Report.everywhere.count(), ReportFile.everywhere.count(), entries(lyon.pk).count())
    status, said = check(director, issued, b"x")
    assert (status, "This file is larger than 0 MiB." in said) == (422, True)
    missing = send(director, "report_check", issued.pk)
    assert missing.status_code == 422
    after = (Report.everywhere.count(), ReportFile.everywhere.count(), entries(lyon.pk).count())
    assert after == before


def test_checking_a_file_reads_no_bytes_of_what_was_issued(director: Client, lyon: Branch) -> None:
    issued = report.issued(lyon)
    content = bytes(issued.files.get(form="csv").content)
    with CaptureQueriesContext(connection) as seen:
        check(director, issued, content)
    assert len(seen) <= BUDGET
    assert not [one["sql"] for one in seen if '"reports_reportfile"."content"' in one["sql"]]
