"""What earlier apps and core ask of this one, through core's registry."""

from traboule.apps.partners.actions import demo
from traboule.core.registry import ON_DEMO


def register() -> None:
    """Answer the hooks."""
    ON_DEMO.register("partners", demo.fill)
