"""A branch, a coordinator, a mentee; and a worker with a clock of our own."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from tests.factories import people as make
from traboule.apps.branches.models import Branch
from traboule.apps.messages import actions
from traboule.apps.messages.sms import MemoryProvider
from traboule.core.actors import Actor, system

Deliver = Callable[[datetime], int]


@pytest.fixture
def lyon(db: None) -> Branch:
    return make.branch(name="Lyon", slug="lyon")


@pytest.fixture
def coordinator(lyon: Branch) -> Actor:
    return make.coordinator(lyon)


@pytest.fixture
def deliver() -> Deliver:
    def all_that_is_due(now: datetime) -> int:
        sent = 0
        while count := actions.deliver_due(by=system("worker"), now=now):
            sent += count
        return sent

    return all_that_is_due


@pytest.fixture
def texts() -> Iterator[list[tuple[str, str, str]]]:
    """The text messages that the provider took, as (key, to, text)."""
    MemoryProvider.sent.clear()
    yield MemoryProvider.sent
    MemoryProvider.sent.clear()
