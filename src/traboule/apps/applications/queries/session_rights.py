"""What information sessions hold about one person, for their access export."""

from typing import Any

from traboule.apps.applications.models import Booking


def export_sessions(person_id: int) -> dict[str, Any]:
    """Return the bookings of a person with their state and whether they came. Staff are not named."""
    rows = Booking.everywhere.filter(person_id=person_id).select_related("session", "attendance")
    return {
        "info_sessions": [
            {
                "starts_at": row.session.starts_at.isoformat(),
                "state": row.state,
                "made_at": row.made_at.isoformat(),
                "name": row.display_name,
                "email": row.email,
                "phone": row.phone,
                "language": row.language,
                "attendance": row.attendance.state if hasattr(row, "attendance") else "",
            }
            for row in rows
        ]
    }
