"""What earlier apps and core ask of this one, through core's registry."""

from datetime import datetime

from traboule.apps.privacy.actions.demo import fill_demo
from traboule.apps.privacy.queries import open_steps
from traboule.core import limits
from traboule.core.registry import ON_DEMO, ON_TICK, OPEN_STEPS


def register() -> None:
    """Answer the hooks."""
    OPEN_STEPS.register("privacy", open_steps)
    ON_DEMO.register("privacy", fill_demo)
    ON_TICK.register("privacy", sweep)


def sweep(now: datetime) -> None:
    """Delete the counters of attempts that are over: they are kept no longer than they limit."""
    limits.sweep(now)
