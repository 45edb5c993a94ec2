"""What core asks of this app, through its registry."""

from traboule.apps.branches.demo import fill_demo
from traboule.core.registry import ON_DEMO


def register() -> None:
    """Answer the hooks."""
    ON_DEMO.register("branches", fill_demo)
