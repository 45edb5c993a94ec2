"""What earlier apps ask of this one, through core's registry."""

from traboule.apps.endings import ending_kinds
from traboule.apps.endings.actions.demo import load_demo_endings
from traboule.apps.endings.actions.ticks import tick_endings
from traboule.core.registry import ON_DEMO, ON_TICK


def register() -> None:
    """Answer the hooks."""
    ending_kinds.register_kinds()
    ON_TICK.register("endings", tick_endings)
    ON_DEMO.register("endings", load_demo_endings)
