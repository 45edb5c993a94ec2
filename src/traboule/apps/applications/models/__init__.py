"""The tables of this app."""

from traboule.apps.applications.models.applications import Application
from traboule.apps.applications.models.screening import IdentityCheck, Reference, SafeguardingCheck

__all__ = ["Application", "IdentityCheck", "Reference", "SafeguardingCheck"]
