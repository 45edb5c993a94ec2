"""What the frame of every page shows. It never fails: error pages use it too."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from traboule.apps.branches.queries import branches_of
from traboule.apps.people.enums import Permission, Role
from traboule.apps.people.queries import actor_of
from traboule.core.actors import Actor
from traboule.web.access import branches_at_hand

SIZES = ("100", "150", "200")
SIZE_COOKIE = "size"
BRANCH_KEY = "branch"


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the navigation."""

    href: str
    text: str
    here: bool


@dataclass(frozen=True, slots=True)
class Site:
    """The frame: who is signed in, in which branch, which sections, size of the text."""

    size: str = SIZES[0]
    demo: bool = False
    dev_mail: bool = False
    home: str = "/"
    person: str = ""
    roles: str = ""
    branch: object | None = None
    branches: Sequence[object] = ()
    sections: Sequence[Section] = ()


def _entries() -> tuple[tuple[str, str, Permission], ...]:
    """Return address name, words and permission of each section, in the order of the day."""
    return (
        ("today", gettext("Today"), Permission.TODAY_SEE),
        ("people", gettext("People"), Permission.PEOPLE_SEE),
        ("applications", gettext("Arrivals"), Permission.APPLICATIONS_SEE),
        ("training", gettext("Training"), Permission.TRAINING_SEE),
        ("table", gettext("Matching table"), Permission.TABLE_SEE),
        ("duos", gettext("Duos"), Permission.DUOS_SEE),
        ("branch_home", gettext("Branch"), Permission.TEAM_SEE),
    )


def _behind_branch() -> tuple[tuple[str, str, Permission], ...]:
    """Return what the page "Branch" leads to, for those who may not open that page."""
    return (
        ("referrals", gettext("People I sent"), Permission.REFERRALS_MAKE),
        ("rights", gettext("Rights over data"), Permission.RIGHTS_SEE),
        ("dashboard", gettext("Dashboard"), Permission.FIGURES_SEE),
        ("funnel", gettext("The path in figures"), Permission.FIGURES_SEE),
        ("figures", gettext("Figures"), Permission.FIGURES_SEE),
        ("reports", gettext("Reports"), Permission.FIGURES_SEE),
        ("impact", gettext("Evaluation"), Permission.EVALUATIONS_SEE),
        ("funder_tables", gettext("Tables handed out"), Permission.TABLES_SEE),
        ("api_tokens", gettext("Access for programs"), Permission.API_SEE),
    )


def _arrivals() -> tuple[tuple[str, str, Permission], ...]:
    """Return the pages around arrivals, in the order of the path."""
    return (
        ("applications", gettext("Applications"), Permission.APPLICATIONS_SEE),
        ("info_sessions", gettext("Information sessions"), Permission.SESSIONS_SEE),
        ("talks", gettext("Talks"), Permission.TALKS_SEE),
        ("funnel", gettext("The path in figures"), Permission.FIGURES_SEE),
    )


def _duos() -> tuple[tuple[str, str], ...]:
    """Return the pages around running duos: the list, those to look at, all as strips, who carries what."""
    return (
        ("duos", gettext("List")),
        ("duos_look", gettext("To look at")),
        ("duo_wall", gettext("Wall")),
        ("duo_load", gettext("Load")),
        ("support", gettext("Support")),
    )


def _figures() -> tuple[tuple[str, str, Permission], ...]:
    """Return the pages around the dashboard."""
    return (
        ("dashboard", gettext("This branch"), Permission.FIGURES_SEE),
        ("network", gettext("All branches"), Permission.FIGURES_SEE),
        ("fairness", gettext("Fairness of the path"), Permission.FAIRNESS_SEE),
    )


def figure_pages_of(actor: Actor, branch: Any, path: str) -> list[Section]:
    """Return the pages around the dashboard that `actor` may open; the one at `path` is marked."""
    found = [
        (reverse(name, args=[branch.slug]), text)
        for name, text, permission in _figures()
        if actor.may(permission, branch.pk)
    ]
    return [Section(href, text, path == href) for href, text in found]


