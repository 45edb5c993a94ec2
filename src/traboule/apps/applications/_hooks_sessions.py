"""Information sessions: what people are told, what a copy of one's data holds, and the demo."""

from datetime import datetime

from traboule.apps.applications.actions.guests import erase_guests, leave_sessions, sweep_guests
from traboule.apps.applications.actions.session_demo import load_demo_sessions
from traboule.apps.applications.actions.session_ticks import tick_sessions
from traboule.apps.applications.queries.session_rights import export_sessions
from traboule.apps.applications.session_kinds import register_kinds
from traboule.core.registry import ON_DEMO, ON_ERASE, ON_EXPORT, ON_LEAVE, ON_TICK


def register() -> None:
    """Answer the hooks."""
    register_kinds()
    ON_DEMO.register("applications.sessions", load_demo_sessions)
    ON_EXPORT.register("applications.sessions", export_sessions)
    ON_TICK.register("applications.sessions", tick_sessions)
    ON_TICK.register("applications.guests", sweep)
    ON_LEAVE.register("applications.sessions", leave_sessions)
    ON_ERASE.register("applications.guests", erase_guests)


def sweep(now: datetime) -> None:
    """Empty what people without a file left when they booked, once it is of no use."""
    sweep_guests(now)
