"""A plan is hashed before data arrive and stands: written, registered, replaced, never changed."""

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories import evaluations as make_evaluation
from tests.factories import people as make
from tests.factories.people import NOW
from traboule.apps.branches.models import Branch
from traboule.apps.evaluations.actions import plans
from traboule.apps.evaluations.actions.running import PlanAltered, run_on_rows
from traboule.apps.evaluations.enums import GradeChoice
from traboule.apps.evaluations.models import EvaluationPlan
from traboule.apps.evaluations.queries.plans import find_plan, is_intact, plans_of, text_of
from traboule.apps.people.enums import Role
from traboule.core import audit
from traboule.core.models import AuditEntry
from traboule.core.permissions import NotAllowed, NotVisible

pytestmark = pytest.mark.django_db


@pytest.fixture
def lyon() -> Branch:
    return make.branch(name="Lyon", slug="lyon")


def test_a_registered_plan_carries_the_hash_of_the_text_that_it_promises(lyon: Branch) -> None:
    plan = make_evaluation.plan(lyon)
    assert plan.digest == hashlib.sha256(plan.wording.encode()).hexdigest()
    said = json.loads(plan.wording)
    assert said["covariates"] == ["age", "school", "months"]
    assert said["method"] == "entropy-balancing"
    assert plan.registered_at == NOW
    entry = AuditEntry.objects.filter(verb="evaluation_plan.registered").get()
    assert entry.facts["digest"] == plan.digest
    assert audit.check_chain(lyon.pk) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [("question", "Another?"), ("method", "regression"), ("covariates", ["age"]), ("looks", 3)],
)
def test_one_changed_word_no_longer_fits_the_hash_and_nothing_is_computed(
    lyon: Branch, name: str, value: Any
) -> None:
    plan = make_evaluation.plan(lyon)
    rows = make_evaluation.rows(plan)
    assert is_intact(plan)
    EvaluationPlan.everywhere.filter(pk=plan.pk).update(**{name: value})
    plan.refresh_from_db()
    assert not is_intact(plan)
    with pytest.raises(PlanAltered):
        run_on_rows(plan=plan, rows=rows, by=make.actor(Role.DIRECTOR, lyon), now=NOW)


def test_a_registered_plan_is_neither_changed_nor_thrown_away_nor_registered_again(lyon: Branch) -> None:
    by = make.actor(Role.DIRECTOR, lyon)
    plan = make_evaluation.plan(lyon, by)
    for act, more in (
        (plans.describe_plan, {"fields": {"looks": 4}}),
        (plans.drop_draft, {}),
        (plans.register_plan, {}),
    ):
        with pytest.raises(plans.PlanStands):
            act(plan=plan, by=by, now=NOW, **more)  # type: ignore[operator]  # three actions of one shape
    plan.refresh_from_db()
    assert plan.looks == 1


def test_a_change_is_a_new_version_that_names_the_old_hash(lyon: Branch) -> None:
    by = make.actor(Role.DIRECTOR, lyon)
    plan = make_evaluation.plan(lyon, by)
    later = plans.amend_plan(plan=plan, reason="One column is missing.", by=by, now=NOW + timedelta(1))
    later = plans.register_plan(plan=later, by=by, now=NOW + timedelta(1))
    assert (later.version, later.replaces) == (2, plan)
    assert json.loads(later.wording)["replaces"] == plan.digest
    assert not later.after_data
    with pytest.raises(plans.Replaced):
        plans.amend_plan(plan=plan, reason="Again.", by=by, now=NOW)
    assert is_intact(EvaluationPlan.everywhere.get(pk=plan.pk))


def test_a_version_after_a_result_says_so_and_so_do_those_after_it(lyon: Branch) -> None:
    by = make.actor(Role.DIRECTOR, lyon)
    plan = make_evaluation.plan(lyon, by)
    make_evaluation.result(plan, by)
    for _ in range(2):
        later = plans.amend_plan(plan=plan, reason="It did not please.", by=by, now=NOW + timedelta(2))
        plan = plans.register_plan(plan=later, by=by, now=NOW + timedelta(2))
        assert plan.after_data
        assert json.loads(plan.wording)["after_data"] is True


def test_a_draft_that_does_not_say_how_is_not_registered(lyon: Branch) -> None:
    by = make.actor(Role.DIRECTOR, lyon)
    said = {"question": "More?", "who": "All", "grade": GradeChoice.PUBLISHED}
    plan = plans.draft_plan(branch=lyon, fields=said, by=by, now=NOW)
    with pytest.raises(plans.NotComplete):
        plans.register_plan(plan=plan, by=by, now=NOW)
    with pytest.raises(plans.NotRegistered):
        plans.amend_plan(plan=plan, reason="x", by=by, now=NOW)
    plans.describe_plan(plan=plan, fields=make_evaluation.RATE, by=by, now=NOW)
    assert plans.register_plan(plan=plan, by=by, now=NOW).is_registered


def test_a_method_of_another_grade_does_not_complete_a_plan(lyon: Branch) -> None:
    assert not plans.is_complete(make_evaluation.draft(lyon, method="difference"))
    assert plans.is_complete(make_evaluation.draft(lyon, grade=GradeChoice.RANDOMISED))


def test_a_draft_is_thrown_away(lyon: Branch) -> None:
    by = make.actor(Role.DIRECTOR, lyon)
    plans.drop_draft(plan=make_evaluation.draft(lyon, by), by=by, now=NOW)
    assert not EvaluationPlan.everywhere.exists()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.FUNDER, Role.DPO, Role.MENTOR])
def test_only_who_may_writes_a_plan(lyon: Branch, role: Role) -> None:
    plan = make_evaluation.draft(lyon)
    with pytest.raises(NotAllowed):
        plans.register_plan(plan=plan, by=make.actor(role, lyon), now=NOW)
    with pytest.raises(NotAllowed):
        make_evaluation.draft(lyon, make.actor(role, lyon))


def test_another_branch_sees_nothing(lyon: Branch) -> None:
    lille = make.branch(name="Lille", slug="lille")
    plan = make_evaluation.plan(lyon)
    stranger = make.actor(Role.DIRECTOR, lille)
    assert not plans_of(actor=stranger, branch=lille).exists()
    with pytest.raises(NotVisible):
        find_plan(actor=stranger, branch=lille, pk=plan.pk)
    with pytest.raises(NotVisible):
        plans.amend_plan(plan=plan, reason="x", by=stranger, now=NOW)


@pytest.mark.parametrize(
    "fields",
    [
        {"digest": ""},
        {"registered_at": None},
        {"method": ""},
        {"looks": 0},
        {"grade": "guess"},
        {"version": 2},
        {"rate": 10_001},
    ],
)
def test_the_table_refuses_what_must_never_be(lyon: Branch, fields: dict[str, Any]) -> None:
    plan = make_evaluation.plan(lyon)
    with pytest.raises(IntegrityError), transaction.atomic():
        EvaluationPlan.everywhere.filter(pk=plan.pk).update(**fields)


def test_the_text_is_the_same_on_every_reading(lyon: Branch) -> None:
    plan = make_evaluation.plan(lyon)
    again = EvaluationPlan.everywhere.get(pk=plan.pk)
    assert text_of(again, after_data=False) == plan.wording
