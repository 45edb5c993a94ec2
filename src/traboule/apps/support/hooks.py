"""What earlier apps ask of this one, through core's registry."""


def register() -> None:
    """Answer the hooks."""
