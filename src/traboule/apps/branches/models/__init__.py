"""The tables of this app."""

from traboule.apps.branches.models.organisation import Branch, Organisation, ProgrammeVersion
from traboule.apps.branches.models.site import SiteFigure, SiteText
from traboule.apps.branches.models.venues import SEE_PLACES, SET_PLACES, Room, Venue

__all__ = [
    "SEE_PLACES",
    "SET_PLACES",
    "Branch",
    "Organisation",
    "ProgrammeVersion",
    "Room",
    "SiteFigure",
    "SiteText",
    "Venue",
]
