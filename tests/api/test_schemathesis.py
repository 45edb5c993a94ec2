"""What the OpenAPI document promises, asked through WSGI with made-up calls, good and bad."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import negative_data_rejection

from tests.api.test_scope import agree
from tests.factories import access as make_access
from tests.factories import outcomes as make_outcome
from tests.factories import pairing as pair
from tests.factories import people as make
from traboule.api.v1 import description
from traboule.apps.access.enums import Purpose
from traboule.apps.people.enums import ConsentPurpose
from traboule.core import limits
from traboule.core.limits import Rate

pytestmark = pytest.mark.django_db
BOUNDED = settings(
    max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)
PATHS = sorted(description()["paths"])
LISTS = [path for path in PATHS if "{" not in path]
GOOD, BAD = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
Secret = Callable[[str], str]


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The program closes its connection after each call; the rows of a test live in one, and stay open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def secret(db: None, one_connection: None, monkeypatch: pytest.MonkeyPatch) -> Secret:
    """A branch that has every row, and a token of it that may call as often as it likes."""
    monkeypatch.setitem(limits.OWN_LIMITS, "api", Rate(1_000_000, 60))
    monkeypatch.setitem(limits.LIMITS, "api", limits.Limit(*(Rate(1_000_000, 60),) * 4))
    branch = make.branch()
    duo = pair.duo(make.mentee(branch), make.mentor(branch), make.coordinator(branch))
    make_outcome.told(duo.mentee, starts_on=make.TODAY)
    for person in (duo.mentee, duo.mentor):
        agree(person, *ConsentPurpose)
    return lambda purpose: make_access.token(branch, purpose, now=timezone.now())[1]


def hold(path: str, mode: Any, secret: str) -> set[int]:
    """Call an address with made-up values, check each answer against the document; return the statuses.

    Bad calls break the header too, which we send all the same, or add an empty list that no address carries.
    So whether one was rightly let through is asked of what was sent, and not of what was meant.
    """
    document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    seen: set[int] = set()
    known = {one["name"] for one in description()["paths"][path]["get"]["parameters"]}

    @BOUNDED
    @given(case=document[path]["GET"].as_strategy(generation_mode=mode))
    def each(case: schemathesis.Case) -> None:
        # The test client of WSGI does not unpack what was packed for it.
        headers = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {secret}"} if secret else {})
        left_out = [negative_data_rejection] if mode is BAD else []
        answer = case.call_and_validate(headers=headers, excluded_checks=left_out)
        seen.add(answer.status_code)
        if answer.status_code == 200:
            sent = parse_qs(urlsplit(str(answer.request.url)).query, keep_blank_values=True)
            assert set(sent) <= known, sent

    each()
    return seen


@pytest.mark.parametrize("path", PATHS)
def test_good_calls_are_answered_as_described(secret: Secret, path: str) -> None:
    statuses = hold(path, GOOD, secret(Purpose.OWN))
    assert statuses <= {200, 404}
    assert (200 in statuses) == (path in LISTS)  # nobody guesses the name of a row


@pytest.mark.parametrize("path", LISTS)
def test_bad_calls_are_refused_as_described(secret: Secret, path: str) -> None:
    statuses = hold(path, BAD, secret(Purpose.OWN))
    assert 422 in statuses
    assert statuses <= {200, 401, 404, 422}


@pytest.mark.parametrize("path", PATHS)
def test_a_purpose_that_reads_less_is_refused_as_described(secret: Secret, path: str) -> None:
    statuses = hold(path, GOOD, secret(Purpose.WEBSITE))
    assert statuses <= ({200, 404} if "indicators" in path else {403})


@pytest.mark.parametrize("path", PATHS)
def test_without_a_token_nobody_reads_and_the_answer_is_as_described(secret: Secret, path: str) -> None:
    assert hold(path, GOOD, "") == {401}
