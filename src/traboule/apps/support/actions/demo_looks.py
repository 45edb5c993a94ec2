"""Early warning in the demo: one duo that somebody looked at and that rests, one with a new fact since."""

from datetime import date, datetime, timedelta
from typing import Any

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import OPEN_DUO_STATES
from traboule.apps.duos.models import Duo
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Login, RoleGrant
from traboule.apps.people.queries import actor_of
from traboule.apps.support.actions.looks import look_at
from traboule.apps.support.models import Look
from traboule.apps.support.queries.warnings import watched_in
from traboule.apps.support.warning_enums import NotNeeded
from traboule.core.actors import Actor
from traboule.core.days import local_day

RESTS = timedelta(days=21)


def load_demo_looks(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Answer two warnings of every branch: one rests, the other has had a new fact since."""
    for slug, branch in sorted(loaded.branches.items()):
        _share(branch, loaded.coordinator(slug))
        host = actor_of(loaded.coordinator(slug))
        today = local_day(now, branch.timezone)
        found = [one for one in watched_in(actor=host, branch=branch, today=today) if one.looks]
        if len(found) < 4:
            continue
        until = today + RESTS
        look_at(duo=found[-1].duo, reason=NotNeeded.THEY_MEET, until_on=until, by=host, now=now)
        again = look_at(duo=found[-2].duo, reason=NotNeeded.AGREED, until_on=until, by=host, now=now)
        _a_week_ago(again, today, now)


def _share(branch: Branch, first: Login) -> None:
    """Where a branch has two coordinators, the second follows every third running duo."""
    grants = RoleGrant.objects.filter(role=Role.COORDINATOR, branch=branch).exclude(login=first)
    second = grants.order_by("pk").values_list("login", flat=True).first()
    if second is not None:
        ids = list(
            Duo.everywhere.filter(branch=branch, state__in=OPEN_DUO_STATES)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        Duo.everywhere.filter(pk__in=ids[::3]).update(coordinator=second)


def _a_week_ago(look: Look, today: date, now: datetime) -> None:
    """As if it had been looked at before the newest fact came."""
    before = (today - timedelta(days=30)).isoformat()
    look.seen = [[code, side, min(latest, before) if latest else ""] for code, side, latest in look.seen]
    look.looked_at = now - timedelta(days=8)
    look.save(update_fields=["seen", "looked_at"])
