"""What earlier apps ask of this one, through core's registry."""

from datetime import datetime

from traboule.apps.pairing.actions.forgetting import erase
from traboule.apps.pairing.actions.letters import remind
from traboule.apps.pairing.actions.letters_demo import letters_of_the_demo
from traboule.apps.pairing.enums import OPEN_PROPOSAL_STATES
from traboule.apps.pairing.models import Proposal
from traboule.apps.pairing.proposal_kinds import register_kinds
from traboule.apps.pairing.queries.steps import open_steps
from traboule.core.actors import system
from traboule.core.registry import ON_DEMO, ON_ERASE, ON_TICK, OPEN_STEPS, STILL_OPEN, UNDECIDED

OPEN_PROPOSAL = "open_proposal"


def register() -> None:
    """Answer the hooks."""
    STILL_OPEN.register("pairing", still_open)
    OPEN_STEPS.register("pairing", open_steps)
    UNDECIDED.register("pairing", undecided)
    ON_ERASE.register("pairing", erase)
    ON_TICK.register("pairing", tick)
    ON_DEMO.register("pairing.letters", letters_of_the_demo)
    register_kinds()


def tick(now: datetime) -> None:
    """Remind those who have had a proposal for three days."""
    remind(by=system("clock"), now=now)


def still_open(person_id: int) -> list[str]:
    """An open proposal stands in the way of leaving, on either side."""
    rows = Proposal.everywhere.filter(state__in=OPEN_PROPOSAL_STATES)
    asked = rows.filter(mentee_id=person_id).exists() or rows.filter(mentor_id=person_id).exists()
    return [OPEN_PROPOSAL] if asked else []


def undecided(branch_id: int) -> set[int]:
    """An open proposal is news to give to both."""
    rows = Proposal.everywhere.filter(branch_id=branch_id, state__in=OPEN_PROPOSAL_STATES)
    return {person for pair in rows.values_list("mentee_id", "mentor_id") for person in pair}
