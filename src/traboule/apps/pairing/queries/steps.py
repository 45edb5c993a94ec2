"""What proposals leave open on the page of today: who must be told, whose answer is missing, since when."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone

from traboule.apps.pairing.enums import OPEN_PROPOSAL_STATES, ProposalState, ProposalStep
from traboule.apps.pairing.models import Proposal
from traboule.apps.people.enums import Side
from traboule.apps.people.queries import Step

OPEN_PROPOSAL_ACT = "open_proposal"
PATIENCE_DAYS = 7
"""Days without an answer after which the ball is in our court again (matching.md.

Never longer than 7 days).
"""
LETTER_PATIENCE_DAYS = 5
"""The same for a proposal that was sent by a link: a reminder went out after three days."""

# On the scale of `people.queries.days.RANKS`: a silence of others weighs more than a mentee who merely waits.
RANKS = {
    ProposalStep.TELL_MENTEE: 25,
    ProposalStep.ASK_MENTOR: 26,
    ProposalStep.NO_ANSWER: 35,
    ProposalStep.MENTEE_ANSWERS: 75,
    ProposalStep.MENTOR_ANSWERS: 76,
}


def open_steps(branch_id: int, today: date) -> Iterator[Step]:
    """One step per open proposal, under the name of the mentee; `text` is the mentor's name."""
    rows = Proposal.everywhere.filter(branch_id=branch_id, state__in=OPEN_PROPOSAL_STATES)
    people = rows.select_related("mentee", "mentor", "proposed_by").prefetch_related("letters")
    for row in people.order_by("proposed_at", "pk"):
        reason, since = _reason(row, today)
        waits_for_others = reason in (ProposalStep.MENTEE_ANSWERS, ProposalStep.MENTOR_ANSWERS)
        yield Step(
            person_id=row.mentee_id,
            name=row.mentee.display_name,
            side=Side.MENTEE,
            reason=reason,
            act=OPEN_PROPOSAL_ACT,
            since=since,
            rank=RANKS[reason],
            text=row.mentor.display_name,
            owner=str(row.proposed_by),
            object_id=row.pk,
            waits_for="others" if waits_for_others else "us",
        )


def _reason(row: Proposal, today: date) -> tuple[ProposalStep, date]:
    letters = {letter.side: letter for letter in row.letters.all()}
    if row.state == ProposalState.MENTEE_SAID_YES:
        letter = letters.get(Side.MENTOR)
        if letter is not None:
            return _answers(ProposalStep.MENTOR_ANSWERS, _day(letter.sent_at), LETTER_PATIENCE_DAYS, today)
        since = _day(row.mentee_answer_at or row.proposed_at)
        return _answers(ProposalStep.ASK_MENTOR, since, PATIENCE_DAYS, today)
    if row.told_at is None:
        return ProposalStep.TELL_MENTEE, _day(row.proposed_at)
    days = LETTER_PATIENCE_DAYS if Side.MENTEE in letters else PATIENCE_DAYS
    return _answers(ProposalStep.MENTEE_ANSWERS, _day(row.told_at), days, today)


def _answers(step: ProposalStep, since: date, days: int, today: date) -> tuple[ProposalStep, date]:
    """The step, or that an answer is missing for too long."""
    late = today - since > timedelta(days=days)
    return (ProposalStep.NO_ANSWER if late else step), since


def _day(instant: datetime) -> date:
    return timezone.localtime(instant).date()
