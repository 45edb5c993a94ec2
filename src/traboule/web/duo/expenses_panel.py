"""On the mentor's place: the door to their expenses, with what waits."""

from dataclasses import dataclass

from traboule.apps.expenses.queries.claims import waiting_claims
from traboule.apps.people.enums import Side
from traboule.web.duo.panels import Panel, Standing


@dataclass(frozen=True, slots=True)
class Expenses:
    """How many claims wait for the team, and how many for an answer of the mentor."""

    sent: int
    questions: int


def expenses_panel(standing: Standing) -> Panel | None:
    """Show mentors the way to their expenses."""
    if standing.side != Side.MENTOR:
        return None
    found = waiting_claims(standing.person.pk) if standing.at_hand.expense else {}
    return Panel("duo/expenses.html", Expenses(found.get("sent", 0), found.get("asked_back", 0)))
