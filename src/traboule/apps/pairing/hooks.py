"""What earlier apps ask of this one, through core's registry."""

from traboule.apps.pairing.actions.forgetting import erase
from traboule.apps.pairing.enums import OPEN_PROPOSAL_STATES
from traboule.apps.pairing.models import Proposal
from traboule.apps.pairing.queries.steps import open_steps
from traboule.core.registry import ON_ERASE, OPEN_STEPS, STILL_OPEN

OPEN_PROPOSAL = "open_proposal"


def register() -> None:
    """Answer the hooks."""
    STILL_OPEN.register("pairing", still_open)
    OPEN_STEPS.register("pairing", open_steps)
    ON_ERASE.register("pairing", erase)


def still_open(person_id: int) -> list[str]:
    """An open proposal stands in the way of leaving, on either side."""
    rows = Proposal.everywhere.filter(state__in=OPEN_PROPOSAL_STATES)
    asked = rows.filter(mentee_id=person_id).exists() or rows.filter(mentor_id=person_id).exists()
    return [OPEN_PROPOSAL] if asked else []
