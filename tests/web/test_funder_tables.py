"""Tables for those who pay: small numbers hidden, files in three forms, written down, and the budget."""

import csv
import io
from datetime import timedelta
from typing import Any

import openpyxl
import pikepdf
import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import outcomes as tell
from tests.factories import support as app
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.indicators.queries.funder_tables import INDICATORS, age_band, territory
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Person
from traboule.core.models import AuditEntry

pytestmark = pytest.mark.django_db
WHERE = "/b/lyon/tables/"
ASKED = {"down": "sex", "across": "", "indicators": ["stable_job_from_start"], "since": "", "until": ""}
LONG_AGO = timezone.localdate() - timedelta(days=500)
BUDGET = 16


def duos(lyon: Branch, women: int, men: int, *, jobs: int = 0) -> list[Duo]:
    """Duos that began long ago; the first ``jobs`` mentees found work that lasts."""
    made = []
    for number in range(women + men):
        duo = app.duo(lyon, started_on=LONG_AGO)
        gender = "f" if number < women else "m"
        Person.everywhere.filter(pk=duo.mentee_id).update(gender=gender)
        if number < jobs:
            now = timezone.now() - timedelta(days=400)
            first = LONG_AGO + timedelta(days=30)
            tell.told(duo.mentee, starts_on=first, contract="permanent", now=now)
        made.append(duo)
    return made


def take(client: Client, form: str, **changes: object) -> bytes:
    answer = client.post(WHERE, {**ASKED, **changes, "file": form}, headers={"accept-language": "en"})
    assert answer.status_code == 200
    return answer.content


def test_the_page_begins_with_a_table_and_says_of_whom_and_when(lyon: Branch, sign_in: SignIn) -> None:
    duos(lyon, 8, 7, jobs=6)
    page = sign_in(Role.COORDINATOR, lyon).get(WHERE).content.decode()
    assert "Woman" in page
    assert "As of" in page
    assert "Not known is no failure" in page


def test_a_few_men_are_hidden_and_cannot_be_worked_out(lyon: Branch, sign_in: SignIn) -> None:
    duos(lyon, 9, 2)
    said = take(sign_in(Role.COORDINATOR, lyon), "csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(said)))
    people = {row[1]: row[2] for row in rows[1:]}
    assert people["Man"] == "…"
    assert [number for number in people.values() if number == "…"] != ["…"]


def test_the_three_forms_hold_the_same_and_are_written_down(lyon: Branch, sign_in: SignIn) -> None:
    duos(lyon, 8, 7, jobs=6)
    client = sign_in(Role.DIRECTOR, lyon)
    text = take(client, "csv")
    assert text.startswith(b"\xef\xbb\xbf")
    sheet = openpyxl.load_workbook(io.BytesIO(take(client, "xlsx"))).active
    cells = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert [row[2] for row in cells[1:4]] == [8, 7, 0]
    with pikepdf.open(io.BytesIO(take(client, "pdf"))) as paper:
        assert paper.Root.MarkInfo.Marked
        assert "pdfuaid" in paper.open_metadata().__str__().lower()
    entries = AuditEntry.objects.filter(verb="funder_table.exported").order_by("pk")
    assert [entry.facts["file"] for entry in entries] == ["csv", "xlsx", "pdf"]
    assert entries[0].facts["indicators"] == ["stable_job_from_start"]


def test_a_table_taken_away_says_what_it_does_to_the_next_one(lyon: Branch, sign_in: SignIn) -> None:
    duos(lyon, 20, 20)
    client = sign_in(Role.COORDINATOR, lyon)
    assert "No table was taken away before" in client.get(WHERE, ASKED).content.decode()
    take(client, "csv")
    assert "It goes out again as it was then" in client.get(WHERE, ASKED).content.decode()
    day = (LONG_AGO - timedelta(days=1)).isoformat()
    app.duo(lyon, started_on=LONG_AGO - timedelta(days=5))
    page = client.get(WHERE, {**ASKED, "until": "", "since": day}).content.decode()
    assert "It is held against 1 table that was taken away before." in page


def test_every_indicator_by_two_groups_is_one_table(lyon: Branch, sign_in: SignIn) -> None:
    duos(lyon, 8, 7, jobs=6)
    client = sign_in(Role.COORDINATOR, lyon)
    text = take(client, "csv", indicators=list(INDICATORS), across="age_band").decode("utf-8-sig")
    assert len({row[0] for row in csv.reader(io.StringIO(text))}) == 1 + len(INDICATORS)


def test_tables_that_went_out_cost_no_question_each(
    lyon: Branch, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(Role.COORDINATOR, lyon)
    duos(lyon, 6, 6)
    for group in ("age_band", "schooling", "territory"):
        take(client, "csv", down=group)
    with django_assert_max_num_queries(BUDGET):
        client.get(WHERE)


def test_looking_writes_nothing(lyon: Branch, sign_in: SignIn) -> None:
    duos(lyon, 6, 6)
    before = AuditEntry.objects.count()
    sign_in(Role.COORDINATOR, lyon).get(WHERE)
    assert AuditEntry.objects.count() == before


def test_nobody_yet_says_so(lyon: Branch, sign_in: SignIn) -> None:
    assert "Nobody yet." in sign_in(Role.COORDINATOR, lyon).get(WHERE).content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"across": "sex"}, "Choose another group"),
        ({"indicators": []}, "Choose at least one"),
        ({"since": "2026-02-01", "until": "2026-01-01"}, "lies before the first one"),
        ({"down": "nationality"}, "nationality"),
    ],
)
def test_a_choice_that_makes_no_table_is_explained_and_nothing_is_handed_out(
    lyon: Branch, sign_in: SignIn, changes: dict[str, object], said: str
) -> None:
    answer = sign_in(Role.COORDINATOR, lyon).post(WHERE, {**ASKED, **changes, "file": "csv"})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not AuditEntry.objects.filter(verb="funder_table.exported").exists()


def test_a_funder_and_a_mentor_do_not_make_tables(lyon: Branch, sign_in: SignIn) -> None:
    assert sign_in(Role.FUNDER, lyon).get(WHERE).status_code == 403
    assert sign_in(Role.MENTOR, lyon).get(WHERE).status_code == 403


def test_only_duos_of_the_period_are_counted(lyon: Branch, sign_in: SignIn) -> None:
    duos(lyon, 6, 0)
    later = (LONG_AGO + timedelta(days=1)).isoformat()
    page = sign_in(Role.COORDINATOR, lyon).get(WHERE, {**ASKED, "since": later}).content.decode()
    assert "Nobody yet." in page


def test_groups_are_bands_and_departments() -> None:
    assert [age_band(age) for age in (17, 18, 21, 22, 29, 30, 44, None)] == [
        "17-", "18-21", "18-21", "22-25", "26-29", "30+", "30+", "",
    ]  # fmt: skip
    places = [("FR", "69009"), ("FR", "97400"), ("BE", "1000"), ("FR", "")]
    assert [territory(*place) for place in places] == ["69", "974", "BE 1…", ""]


def test_ten_people_and_many_cost_the_same_questions(
    lyon: Branch, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(Role.COORDINATOR, lyon)
    duos(lyon, 5, 5)
    client.get(WHERE)  # what is read once in a process
    duos(lyon, 1, 0)
    with django_assert_max_num_queries(BUDGET) as few:
        client.get(WHERE)
    duos(lyon, 20, 20)
    with django_assert_max_num_queries(BUDGET) as many:
        client.get(WHERE)
    assert len(many) == len(few)
