"""The invented evaluations of the demo: one that stands, one withheld, one against a rate, one draft."""

from types import SimpleNamespace

import pytest

from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from traboule.apps.evaluations.actions.demo import fill_demo
from traboule.apps.evaluations.models import Evaluation, EvaluationPlan
from traboule.apps.people.enums import Role
from traboule.core.actors import system

pytestmark = pytest.mark.django_db


def test_lyon_has_a_result_that_stands_one_withheld_a_draw_a_rate_and_a_draft() -> None:
    lyon = make.branch(slug="lyon")
    agnes = make.login(Role.DIRECTOR)
    loaded = SimpleNamespace(branches={"lyon": lyon}, logins={"agnes": agnes})
    fill_demo(loaded, SimpleNamespace(as_of=TODAY), system("demo"), NOW)
    found = Evaluation.everywhere.order_by("pk").values_list("plan__grade", "is_supported")
    assert list(found) == [
        ("weighted", True),
        ("weighted", False),
        ("randomised", True),
        ("randomised", True),
        ("weighted", True),
        ("published", False),
    ]
    assert all(one.plan.registered_at <= one.run_at for one in Evaluation.everywhere.all())
    assert EvaluationPlan.everywhere.filter(registered_at=None).count() == 1


def test_a_demo_without_lyon_stays_as_it_is() -> None:
    fill_demo(SimpleNamespace(branches={}, logins={}), None, system("demo"), NOW)
    assert not EvaluationPlan.everywhere.exists()
