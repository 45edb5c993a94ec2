"""The way through an evaluation in five steps, as a director walks it, and what a funder reads."""

import csv
import hashlib
import re
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook

from tests.factories import evaluations as make_evaluation
from tests.factories import people as make
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.evaluations.enums import GradeChoice
from traboule.apps.evaluations.models import Evaluation, EvaluationPlan
from traboule.apps.evaluations.queries.example import APART, example_file
from traboule.apps.people.enums import Role
from traboule.core.models import AuditEntry
from traboule.web.components.effects import curve, effects, love_plot

pytestmark = pytest.mark.django_db
BUDGET = 15
QUESTION = {"question": "More jobs a year later?", "who": "Duos of 2025", "grade": "weighted"}
COLUMNS = {
    "outcome": "job",
    "treatment": "duo",
    "covariates": "age, school, months",
    "method": "entropy-balancing",
    "looks": "1",
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


def file(content: bytes, name: str = "people.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def carried_in(text: str) -> str:
    found = re.search(r'name="rows" value="([^"]+)"', text)
    assert found is not None
    return found.group(1)


def test_from_the_question_to_the_result(director: Client) -> None:
    assert "No plan yet." in page(director, "impact")
    answer = send(director, "impact_new", **QUESTION)
    plan = EvaluationPlan.everywhere.get()
    assert answer.headers["Location"] == reverse("impact_how", args=["lyon", plan.pk])
    send(director, "impact_how", plan.pk, **COLUMNS)
    draft = page(director, "impact_plan", plan.pk)
    assert "Register the plan" in draft
    assert "Bring the data" in page(director, "impact_plan", plan.pk)
    send(director, "impact_register", plan.pk, act="register")
    plan.refresh_from_db()
    assert plan.digest in page(director, "impact_plan", plan.pk)
    example = director.get(reverse("impact_example", args=["lyon", plan.pk])).content
    shown = send(director, "impact_data", plan.pk, act="read", file=file(example)).content.decode()
    assert "226 complete rows, 37 of them took part. Left out for a missing value: 2." in shown
    assert not Evaluation.everywhere.exists()
    answer = send(director, "impact_data", plan.pk, act="run", rows=carried_in(shown))
    found = Evaluation.everywhere.get()
    assert answer.headers["Location"] == reverse("impact_result", args=["lyon", found.pk])
    said = page(director, "impact_result", found.pk)
    assert "Impact, Grade 2: +" in said
    for words in (
        "Without any adjustment",
        "Ratio of rates",
        "Ratio of odds",
        "People more, among 37",
        "Overlap",
    ):
        assert words in said
    assert found.file_digest in said
    assert "no change" in said
    assert page(director, "impact").count("Look 1") == 1


def test_without_support_no_figure_and_no_word(director: Client, lyon: Branch) -> None:
    found = make_evaluation.result(make_evaluation.plan(lyon), apart=APART)
    said = page(director, "impact_result", found.pk)
    main = said[said.index("<main") : said.index("</main")]
    words = re.sub(r"<[^>]+>", " ", main)
    assert "No result: the comparison does not carry an estimate." in words
    assert "Impact" not in words
    assert "points" not in words
    assert "the rate lies between" not in words
    value = abs(found.figures["estimate"][0]) * 100
    assert f"{value:.0f} point" not in words
    assert "withheld" in page(director, "impact")


def test_who_was_lost_stands_beside_the_estimate(director: Client, lyon: Branch) -> None:
    plan = make_evaluation.plan(lyon, followed="reached")
    said = page(director, "impact_result", make_evaluation.result(plan).pk)
    for words in ("Who was followed", "of 38", "If all unknown failed", "Adjusted, those lost included"):
        assert words in said
    assert "the plain difference lies between" in said
    assert "Column of who was followed" in page(director, "impact_plan", plan.pk)


def test_rates_of_the_followed_are_withheld_with_the_estimate(director: Client, lyon: Branch) -> None:
    found = make_evaluation.result(make_evaluation.plan(lyon, followed="reached"), apart=APART)
    said = page(director, "impact_result", found.pk)
    assert "Who was followed" in said
    assert "of 190" in said
    for words in ("If all unknown failed", "those lost included", "plain difference", "people lost"):
        assert words not in said


def test_an_estimate_with_the_lost_that_few_carry_is_withheld(director: Client, lyon: Branch) -> None:
    found = make_evaluation.result(make_evaluation.plan(lyon, followed="reached"))
    found.figures["attrition"]["weighted"]["supported"] = False
    found.save(update_fields=["figures"])
    said = page(director, "impact_result", found.pk)
    assert "No estimate with those lost" in said
    assert "Adjusted, those lost included" not in said


def test_a_result_from_before_shows_nothing_of_the_lost(director: Client, lyon: Branch) -> None:
    found = make_evaluation.result(make_evaluation.plan(lyon))
    del found.figures["attrition"]
    found.save(update_fields=["figures"])
    assert "Who was followed" not in page(director, "impact_result", found.pk)


def test_planned_looks_are_drawn_with_their_limits(director: Client, lyon: Branch) -> None:
    plan = make_evaluation.plan(lyon, grade=GradeChoice.RANDOMISED, looks=3)
    make_evaluation.result(plan, apart=0.0)
    said = page(director, "impact_plan", plan.pk)
    assert "The planned looks" in said
    assert said.count("to come") == 2
    assert "3.47" in said
    assert "The planned looks" not in page(director, "impact_plan", make_evaluation.plan(lyon).pk)


def test_a_withheld_look_says_no_number(director: Client, lyon: Branch) -> None:
    plan = make_evaluation.plan(lyon, looks=2)
    found = make_evaluation.result(plan, apart=APART)
    said = page(director, "impact_plan", plan.pk)
    assert f"{found.figures['z']:.2f}" not in said
    assert said.count("no result: withheld") == 2


def test_a_covariate_that_changes_nothing_is_named_beside_the_result(director: Client, lyon: Branch) -> None:
    plan = make_evaluation.plan(lyon, covariates=["age", "school", "months", "country"])
    text = example_file(make_evaluation.plan(lyon, question="Other?"), seed=38)
    lines = [line + (b',"country"' if n == 0 else b',"1"') for n, line in enumerate(text.splitlines())]
    shown = send(director, "impact_data", plan.pk, act="read", file=file(b"\n".join(lines))).content.decode()
    answer = send(director, "impact_data", plan.pk, act="run", rows=carried_in(shown))
    said = director.get(answer.headers["Location"]).content.decode()
    assert "this one changes nothing" in shown
    assert "this one changes nothing" in said


def test_a_published_rate_never_bears_the_word(director: Client, lyon: Branch) -> None:
    plan = make_evaluation.plan(lyon, grade=GradeChoice.PUBLISHED)
    answer = send(director, "impact_data", plan.pk, successes="25", n="38")
    said = director.get(answer.headers["Location"]).content.decode()
    assert "Difference from the published rate, Grade 1: +23 points" in said
    assert "Impact, " not in said
    wrong = send(director, "impact_data", plan.pk, successes="39", n="38")
    assert wrong.status_code == 422
    assert "More people than you counted above." in wrong.content.decode()


def test_a_rate_is_typed_in_per_cent_with_its_source(director: Client) -> None:
    send(director, "impact_new", **{**QUESTION, "grade": "published"})
    plan = EvaluationPlan.everywhere.get()
    missing = send(director, "impact_how", plan.pk, outcome="a job", rate="43.5")
    assert missing.status_code == 422
    send(director, "impact_how", plan.pk, outcome="a job", rate="43.5", rate_source="Report 2024, page 7")
    plan.refresh_from_db()
    assert plan.rate == 4350
    assert "43.5 in 100" in page(director, "impact_plan", plan.pk)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"covariates": " , "}, "Name at least one column."),
        ({"covariates": "age, Job"}, "This column is named twice: job"),
        ({"looks": "0"}, ""),
        ({"method": "difference"}, ""),
    ],
)
def test_wrong_columns_are_said_and_nothing_typed_is_lost(
    director: Client, lyon: Branch, change: dict[str, str], words: str
) -> None:
    plan = make_evaluation.draft(lyon)
    answer = send(director, "impact_how", plan.pk, **{**COLUMNS, "outcome": "job", **change})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'value="job"' in answer.content.decode()


