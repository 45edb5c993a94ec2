"""Who may, and who does not even see."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django_scopes.exceptions import ScopeError
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.people import actor, branch, coordinator, mentee
from traboule.apps.people.enums import Permission, Role
from traboule.apps.people.models import Note, Person, SpokenLanguage
from traboule.core.actors import Actor, ActorKind, Grant, system
from traboule.core.permissions import NotAllowed, NotVisible, allowed, authorise
from traboule.core.registry import Hook
from traboule.core.scope import Scoped, locked, within


def somebody(*grants: Grant) -> Actor:
    return Actor(kind=ActorKind.LOGIN, id=1, grants=grants)


def test_a_permission_counts_in_its_scope_only() -> None:
    held = (Grant(frozenset({"look"}), 1),)
    assert allowed(held, "look", 1)
    assert not allowed(held, "look", 2)
    assert not allowed(held, "touch", 1)
    assert not allowed(held, "look", None)


def test_another_scope_is_not_found_and_a_missing_permission_is_forbidden() -> None:
    who = somebody(Grant(frozenset({"look"}), 1))
    authorise(who, "look", 1)
    with pytest.raises(Http404):
        authorise(who, "look", 2)
    with pytest.raises(PermissionDenied):
        authorise(who, "touch", 1)
    assert issubclass(NotVisible, Http404)
    assert issubclass(NotAllowed, PermissionDenied)


def test_the_system_may_do_everything_everywhere() -> None:
    authorise(system("night"), "anything", None)
    assert system("night").scopes_with("anything") is None


permissions = st.frozensets(st.sampled_from(["a", "b", "c"]))
grants = st.lists(st.builds(Grant, permissions, st.one_of(st.none(), st.integers(1, 3))), max_size=5).map(
    tuple
)


@given(grants, st.sampled_from(["a", "b", "c"]), st.one_of(st.none(), st.integers(1, 4)))
def test_every_way_to_ask_gives_the_same_answer(
    held: tuple[Grant, ...], permission: str, scope: int | None
) -> None:
    who = somebody(*held)
    answer = who.may(permission, scope)
    assert answer == allowed(held, permission, scope)
    assert answer == (permission in who.permissions_in(scope))
    scopes = who.scopes_with(permission)
    if scope is not None:
        assert answer == (scopes is None or scope in scopes)
    assert not answer or who.reaches(scope)


@pytest.mark.django_db
def test_a_query_outside_a_scope_fails_loudly() -> None:
    mentee()
    for query in (
        lambda: list(Person.objects.all()),
        lambda: Person.objects.filter(pk=1).exists(),
        lambda: Person.objects.count(),
        lambda: SpokenLanguage.objects.first(),
    ):
        with pytest.raises(ScopeError):
            query()


@pytest.mark.django_db
def test_an_open_scope_shows_its_own_rows_and_closes_again() -> None:
    here, elsewhere = branch(), branch()
    mine = mentee(here)
    mentee(elsewhere)
    with within(here.pk):
        assert list(Person.objects.all()) == [mine]
        assert set(SpokenLanguage.objects.values_list("person", flat=True)) == {mine.pk}
    with within(None):
        assert Person.objects.count() == 2
    with pytest.raises(ScopeError):
        Person.objects.count()


@pytest.mark.django_db
def test_visible_to_follows_the_permission_and_not_the_mere_presence() -> None:
    here, elsewhere = branch(), branch()
    mine = mentee(here)
    mentee(elsewhere)
    assert list(Person.objects.visible_to(coordinator(here))) == [mine]
    assert list(Person.objects.visible_to(actor(Role.DPO, here))) == []
    assert Person.objects.visible_to(actor(Role.DIRECTOR)).count() == 2
    assert Person.objects.visible_to(system("night")).count() == 2
    assert list(Person.objects.visible_to(coordinator(here), Permission.AUDIT_SEE)) == []


def test_every_scoped_model_names_the_permission_to_see_it() -> None:
    def below(model: type[models.Model]) -> list[type[models.Model]]:
        return [kind for sub in model.__subclasses__() for kind in (sub, *below(sub))]

    found = [model for model in below(Scoped) if not model._meta.abstract]
    assert Note in found
    for model in found:
        assert model.SEE in set(Permission), model
        assert model._meta.base_manager_name == "everywhere", model


@pytest.mark.django_db
def test_a_locked_row_is_read_again() -> None:
    person = mentee()
    Person.everywhere.filter(pk=person.pk).update(first_name="Other")
    assert locked(person).first_name == "Other"


def test_a_hook_calls_each_handler_once_in_order() -> None:
    hook: Hook[object] = Hook("test")
    first, second = object(), object()
    hook.register("a", first)
    hook.register("b", first)
    hook.register("b", second)
    assert (list(hook), len(hook)) == ([first, second], 2)
