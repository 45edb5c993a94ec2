"""Definitions: which are in force on a day, what a new version needs, and that nothing rewrites one."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import override_settings
from pytest_django import Settings

from tests.factories import people as make
from tests.factories import support as app
from tests.factories.people import NOW, TODAY
from traboule.apps.indicators.actions.definitions import (
    DefinitionChanged,
    NoSuchDefinition,
    NothingChanged,
    decide_version,
)
from traboule.apps.indicators.guards import install_after_migrate
from traboule.apps.indicators.models import DefinitionVersion
from traboule.apps.indicators.queries.definitions import in_force, versions_of
from traboule.apps.indicators.queries.figures import figures_of
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Login
from traboule.core import audit, remember
from traboule.core.actors import Actor
from traboule.core.permissions import NotAllowed, NotVisible
from traboule.kernel.indicators import SHIPPED, DefinitionBroken

pytestmark = pytest.mark.django_db
NAME = "positive_outcome_from_start"
WHY = "The payer counts contracts of three months only."


@pytest.fixture
def chief() -> Actor:
    """Reaches all branches."""
    return make.actor(Role.ADMINISTRATOR, None)


def decide(by: Actor, day: date = TODAY, base: int = 1, **fields: object) -> DefinitionVersion:
    return decide_version(
        name=NAME, base=base, fields=fields or {"min_months": 3}, why=WHY, day=day, by=by, now=NOW
    )


def test_without_a_decision_the_shipped_definitions_are_in_force() -> None:
    assert dict(in_force()) == dict(SHIPPED)
    assert [version.definition for version in versions_of(NAME)] == [SHIPPED[NAME]]


def test_a_version_is_in_force_from_the_day_it_was_decided_on(chief: Actor) -> None:
    row = decide(chief)

    assert in_force(on=TODAY - timedelta(days=1))[NAME] == SHIPPED[NAME]
    now = in_force(on=TODAY)[NAME]
    assert (now.version, now.min_months, now.decided_on) == (2, 3, TODAY)
    assert now.fingerprint == row.fingerprint
    assert list(in_force()) == list(SHIPPED)
    newest, shipped = versions_of(NAME)
    assert (newest.why, newest.is_intact) == (WHY, True)
    assert shipped.definition == SHIPPED[NAME]


def test_the_decision_is_audited_and_names_nobody_in_what_is_hashed(chief: Actor) -> None:
    make.branch()

    row = decide(chief)

    entry = audit.entries(None)[0]
    assert entry.verb == "definition.decided"
    assert entry.facts["fingerprint"] == row.fingerprint
    assert row.definition["author"].startswith("Association")
    assert row.decided_by_id == chief.id


def test_a_role_in_one_branch_does_not_decide_for_all() -> None:
    here = make.branch()

    with pytest.raises((NotVisible, NotAllowed)):
        decide(make.actor(Role.DIRECTOR, here))
    with pytest.raises(NotAllowed):
        decide(make.actor(Role.COORDINATOR, None))
    assert not DefinitionVersion.objects.exists()


def test_a_second_decision_from_the_same_version_is_told_of_the_first(chief: Actor) -> None:
    decide(chief)

    with pytest.raises(DefinitionChanged) as told:
        decide(chief, min_months=6)

    assert told.value.current.version == 2
    decide(chief, base=2, min_months=6)
    assert in_force()[NAME].version == 3


def test_what_changes_nothing_or_cannot_be_used_is_refused(chief: Actor) -> None:
    with pytest.raises(NothingChanged):
        decide(chief, months=12)
    with pytest.raises(DefinitionBroken) as broken:
        decide(chief, months=0, clock="nonsense")
    assert {problem.field for problem in broken.value.problems} == {"clock"}
    with pytest.raises(DefinitionBroken):
        decide(chief, floor=1)
    with pytest.raises(NoSuchDefinition):
        decide_version(name="nothing", base=1, fields={}, why=WHY, day=TODAY, by=chief, now=NOW)
    assert not DefinitionVersion.objects.exists()


def test_the_database_refuses_to_change_a_decided_version(chief: Actor) -> None:
    row = decide(chief)

    for change in ({"why": "other"}, {"definition": {}}, {"decided_by": None, "version": 5}):
        with pytest.raises(DatabaseError, match="stands as it was decided"), transaction.atomic():
            DefinitionVersion.objects.filter(pk=row.pk).update(**change)

    assert DefinitionVersion.objects.get(pk=row.pk).why == WHY


def test_who_decided_may_be_forgotten(chief: Actor) -> None:
    row = decide(chief)

    Login.objects.filter(pk=chief.id).delete()

    row.refresh_from_db()
    assert row.decided_by is None
    assert versions_of(NAME)[0].is_intact


@override_settings(TRABOULE_AUDIT_DELETE_GUARD=True)
def test_the_database_refuses_to_delete_a_decided_version(chief: Actor) -> None:
    decide(chief)
    install_after_migrate()
    try:
        with (
            pytest.raises(DatabaseError, match="stands as it was"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("DELETE FROM indicators_definitionversion")
    finally:
        with override_settings(TRABOULE_AUDIT_DELETE_GUARD=False):
            install_after_migrate()


def test_figures_use_the_definitions_of_their_day_and_the_right_to_see_them(chief: Actor) -> None:
    duo = app.duo(make.branch(slug="lyon"), started_on=TODAY - timedelta(days=500))
    decide(chief, TODAY)

    before = figures_of(actor=chief, branch=duo.branch, as_of=TODAY - timedelta(days=1))
    now = figures_of(actor=chief, branch=duo.branch, as_of=TODAY)

    assert (before[NAME].definition.version, now[NAME].definition.version) == (1, 2)
    assert list(now) == list(SHIPPED)
    assert now[NAME].n == 1
    with pytest.raises((NotAllowed, NotVisible)):
        figures_of(actor=make.coordinator(make.branch()), branch=duo.branch, as_of=TODAY)


def test_figures_are_worked_out_once_per_state(
    chief: Actor, settings: Settings, django_assert_num_queries: Callable[[int], object]
) -> None:
    settings.TRABOULE_REMEMBER = True
    remember.forget()
    duo = app.duo(make.branch(slug="lyon"), started_on=TODAY - timedelta(days=500))
    first = figures_of(actor=chief, branch=duo.branch, as_of=TODAY)

    with django_assert_num_queries(2):  # definitions, state of the branch
        again = figures_of(actor=chief, branch=duo.branch, as_of=TODAY)
    decide(chief)
    after = figures_of(actor=chief, branch=duo.branch, as_of=TODAY)

    assert again is first
    assert after[NAME].definition.version == 2
    remember.forget()
