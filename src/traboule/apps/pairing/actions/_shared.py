"""What the actions on proposals share."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from traboule.apps.branches.models import Branch
from traboule.apps.pairing.models import Proposal
from traboule.core import audit
from traboule.core.actors import Actor


def local_day(branch: Branch, now: datetime) -> date:
    """The calendar day of the branch at the instant `now`."""
    return now.astimezone(ZoneInfo(branch.timezone)).date()


def locked(proposal: Proposal) -> Proposal:
    """The proposal as it is now, its row held until the end of the transaction."""
    fresh = Proposal.everywhere.select_for_update(of=("self",))
    return fresh.select_related("branch", "place__mentor", "mentor", "mentee", "told_by", "proposed_by").get(
        pk=proposal.pk
    )


def record(proposal: Proposal, verb: str, by: Actor, now: datetime, facts: Mapping[str, object]) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=proposal.branch_id,
        verb=verb,
        subject_type="proposal",
        subject_id=proposal.pk,
        facts=facts,
    )
