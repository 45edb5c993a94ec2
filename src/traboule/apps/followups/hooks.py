"""What earlier apps ask of this one, through core's registry."""

from traboule.apps.followups import follow_up_kinds
from traboule.apps.followups.actions.demo import fill_demo
from traboule.apps.followups.actions.erasing import erase
from traboule.apps.followups.actions.hearing import heard
from traboule.apps.followups.actions.ticks import tick_follow_ups
from traboule.core.registry import ON_DEMO, ON_ERASE, ON_HEARD, ON_TICK


def register() -> None:
    """Answer the hooks."""
    follow_up_kinds.register_kinds()
    ON_HEARD.register("followups", heard)
    ON_TICK.register("followups", tick_follow_ups)
    ON_ERASE.register("followups", erase)
    ON_DEMO.register("followups", fill_demo)
