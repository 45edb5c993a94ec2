"""What this app holds about people, field by field."""

from traboule.apps.applications import _declared_applications, _declared_sessions


def declare_fields() -> None:
    """Declare every field of this app; each part of the app keeps its own list."""
    _declared_applications.declare_fields()
    _declared_sessions.declare_fields()
