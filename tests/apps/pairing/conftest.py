"""A branch and its coordinator."""

import pytest

from tests.factories import people
from traboule.apps.branches.models import Branch
from traboule.core.actors import Actor


@pytest.fixture
def branch() -> Branch:
    return people.branch()


@pytest.fixture
def ines(branch: Branch) -> Actor:
    return people.coordinator(branch, name="Inès")
