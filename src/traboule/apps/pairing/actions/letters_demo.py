"""The letters of the demo: proposals that were sent, opened, reminded of, and one "I want to talk first"."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from traboule.apps.pairing.actions.letters import ask_to_talk_first, open_letter, remind, send_letter
from traboule.apps.pairing.enums import OPEN_PROPOSAL_STATES, ProposalState
from traboule.apps.pairing.models import Proposal
from traboule.apps.pairing.queries.letters import MOST_SENTENCES, shareable, side_asked
from traboule.apps.people.queries import actor_of
from traboule.core.actors import Actor, system


def letters_of_the_demo(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Send what the table has proposed; each letter is at another stage, and some are not sent yet."""
    link = system("link of a proposal")
    for slug, branch in loaded.branches.items():
        staff = actor_of(loaded.coordinator(slug))
        rows = Proposal.everywhere.filter(branch=branch, state__in=OPEN_PROPOSAL_STATES)
        for number, proposal in enumerate(rows.order_by("proposed_at", "pk")):
            if proposal.state == ProposalState.PROPOSED and number % 4 == 3:
                continue  # still to be told, as every morning
            sent = max(proposal.mentee_answer_at or proposal.proposed_at, _days_before(programme.as_of, 4))
            codes = [fact["code"] for fact in shareable(proposal, side_asked(proposal))][:MOST_SENTENCES]
            letter = send_letter(
                proposal=proposal, codes=codes, own_words="", by=staff, now=sent, agreed_now=True
            )
            if number % 2 == 0:
                open_letter(letter=letter, by=link, now=sent + timedelta(hours=3))
            if number % 4 == 2:
                ask_to_talk_first(letter=letter, by=link, now=sent + timedelta(hours=4))
    remind(by=link, now=_days_before(programme.as_of, 0))


def _days_before(day: date, days: int) -> datetime:
    return datetime.combine(day - timedelta(days=days), time(9), tzinfo=UTC)
