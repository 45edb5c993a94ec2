"""What this app holds about people, field by field."""


def declare_fields() -> None:
    """Declare every field of this app."""
