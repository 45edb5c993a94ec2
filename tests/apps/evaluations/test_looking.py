"""A comparison file is read, computed with and let go of; what is wrong with it is said all at once."""

import json
from datetime import timedelta

import pytest
from django.core import serializers
from django.db import IntegrityError, transaction
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import evaluations as make_evaluation
from tests.factories import people as make
from tests.factories.people import NOW
from traboule.apps.branches.models import Branch
from traboule.apps.evaluations.actions import plans, running
from traboule.apps.evaluations.enums import GradeChoice
from traboule.apps.evaluations.models import Evaluation, EvaluationPlan
from traboule.apps.evaluations.queries.carried import NotCarried, carried, carry
from traboule.apps.evaluations.queries.comparison import MOST_CELLS, Comparison, Rows, read_comparison
from traboule.apps.evaluations.queries.example import APART, example_file
from traboule.apps.people.enums import Role
from traboule.core.actors import system
from traboule.core.models import AuditEntry
from traboule.core.permissions import NotAllowed

pytestmark = pytest.mark.django_db
HEAD = "duo,job,age,school,months\n"
LIKE = "1,1,24,12,10\n1,0,25,10,9\n0,1,24,11,10\n0,0,26,12,8\n" * 6


@pytest.fixture
def lyon() -> Branch:
    return make.branch(name="Lyon", slug="lyon")


@pytest.fixture
def plan(lyon: Branch) -> EvaluationPlan:
    return make_evaluation.plan(lyon)


def read(text: str, plan: EvaluationPlan) -> Comparison:
    with translation.override("en"):
        return read_comparison(text.encode(), "people.csv", plan)


def said(found: Comparison) -> str:
    return " | ".join(f"{one.line} {one.column} {one.value} {one.message}" for one in found.wrong)


def test_the_example_stands_and_says_what_was_put_in(plan: EvaluationPlan) -> None:
    found = make_evaluation.result(plan)
    figures = found.figures
    assert found.is_supported
    assert (found.n_treated, found.n_comparison, found.n_dropped) == (37, 189, 2)
    assert figures["smd_after"] < 0.1 < figures["smd_before"]
    value, low, high = figures["estimate"]
    assert low <= 0.25 <= high
    assert figures["attributable"] == pytest.approx([end * 37 for end in (value, low, high)])
    assert figures["bounds"][0][2] == 1
    least, most, _unknown = figures["bounds"][0]
    assert most - least == pytest.approx(1 / 38)
    assert least <= figures["with"] <= most
    assert len(figures["balance"]) == 3


def test_the_followed_stand_for_the_lost_where_the_file_says_who_was_followed(lyon: Branch) -> None:
    plan = make_evaluation.plan(lyon, followed="reached")
    found = make_evaluation.result(plan)
    said = found.figures["attrition"]
    (ours, all_ours), (others, all_others) = said["followed"]
    assert (all_ours, all_others) == (38, 190)
    assert (found.n_treated, found.n_comparison) == (ours, others)
    low, high = said["difference"]
    assert low < found.figures["naive"][0] < high
    value, least, most = said["weighted"]["estimate"]
    assert said["weighted"]["supported"]
    assert least < value < most
    assert low < value < high
    assert said["weighted"]["lost"] == 228 - ours - others
    assert "reached" in plan.wording


def test_an_outcome_of_somebody_who_was_not_followed_is_not_believed(lyon: Branch) -> None:
    plan = make_evaluation.plan(lyon, followed="reached")
    lines = LIKE.replace("\n", ",1\n") + "1,0,24,12,10,0\n0,0,25,11,9,\n"
    rows = read(HEAD.replace("months", "months,reached") + lines, plan).rows
    assert rows is not None
    assert (rows.n, rows.dropped, rows.unknown) == (24, 2, (1, 1))
    assert rows.lost == ((1.0, 24.0, 12.0, 10.0), (0.0, 25.0, 11.0, 9.0))
    by = make.actor(Role.DIRECTOR, lyon)
    text = carry(rows, plan, by)
    assert text is not None
    assert carried(text, plan, by) == rows


def test_a_plan_without_that_column_keeps_the_text_it_was_hashed_with(plan: EvaluationPlan) -> None:
    assert "followed" not in plan.wording
    assert "followed" in make_evaluation.plan(plan.branch, followed="reached").wording


def test_groups_that_lie_apart_are_flagged(plan: EvaluationPlan) -> None:
    found = make_evaluation.result(plan, apart=APART)
    assert not found.is_supported
    assert found.figures["size"] < found.n_treated / 2 or found.figures["smd_after"] > 0.1


