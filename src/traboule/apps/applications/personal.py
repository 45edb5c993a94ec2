"""What this app holds about people, field by field."""

from traboule.apps.applications import (
    _declared_applications,
    _declared_closing,
    _declared_eligibility,
    _declared_screening,
    _declared_sessions,
    _declared_talks,
)


def declare_fields() -> None:
    """Declare every field of this app; each part of the app keeps its own list."""
    _declared_applications.declare_fields()
    _declared_screening.declare_fields()
    _declared_sessions.declare_fields()
    _declared_talks.declare_fields()
    _declared_eligibility.declare_fields()
    _declared_closing.declare_fields()
