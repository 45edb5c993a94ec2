"""A plan that takes totals: from the form to the result, and what is wrong with a table said line by line."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import evaluations as make_evaluation
from tests.factories import people as make
from tests.factories.people import NOW
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.evaluations.actions import running
from traboule.apps.evaluations.models import Evaluation, EvaluationPlan
from traboule.apps.people.enums import Role
from traboule.kernel.scales import Cell

pytestmark = pytest.mark.django_db
TABLE = "group\tours\treached\ttheirs\treached\nwomen\t20\t13\t1\u00a0900\t760\nmen\t18\t11\t2100\t800\n"
HOW = {"outcome": "a job after a year", "treatment": "", "covariates": "sex", "looks": "1"}


@pytest.fixture
def director(sign_in: SignIn, lyon: Branch) -> Client:
    client = sign_in(Role.DIRECTOR, at=lyon, locale="en")
    client.cookies["django_language"] = "en"
    return client


def send(client: Client, name: str, plan: EvaluationPlan, **fields: Any) -> Any:
    return client.post(reverse(name, args=["lyon", plan.pk]), fields)


def totals_plan(lyon: Branch, **fields: Any) -> EvaluationPlan:
    said = {"method": "standardisation", "treatment": "", "covariates": ["sex"], **fields}
    return make_evaluation.plan(lyon, **said)


def test_from_the_plan_to_the_result(director: Client, lyon: Branch) -> None:
    plan = make_evaluation.draft(lyon)
    send(director, "impact_how", plan, **HOW, method="standardisation")
    send(director, "impact_register", plan, act="register")
    asked = director.get(reverse("impact_data", args=["lyon", plan.pk])).content.decode()
    assert "Totals, one line for each group" in asked
    answer = send(director, "impact_data", plan, totals=TABLE)
    found = Evaluation.everywhere.get()
    assert (found.n_treated, found.n_comparison, found.is_supported) == (38, 4000, True)
    said = director.get(answer.headers["Location"]).content.decode()
    for words in (
        "Impact, Grade 2: +",
        "Are the groups alike?",
        "women",
        "totals show no more",
        "Of the counts:",
    ):
        assert words in said
    assert "Who was followed" not in said
    send(director, "impact_data", plan, totals=TABLE.replace("\t", ";"))
    assert Evaluation.everywhere.count() == 1


def test_rows_still_need_the_column_of_who_took_part(director: Client, lyon: Branch) -> None:
    plan = make_evaluation.draft(lyon)
    answer = send(director, "impact_how", plan, **HOW, method="entropy-balancing")
    assert answer.status_code == 422
    assert "Which column says who took part?" in answer.content.decode()


def test_totals_that_carry_nothing_are_withheld(director: Client, lyon: Branch) -> None:
    plan = totals_plan(lyon)
    answer = send(director, "impact_data", plan, totals="women;20;13;0;0\nmen;18;11;2100;800")
    said = director.get(answer.headers["Location"]).content.decode()
    assert "No result: the comparison does not carry an estimate." in said
    assert "Impact, " not in said


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("women;20;13;1900\nmen;x;11;2100;800", ("Line 1: a name", "Line 2: a name")),
        ("women;20;21;1900;760\nmen;18;11;2100;2101", ("Line 1: more", "Line 2: more")),
        ("women;20;13;1900;760", ("At least two groups",)),
        ("women;20;13;1900;760\nWomen;18;11;2100;800", ("stands there twice",)),
        ("women;2;1;1900;760\nmen;2;1;2100;800", ("At least 5 people on each side.",)),
        ("women;20;13;0;0\nmen;0;0;2100;800", ("No group has people on both sides.",)),
        ("", ("required",)),
        ("\n".join(f"g{n};9;1;9;1" for n in range(201)), ("At most 200 lines.",)),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    director: Client, lyon: Branch, table: str, words: tuple[str, ...]
) -> None:
    answer = send(director, "impact_data", totals_plan(lyon), totals=table)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert all(word in said for word in words)
    assert table.splitlines()[:1] == [] or table.splitlines()[0] in said
    assert not Evaluation.everywhere.exists()


def test_each_kind_of_plan_takes_its_own_kind_of_data(director: Client, lyon: Branch) -> None:
    by, cells = make.actor(Role.DIRECTOR, lyon), [Cell("a", 9, 1, 9, 1), Cell("b", 9, 1, 9, 1)]
    rows = make_evaluation.plan(lyon, by)
    with pytest.raises(running.WrongGrade):
        running.run_on_totals(plan=rows, cells=cells, by=by, now=NOW)
    with pytest.raises(running.WrongGrade):
        running.run_on_rows(plan=totals_plan(lyon), rows=make_evaluation.rows(rows), by=by, now=NOW)
    with pytest.raises(running.TooFew):
        running.run_on_totals(plan=totals_plan(lyon), cells=[Cell("a", 4, 1, 9, 1)], by=by, now=NOW)
    plan = totals_plan(lyon)
    answer = director.get(reverse("impact_example", args=["lyon", plan.pk]))
    assert answer.status_code == 302
