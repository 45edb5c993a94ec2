"""The places of a branch and their rooms."""

from django.db import models

from traboule.apps.branches.models import SEE_PLACES, Branch, Room, Venue
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise


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


def venues_for_choice(branch: Branch) -> list[Venue]:
    """Return the places in use of a branch; for choices, after the caller has asked for the permission."""
    return list(Venue.everywhere.filter(branch=branch, is_active=True).order_by("name"))
