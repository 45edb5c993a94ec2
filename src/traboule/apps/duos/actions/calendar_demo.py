"""Calendar addresses of the demo: some of the two have theirs, most have not asked for one yet."""

from datetime import datetime, timedelta
from typing import Any

from traboule.apps.duos.actions.calendar import make_feed
from traboule.apps.duos.enums import OPEN_DUO_STATES
from traboule.apps.duos.models import CalendarFeed, Duo
from traboule.core.actors import Actor
from traboule.core.days import local_day

EVERY = 4


def calendars_of_the_demo(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Give every fourth open duo a mentor whose calendar reads along; nobody learns the secrets."""
    rows = Duo.everywhere.filter(branch__in=loaded.branches.values(), state__in=OPEN_DUO_STATES)
    for duo in list(rows.select_related("branch", "mentor").order_by("pk"))[::EVERY]:
        if CalendarFeed.everywhere.filter(person=duo.mentor).exists():
            continue
        made = now - timedelta(days=20)
        make_feed(person=duo.mentor, instead_of=None, by=by, now=made)
        yesterday = local_day(now - timedelta(days=1), duo.branch.timezone)
        CalendarFeed.everywhere.filter(person=duo.mentor).update(read_on=yesterday)
