"""Something was told meanwhile that covers the day: nobody asks, reminds or calls any more."""

from datetime import datetime

from django.db import transaction

from traboule.apps.followups.actions._writing import move, record
from traboule.apps.followups.enums import Through
from traboule.apps.followups.models import FollowUp
from traboule.apps.followups.queries.standing import Heard, heard_of, with_all
from traboule.core.actors import Actor
from traboule.core.scope import locked
from traboule.kernel.lifecycle import FOLLOW_UP


def heard(person_id: int, by: Actor, now: datetime) -> None:
    """Look what is still asked of a person (registry: ON_HEARD), in the transaction of the telling."""
    for row in with_all(FollowUp.everywhere.filter(person=person_id, answered_at=None, done_at=None)):
        found = heard_of(row) if FOLLOW_UP.allows(row.state, "hear") else None
        if found is not None:
            stop_asking(row=row, found=found, by=by, now=now)


@transaction.atomic
def stop_asking(*, row: FollowUp, found: Heard, by: Actor, now: datetime) -> FollowUp:
    """Close a question that was answered in another way; a no that was said elsewhere is a no here too."""
    kept = locked(row)
    if not FOLLOW_UP.allows(kept.state, "hear") or kept.done_at is not None:
        return kept
    move(kept, "refuse" if found.is_refusal else "hear", by, now)
    kept.through, kept.heard_from, kept.done_at = Through.OTHER, found.told_by, now
    kept.save(update_fields=["state", "closed_at", "through", "heard_from", "done_at"])
    record(kept, "heard", by, now, side=found.told_by)
    return kept
