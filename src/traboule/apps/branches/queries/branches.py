"""Reading branches. Who may see one is asked by the caller: a branch holds no personal data."""

from django.db import models
from django.http import Http404

from traboule.apps.branches.models import Branch, Organisation, ProgrammeVersion
from traboule.core.actors import Actor


def organisation() -> Organisation | None:
    """Return the organisation, or None before ``traboule init``."""
    return Organisation.objects.order_by("pk").first()


def branches_of(actor: Actor) -> models.QuerySet[Branch]:
    """Return the active branches that ``actor`` belongs to, by name."""
    rows = Branch.objects.filter(is_active=True)
    if actor.reaches(None):
        return rows
    return rows.filter(pk__in=[grant.scope for grant in actor.grants if grant.scope is not None])


def branch_for(actor: Actor, slug: str) -> Branch:
    """Return the branch called ``slug`` if ``actor`` belongs to it; else raise Http404."""
    branch = branches_of(actor).filter(slug=slug).first()
    if branch is None:
        raise Http404
    return branch


def current_version(organisation_id: int) -> ProgrammeVersion | None:
    """Return the latest version of the programme."""
    return ProgrammeVersion.objects.filter(organisation_id=organisation_id).first()
