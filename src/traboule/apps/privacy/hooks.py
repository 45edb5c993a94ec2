"""What earlier apps and core ask of this one, through core's registry."""

from traboule.apps.privacy.queries import open_steps
from traboule.core.registry import OPEN_STEPS


def register() -> None:
    """Answer the hooks."""
    OPEN_STEPS.register("privacy", open_steps)
