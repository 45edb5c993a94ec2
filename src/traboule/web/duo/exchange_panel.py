"""On the mentor's place: the next gathering of their group, with two buttons."""

from dataclasses import dataclass
from typing import Any

from traboule.apps.people.enums import Side
from traboule.apps.support.queries.exchange import Attended, attended_in, next_of
from traboule.web.duo.panels import Panel, Standing


@dataclass(frozen=True, slots=True)
class NextGathering:
    """The invitation (None: no date yet), and how many of those due the mentor came to."""

    invitation: Any
    attended: Attended
    may_answer: bool


def gathering_panel(standing: Standing) -> Panel | None:
    """Show mentors when their group meets next; nothing for who is invited to nothing and lacks nothing."""
    if standing.side != Side.MENTOR or not standing.at_hand.gathering:
        return None
    invitation = next_of(standing.person.pk, standing.now)
    if invitation is None:
        return None
    open_yet = invitation.gathering.starts_at > standing.now
    return Panel(
        "duo/exchange.html", NextGathering(invitation, attended_in(standing.duo), may_answer=open_yet)
    )
