"""A second person verifies an outcome, or does not confirm it and says why. Never about themselves."""

from datetime import datetime

from django.db import transaction

from traboule.apps.outcomes.actions._shared import no_step, record
from traboule.apps.outcomes.models import Outcome
from traboule.apps.outcomes.rules import NotASecondPerson, human
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.core.scope import locked
from traboule.kernel.lifecycle import OUTCOME


class ReasonMissing(ValueError):
    """What is not confirmed needs a reason, for colleagues to go on from."""


class TwinOpen(ValueError):
    """It may be told twice: whether it is one comes first, or it would count twice."""


@transaction.atomic
def verify_outcome(*, outcome: Outcome, by: Actor, now: datetime) -> Outcome:
    """Confirm an outcome as it stands, with the evidence that it has.

    Raises NotASecondPerson, HumanNeeded, TwinOpen, IllegalMove; NotVisible, NotAllowed.
    """
    return _decide(outcome, "verify", "", by, now)


@transaction.atomic
def doubt_outcome(*, outcome: Outcome, reason: str, by: Actor, now: datetime) -> Outcome:
    """Do not confirm an outcome, and say why; a correction or a paper asks again.

    Raises ReasonMissing, NotASecondPerson, HumanNeeded, IllegalMove; NotVisible, NotAllowed.
    """
    if not reason.strip():
        raise ReasonMissing
    return _decide(outcome, "doubt", reason.strip(), by, now)


def is_second(outcome: Outcome, login_id: int | None, person_id: int | None) -> bool:
    """Say whether this login may look at it as a second person: no author, and neither of the duo."""
    two = {outcome.person_id, outcome.duo.mentor_id if outcome.duo else None}
    return login_id not in (None, outcome.recorded_by_id, outcome.corrected_by_id) and (
        person_id is None or person_id not in two
    )


def _decide(outcome: Outcome, move: str, reason: str, by: Actor, now: datetime) -> Outcome:
    authorise(by, Permission.OUTCOMES_VERIFY, outcome.branch_id)
    decider = human(by)
    row = locked(outcome)
    own = Login.objects.filter(pk=decider).values_list("person_id", flat=True).first()
    if not is_second(row, decider, own):
        raise NotASecondPerson
    if move == "verify" and row.maybe_same_as_id is not None:
        raise TwinOpen
    row.state = OUTCOME.after(row.state, move)
    row.decided_at, row.decided_by_id, row.reason = now, decider, reason
    row.save(update_fields=["state", "decided_at", "decided_by", "reason"])
    no_step(row, by, now)
    record(row, row.state, by, now, grade=str(row.grade))
    return row
