"""An answer told on to the outcomes, so that one truth stays in one place."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from traboule.apps.followups.enums import FollowUpState
from traboule.apps.followups.models import FollowUp
from traboule.apps.followups.own_enums import Leads, Now
from traboule.apps.outcomes.actions.answers import note_answer
from traboule.apps.outcomes.actions.renewing import renew_outcome
from traboule.apps.outcomes.actions.telling import BeforeDuo, tell_outcome
from traboule.apps.outcomes.enums import STANDING, ToldBy
from traboule.apps.outcomes.models import Outcome
from traboule.apps.outcomes.own_enums import Answer, OutcomeKind
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.kernel.followups import HowLong, first_day, may_be_since


def tell_on(row: FollowUp, by: Actor, now: datetime) -> Outcome | None:
    """Tell an answer on and return its outcome, if there is one.

    A job, an internship or a training becomes an outcome, declared, from the mentee; one that we know and
    that may be the same is noted as still running instead. Searching is "nothing yet". Somebody who does
    something else has neither. Whoever could not be reached is noted as such.
    """
    kind = kind_of(row)
    if kind is not None:
        return _same(row, kind, by, now) or _told(row, kind, by, now)
    said = {
        FollowUpState.REFUSED: (Answer.RATHER_NOT, ToldBy.MENTEE),
        FollowUpState.UNREACHABLE: (Answer.NOT_REACHED, ToldBy.TEAM),
    }.get(FollowUpState(row.state))
    if said is None and row.now == Now.SEARCHING:
        said = (Answer.NOTHING_YET, ToldBy.MENTEE)
    if said is not None:
        note_answer(person=row.person, answer=said[0], told_by=said[1], by=by, now=now)
    return None


def kind_of(row: FollowUp) -> OutcomeKind | None:
    """Return what kind of outcome an answer is; a training of which nobody said more counts as study."""
    if row.now == Now.TRAINING:
        return OutcomeKind.TRAINING if row.leads == Leads.TRAINING else OutcomeKind.STUDY
    return {Now.JOB: OutcomeKind.JOB, Now.INTERNSHIP: OutcomeKind.INTERNSHIP}.get(Now(row.now or Now.OTHER))


def _since(row: FollowUp) -> HowLong | None:
    return HowLong(row.since) if row.since else None


def _same(row: FollowUp, kind: OutcomeKind, by: Actor, now: datetime) -> Outcome | None:
    """Return the outcome that we know of already and that still runs, its day renewed."""
    today = local_day(now, row.branch.timezone)
    rows = Outcome.everywhere.filter(person=row.person_id, kind=kind, state__in=STANDING)
    for known in rows.select_related("branch", "person", "duo").order_by("-starts_on", "-pk"):
        runs = known.ends_on is None or known.ends_on >= today
        if runs and may_be_since(_since(row), known.starts_on, today):
            return renew_outcome(outcome=known, by=by, now=now)
    return None


def _told(row: FollowUp, kind: OutcomeKind, by: Actor, now: datetime) -> Outcome:
    today = local_day(now, row.branch.timezone)
    fields = {
        "kind": kind,
        "starts_on": first_day(_since(row), today),
        "weekly_hours": Decimal(row.hours) if row.hours else None,
    }
    told: dict[str, Any] = {"person": row.person, "fields": fields, "told_by": ToldBy.MENTEE}
    told |= {"by": by, "now": now}
    try:
        return tell_outcome(**told)
    except BeforeDuo:
        return tell_outcome(**told, apart_from_duo=True)
