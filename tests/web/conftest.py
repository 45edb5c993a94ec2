"""Signed-in browsers without a browser: Django's client, per role and branch."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from tests.factories import people as make
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Role

SignIn = Callable[..., Client]


@pytest.fixture
def sign_in(settings: Settings) -> SignIn:
    """Return a client signed in with a role in a branch; the second factor is tested elsewhere."""
    settings.TRABOULE_STAFF_SECOND_FACTOR = False

    def make_client(role: Role = Role.COORDINATOR, at: Branch | None = None, **fields: object) -> Client:
        client = Client()
        client.force_login(make.login(role, at, **fields))
        return client

    return make_client


@pytest.fixture
def lyon(db: None) -> Branch:
    return make.branch(name="Lyon", slug="lyon")
