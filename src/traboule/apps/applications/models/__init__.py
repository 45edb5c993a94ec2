"""The tables of this app."""

from traboule.apps.applications.models.applications import Application
from traboule.apps.applications.models.sessions import Attendance, Booking, InfoSession

__all__ = ["Application", "Attendance", "Booking", "InfoSession"]
