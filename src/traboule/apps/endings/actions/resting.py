"""A duo rests for a while and goes on; both are told, and nobody asks why."""

from datetime import date, datetime

from django.db import transaction

from traboule.apps.duos.actions import pause_duo, resume_duo
from traboule.apps.duos.models import Duo
from traboule.apps.endings.actions._writing import say_day, tell_side
from traboule.apps.people.enums import Permission
from traboule.apps.support.queries.concerns import rests_by_team
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.core.scope import locked


class TeamMadeItRest(Exception):
    """This duo rests because the team protects somebody: who deals with it says when it goes on."""


@transaction.atomic
def rest_duo(*, duo: Duo, paused_on: date, by: Actor, now: datetime) -> Duo:
    """Let a duo rest from a day on, and tell both. Raises IllegalMove, WrongDates."""
    row = pause_duo(duo=duo, paused_on=paused_on, by=by, now=now)
    event = f"duo:{row.pk}:pause:{now.isoformat()}"
    for person in (row.mentee, row.mentor):
        tell_side(row, person, "duo.pausing", event, by, now, day=say_day(paused_on))
    return row


@transaction.atomic
def let_duo_go_on(*, duo: Duo, by: Actor, now: datetime) -> Duo:
    """End the rest and tell both. Raises IllegalMove, TeamMadeItRest."""
    authorise(by, Permission.DUOS_WRITE, duo.branch_id)
    if rests_by_team(locked(duo)) and not by.may(Permission.CONCERNS_WRITE, duo.branch_id):
        raise TeamMadeItRest
    row = resume_duo(duo=duo, by=by, now=now)
    event = f"duo:{row.pk}:goes-on:{now.isoformat()}"
    for person in (row.mentee, row.mentor):
        tell_side(row, person, "duo.going_on", event, by, now)
    return row
