"""Tables of this app."""

from traboule.apps.indicators.models.costs import YearCost
from traboule.apps.indicators.models.definitions import DefinitionVersion

__all__ = ["DefinitionVersion", "YearCost"]
