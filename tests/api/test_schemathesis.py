"""What the OpenAPI document promises, asked through WSGI with made-up calls, good and bad."""

from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.utils import timezone
from hypothesis import HealthCheck, settings

from tests.api.test_scope import agree
from tests.factories import access as make_access
from tests.factories import outcomes as make_outcome
from tests.factories import pairing as pair
from tests.factories import people as make
from traboule.apps.access.enums import Purpose
from traboule.apps.people.enums import ConsentPurpose
from traboule.core import limits
from traboule.core.limits import Rate

pytestmark = pytest.mark.django_db
EXAMPLES = 20
BOUNDED = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


def described(monkeypatch: pytest.MonkeyPatch, purpose: str) -> Any:
    """The document as the program serves it, with a token of this purpose and a branch that has every row."""
    monkeypatch.setitem(limits.OWN_LIMITS, "api", Rate(1_000_000, 60))
    monkeypatch.setitem(limits.LIMITS, "api", limits.Limit(*(Rate(1_000_000, 60),) * 4))
    branch = make.branch()
    duo = pair.duo(make.mentee(branch), make.mentor(branch), make.coordinator(branch))
    make_outcome.told(duo.mentee, starts_on=make.TODAY)
    for person in (duo.mentee, duo.mentor):
        agree(person, *ConsentPurpose)
    secret = make_access.token(branch, purpose, now=timezone.now())[1]
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    schema.config.update(headers={"Authorization": f"Bearer {secret}"})
    return schema


@pytest.fixture
def own(db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    return described(monkeypatch, Purpose.OWN)


@pytest.fixture
def funder(db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    return described(monkeypatch, Purpose.FUNDER)


everything = schemathesis.pytest.from_fixture("own")
a_part = schemathesis.pytest.from_fixture("funder")


@everything.parametrize()
@BOUNDED
def test_the_program_keeps_what_its_description_promises(case: schemathesis.Case) -> None:
    case.call_and_validate()


@a_part.parametrize()
@BOUNDED
def test_also_towards_a_funder_who_may_read_a_part(case: schemathesis.Case) -> None:
    case.call_and_validate()
