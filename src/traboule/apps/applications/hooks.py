"""What earlier apps and core ask of this one, through core's registry."""

from traboule.apps.applications import _hooks_applications


def register() -> None:
    """Answer the hooks; each part of the app keeps its own answers."""
    _hooks_applications.register()
