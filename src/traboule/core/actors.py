"""Who acts: a login, the system itself or an API token, with what it was granted where."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """The three kinds of actor that the audit log tells apart."""

    LOGIN = "login"
    SYSTEM = "system"
    TOKEN = "token"  # noqa: S105 -- a kind of actor, not a secret


@dataclass(frozen=True, slots=True)
class Grant:
    """Permissions held in one scope; ``scope`` None means in every scope."""

    permissions: frozenset[str]
    scope: int | None
    role: str = ""

    def covers(self, scope: int | None) -> bool:
        """Say whether this grant reaches ``scope`` (None asks for a grant that reaches everywhere)."""
        return self.scope is None or self.scope == scope


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that acts. ``name`` is for pages only and never goes into the audit log."""

    kind: ActorKind
    id: int | None
    name: str = ""
    grants: tuple[Grant, ...] = ()

    def may(self, permission: str, scope: int | None) -> bool:
        """Say whether this actor holds ``permission`` in ``scope``. The system itself may do anything."""
        if self.kind is ActorKind.SYSTEM:
            return True
        return any(grant.covers(scope) and permission in grant.permissions for grant in self.grants)

    def reaches(self, scope: int | None) -> bool:
        """Say whether any grant of this actor reaches ``scope``, whatever it allows there."""
        return self.kind is ActorKind.SYSTEM or any(grant.covers(scope) for grant in self.grants)

    def scopes_with(self, permission: str) -> frozenset[int] | None:
        """Return the scopes where ``permission`` is held; None means all of them."""
        if self.kind is ActorKind.SYSTEM:
            return None
        holding = [grant.scope for grant in self.grants if permission in grant.permissions]
        if None in holding:
            return None
        return frozenset(scope for scope in holding if scope is not None)

    def permissions_in(self, scope: int | None) -> frozenset[str]:
        """Return every permission held in ``scope``."""
        return _union(grant.permissions for grant in self.grants if grant.covers(scope))


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def system(name: str) -> Actor:
    """Return the actor for work that no person started, for example a command line."""
    return Actor(kind=ActorKind.SYSTEM, id=None, name=name)
