"""Forms of this app."""

from traboule.apps.branches.forms.site import ContactForm, SiteFigureForm, SiteTextForm
from traboule.apps.branches.forms.venues import RoomForm, VenueForm

__all__ = ["ContactForm", "RoomForm", "SiteFigureForm", "SiteTextForm", "VenueForm"]
