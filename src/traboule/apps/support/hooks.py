"""What earlier apps ask of this one, through core's registry."""

from traboule.apps.support import exchange_hooks


def register() -> None:
    """Answer the hooks."""
    exchange_hooks.register()
