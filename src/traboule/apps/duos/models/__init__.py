"""The tables of this app."""

from traboule.apps.duos.models.duos import Duo, MentorPlace

__all__ = ["Duo", "MentorPlace"]
