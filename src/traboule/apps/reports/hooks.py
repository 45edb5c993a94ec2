"""What earlier apps ask of this one, through core's registry."""

from traboule.apps.reports.actions.demo import fill_demo
from traboule.core.registry import ON_DEMO


def register() -> None:
    """Answer the hooks."""
    ON_DEMO.register("reports", fill_demo)
