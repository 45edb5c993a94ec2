"""What earlier apps and core ask of this one, through core's registry."""

from traboule.apps.applications import letters
from traboule.apps.applications.actions import demo_judging
from traboule.core.registry import ON_DEMO


def register() -> None:
    """Answer the hooks."""
    letters.register_kinds()
    ON_DEMO.register("applications.judging", demo_judging.fill)
