"""The tables of this app."""

from traboule.apps.applications.models.applications import Application

__all__ = ["Application"]
