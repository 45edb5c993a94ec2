"""Looking at a duo that the early warning named: not needed, because; and taking that back."""

from datetime import date, datetime, timedelta

from django.db import transaction

from traboule.apps.duos.enums import OPEN_DUO_STATES
from traboule.apps.duos.models import Duo
from traboule.apps.duos.rules import human
from traboule.apps.people.enums import Permission
from traboule.apps.support.actions._writing import record
from traboule.apps.support.models import Look
from traboule.apps.support.queries.warnings import watched_duo
from traboule.apps.support.warning_enums import NotNeeded
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.permissions import authorise
from traboule.core.scope import locked
from traboule.kernel.warning import seen_of
from traboule.kernel.warning.silence import LONGEST_DAYS


class NothingToLookAt(ValueError):
    """The warning says nothing about this duo (any more): there is nothing to answer."""


class WrongDay(ValueError):
    """It rests from tomorrow on at the earliest, and for sixty days at most."""


@transaction.atomic
def look_at(*, duo: Duo, reason: NotNeeded, until_on: date, by: Actor, now: datetime) -> Look:
    """Say that nothing is needed now, and why; the warning rests until a day, or until a new fact.

    Raises NotAllowed, HumanNeeded, WrongDay, NothingToLookAt.
    """
    authorise(by, Permission.DUOS_WRITE, duo.branch_id)
    login = human(by)
    row = locked(duo)
    today = local_day(now, duo.branch.timezone)
    if not today < until_on <= today + timedelta(days=LONGEST_DAYS):
        raise WrongDay
    sign = watched_duo(row, today).sign
    if row.state not in OPEN_DUO_STATES or not sign.reasons:
        raise NothingToLookAt
    Look.everywhere.filter(duo=row, ended_at=None).update(ended_at=now)
    seen = [[one.code, one.side, one.latest.isoformat() if one.latest else ""] for one in seen_of(sign)]
    look = Look.everywhere.create(
        duo=row,
        reason=reason,
        until_on=until_on,
        rules=sign.version,
        seen=seen,
        looked_at=now,
        looked_by_id=login,
    )
    codes = [code for code, _side, _latest in seen]
    facts = {"reason": reason.value, "until": until_on, "rules": sign.version, "codes": codes}
    record(row.branch_id, "duo", row.pk, "duo.looked_at", by, now, **facts)
    return look


@transaction.atomic
def end_look(*, duo: Duo, by: Actor, now: datetime) -> bool:
    """Let the warning speak again; twice changes nothing. Return whether it rested."""
    authorise(by, Permission.DUOS_WRITE, duo.branch_id)
    row = locked(duo)
    ended = Look.everywhere.filter(duo=row, ended_at=None).update(ended_at=now)
    if ended:
        record(row.branch_id, "duo", row.pk, "duo.look_ended", by, now)
    return bool(ended)
