"""What the coordinator's page of one duo shows below its dates, panel by panel, in this order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from traboule.apps.support.queries.at_hand import AtHand, at_hand_for_team
from traboule.web.access import Here

# On a wide screen these stand beside the meetings: a column of all panels is five screens long.
BESIDE = frozenset(
    f"coordinator/duo/{name}.html" for name in ("check_ins", "away", "plan", "panel_agreement")
)


@dataclass(frozen=True, slots=True)
class DuoPanel:
    """A template under ``templates/coordinator/duo/`` and what it reads, under the name ``panel``."""

    template: str
    panel: Any

    @property
    def is_beside(self) -> bool:
        """Say whether it stands in the second column."""
        return self.template in BESIDE


Show = Callable[[Here, Any, AtHand], DuoPanel | None]


def _panels() -> tuple[Show, ...]:
    """Return the panels in their order; imported here because they use the type above."""
    from traboule.web.coordinator import support_panels
    from traboule.web.coordinator.duo_agreements import agreement_panel
    from traboule.web.coordinator.duo_meetings import meetings_panel
    from traboule.web.coordinator.duo_plan import plan_panel
    from traboule.web.coordinator.duo_start import first_meeting_panel
    from traboule.web.coordinator.endings_closing import ending_panel

    return (
        support_panels.concern,
        first_meeting_panel,
        meetings_panel,
        support_panels.check_ins,
        support_panels.quality,
        support_panels.away,
        plan_panel,
        agreement_panel,
        ending_panel,
    )


def panels_of(here: Here, duo: Any) -> list[DuoPanel]:
    """Return the panels that this reader may see and that have something to say."""
    at_hand = at_hand_for_team(duo)
    return [found for show in _panels() if (found := show(here, duo, at_hand)) is not None]
