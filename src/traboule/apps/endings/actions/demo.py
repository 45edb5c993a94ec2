"""."""


def load_demo_endings(loaded: object, programme: object, by: object, now: object) -> None:
    """Filled below."""
