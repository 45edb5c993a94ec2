"""Tables of this app."""

from traboule.apps.access.models.tokens import ApiToken

__all__ = ["ApiToken"]