def duo_pages_of(actor: Actor, branch: Any, path: str) -> list[Section]:
    """Return the pages around duos that `actor` may open; the one at `path` is marked."""
    if not actor.may(Permission.DUOS_SEE, branch.pk):
        return []
    found = [(reverse(name, args=[branch.slug]), text) for name, text in _duos()]
    return [Section(href, text, path == href) for href, text in found]


def arrivals_of(actor: Actor, branch: Any, path: str) -> list[Section]:
    """Return the pages around arrivals that `actor` may open; the one that holds `path` is marked."""
    found = [
        (reverse(name, args=[branch.slug]), text)
        for name, text, permission in _arrivals()
        if actor.may(permission, branch.pk)
    ]
    return [Section(href, text, path.startswith(href)) for href, text in found]


def url_or_none(name: str, *args: object) -> str | None:
    """Return an address, or None for a room that this installation does not furnish."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None


# Which section holds the pages whose address does not begin with its own; said behind /b/<branch>/.
_INSIDE = {
    "applications": r"(sessions|talks|decisions|funnel)/|eligibility/\d",
    "training": r"screening/",
    "duos": r"(support|concerns)/",
    "rights": r"processing/",
    "dashboard": r"fairness/",
    "branch_home": r"(team|partners|duplicates|messages|site|places|rights|processing|referrals)/"
    r"|eligibility/(funders/|residence/|$)"
    r"|(exchange|expenses|outcomes|impact|figures|reports|dashboard|fairness|access|follow-ups|tables)/",
}


def _holding(sections: dict[str, Section], path: str, slug: str) -> str:
    """Return the section that the page at `path` belongs to, or nothing."""
    direct = [name for name, section in sections.items() if path.startswith(section.href)]
    inside = path.partition(f"/b/{slug}/")[2]
    around = [name for name in sections if name in _INSIDE and re.match(_INSIDE[name], inside)]
    return next(iter(direct + around), "")


def sections_of(actor: Actor, branch_id: int, slug: str, path: str) -> list[Section]:
    """Return the sections of a branch that `actor` may open; the one that holds `path` is marked."""
    more = () if actor.may(Permission.TEAM_SEE, branch_id) else _behind_branch()
    found: dict[str, Section] = {}
    for name, text, permission in (*_entries(), *more):
        href = url_or_none(name, slug) if actor.may(permission, branch_id) else None
        if href is not None:
            found[name] = Section(href, text, False)
    here = _holding(found, path, slug)
    return [replace(section, here=name == here) for name, section in found.items()]


def first_page(actor: Actor, slug: str = "") -> str | None:
    """Return the first page that `actor` may open, in the branch `slug` if possible, or None."""
    branches = sorted(branches_of(actor), key=lambda branch: (branch.slug != slug, branch.name))
    for branch in branches:
        sections = sections_of(actor, branch.pk, branch.slug, "")
        if sections:
            return sections[0].href
    return None


def site_of(request: HttpRequest | None) -> Site:
    """Frame of the page that answers this request; read once a request."""
    if request is None:
        return Site()
    kept: Site | None = getattr(request, "site_read", None)
    if kept is None:
        kept = _read(request)
        request.site_read = kept  # type: ignore[attr-defined]  # lives as long as the request
    return kept


def _read(request: HttpRequest) -> Site:
    size = request.COOKIES.get(SIZE_COOKIE, "")
    frame = {
        "size": size if size in SIZES else SIZES[0],
        "demo": bool(settings.TRABOULE_DEMO),
        "dev_mail": bool(settings.TRABOULE_DEV_MAILBOX),
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Site(**frame)  # type: ignore[arg-type]  # a mapping of mixed values
    actor = actor_of(user)
    branches = branches_at_hand(request, actor)
    here = getattr(request, "here", None)
    slug = here.branch.slug if here else request.session.get(BRANCH_KEY, "")
    branch = next((b for b in branches if b.slug == slug), branches[0] if branches else None)
    return Site(
        **frame,  # type: ignore[arg-type]  # a mapping of mixed values
        person=actor.name,
        roles=", ".join(sorted({str(Role(grant.role).label) for grant in actor.grants if grant.role})),
        branch=branch,
        branches=branches,
        sections=sections_of(actor, branch.pk, branch.slug, request.path) if branch else (),
    )
