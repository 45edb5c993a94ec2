"""Other dates for a talk: which may be offered; for the actions of talks."""

from collections.abc import Sequence
from datetime import datetime

from traboule.apps.applications.actions.errors_judging import SlotsUnfit
from traboule.apps.applications.models import Talk, TalkSlot
from traboule.apps.applications.queries.talks import is_free

FEWEST, MOST = 2, 5


def put_slots(talk: Talk, starts: Sequence[datetime], now: datetime) -> list[TalkSlot]:
    """Offer these dates in place of those offered before. Raises SlotsUnfit."""
    wanted = sorted(set(starts))
    if not FEWEST <= len(wanted) <= MOST or len(wanted) != len(starts):
        raise SlotsUnfit("number")
    if wanted[0] <= now:
        raise SlotsUnfit("past")
    if talk.starts_at in wanted:
        raise SlotsUnfit("same")
    if any(not is_free(talk, start) for start in wanted):
        raise SlotsUnfit("busy")
    TalkSlot.everywhere.filter(talk=talk).delete()
    return TalkSlot.everywhere.bulk_create(
        TalkSlot(talk=talk, host=talk.host, starts_at=start, offered_at=now) for start in wanted
    )
