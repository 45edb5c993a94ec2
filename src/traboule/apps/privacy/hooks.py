"""What earlier apps and core ask of this one, through core's registry."""

from traboule.apps.privacy.actions.demo import fill_demo
from traboule.apps.privacy.queries import open_steps
from traboule.core.registry import ON_DEMO, OPEN_STEPS


def register() -> None:
    """Answer the hooks."""
    OPEN_STEPS.register("privacy", open_steps)
    ON_DEMO.register("privacy", fill_demo)
