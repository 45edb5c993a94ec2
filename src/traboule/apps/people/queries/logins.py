"""Logins, what they were granted, and the team of a branch."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.db import models
from django.db.models import Prefetch, Q

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission, Role
from traboule.apps.people.models import Login, RoleGrant
from traboule.apps.people.rules import OUTSIDE_ROLES, STAFF_ROLES, grant_of, may_grant
from traboule.core.actors import Actor, ActorKind
from traboule.core.permissions import NotVisible, authorise


def grants_of(login: Any) -> list[RoleGrant]:
    """Return the roles of a login with their branches, read once per request; none for a visitor."""
    if not isinstance(login, Login):
        return []
    kept: list[RoleGrant] | None = getattr(login, "_grants_read", None)
    if kept is None:
        kept = list(RoleGrant.objects.filter(login=login).select_related("branch"))
        login._grants_read = kept  # type: ignore[attr-defined]  # lives as long as the request
    return kept


def roles_of(login: Any) -> set[str]:
    """Return the roles that a login holds anywhere; none for a visitor."""
    return {grant.role for grant in grants_of(login)}


def actor_of(login: Any) -> Actor:
    """Return who acts for a signed-in login; a visitor is an actor without grants."""
    if not isinstance(login, Login) or not login.is_active:
        return Actor(kind=ActorKind.LOGIN, id=None)
    grants = tuple(grant_of(grant.role, grant.branch_id) for grant in grants_of(login))
    return Actor(kind=ActorKind.LOGIN, id=login.pk, name=str(login), grants=grants)


def login_of(actor: Actor) -> Login | None:
    """Return the login behind an actor, or None for the system."""
    return Login.objects.filter(pk=actor.id).first() if actor.kind is ActorKind.LOGIN and actor.id else None


def login_of_person(person_id: int) -> tuple[Login | None, list[tuple[datetime, str, str]]]:
    """Return the login of a person and its sessions as (since, address, browser)."""
    login = Login.objects.filter(person_id=person_id).first()
    if login is None:
        return None, []
    rows = UserSession.objects.filter(user=login).order_by("-created_at")
    return login, list(rows.values_list("created_at", "ip", "user_agent"))


def staff_of(*, actor: Actor, branch: Branch) -> models.QuerySet[Login]:
    """Return the team of a branch with ``grants_here`` prefetched: everybody who holds a staff role there."""
    authorise(actor, Permission.TEAM_SEE, branch.pk)
    return _holders(branch, STAFF_ROLES)


def outsiders_of(*, actor: Actor, branch: Branch) -> models.QuerySet[Login]:
    """Return who reads results of a branch from outside, in the same way; nobody of the team."""
    authorise(actor, Permission.TEAM_SEE, branch.pk)
    team = _holders(branch, STAFF_ROLES).order_by().values("pk")
    return _holders(branch, OUTSIDE_ROLES).exclude(pk__in=team)


def _holders(branch: Branch, roles: Collection[Role]) -> models.QuerySet[Login]:
    reaching = Q(grants__branch=branch) | Q(grants__branch=None)
    here = RoleGrant.objects.filter(Q(branch=branch) | Q(branch=None)).select_related("branch")
    return (
        Login.objects.filter(reaching, grants__role__in=sorted(roles))
        .distinct()
        .prefetch_related(Prefetch("grants", queryset=here, to_attr="grants_here"))
        .order_by("name", "email")
    )


def find_grant(*, actor: Actor, branch: Branch, pk: int) -> RoleGrant:
    """Return a role held in a branch, or everywhere. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.TEAM_GRANT, branch.pk)
    grants = RoleGrant.objects.filter(Q(branch=branch) | Q(branch=None), pk=pk).select_related(
        "login", "branch"
    )
    grant = grants.first()
    if grant is None:
        raise NotVisible
    return grant


def grantable_roles(*, actor: Actor, branch: Branch) -> list[Role]:
    """Return the roles that ``actor`` may give in a branch: none above their own rights."""
    held = actor.permissions_in(branch.pk)
    return [role for role in Role if may_grant(held, role)]


DEMO_DOMAIN = "demo.traboule.example"


def demo_logins() -> models.QuerySet[Login]:
    """Return the people to sign in as in the demo; the page asks only under the demo settings."""
    return Login.objects.filter(is_active=True, email__endswith=f"@{DEMO_DOMAIN}").prefetch_related(
        "grants__branch"
    )


def demo_people() -> list[tuple[str, str, str]]:
    """Return name, role and branch of the people to sign in as in the demo, for the command line."""
    return [
        (login.name, str(Role(grant.role).label), grant.branch.name if grant.branch else "")
        for login in demo_logins()
        for grant in login.grants.all()
    ]


def actor_by_email(email: str) -> Actor | None:
    """Return who acts for the login with this address, or None: for the command line."""
    login = Login.objects.filter(email__iexact=email.strip(), is_active=True).first()
    return None if login is None else actor_of(login)
