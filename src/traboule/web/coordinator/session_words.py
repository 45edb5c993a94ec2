"""Information sessions in words: when, where, for whom, how full."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, gettext

from traboule.apps.applications.enums import Audience, BookingState
from traboule.apps.applications.queries.sessions import say_when, say_where
from traboule.reference import languages

BADGES = {
    BookingState.BOOKED: "good",
    BookingState.WAITING: "waiting",
    BookingState.OFFERED: "info",
    BookingState.LAPSED: "calm",
    BookingState.CANCELLED: "calm",
    BookingState.WALKED_IN: "info",
}
BAR = 240


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session of a list: its words, and the picture of how full it is (widths of 240)."""

    session: Any
    when: str
    where: str
    audience: str
    spoken: str
    badge: tuple[str, str]
    taken_width: int
    came_width: int


def session_line(session: Any, now: datetime) -> SessionLine:
    """Put a session with its counts (``taken``, ``waiting``, ``came``, ``left``) into words."""
    held = max(session.taken, session.expected)
    full = max(session.places, held, 1)
    return SessionLine(
        session=session,
        when=say_when(session.starts_at, session.branch.timezone),
        where=say_where(session),
        audience=str(Audience(session.audience).label),
        spoken=", ".join(languages.name(code, get_language() or "fr") for code in session.languages),
        badge=_badge(session, now),
        taken_width=round(BAR * held / full),
        came_width=round(BAR * session.came / full),
    )


def _badge(session: Any, now: datetime) -> tuple[str, str]:
    if session.is_cancelled:
        return "calm", gettext("cancelled")
    if session.ends_at <= now:
        open_list = session.marked < session.expected
        return ("waiting", gettext("list not complete")) if open_list else ("good", gettext("list complete"))
    if session.left <= 0:
        return "waiting", gettext("full")
    return (
        ("info", gettext("places left")) if session.is_open else ("calm", gettext("not shown to the public"))
    )
