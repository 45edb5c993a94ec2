"""What happens to outcomes when two records of one person become one."""

from datetime import datetime

from traboule.apps.outcomes.actions._shared import told_of
from traboule.apps.outcomes.enums import STANDING
from traboule.apps.outcomes.models import NoOutcome, Outcome
from traboule.core.actors import Actor
from traboule.kernel.outcomes import Sameness, sameness


def merge(kept_id: int, dropped_id: int, by: Actor, now: datetime) -> None:
    """Of two answers of one day and side the kept record's stays; what was told of both is flagged."""
    taken = set(NoOutcome.everywhere.filter(person=kept_id).values_list("asked_on", "told_by"))
    for said in NoOutcome.everywhere.filter(person=dropped_id):
        if (said.asked_on, said.told_by) in taken:
            said.delete()
    mine = list(Outcome.everywhere.filter(person=kept_id, state__in=STANDING).order_by("pk"))
    for row in Outcome.everywhere.filter(person=dropped_id, state__in=STANDING, maybe_same_as=None):
        twin = next((one for one in mine if sameness(told_of(one), told_of(row)) != Sameness.NO), None)
        if twin is not None:
            row.maybe_same_as = twin
            row.save(update_fields=["maybe_same_as"])