def test_no_row_of_a_file_is_kept(plan: EvaluationPlan) -> None:
    """A value that stands in one row only is nowhere in what is stored."""
    text = HEAD + LIKE + "0,0,77.31459,12,8\n"
    rows = read(text, plan).rows
    assert rows is not None
    found = running.run_on_rows(plan=plan, rows=rows, by=make.actor(Role.DIRECTOR, plan.branch), now=NOW)
    stored = serializers.serialize("json", [*Evaluation.everywhere.all(), *AuditEntry.objects.all()])
    assert found.file_digest in stored
    assert "77.31459" not in stored


def test_the_same_file_again_is_the_same_look_and_another_is_the_next(plan: EvaluationPlan) -> None:
    first = make_evaluation.result(plan)
    assert make_evaluation.result(plan) == first
    second = make_evaluation.result(plan, seed=7)
    assert (first.look, second.look) == (1, 2)
    assert second.figures["alarms"] == pytest.approx(0.083, abs=0.001)
    assert first.figures["alarms"] is None


def test_planned_looks_have_the_limit_of_obrien_and_fleming(lyon: Branch) -> None:
    plan = make_evaluation.plan(lyon, looks=5)
    limits = [make_evaluation.result(plan, seed=seed).figures["limit"] for seed in (1, 2)]
    assert limits == pytest.approx([2.040 * 5**0.5, 2.040 * 2.5**0.5], abs=0.002)


def test_chance_decides_support_and_both_methods_agree(lyon: Branch) -> None:
    plan = make_evaluation.plan(lyon, grade=GradeChoice.RANDOMISED)
    found = make_evaluation.result(plan, apart=0.0)
    assert found.is_supported
    assert found.figures["estimate"][:1] == found.figures["naive"][:1]


def test_a_published_rate_is_compared_and_never_supported(lyon: Branch) -> None:
    found = make_evaluation.result(make_evaluation.plan(lyon, grade=GradeChoice.PUBLISHED))
    assert not found.is_supported
    assert found.figures["estimate"][0] == pytest.approx(25 / 38 - 0.43)
    assert found.n_comparison == 900


def test_counts_that_cannot_be_or_are_too_few_are_refused(lyon: Branch) -> None:
    plan, by = make_evaluation.plan(lyon, grade=GradeChoice.PUBLISHED), make.actor(Role.DIRECTOR, lyon)
    with pytest.raises(running.TooFew):
        running.run_on_counts(plan=plan, successes=2, n=4, by=by, now=NOW)
    with pytest.raises(ValueError):
        running.run_on_counts(plan=plan, successes=12, n=10, by=by, now=NOW)
    assert not Evaluation.everywhere.exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD, "at least 5 complete rows"),
        (HEAD + "1,1,24,12,10\n", "at least 5 complete rows"),
        (HEAD + LIKE + "2,1,24,12,10\n", "26 duo 2 0 or 1"),
        (HEAD + LIKE + "yes,1,24,12,10\n", "26 duo yes 0 or 1"),
        (HEAD + LIKE + "1,1,old,12,10\n", "26 age old a finite number"),
        (HEAD.replace("age", "years") + LIKE, "age  a column with this name"),
        (HEAD + "1,1,20,9,7\n" * 9 + "0,0,20,9,7\n" * 9, "at least one covariate with more than one value"),
        (HEAD + "1,1,30,9,7\n" * 9 + "0,0,20,9,7\n" * 9, "this one says who took part"),
        (HEAD + "1,,20,9,7\n" * 9 + "0,0,20,9,7\n" * 9, "at least 5 complete rows of people who took part"),
        ("", "the file is empty"),
        ("%PDF-1.7", "this is a PDF"),
    ],
)
def test_bad_input_is_said_with_its_place(plan: EvaluationPlan, text: str, words: str) -> None:
    found = read(text, plan)
    assert found.rows is None
    assert words in said(found)


def test_all_problems_come_at_once(plan: EvaluationPlan) -> None:
    found = read(HEAD.replace("months", "weeks") + LIKE + "3,1,old,12,10\n", plan)
    lines = said(found)
    assert all(word in lines for word in ("months", "26 duo 3", "26 age old"))
    assert dict(found.found) == {"duo": "duo", "job": "job", "age": "age", "school": "school", "months": ""}
    assert found.ignored == ["weeks"]
    assert len(found.preview) == 5


