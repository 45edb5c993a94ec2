"""Forms of this app."""

from traboule.apps.branches.forms.site import SiteFigureForm, SiteTextForm
from traboule.apps.branches.forms.venues import RoomForm, VenueForm

__all__ = ["RoomForm", "SiteFigureForm", "SiteTextForm", "VenueForm"]
