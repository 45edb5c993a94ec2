"""Every address of the site, read from the URLconf: its name, its arguments, who its view says may come."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# Addresses that allauth brings; it guards them itself, and each is listed in test_every_address.py.
ALLAUTH = ("account_", "mfa_", "usersessions_", "accounts_")


@dataclass(frozen=True, slots=True)
class Route:
    """One address. `permission` None: the view opens to no permission of a branch."""

    name: str
    arguments: tuple[str, ...]
    permission: str | None
    is_open: bool  # to visitors who have not signed in
    view: Callable[..., Any]

    @property
    def of_branch(self) -> bool:
        return "slug" in self.arguments and self.permission is not None


def routes() -> list[Route]:
    """All of them, in the order of their names."""
    return sorted(_walk(get_resolver(), ()), key=lambda route: route.name)


def _walk(resolver: URLResolver, arguments: tuple[str, ...]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        more = (*arguments, *entry.pattern.converters)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, more)
        elif isinstance(entry, URLPattern):
            view = entry.callback
            yield Route(
                name=entry.name or f"nameless {entry.pattern}",
                arguments=more,
                permission=getattr(view, "permission", None),
                is_open=not getattr(view, "login_required", True),
                view=view,
            )
