"""The tables of this app."""

from traboule.apps.partners.models.partners import Partner, Referrer

__all__ = ["Partner", "Referrer"]
