"""What this app holds about people, field by field."""

from traboule.apps.support import exchange_personal


def declare_fields() -> None:
    """Declare every field of this app."""
    exchange_personal.declare_fields()
