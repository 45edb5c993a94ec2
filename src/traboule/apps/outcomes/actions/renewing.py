"""Somebody says that what we know still holds: the day is noted; a second person looks where days grow."""

from datetime import datetime

from django.db import transaction

from traboule.apps.outcomes.actions._shared import ask_to_verify, record
from traboule.apps.outcomes.models import Outcome
from traboule.apps.outcomes.queries.outcomes import is_open
from traboule.apps.outcomes.rules import may_tell
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.scope import locked
from traboule.kernel.lifecycle import OUTCOME


@transaction.atomic
def renew_outcome(*, outcome: Outcome, by: Actor, now: datetime) -> Outcome:
    """Note that an outcome still runs today, as the mentee says; twice on one day changes nothing.

    Where its end is not known it now counts more days, so it is looked at anew; a contract that runs on, or
    that ends later, counts what it counted. Raises IllegalMove; NotVisible, NotAllowed.
    """
    may_tell(by, outcome.person, outcome.told_by, outcome.branch_id)
    row = locked(outcome)
    today = local_day(now, row.branch.timezone)
    if row.seen_on >= today:
        return row
    row.seen_on = today
    if row.ends_on is None and not is_open(row):
        row.state = OUTCOME.after(row.state, "tell_again")
        row.decided_at, row.decided_by, row.reason = None, None, ""
        ask_to_verify(row, by, now)
    row.save()
    record(row, "seen_again", by, now)
    return row
