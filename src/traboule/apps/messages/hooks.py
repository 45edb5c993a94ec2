"""What earlier apps and core ask of this one, through core's registry."""

from traboule.apps.messages.actions.demo import fill_demo
from traboule.apps.messages.actions.erasing import erase_messages, export_messages
from traboule.apps.messages.actions.pool import pool_tick
from traboule.apps.messages.actions.retention import retention_tick
from traboule.apps.messages.own_kinds import register_own_kinds
from traboule.core.registry import ON_DEMO, ON_ERASE, ON_EXPORT, ON_TICK


def register() -> None:
    """Answer the hooks."""
    register_own_kinds()
    ON_TICK.register("messages", pool_tick)
    ON_TICK.register("messages.retention", retention_tick)
    ON_ERASE.register("messages", erase_messages)
    ON_EXPORT.register("messages", export_messages)
    ON_DEMO.register("messages", fill_demo)
