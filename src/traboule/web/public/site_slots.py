"""What other rooms bring to the public pages. A slot that nobody fills shows nothing, not even a heading."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from traboule.web.site import url_or_none


@dataclass(frozen=True, slots=True)
class NextSession:
    """An information session to come: when, where, how many places are free, where to book (may be empty)."""

    starts_at: datetime
    where: str
    free: int
    href: str = ""


SessionsSlot = Callable[[Any, str, datetime], Sequence[NextSession]]
ApplySlot = Callable[[Any, str], str | None]


def _no_sessions(branch: Any, side: str, now: datetime) -> Sequence[NextSession]:
    return ()


def _apply_page(branch: Any, side: str) -> str | None:
    return url_or_none("apply", branch.slug, side)


# next_sessions(branch, side, now): the next ones, soonest first; side is "", "mentor" or "mentee".
next_sessions: SessionsSlot = _no_sessions
# apply_address(branch, side): where the application form of a side begins, or None.
apply_address: ApplySlot = _apply_page


def fill(*, sessions: SessionsSlot | None = None, apply: ApplySlot | None = None) -> None:
    """Fill slots; called once, while the addresses of the site are read."""
    global next_sessions, apply_address
    next_sessions = sessions or next_sessions
    apply_address = apply or apply_address
