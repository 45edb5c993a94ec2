"""Snapshots of the demo's branches, and two looks at the fairness of the path, one answered by a director.

Called when everything else of the demo stands: whatever is written after a snapshot makes it old.
"""

from datetime import datetime, timedelta
from typing import Any

from traboule.apps.indicators.actions.fairness import make_look, write_note
from traboule.apps.indicators.actions.snapshots import refresh_snapshots
from traboule.apps.people.queries import actor_of
from traboule.core.actors import Actor

NOTED = "lyon"
SEEN = "Aucune différence n’est visible. Les 30 ans et plus sont encore trop peu pour le dire."
DOING = "Nous demandons leur formation à celles et ceux dont elle n’est pas notée. Point en janvier."


def fill_dashboards(*, loaded: Any, by: Actor, now: datetime) -> None:
    """Look at last month and at this one in Lyon, then work out the figures of every branch.

    The worker looks at the other branches in its first rounds.
    """
    noted, director = loaded.branches.get(NOTED), loaded.logins.get("agnes")
    if noted is not None and director is not None:
        before = now.replace(day=1) - timedelta(days=3)
        look = make_look(branch=noted, by=by, now=before)
        write_note(look=look, seen=SEEN, doing=DOING, by=actor_of(director), now=before)
        make_look(branch=noted, by=by, now=now)
    for branch in loaded.branches.values():
        refresh_snapshots(branch=branch, by=by, now=now)
