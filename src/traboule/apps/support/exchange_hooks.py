"""What earlier apps ask of the exchange of practice."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from traboule.apps.people.models import Person
from traboule.apps.support.actions.exchange import leave_exchange
from traboule.apps.support.actions.exchange_answers import tick_exchange
from traboule.apps.support.actions.exchange_demo import fill_demo
from traboule.apps.support.exchange_kinds import register_kinds
from traboule.apps.support.models import GatheringInvitation, PeerMember
from traboule.apps.support.queries.exchange import last_exchanged
from traboule.core.actors import Actor, system
from traboule.core.registry import EXCHANGED, ON_DEMO, ON_EXPORT, ON_LEAVE, ON_MERGE, ON_TICK


def register() -> None:
    """Answer the hooks and register the kinds of message."""
    ON_EXPORT.register("exchange", export)
    ON_MERGE.register("exchange", merge)
    ON_DEMO.register("exchange", fill_demo)
    ON_LEAVE.register("exchange", leave)
    ON_TICK.register("exchange", tick)
    EXCHANGED.register("exchange", last_exchanged)
    register_kinds()


def tick(now: datetime) -> None:
    """Ask for a date where a group has none."""
    tick_exchange(by=system("clock"), now=now)


def leave(person: Person, now: datetime) -> None:
    """Whoever stops leaves their group and gives coming places back."""
    leave_exchange(person=person, by=system("clock"), now=now)


def merge(kept_id: int, dropped_id: int, by: Actor, now: datetime) -> None:
    """One membership and one invitation a gathering: those of the kept record stay."""
    if PeerMember.everywhere.filter(person=kept_id).exists():
        PeerMember.everywhere.filter(person=dropped_id).delete()
    theirs = GatheringInvitation.everywhere.filter(person=kept_id).values_list("gathering", flat=True)
    GatheringInvitation.everywhere.filter(person=dropped_id, gathering__in=list(theirs)).delete()


def export(person_id: int) -> Mapping[str, Any]:
    """What a mentor may read about their gatherings."""
    rows = GatheringInvitation.everywhere.filter(person=person_id).select_related("gathering")
    return {
        "gatherings": [
            {
                "starts_at": row.gathering.starts_at.isoformat(),
                "answer": row.answer,
                "presence": row.presence,
            }
            for row in rows
        ]
    }
