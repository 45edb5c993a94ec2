"""Files about a branch that leave the house: written down in the audit log, or not made at all."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.permissions import authorise

NEEDS: Mapping[str, tuple[Permission, ...]] = {
    "rtof": (Permission.PEOPLE_EXPORT, Permission.OUTCOMES_SEE),
    "rtof_beside": (Permission.PEOPLE_EXPORT, Permission.OUTCOMES_SEE),
    "indigo": (Permission.FIGURES_SEE,),
    "funder_table": (Permission.PEOPLE_EXPORT, Permission.FIGURES_SEE),
}
"""What a file holds says who may take it: names ask for more than figures of groups."""


@transaction.atomic
def export_file(
    *,
    branch: Branch,
    kind: str,
    facts: Mapping[str, object],
    by: Actor,
    now: datetime,
    deliver: Callable[[], None] | None = None,
) -> None:
    """Write down that a file of this kind is taken out, then let ``deliver`` write it.

    Where the file cannot be written the entry is gone too. ``facts``: counts, codes and days, no names.
    Raises KeyError for another kind, NotVisible, NotAllowed, and whatever ``deliver`` raises.
    """
    for permission in NEEDS[kind]:
        authorise(by, permission, branch.pk)
    audit.record(
        by=by,
        now=now,
        branch_id=branch.pk,
        verb=f"{kind}.exported",
        subject_type="branch",
        subject_id=branch.pk,
        facts=facts,
    )
    if deliver is not None:
        deliver()