def test_a_wrong_file_lists_every_problem_and_offers_no_result(director: Client, lyon: Branch) -> None:
    plan = make_evaluation.plan(lyon)
    text = b"duo,job,age,school\n2,1,24,12\n1,0,old,12\n"
    answer = send(director, "impact_data", plan.pk, act="read", file=file(text))
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Line 2" in said
    assert "Line 3" in said
    assert "months" in said
    assert 'name="rows"' not in said
    nothing = send(director, "impact_data", plan.pk, act="read")
    assert nothing.status_code == 422


def test_an_xlsx_is_read_too(director: Client, lyon: Branch) -> None:
    plan = make_evaluation.plan(lyon)
    book, content = Workbook(), BytesIO()
    for line in csv.reader(StringIO(example_file(plan).decode("utf-8-sig"))):
        book.active.append([int(cell) if cell.isdigit() else cell for cell in line])
    book.save(content)
    shown = send(director, "impact_data", plan.pk, act="read", file=file(content.getvalue(), "people.xlsx"))
    assert "226 complete rows" in shown.content.decode()


def test_rows_that_were_touched_are_not_computed_with(director: Client, lyon: Branch) -> None:
    plan = make_evaluation.plan(lyon)
    for text in ("", "forged"):
        answer = send(director, "impact_data", plan.pk, act="run", rows=text)
        assert answer.status_code == 422
        assert "Bring it again." in answer.content.decode()
    assert not Evaluation.everywhere.exists()


def test_data_need_a_registered_plan(director: Client, lyon: Branch) -> None:
    draft = make_evaluation.draft(lyon)
    answer = director.get(reverse("impact_data", args=["lyon", draft.pk]), follow=True)
    assert "First register the plan" in answer.content.decode()


