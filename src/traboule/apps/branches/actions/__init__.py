"""What may be done about branches, their public pages and their places."""

from traboule.apps.branches.actions.founding import (
    SET_BRANCHES,
    AlreadyFounded,
    BranchNameTaken,
    found_organisation,
    open_branch,
)
from traboule.apps.branches.actions.site import (
    SITE_WRITE,
    bring_back_site_text,
    correct_site_figure,
    remove_site_figure,
    type_site_figure,
    write_contact,
    write_site_text,
)
from traboule.apps.branches.actions.venues import (
    ROOM_KEYS,
    VENUE_KEYS,
    PlaceNameTaken,
    add_room,
    add_venue,
    change_room,
    change_venue,
)

__all__ = [
    "ROOM_KEYS",
    "SET_BRANCHES",
    "SITE_WRITE",
    "VENUE_KEYS",
    "AlreadyFounded",
    "BranchNameTaken",
    "PlaceNameTaken",
    "add_room",
    "add_venue",
    "bring_back_site_text",
    "change_room",
    "change_venue",
    "correct_site_figure",
    "found_organisation",
    "open_branch",
    "remove_site_figure",
    "type_site_figure",
    "write_contact",
    "write_site_text",
]
