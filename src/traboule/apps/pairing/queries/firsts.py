"""The day of the first proposal and of the first duo of each person, for the path in figures."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Min

from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.pairing.models import Proposal
from traboule.apps.people.enums import Permission, Side
from traboule.core.actors import Actor
from traboule.core.permissions import authorise

PROPOSAL, DUO = "proposal", "duo"


def first_days(*, actor: Actor, branch: Branch) -> Iterator[tuple[int, str, str, date]]:
    """Yield (person, side, step, day), in four queries."""
    authorise(actor, Permission.FIGURES_SEE, branch.pk)
    zone = ZoneInfo(branch.timezone)
    for side, name in ((Side.MENTEE, "mentee"), (Side.MENTOR, "mentor")):
        proposals = Proposal.everywhere.filter(branch=branch).order_by().values_list(name)
        for person, at in proposals.annotate(first=Min("proposed_at")):
            yield person, side.value, PROPOSAL, at.astimezone(zone).date()
        duos = Duo.everywhere.filter(branch=branch).order_by().values_list(name)
        for person, day in duos.annotate(first=Min("started_on")):
            yield person, side.value, DUO, day
