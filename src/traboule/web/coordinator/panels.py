"""What stands on the page of an application: one panel per part of the path, each from its own module."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from traboule.web.access import Here


@dataclass(frozen=True, slots=True)
class Panel:
    """A template and what it shows; ``anchor`` is its place on the page."""

    anchor: str
    template: str
    context: Mapping[str, Any]


# A panel is a function (here, application) -> Panel, or None where it has nothing to show to this reader.
MakePanel = Callable[[Here, Any], Panel | None]


def panels() -> tuple[MakePanel, ...]:
    """Return the panels in the order of the path; imported here because they use the types above."""
    from traboule.web.coordinator import judging_panels
    from traboule.web.coordinator.duplicates import duplicates_panel
    from traboule.web.coordinator.screening_panel import readiness_panel, screening_panel

    return (
        duplicates_panel,
        judging_panels.talk,
        judging_panels.eligibility,
        screening_panel,
        judging_panels.decision,
        readiness_panel,
    )
