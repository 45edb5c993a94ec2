"""When a branch asks after the end."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.followups.models import FollowUpSetting
from traboule.apps.people.enums import Permission
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.permissions import authorise

MOST_MONTHS, MOST_TIMES = 60, 6


class WrongMonths(ValueError):
    """One to six months from 1 to 60, each once."""


@transaction.atomic
def set_months(*, branch: Branch, months: Sequence[int], by: Actor, now: datetime) -> FollowUpSetting:
    """Set after how many months mentees are asked from now on; what was asked stays. Raises WrongMonths."""
    authorise(by, Permission.RULES_SET, branch.pk)
    kept = sorted(set(months))
    if not kept or len(kept) > MOST_TIMES or kept[0] < 1 or kept[-1] > MOST_MONTHS:
        raise WrongMonths
    row, _new = FollowUpSetting.everywhere.update_or_create(branch=branch, defaults={"months": kept})
    audit.record(
        by=by,
        now=now,
        branch_id=branch.pk,
        verb="follow_up.set",
        subject_type="branch",
        subject_id=branch.pk,
        facts={"months": kept},
    )
    return row
