"""What the page of a mentor or a mentee shows while they are in a duo, panel by panel.

Each panel belongs to one room of the house (meetings, plan, agreement, …); the list is their order.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from traboule.apps.people.enums import Side
from traboule.apps.support.queries.at_hand import EVERYTHING, AtHand
from traboule.core.actors import Actor
from traboule.core.models import Link


@dataclass(frozen=True, slots=True)
class Standing:
    """Who of the two looks, at which duo, when, and through which link (None: signed in)."""

    person: Any  # rows of people.models and duos.models, which edges do not import
    duo: Any
    side: Side
    by: Actor
    now: datetime
    today: date
    link: Link | None = None
    at_hand: AtHand = EVERYTHING

    @property
    def is_substitute(self) -> bool:
        """Say whether this person only stands in for the mentor of the duo."""
        return self.person.pk not in (self.duo.mentor_id, self.duo.mentee_id)

    @property
    def other(self) -> Any:
        """The other person of the duo; pages show the first name only."""
        return self.duo.mentor if self.side == Side.MENTEE else self.duo.mentee


@dataclass(frozen=True, slots=True)
class Panel:
    """A template under ``templates/duo/`` and what it reads, under the name ``panel``."""

    template: str
    panel: Any


Show = Callable[[Standing], Panel | None]


def _panels() -> tuple[Show, ...]:
    """Return the panels in their order; imported here because they use the types above."""
    from traboule.web.duo import support_panels
    from traboule.web.duo.exchange_panel import gathering_panel
    from traboule.web.duo.expenses_panel import expenses_panel
    from traboule.web.duo.meetings import meetings_panel
    from traboule.web.duo.plan_panel import plan_panel
    from traboule.web.duo.start_panel import start_panel

    return (
        start_panel,
        support_panels.to_answer,
        meetings_panel,
        plan_panel,
        gathering_panel,
        expenses_panel,
        support_panels.support,
    )


def panels_of(standing: Standing) -> list[Panel]:
    """Return the panels that have something to say to this person today, in their order."""
    return [found for show in _panels() if (found := show(standing)) is not None]
