"""What earlier apps and the worker ask of this one, through core's registry."""

from traboule.apps.indicators.actions.demo import fill_demo
from traboule.apps.indicators.actions.fairness import tick_fairness
from traboule.apps.indicators.actions.snapshots import tick_snapshots
from traboule.core.registry import ON_DEMO, ON_TICK


def register() -> None:
    """Answer the hooks."""
    ON_DEMO.register("indicators", fill_demo)
    ON_TICK.register("indicators.fairness", tick_fairness)
    ON_TICK.register("indicators.snapshots", tick_snapshots)
