"""Every address × every role × branch × method: the verdict follows from the table of permissions alone.

Another branch looks as if it did not exist (404); a missing permission says so (403); a visitor goes to the
door. The routes are read from the URLconf: one that says nothing about who may come fails here.
"""

import logging
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse

from tests.house.routes import ALLAUTH, Route, routes
from tests.house.world import World, make_world, thing_for
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Role
from traboule.apps.people.rules import ROLES
from traboule.config import urls

METHODS = ("get", "post")
OTHER_METHODS = ("head", "options", "put", "patch", "delete")
# Open to whoever has signed in, whatever the role.
SIGNED_IN = {"roles", "branch_switch", "my_place"}
# Arguments that name something that every branch has: a kind of message, a language.
SHARED = {"slug", "kind", "language", "side", "name"}
ROUTES = routes()
OURS = [route for route in ROUTES if not route.name.startswith(ALLAUTH)]
OF_BRANCHES = [route for route in OURS if route.of_branch]


@pytest.fixture
def world(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    settings.TRABOULE_STAFF_SECOND_FACTOR = (
        False  # who may come is asked here, not how they proved who they are
    )
    # Most of the answers are refusals. Only their status is read: their pages have tests of their own.
    for status in (403, 404):
        monkeypatch.setattr(urls, f"handler{status}", partial(refusal, status), raising=False)
    logging.disable(logging.CRITICAL)
    yield make_world()
    logging.disable(logging.NOTSET)


def refusal(status: int, request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=status)


def address(route: Route, things: dict[str, Any], branch: Branch | str) -> str:
    slug = branch if isinstance(branch, str) else branch.slug
    wanted = [name for name in route.arguments if name != "slug"]
    return reverse(route.name, kwargs={"slug": slug} | {n: thing_for(route.name, n, things) for n in wanted})


def verdict(client: Client, method: str, where: str) -> int:
    """The status of an answer; every one, also a refusal, carries the strict policy."""
    answer = getattr(client, method)(where)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"], f"{method} {where}"
    return int(answer.status_code)


def test_every_address_says_who_may_come() -> None:
    silent = [r.name for r in OURS if not (r.is_open or r.of_branch or r.name in SIGNED_IN)]
    assert silent == []


def test_no_name_is_used_twice_and_none_is_missing() -> None:
    names = [route.name for route in OURS]
    assert [name for name in names if name.startswith("nameless")] == []
    assert sorted(names) == sorted(set(names))


def test_an_open_address_asks_for_no_permission() -> None:
    assert [route.name for route in OURS if route.is_open and route.permission] == []


def test_a_visitor_is_sent_to_the_door_from_every_page_of_a_branch(world: World, client: Client) -> None:
    door = reverse("account_login")
    wrong = []
    for route in OF_BRANCHES:
        for method in METHODS + OTHER_METHODS:
            answer = getattr(client, method)(address(route, world.own, world.own["branch"]))
            if answer.status_code != 302 or not answer["Location"].startswith(door):
                wrong.append(f"{method} {route.name}: {answer.status_code}")
    assert wrong == []


def test_a_role_reads_only_with_the_permission_and_only_in_its_branch(world: World) -> None:
    clients = signed_in(world)
    assert [line for route in OF_BRANCHES for line in asked(route, "get", world, clients)] == []


def test_a_role_writes_only_with_the_permission_and_only_in_its_branch(world: World) -> None:
    wrong, clients = [], signed_in(world)
    for route in OF_BRANCHES:
        with transaction.atomic():  # each address finds the world as it was
            wrong += asked(route, "post", world, clients)
            transaction.set_rollback(True)
    assert wrong == []


def signed_in(world: World) -> dict[Role, Client]:
    """One client for each role: signing in anew for each address would cost as much as asking."""
    clients = {role: Client() for role in world.logins}
    for role, client in clients.items():
        client.force_login(world.logins[role])
    return clients


def asked(route: Route, method: str, world: World, clients: dict[Role, Client]) -> list[str]:
    """Ask as each role, in four places, and return what is wrong with the answers."""
    wrong = []
    for role, client in clients.items():
        at_home = verdict(client, method, address(route, world.own, world.own["branch"]))
        away = verdict(client, method, address(route, world.other, world.other["branch"]))
        nowhere = verdict(client, method, address(route, world.own, "no-such-branch"))
        smuggled = verdict(client, method, address(route, world.other, world.own["branch"]))
        wrong += judge(route, role, method, (at_home, away, nowhere, smuggled))
    return wrong


def judge(route: Route, role: Role, method: str, found: tuple[int, int, int, int]) -> list[str]:
    """Own branch, another, none, and another branch's thing at our address: what is wrong about them."""
    at_home, away, nowhere, smuggled = found
    said = f"{role.value} {method} {route.name}"
    wrong = [f"{said} in another branch: {away}"] if away not in {404, 405} else []
    wrong += [f"{said} in no branch: {nowhere}"] if nowhere not in {404, 405} else []
    if route.permission not in ROLES[role]:
        return wrong + ([f"{said} without permission: {at_home}"] if at_home not in {403, 405} else [])
    if at_home in {401, 403} or at_home >= 500 or (method == "get" and at_home == 404):
        wrong.append(f"{said} with permission: {at_home}")
    if set(route.arguments) - SHARED and smuggled not in {404, 405}:
        wrong.append(f"{said} on a thing of another branch: {smuggled}")
    return wrong


def test_no_other_method_opens_a_page(world: World) -> None:
    """By one role that may read the page and one that may not: the gate knows permissions, not roles."""
    wrong, clients = [], signed_in(world)
    for route in OF_BRANCHES:
        for may in (True, False):
            role = next((role for role in clients if (route.permission in ROLES[role]) is may), None)
            if role is None:
                continue  # everybody may, or nobody
            for method in OTHER_METHODS:
                at_home = verdict(clients[role], method, address(route, world.own, world.own["branch"]))
                away = verdict(clients[role], method, address(route, world.other, world.other["branch"]))
                read = method in {"head", "options"} and may and at_home < 400
                if away not in {404, 405} or not (read or at_home in {403, 404, 405}):
                    wrong.append(f"{role.value} {method} {route.name}: {at_home}, elsewhere {away}")
    assert wrong == []


def test_the_matrix_would_notice_a_page_without_a_gate(world: World) -> None:
    """The net holds something that could leak: a mentor is refused what a coordinator sees."""
    coordinator, mentor = Client(), Client()
    coordinator.force_login(world.logins[Role.COORDINATOR])
    mentor.force_login(world.logins[Role.MENTOR])
    where = reverse("people", kwargs={"slug": world.own["branch"].slug})
    assert (coordinator.get(where).status_code, mentor.get(where).status_code) == (200, 403)
