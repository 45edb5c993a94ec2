"""Branch scope: a query outside a scope fails loudly instead of showing everybody's people.

Three ways to a row, each visible in the code: ``objects`` inside ``with within(scope_id)``;
``objects.visible_to(actor)``, limited to the scopes where the actor holds the model's permission;
``everywhere``, for actions that already hold a row of that scope, and for the system's own work.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar, Self, TypeVar

from django.db import models
from django_scopes import get_scope, scope
from django_scopes.exceptions import ScopeError

from traboule.core.actors import Actor

DIMENSION = "branch"

M = TypeVar("M", bound=models.Model)


@contextmanager
def within(scope_id: int | None) -> Iterator[None]:
    """Limit every scoped manager to one scope; None opens all of them, on purpose and in sight."""
    if scope_id is None:
        with scope(_enabled=False):
            yield
    else:
        with scope(**{DIMENSION: scope_id}):
            yield


class ScopedManager(models.Manager[M]):
    """Manager that reads the scope path and the permission from the model (see ``Scoped``)."""

    def get_queryset(self) -> models.QuerySet[M]:
        """Return the rows of the scope that is open; raise ScopeError when none is."""
        current = get_scope()
        rows = super().get_queryset()
        if current and not current.get("_enabled", True):
            return rows
        if DIMENSION not in current:
            raise ScopeError(f"{self.model.__name__}: open a scope, or use visible_to() or everywhere.")
        return rows.filter(**{self._path(): current[DIMENSION]})

    def visible_to(self, actor: Actor, permission: str = "") -> models.QuerySet[M]:
        """Return the rows in every scope where ``actor`` holds ``permission`` (by default the model's)."""
        asked: str = permission or self.model.SEE  # type: ignore[attr-defined]  # Scoped declares it
        rows = super().get_queryset()
        scopes = actor.scopes_with(asked)
        return rows if scopes is None else rows.filter(**{f"{self._path()}__in": sorted(scopes)})

    def _path(self) -> str:
        path: str = self.model.SCOPE_PATH  # type: ignore[attr-defined]  # Scoped declares it
        return path


class Scoped(models.Model):
    """Base of every model whose rows belong to one scope."""

    SCOPE_PATH: ClassVar[str] = "branch_id"
    SEE: ClassVar[str] = ""

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    everywhere: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        abstract = True
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"


def locked(row: M) -> M:
    """Return ``row`` read again under a row lock (a transaction must be open)."""
    model = type(row)
    return model._base_manager.select_for_update(of=("self",)).get(pk=row.pk)
