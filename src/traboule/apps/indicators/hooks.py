"""What the worker asks of this app, through core's registry."""

from traboule.apps.indicators.actions.fairness import tick_fairness
from traboule.apps.indicators.actions.snapshots import tick_snapshots
from traboule.core.registry import ON_TICK


def register() -> None:
    """Answer the hooks."""
    ON_TICK.register("indicators.fairness", tick_fairness)
    ON_TICK.register("indicators.snapshots", tick_snapshots)
