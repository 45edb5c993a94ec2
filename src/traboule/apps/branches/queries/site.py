"""What the public pages of a branch say."""

from django.db import models
from django.http import Http404

from traboule.apps.branches.models import Branch, SiteFigure, SiteText
from traboule.core.actors import Actor
from traboule.core.permissions import authorise

SITE_WRITE = "site.write"


def places() -> models.QuerySet[Branch]:
    """Return the branches that have a public site, by name."""
    return Branch.objects.filter(is_active=True).select_related("organisation")


def place_called(slug: str) -> Branch:
    """Return the branch with a public site called ``slug``; else raise Http404."""
    branch = places().filter(slug=slug).first()
    if branch is None:
        raise Http404
    return branch


def site_texts(branch: Branch) -> dict[tuple[str, str], SiteText]:
    """Return what the branch says now, by (part, language); where it takes its word back there is nothing."""
    latest: dict[tuple[str, str], SiteText] = {}
    for row in SiteText.objects.filter(branch=branch).order_by("version"):
        latest[row.part, row.language] = row
    return {key: row for key, row in latest.items() if row.text}


def versions_of(*, actor: Actor, branch: Branch, part: str, language: str) -> list[SiteText]:
    """Return every version of one text, the latest first. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, SITE_WRITE, branch.pk)
    rows = SiteText.objects.filter(branch=branch, part=part, language=language)
    return list(rows.order_by("-version"))


def site_figures(branch: Branch) -> models.QuerySet[SiteFigure]:
    """Return the figures that the public pages show."""
    return SiteFigure.objects.filter(branch=branch, removed_at=None)


def find_figure(*, actor: Actor, branch: Branch, pk: int) -> SiteFigure:
    """Return one figure of a branch. Raises NotAllowed (403), Http404."""
    authorise(actor, SITE_WRITE, branch.pk)
    figure = site_figures(branch).filter(pk=pk).first()
    if figure is None:
        raise Http404
    return figure