def test_a_changed_plan_says_that_it_came_after_a_result(director: Client, lyon: Branch) -> None:
    plan = make_evaluation.plan(lyon)
    make_evaluation.result(plan)
    send(director, "impact_amend", plan.pk, reason="Other columns.")
    later = EvaluationPlan.everywhere.get(replaces=plan)
    assert "A later version is being written." in page(director, "impact_plan", plan.pk)
    send(director, "impact_register", later.pk, act="register")
    assert "Changed after a result was known." in page(director, "impact_plan", later.pk)
    moved = director.get(reverse("impact_data", args=["lyon", plan.pk]))
    assert moved.headers["Location"] == reverse("impact_plan", args=["lyon", later.pk])


def test_a_draft_is_thrown_away_and_an_unfinished_one_is_not_registered(director: Client) -> None:
    send(director, "impact_new", **QUESTION)
    plan = EvaluationPlan.everywhere.get()
    answer = send(director, "impact_register", plan.pk, act="register")
    assert answer.headers["Location"] == reverse("impact_how", args=["lyon", plan.pk])
    send(director, "impact_register", plan.pk, act="drop")
    assert not EvaluationPlan.everywhere.exists()


def test_the_text_as_a_file_has_the_hash_of_the_plan(director: Client, lyon: Branch) -> None:
    plan = make_evaluation.plan(lyon)
    answer = director.get(reverse("impact_text", args=["lyon", plan.pk]))
    assert hashlib.sha256(answer.content).hexdigest() == plan.digest


def test_with_38_duos_one_sees_25_points_and_not_10(director: Client) -> None:
    said = page(director, "impact_next")
    assert "With 38 duos you can see 25 points or more." in said
    assert re.search(r"A real gain of 10 points would be missed 8\d times in 100", said)
    assert "<svg" in said
    few = page(director, "impact_next", duos="2", others="2", base="50")
    assert "With 2 duos you can see nothing." in few
    assert "a rough guess" in few
    assert "a rough guess" not in said
    wrong = page(director, "impact_next", status=422, duos="many", others="0", base="40")
    assert 'value="many"' in wrong


def test_a_funder_reads_the_result_and_finds_no_button(sign_in: SignIn, lyon: Branch) -> None:
    found = make_evaluation.result(make_evaluation.plan(lyon))
    client = sign_in(Role.FUNDER, at=lyon, locale="en")
    client.cookies["django_language"] = "en"
    assert "Impact, Grade 2" in page(client, "impact_result", found.pk)
    listed = page(client, "impact")
    assert "Begin with a question" not in listed
    assert reverse("impact", args=["lyon"]) in listed
    assert "Change the plan" not in page(client, "impact_plan", found.plan_id)


def test_a_plan_that_was_altered_says_so(director: Client, lyon: Branch) -> None:
    plan = make_evaluation.plan(lyon)
    rows = make_evaluation.rows(plan)
    shown = send(director, "impact_data", plan.pk, act="read", file=file(example_file(plan))).content.decode()
    EvaluationPlan.everywhere.filter(pk=plan.pk).update(question="A nicer question?")
    assert rows.n
    assert "This plan was altered." in page(director, "impact_plan", plan.pk)
    answer = send(director, "impact_data", plan.pk, act="run", rows=carried_in(shown))
    assert answer.status_code == 422
    assert not Evaluation.everywhere.exists()
    assert not AuditEntry.objects.filter(verb="evaluation.computed").exists()


@pytest.mark.parametrize("many", [1, 12])
def test_pages_ask_the_database_little(director: Client, lyon: Branch, many: int) -> None:
    by = make.actor(Role.DIRECTOR, lyon)
    for number in range(many):
        plan = make_evaluation.plan(lyon, by, question=f"Question {number}?")
        found = make_evaluation.result(plan, by)
    for name, args in (
        ("impact", []),
        ("impact_plan", [plan.pk]),
        ("impact_result", [found.pk]),
        ("impact_data", [plan.pk]),
        ("impact_next", []),
        ("impact_times", []),
    ):
        page(director, name, *args)
        with CaptureQueriesContext(connection) as asked:
            page(director, name, *args)
        assert len(asked) <= BUDGET, f"{name}: {len(asked)}"


def test_pictures_place_what_they_are_given() -> None:
    drawn = effects([("naive", "", [0.2, 0.1, 0.3]), ("adjusted", "", [-0.1, -0.3, None])])
    first, second = drawn.rows
    assert first.from_x < first.at_x < first.from_x + first.length
    assert second.at_x < drawn.zero_x < first.at_x
    plot = love_plot([("age", -0.05, 0.0), ("school", 0.9, 0.2)])
    assert plot is not None
    assert [row.name for row in plot.rows] == ["school", "age"]
    assert [row.is_far for row in plot.rows] == [True, False]
    assert love_plot([]) is None
    line = curve([(0, 0.05), (10, 0.5), (20, 1.0)], mark=15.0)
    assert line.path.startswith("M74 ")
    assert line.mark_x is not None
    with translation.override("en"):
        assert line.wanted_y < 290
