"""When two records of one human become one: two open applications cannot both stay open."""

from datetime import datetime
from itertools import groupby

from traboule.apps.applications.actions import _moves
from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.models import Application
from traboule.core.actors import Actor

# The one that came further stays; of two alike, the one that was sent first.
_FURTHER = (
    ApplicationState.DEFERRED,
    ApplicationState.SENT,
    ApplicationState.TALK_PLANNED,
    ApplicationState.TALK_HELD,
)


def settle_two_open(kept_id: int, dropped_id: int, by: Actor, now: datetime) -> None:
    """Withdraw all but one open application of a side; separating the records opens it again."""
    open_ones = Application.everywhere.filter(person_id__in=(kept_id, dropped_id), state__in=_FURTHER)
    for _side, rows in groupby(open_ones.order_by("side", "pk"), key=lambda row: row.side):
        ranked = sorted(
            rows, key=lambda row: (-_FURTHER.index(ApplicationState(row.state)), row.sent_at, row.pk)
        )
        for row in ranked[1:]:
            _moves.move(row, "withdraw", by=by, now=now, facts={"because": "merged"})
