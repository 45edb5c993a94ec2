"""Reading branches. Who may see one is asked by the caller: a branch holds no personal data."""

from django.db import models
from django.http import Http404

from traboule.apps.branches.models import SEE_PLACES, Branch, Organisation, ProgrammeVersion, Room, Venue
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise


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


def venues_of(*, actor: Actor, branch: Branch, only_active: bool = False) -> models.QuerySet[Venue]:
    """Return the places of a branch with their rooms, those in use first."""
    authorise(actor, SEE_PLACES, branch.pk)
    rows = Venue.objects.visible_to(actor).filter(branch=branch)
    rows = rows.filter(is_active=True) if only_active else rows
    return rows.prefetch_related("rooms").order_by("-is_active", "name")


def find_venue(*, actor: Actor, branch: Branch, pk: int) -> Venue:
    """Return one place of a branch. Raises NotVisible (404), NotAllowed (403)."""
    venue = venues_of(actor=actor, branch=branch).select_related("branch").filter(pk=pk).first()
    if venue is None:
        raise NotVisible
    return venue


def find_room(*, actor: Actor, branch: Branch, pk: int) -> Room:
    """Return one room of a branch. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, SEE_PLACES, branch.pk)
    rows = Room.objects.visible_to(actor).filter(venue__branch=branch).select_related("venue__branch")
    room = rows.filter(pk=pk).first()
    if room is None:
        raise NotVisible
    return room


def rooms_of(branch: Branch) -> models.QuerySet[Room]:
    """Return the rooms in use of a branch; for choices, after the caller has asked for the permission."""
    return (
        Room.everywhere.filter(venue__branch=branch, is_active=True, venue__is_active=True)
        .select_related("venue")
        .order_by("venue__name", "name")
    )
