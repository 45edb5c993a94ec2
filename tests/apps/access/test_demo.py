"""The tokens of the demo: one in use, one that nobody has used, one stopped; their secrets are gone."""

from types import SimpleNamespace

import pytest

from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from traboule.apps.access.actions.demo import fill_demo
from traboule.apps.access.models import ApiToken
from traboule.apps.people.enums import Role
from traboule.core.actors import system

pytestmark = pytest.mark.django_db


def test_lyon_has_a_token_in_use_one_forgotten_and_one_stopped() -> None:
    lyon, agnes = make.branch(slug="lyon"), make.login(Role.DIRECTOR)
    loaded = SimpleNamespace(branches={"lyon": lyon}, logins={"agnes": agnes})
    fill_demo(loaded, SimpleNamespace(as_of=TODAY), system("demo"), NOW)
    found = ApiToken.everywhere.order_by("purpose")
    said = [(one.purpose, one.used_on is not None, one.stopped_at is not None) for one in found]
    assert said == [("evaluator", True, True), ("funder", False, False), ("own", True, False)]
    assert {one.made_by for one in found} == {agnes}


def test_a_demo_without_lyon_stays_as_it_is() -> None:
    fill_demo(SimpleNamespace(branches={}, logins={}), None, system("demo"), NOW)
    assert not ApiToken.everywhere.exists()
