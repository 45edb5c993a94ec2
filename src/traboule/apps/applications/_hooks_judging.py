"""Talks, eligibility and decisions: what people are told, and what the demo shows of them."""

from traboule.apps.applications import letters
from traboule.apps.applications.actions import demo_closing, demo_joined, demo_judging
from traboule.core.registry import ON_DEMO


def register() -> None:
    """Answer the hooks."""
    letters.register_kinds()
    ON_DEMO.register("applications.judging", demo_judging.fill)
    ON_DEMO.register("applications.joined", demo_joined.fill)
    ON_DEMO.register("applications.closing", demo_closing.fill)
