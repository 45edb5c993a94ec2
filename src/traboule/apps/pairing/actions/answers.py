"""The yes or no of the mentee, then of the mentor: by a link, or written down by a coordinator."""

from datetime import datetime

from django.db import transaction

from traboule.apps.branches.queries import current_version
from traboule.apps.duos.actions import free_place, start_duo
from traboule.apps.duos.rules import human
from traboule.apps.pairing.actions._shared import local_day, locked, record
from traboule.apps.pairing.actions.errors import AnswerNeedsAReason
from traboule.apps.pairing.actions.outcomes import tell_what_came_of_it
from traboule.apps.pairing.enums import Answer, AnswerVia, DeclineReason
from traboule.apps.pairing.models import Proposal, ProposalLetter
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


@transaction.atomic
def answer_by_link(
    *, letter: ProposalLetter, answer: Answer, by: Actor, now: datetime, decline_reason: str = ""
) -> Proposal:
    """Write down what one of the two said by the link of a message. A no needs no reason.

    The human behind the duo is the coordinator who proposed it (docs/adr/0019). Raises IllegalMove,
    MenteeAlreadyInDuo.
    """
    proposal = locked(letter.proposal)
    state = PROPOSAL.after(proposal.state, _MOVES[letter.side, Answer(answer)])
    code = decline_reason if decline_reason in DeclineReason.values else DeclineReason.NOT_SAID
    _write_answer(proposal, letter.side, state, Answer(answer), code, now)
    setattr(proposal, f"{letter.side}_answer_via", AnswerVia.LINK)
    return _finish(proposal, letter.side, by, now)


def _record_answer(
    proposal: Proposal, who: str, answer: Answer, decline_reason: str, by: Actor, now: datetime
) -> Proposal:
    authorise(by, Permission.PROPOSALS_ANSWER, proposal.branch_id)
    login = human(by)
    proposal = locked(proposal)
    state = PROPOSAL.after(proposal.state, _MOVES[who, answer])
    if answer == Answer.NO and decline_reason not in DeclineReason.values:
        raise AnswerNeedsAReason
    _write_answer(proposal, who, state, answer, decline_reason, now)
    setattr(proposal, f"{who}_answer_by_id", login)
    setattr(proposal, f"{who}_answer_via", "")
    if proposal.told_at is None:
        proposal.told_at, proposal.told_by_id = now, login
    return _finish(proposal, who, by, now)


def _write_answer(
    proposal: Proposal, who: str, state: str, answer: Answer, decline_reason: str, now: datetime
) -> None:
    proposal.state = state
    setattr(proposal, f"{who}_answer", answer)
    setattr(proposal, f"{who}_answer_at", now)
    setattr(proposal, f"{who}_answer_by_id", None)
    proposal.decline_reason = decline_reason if answer == Answer.NO else ""


def _finish(proposal: Proposal, who: str, by: Actor, now: datetime) -> Proposal:
    _settle(proposal, by, now)
    facts = {
        "answer": getattr(proposal, f"{who}_answer"),
        "decline_reason": proposal.decline_reason,
        "duo": proposal.duo_id,
        "via": getattr(proposal, f"{who}_answer_via"),
    }
    record(proposal, f"proposal.{who}_answered", by, now, facts)
    tell_what_came_of_it(proposal, by=by, now=now)
    return proposal


def _settle(proposal: Proposal, by: Actor, now: datetime) -> None:
    """Write the new state; the place goes back when it is a no, over to the duo when both said yes."""
    place, decided_by = proposal.place, proposal.proposed_by
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
            decided_by=decided_by,
        )
        proposal.place = None
    if proposal.state in PROPOSAL.ended:
        proposal.place = None
    proposal.save()
    if proposal.state in PROPOSAL.ended and proposal.duo_id is None and place is not None:
        free_place(place=place, by=by, now=now, decided_by=decided_by)
