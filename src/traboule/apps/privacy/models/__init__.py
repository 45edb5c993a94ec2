"""The tables of this app."""

from traboule.apps.privacy.models.ledger import ErasureEntry, LegalHold, RetentionNotice, StandIn
from traboule.apps.privacy.models.requests import RightsRequest

__all__ = ["ErasureEntry", "LegalHold", "RetentionNotice", "RightsRequest", "StandIn"]
