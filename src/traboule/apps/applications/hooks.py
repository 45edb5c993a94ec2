"""What earlier apps and core ask of this one, through core's registry."""

from traboule.apps.applications import hooks_screening


def register() -> None:
    """Answer the hooks."""
    hooks_screening.register()
