"""The gate of every page of a branch: who asks, in which branch, and may they?

Another branch looks as if it did not exist (404); a missing permission says so (403).
The clock is read here, once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone

from traboule.apps.branches.queries import branches_of
from traboule.apps.people.enums import Permission
from traboule.apps.people.queries import actor_of, grants_of
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise
from traboule.core.scope import within

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Here:
    """Where and when a page is asked for, and by whom."""

    actor: Actor
    branch: Any  # a row of branches.models, which edges do not import
    now: datetime
    today: date

    def may(self, permission: Permission) -> bool:
        """Say whether the reader holds `permission` in this branch."""
        return self.actor.may(permission, self.branch.pk)

    @property
    def knows_team(self) -> bool:
        """Say whether the reader may read who of the team wrote something; outsiders read that it was."""
        return self.may(Permission.TEAM_SEE)


def branches_at_hand(request: HttpRequest, actor: Actor) -> list[Any]:
    """Return the branches of the reader, read once a request: the gate and the frame of the page ask."""
    kept: list[Any] | None = getattr(request, "branches_read", None)
    if kept is None:
        kept = list(branches_of(actor)) if actor.reaches(None) else _granted(request)
        request.branches_read = kept  # type: ignore[attr-defined]  # lives as long as the request
    return kept


def _granted(request: HttpRequest) -> list[Any]:
    """Return the branches that the roles of the reader name; they were read with the roles."""
    named = {grant.branch.pk: grant.branch for grant in grants_of(request.user) if grant.branch is not None}
    return sorted((branch for branch in named.values() if branch.is_active), key=lambda branch: branch.name)


def _branch_called(slug: str, branches: list[Any]) -> Any:
    found = next((branch for branch in branches if branch.slug == slug), None)
    if found is None:
        raise NotVisible
    return found


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, even if every field was left empty; None if the page is only asked for."""
    return request.POST if request.method == "POST" else None


View = Callable[Concatenate[HttpRequest, Here, P], HttpResponse]


def branch_page(
    permission: Permission, widen: Callable[[Actor, Any], Actor] | None = None
) -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """Open a view to those who hold `permission` in the branch of its path; it takes (request, here, …).

    `widen` may give the reader more in this branch than the roles do: a post that is held by name.
    """

    def decorate(view: View[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def gate(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            actor = actor_of(request.user)
            branch = _branch_called(slug, branches_at_hand(request, actor))
            actor = widen(actor, branch) if widen is not None else actor
            now = timezone.now()
            here = Here(actor, branch, now, now.astimezone(ZoneInfo(branch.timezone)).date())
            request.here = here  # type: ignore[attr-defined]  # the frame of the page reads it
            authorise(actor, permission, branch.pk)
            with within(branch.pk):
                return view(request, here, *args, **kwargs)

        gate.permission = permission  # type: ignore[attr-defined]  # the matrix of routes and roles reads it
        return gate

    return decorate
