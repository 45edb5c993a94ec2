"""The day of the first proposal of each person, for the path in figures; ``DUO`` is the step after it."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from traboule.apps.branches.models import Branch
from traboule.apps.pairing.models import Proposal
from traboule.apps.people.enums import Permission, Side
from traboule.core.actors import Actor
from traboule.core.permissions import authorise

PROPOSAL, DUO = "proposal", "duo"


def first_days(*, actor: Actor, branch: Branch) -> Iterator[tuple[int, str, str, date]]:
    """Yield (person, side, step, day) of proposals, the latest first: whoever reads keeps the earliest."""
    authorise(actor, Permission.FIGURES_SEE, branch.pk)
    zone = ZoneInfo(branch.timezone)
    proposals = Proposal.everywhere.filter(branch=branch).order_by("-proposed_at")
    for mentee, mentor, at in proposals.values_list("mentee", "mentor", "proposed_at"):
        day = at.astimezone(zone).date()
        yield mentee, Side.MENTEE.value, PROPOSAL, day
        yield mentor, Side.MENTOR.value, PROPOSAL, day
