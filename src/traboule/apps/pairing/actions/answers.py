"""The yes or no of the mentee, then of the mentor; for now a coordinator writes down what was said."""

from datetime import datetime

from django.db import transaction

from traboule.apps.branches.queries import current_version
from traboule.apps.duos.actions import free_place, start_duo
from traboule.apps.duos.rules import human
from traboule.apps.pairing.actions._shared import local_day, locked, record
from traboule.apps.pairing.actions.errors import AnswerNeedsAReason
from traboule.apps.pairing.enums import Answer, DeclineReason
from traboule.apps.pairing.models import Proposal
from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.kernel.calendar import PROGRAMME_WEEKS
from traboule.kernel.lifecycle import PROPOSAL

_MOVES = {
    ("mentee", Answer.YES): "mentee_accepts",
    ("mentee", Answer.NO): "mentee_declines",
    ("mentor", Answer.YES): "mentor_accepts",
    ("mentor", Answer.NO): "mentor_declines",
}


@transaction.atomic
def record_mentee_answer(
    *, proposal: Proposal, answer: Answer, by: Actor, now: datetime, decline_reason: str = ""
) -> Proposal:
    """Write down what the mentee said. A no needs its code and frees the place; a yes lets the mentor be
    asked.

    Raises IllegalMove, AnswerNeedsAReason. Recording an answer says that somebody was told.
    """
    return _record_answer(proposal, "mentee", Answer(answer), decline_reason, by, now)


@transaction.atomic
def record_mentor_answer(
    *, proposal: Proposal, answer: Answer, by: Actor, now: datetime, decline_reason: str = ""
) -> Proposal:
    """Write down what the mentor said. A yes, after the mentee's, starts the duo (`proposal.duo`) on the same
    place.

    Raises IllegalMove, AnswerNeedsAReason, MenteeAlreadyInDuo.
    """
    return _record_answer(proposal, "mentor", Answer(answer), decline_reason, by, now)


def _record_answer(
    proposal: Proposal, who: str, answer: Answer, decline_reason: str, by: Actor, now: datetime
) -> Proposal:
    authorise(by, Permission.PROPOSALS_ANSWER, proposal.branch_id)
    login = human(by)
    proposal = locked(proposal)
    state = PROPOSAL.after(proposal.state, _MOVES[who, answer])
    if answer == Answer.NO and decline_reason not in DeclineReason.values:
        raise AnswerNeedsAReason
    proposal.state = state
    setattr(proposal, f"{who}_answer", answer)
    setattr(proposal, f"{who}_answer_at", now)
    setattr(proposal, f"{who}_answer_by_id", login)
    proposal.decline_reason = decline_reason if answer == Answer.NO else ""
    if proposal.told_at is None:
        proposal.told_at, proposal.told_by_id = now, login
    _settle(proposal, by, now)
    facts = {"answer": str(answer), "decline_reason": proposal.decline_reason, "duo": proposal.duo_id}
    record(proposal, f"proposal.{who}_answered", by, now, facts)
    return proposal


def _settle(proposal: Proposal, by: Actor, now: datetime) -> None:
    """Write the new state; the place goes back when it is a no, over to the duo when both said yes."""
    place = proposal.place
    if proposal.state == PROPOSAL.after("mentee_said_yes", "mentor_accepts") and place is not None:
        started_on = local_day(proposal.branch, now)
        version = current_version(proposal.branch.organisation_id)
        proposal.duo = start_duo(
            weeks=PROGRAMME_WEEKS if version is None else version.weeks,
            mentor=proposal.mentor,
            mentee=proposal.mentee,
            place=place,
            started_on=started_on,
            by=by,
            now=now,
        )
        proposal.place = None
    if proposal.state in PROPOSAL.ended:
        proposal.place = None
    proposal.save()
    if proposal.state in PROPOSAL.ended and proposal.duo_id is None and place is not None:
        free_place(place=place, by=by, now=now)
