"""Nobody is asked any more whose data are erased."""

from datetime import datetime

from traboule.apps.followups.actions.asking import stand_down
from traboule.apps.followups.enums import FollowUpState, NotAsked
from traboule.apps.followups.models import FollowUp
from traboule.apps.followups.queries.standing import with_all
from traboule.core.actors import system

ERASURE = system("erasure")


def erase(person_id: int, now: datetime) -> None:
    """Stand down what is open (registry: ON_ERASE); half an answer stays as it is and is not told on."""
    rows = FollowUp.everywhere.filter(person=person_id)
    for row in with_all(rows.filter(closed_at=None)):
        stand_down(row=row, why=NotAsked.GONE, by=ERASURE, now=now)
    rows.filter(state=FollowUpState.REACHED, done_at=None).update(done_at=now)
