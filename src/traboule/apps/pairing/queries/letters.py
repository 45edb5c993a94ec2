"""What one of the two may read about the other, and how far a letter has come."""

from typing import Any

from traboule.apps.pairing.enums import Shared
from traboule.apps.pairing.models import Proposal, ProposalLetter
from traboule.apps.people.enums import ConsentPurpose, Side
from traboule.apps.people.models import Consent, MenteeProfile, MentorProfile, SpokenLanguage
from traboule.kernel.lifecycle import PROPOSAL

MOST_SENTENCES = 3
MOST_NAMED = 3  # languages or needs that one sentence names


def side_asked(proposal: Proposal) -> str:
    """Whose answer is next: the mentee's, then the mentor's, then nobody's."""
    if PROPOSAL.allows(proposal.state, "mentor_accepts"):
        return Side.MENTOR
    return Side.MENTEE if PROPOSAL.allows(proposal.state, "mentee_accepts") else ""


def agreed_to_share(person_id: int) -> bool:
    """Say whether somebody agreed that we tell about them; a consent may be taken back at any time."""
    rows = Consent.everywhere.filter(person=person_id, purpose=ConsentPurpose.SHARING, withdrawn_at=None)
    return rows.exists()


def shareable(proposal: Proposal, side: str) -> list[dict[str, Any]]:
    """Return what may be told to the reader on `side`: first what the other does, then what both have.

    The consent covers the first name, work and languages; nothing else is offered.
    """
    mentee = MenteeProfile.everywhere.get(person=proposal.mentee_id)
    mentor = MentorProfile.everywhere.get(person=proposal.mentor_id)
    about = _about_mentor(mentee, mentor) if side == Side.MENTEE else _about_mentee(mentee)
    same = sorted(set(mentee.occupations) & set(mentor.occupations))
    work = [{"code": Shared.SAME_WORK.value, "occupation": same[0]}] if same else []
    spoken = _both_speak(proposal)
    speech = [{"code": Shared.BOTH_SPEAK.value, "languages": spoken}] if spoken else []
    # The first three are what a coordinator finds ticked: who it is, what both have, what it brings.
    return [*about[:1], *speech, *about[1:], *work]


def _about_mentor(mentee: MenteeProfile, mentor: MentorProfile) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = []
    if mentor.occupations:
        years = round(mentor.years_experience or 0)
        facts.append({"code": Shared.WORK_DONE.value, "occupation": mentor.occupations[0], "years": years})
    helps = [need for need in mentor.strengths if need in mentee.needs] or list(mentor.strengths)
    if helps:
        facts.append({"code": Shared.CAN_HELP.value, "needs": helps[:MOST_NAMED]})
    return facts


def _about_mentee(mentee: MenteeProfile) -> list[dict[str, Any]]:
    looks_for = mentee.occupations[0] if mentee.occupations else ""
    facts: list[dict[str, Any]] = [{"code": Shared.WORK_WANTED.value, "occupation": looks_for}]
    if mentee.needs:
        facts.append({"code": Shared.WANTS_HELP.value, "needs": list(mentee.needs[:MOST_NAMED])})
    return facts


def _both_speak(proposal: Proposal) -> list[str]:
    pair = (proposal.mentee_id, proposal.mentor_id)
    spoken: dict[int, set[str]] = {person: set() for person in pair}
    for person, code in SpokenLanguage.everywhere.filter(person__in=pair).values_list("person", "code"):
        spoken[person].add(code)
    # A language that is not French says more: it comes first.
    return sorted(set.intersection(*spoken.values()), key=lambda code: (code == "fr", code))[:MOST_NAMED]


def letters_of(proposal: Proposal) -> dict[str, ProposalLetter]:
    """Return the letters of a proposal by the side that reads them."""
    rows = ProposalLetter.everywhere.filter(proposal=proposal).select_related("sent_by")
    return {row.side: row for row in rows}


def letter_behind(subject_id: str, scope: int | None) -> ProposalLetter | None:
    """Return the letter that a link opens, with both people and the branch; None if it is gone."""
    if scope is None or not subject_id.isdigit():
        return None
    rows = ProposalLetter.everywhere.filter(pk=int(subject_id), proposal__branch_id=scope)
    people = (
        "proposal__mentee",
        "proposal__mentor",
        "proposal__branch__organisation",
        "proposal__proposed_by",
    )
    return rows.select_related(*people).first()


__all__ = ["MOST_SENTENCES", "agreed_to_share", "letter_behind", "letters_of", "shareable", "side_asked"]
