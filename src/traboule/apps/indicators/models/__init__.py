"""Tables of this app."""

from traboule.apps.indicators.models.costs import YearCost
from traboule.apps.indicators.models.definitions import DefinitionVersion
from traboule.apps.indicators.models.fairness import FairnessLook, FairnessNote
from traboule.apps.indicators.models.handed import HandedTable
from traboule.apps.indicators.models.snapshots import BranchSnapshot

__all__ = ["BranchSnapshot", "DefinitionVersion", "FairnessLook", "FairnessNote", "HandedTable", "YearCost"]