def test_what_leaves_rows_out_or_changes_nothing_is_a_remark(plan: EvaluationPlan) -> None:
    found = read(HEAD + LIKE.replace(",12,", ",10,").replace(",11,", ",10,") + "1,,24,10,10\n", plan)
    assert found.rows is not None
    assert found.rows.dropped == 1
    assert found.rows.unknown == (1, 0)
    assert [one.column for one in found.remarks if one.column == "school"] == ["school"]
    assert any("rows left out: 1" in one.message for one in found.remarks)


def test_a_file_too_large_for_a_page_is_said_and_not_computed(plan: EvaluationPlan) -> None:
    found = read(HEAD + LIKE * (MOST_CELLS // 100), plan)
    assert found.is_too_large
    assert found.rows is None


def test_the_example_is_the_same_on_every_day_and_reads_without_a_problem(plan: EvaluationPlan) -> None:
    assert example_file(plan) == example_file(plan)
    for separator in ",;":
        assert not read(example_file(plan, separator=separator).decode("utf-8-sig"), plan).wrong


def test_rows_come_back_from_the_browser_as_they_left(plan: EvaluationPlan) -> None:
    by = make.actor(Role.DIRECTOR, plan.branch)
    rows = make_evaluation.rows(plan)
    text = carry(rows, plan, by)
    assert text is not None
    assert carried(text, plan, by) == rows
    other = make_evaluation.plan(plan.branch, question="Another?")
    for wrong, where, who in (
        (text[:-3] + "abc", plan, by),
        (text, other, by),
        (text, plan, make.actor(Role.DIRECTOR, plan.branch)),
        ("", plan, by),
    ):
        with pytest.raises(NotCarried):
            carried(wrong, where, who)


NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from([0.0, 1.0]), NUMBERS, NUMBERS), min_size=1, max_size=20))
def test_every_number_survives_the_way(found: list[tuple[float, float, float]]) -> None:
    plan = EvaluationPlan(pk=7, digest="d")
    by = system("test")
    rows = Rows(
        "x" * 64, ("a", "b", "c"), tuple(map(tuple, zip(*found, strict=True))), 2, (1, 0), ((1.0, 0.0),)
    )
    text = carry(rows, plan, by)
    assert text is not None
    assert carried(text, plan, by) == rows


def test_nothing_is_compared_under_a_draft_or_an_old_version(lyon: Branch) -> None:
    by = make.actor(Role.DIRECTOR, lyon)
    draft = make_evaluation.draft(lyon, by)
    rows = make_evaluation.rows(draft)
    with pytest.raises(plans.NotRegistered):
        running.run_on_rows(plan=draft, rows=rows, by=by, now=NOW)
    plan = plans.register_plan(plan=draft, by=by, now=NOW)
    later = plans.amend_plan(plan=plan, reason="More columns.", by=by, now=NOW)
    plans.register_plan(plan=later, by=by, now=NOW)
    with pytest.raises(plans.Replaced):
        running.run_on_rows(plan=EvaluationPlan.everywhere.get(pk=plan.pk), rows=rows, by=by, now=NOW)


def test_a_plan_of_another_grade_refuses_the_wrong_kind_of_data(lyon: Branch, plan: EvaluationPlan) -> None:
    by = make.actor(Role.DIRECTOR, lyon)
    with pytest.raises(running.WrongGrade):
        running.run_on_counts(plan=plan, successes=5, n=9, by=by, now=NOW)
    rate = make_evaluation.plan(lyon, grade=GradeChoice.PUBLISHED)
    with pytest.raises(running.WrongGrade):
        running.run_on_rows(plan=rate, rows=make_evaluation.rows(plan), by=by, now=NOW)


def test_a_funder_reads_and_does_not_compute(lyon: Branch, plan: EvaluationPlan) -> None:
    with pytest.raises(NotAllowed):
        make_evaluation.result(plan, make.actor(Role.FUNDER, lyon))


def test_a_look_is_audited_with_both_hashes_and_no_float(plan: EvaluationPlan) -> None:
    found = make_evaluation.result(plan)
    facts = AuditEntry.objects.get(verb="evaluation.computed").facts
    assert (facts["plan_digest"], facts["file_digest"]) == (plan.digest, found.file_digest)
    assert not any(isinstance(value, float) for value in facts.values())
    assert json.dumps(found.figures, allow_nan=False)
    assert found.run_at == NOW + timedelta(days=1)


def test_two_looks_never_bear_one_number(plan: EvaluationPlan) -> None:
    found = make_evaluation.result(plan)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evaluation.everywhere.create(
            branch=plan.branch,
            plan=plan,
            look=1,
            file_digest="other",
            n_treated=5,
            is_supported=True,
            figures=found.figures,
            run_at=NOW,
        )
