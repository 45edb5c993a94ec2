"""Tables of this app."""

from traboule.apps.indicators.models.fairness import FairnessLook, FairnessNote
from traboule.apps.indicators.models.snapshots import BranchSnapshot

__all__ = ["BranchSnapshot", "FairnessLook", "FairnessNote"]
