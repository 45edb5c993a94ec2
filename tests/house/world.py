"""A small world for the matrix of addresses: in each of two branches one thing of each kind."""

from dataclasses import dataclass
from typing import Any

from tests.factories.pairing import make_branch, make_login, make_mentee, make_mentor
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Login

# What an argument of an address stands for: by name of the address, else by name of the argument.
ARGUMENTS: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class World:
    """Two branches with the same things in each, and one login per role in the first."""

    own: dict[str, Any]
    other: dict[str, Any]
    logins: dict[Role, Login]


def make_world() -> World:
    own, other = make_branch("Lyon"), make_branch("Lille")
    logins = {role: make_login(role.value, own, role.value) for role in Role}
    return World(own=things_of(own), other=things_of(other), logins=logins)


def things_of(branch: Branch) -> dict[str, Any]:
    mentee, mentor = make_mentee(branch, f"Selam {branch.name}"), make_mentor(branch, f"Paul {branch.name}")
    return {"branch": branch, "mentee": mentee.pk, "mentor": mentor.pk, "person": mentee.pk}


def thing_for(route: str, argument: str, things: dict[str, Any]) -> Any:
    kind = ARGUMENTS.get(f"{route}.{argument}") or ARGUMENTS.get(argument) or argument
    if kind not in things:
        raise AssertionError(f"say in ARGUMENTS what {argument} of {route} stands for")
    return things[kind]
