"""How somebody comes in through an application: the one way, whoever wrote it down."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from traboule.apps.applications.actions._moves import move
from traboule.apps.applications.models import Application
from traboule.apps.applications.queries.applications import OPEN_STATES
from traboule.apps.people.actions import add_person, add_side, give_consents
from traboule.apps.people.enums import ConsentPurpose, Side
from traboule.apps.people.models import Person
from traboule.core.actors import Actor, ActorKind, system


class AlreadyOpen(ValueError):
    """This person has another open application on this side; carries it."""

    def __init__(self, application: Application) -> None:
        super().__init__(str(application))
        self.application = application


def enter(
    row: Application,
    *,
    fields: Mapping[str, Any],
    consents: Iterable[ConsentPurpose],
    by: Actor,
    now: datetime,
    facts: Mapping[str, Any] | None = None,
) -> Application:
    """Send a locked draft: the person enters as new with what they agreed to, the application moves.

    For actions, which authorise first and run it in their transaction. Raises AlreadyOpen, IllegalMove.
    """
    row.person = _person(row, fields, now)
    refuse_second(row)
    row.sent_at = now
    row.save(update_fields=["person", "sent_at"])
    give_consents(
        person=row.person,
        purposes=consents,
        by=system("application"),
        collected_by=by.id if by.kind is ActorKind.LOGIN else None,
        now=now,
        language=row.language,
    )
    return move(row, "send", by=by, now=now, facts=facts)


def refuse_second(row: Application) -> None:
    """Raise AlreadyOpen if the person has another open application on this side."""
    others = Application.everywhere.filter(person=row.person, side=row.side, state__in=OPEN_STATES)
    other = others.exclude(pk=row.pk).first()
    if other is not None:
        raise AlreadyOpen(other)


def _person(row: Application, fields: Mapping[str, Any], now: datetime) -> Person:
    """Whoever applies enters by the system's hand: neither visitors nor referrers may write people."""
    side = Side(row.side)
    if row.person is not None:
        return add_side(person=row.person, side=side, fields=fields, by=system("application"), now=now)
    return add_person(
        branch=row.branch, side=side, fields=fields, by=system("application"), now=now, is_applying=True
    )
