"""What earlier apps ask of this one, through core's registry."""

from traboule.apps.duos.enums import OPEN_DUO_STATES
from traboule.apps.duos.models import Duo
from traboule.apps.duos.queries import open_steps
from traboule.core.registry import OPEN_STEPS, STILL_OPEN

OPEN_DUO = "open_duo"


def register() -> None:
    """Answer the hooks."""
    STILL_OPEN.register("duos", still_open)
    OPEN_STEPS.register("duos", open_steps)


def still_open(person_id: int) -> list[str]:
    """An open duo stands in the way of leaving, on either side."""
    rows = Duo.everywhere.filter(state__in=OPEN_DUO_STATES)
    busy = rows.filter(mentee_id=person_id).exists() or rows.filter(mentor_id=person_id).exists()
    return [OPEN_DUO] if busy else []
