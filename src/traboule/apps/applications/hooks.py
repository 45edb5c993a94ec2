"""What earlier apps and core ask of this one, through core's registry; each part answers for itself."""

from traboule.apps.applications import (
    _hooks_applications,
    _hooks_judging,
    _hooks_sessions,
    hooks_referrals,
    hooks_screening,
)


def register() -> None:
    """Answer the hooks, in the order in which the parts fill the demo."""
    _hooks_applications.register()
    _hooks_sessions.register()
    hooks_screening.register()
    hooks_referrals.register()
    _hooks_judging.register()
