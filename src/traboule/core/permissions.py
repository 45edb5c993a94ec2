"""The permission engine. Which permissions exist and which role holds them is data of a later storey."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.http import Http404

from traboule.core.actors import Actor, Grant


class NotVisible(Http404):
    """The actor has no business in this scope at all: it must look as if the thing did not exist (404)."""


class NotAllowed(PermissionDenied):
    """The actor belongs to this scope but does not hold the permission (403)."""

    def __init__(self, permission: str) -> None:
        super().__init__(permission)
        self.permission = permission


def allowed(grants: Iterable[Grant], permission: str, scope: int | None) -> bool:
    """Say whether any of ``grants`` gives ``permission`` in ``scope``."""
    return any(grant.covers(scope) and permission in grant.permissions for grant in grants)


def authorise(actor: Actor, permission: str, scope: int | None) -> None:
    """Return if ``actor`` holds ``permission`` in ``scope``, else raise NotVisible (404) or NotAllowed."""
    if actor.may(permission, scope):
        return
    if actor.reaches(scope):
        raise NotAllowed(permission)
    raise NotVisible
