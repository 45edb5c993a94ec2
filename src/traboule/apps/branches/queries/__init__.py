"""Reads of this app."""

from traboule.apps.branches.queries.branches import branch_for, branches_of, current_version, organisation
from traboule.apps.branches.queries.site import (
    find_figure,
    place_called,
    places,
    site_figures,
    site_texts,
    versions_of,
)
from traboule.apps.branches.queries.venues import (
    find_room,
    find_venue,
    rooms_of,
    venues_for_choice,
    venues_of,
)

__all__ = [
    "branch_for",
    "branches_of",
    "current_version",
    "find_figure",
    "find_room",
    "find_venue",
    "organisation",
    "place_called",
    "places",
    "rooms_of",
    "site_figures",
    "site_texts",
    "venues_for_choice",
    "venues_of",
    "versions_of",
]
