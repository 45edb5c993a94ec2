"""What earlier apps ask of this one, through core's registry."""

from traboule.apps.reports.actions.demo import fill_demo
from traboule.apps.reports.queries.outside import last_issued, numbers_issued
from traboule.core.registry import LAST_OUT, ON_DEMO, WENT_OUT


def register() -> None:
    """Answer the hooks."""
    ON_DEMO.register("reports", fill_demo)
    WENT_OUT.register("reports", numbers_issued)
    LAST_OUT.register("reports", last_issued)
