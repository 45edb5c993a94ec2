"""A program that reads with a token, without a browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factories import people as make
from traboule.apps.branches.models import Branch

Ask = Callable[..., Any]


@pytest.fixture
def lyon(db: None) -> Branch:
    return make.branch(name="Lyon", slug="lyon")


@pytest.fixture
def ask() -> Ask:
    """Ask the interface with a secret, in English."""

    def call(secret: str, path: str, **headers: str) -> Any:
        named = {"accept-language": "en", **headers}
        if secret:
            named["authorization"] = f"Bearer {secret}"
        return Client(headers=named).get(f"/api/v1/{path}")

    return call
