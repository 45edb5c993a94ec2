"""What the two hear once an answer has come: that they are a duo, or that the search goes on."""

from datetime import datetime

from traboule.apps.messages.actions import tell
from traboule.apps.pairing.enums import LetterStep, ProposalState
from traboule.apps.pairing.models import Proposal, ProposalLetter
from traboule.apps.people.actions.own import my_place_address
from traboule.apps.people.enums import Side
from traboule.apps.people.models import Person
from traboule.apps.steps.actions import close_steps
from traboule.core.actors import Actor
from traboule.core.links import withdraw_links

RIGHT = "proposal.answer"


def tell_what_came_of_it(proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """Tell those who read the proposal by a link; whoever was told by a colleague hears from that one."""
    if proposal.state not in (ProposalState.ACCEPTED, ProposalState.DECLINED):
        return
    for letter in ProposalLetter.everywhere.filter(proposal=proposal):
        close_steps(branch=proposal.branch, key=f"{LetterStep.TALK_FIRST}:{letter.pk}", by=by, now=now)
        reader, other = both(proposal, letter.side)
        if proposal.state == ProposalState.ACCEPTED:
            values = {"other": other.first_name, "link": my_place_address(person=reader, now=now)}
            _tell(proposal, "proposal.accepted", reader, values, by, now)
        elif letter.side == Side.MENTEE and proposal.mentor_answer:
            _tell(proposal, "proposal.goes_on", reader, {}, by, now)
        if proposal.state == ProposalState.DECLINED and getattr(proposal, f"{letter.side}_answer") == "":
            withdraw_links(subject_type="proposalletter", subject_id=letter.pk, now=now)


def both(proposal: Proposal, side: str) -> tuple[Person, Person]:
    """Who reads on this side, and the other person."""
    people = (proposal.mentee, proposal.mentor)
    return people if side == Side.MENTEE else (people[1], people[0])


def _tell(
    proposal: Proposal, kind: str, reader: Person, values: dict[str, str], by: Actor, now: datetime
) -> None:
    names = {"first_name": reader.first_name, "branch": proposal.branch.name}
    event = f"proposal:{proposal.pk}"
    tell(branch=proposal.branch, kind=kind, event=event, values=names | values, by=by, now=now, person=reader)
