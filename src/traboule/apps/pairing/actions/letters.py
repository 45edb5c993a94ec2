"""A proposal on its way to one of the two: sent, opened, reminded of, and what was said besides yes and no.

The mentee is asked first. Nobody is told anything of the other person without that person's consent.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from traboule.apps.branches.models import Branch
from traboule.apps.duos.rules import human
from traboule.apps.messages.actions import tell
from traboule.apps.pairing.actions._shared import local_day, locked, record
from traboule.apps.pairing.actions.outcomes import RIGHT, both
from traboule.apps.pairing.enums import OPEN_PROPOSAL_STATES, LetterStep
from traboule.apps.pairing.models import Proposal, ProposalLetter
from traboule.apps.pairing.queries.letters import MOST_SENTENCES, agreed_to_share, shareable, side_asked
from traboule.apps.people.actions.consents import give_consents
from traboule.apps.people.actions.own import avoid_named
from traboule.apps.people.enums import ConsentPurpose, Permission
from traboule.apps.steps.actions import open_step
from traboule.core.actors import Actor
from traboule.core.each import each_apart
from traboule.core.links import address_of, make_link
from traboule.core.permissions import authorise
from traboule.core.scope import locked as locked_row

LINK_DAYS = 21
REMIND_AFTER = timedelta(days=3)


class NotTheirTurn(Exception):
    """The mentee is asked first, and only one of the two at a time."""


class AlreadySent(Exception):
    """This letter is on its way since `at`."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at.isoformat())
        self.at = at


class NotShared(Exception):
    """The other person has not agreed that we tell about them."""


class TooMuchToRead(ValueError):
    """More than three sentences."""


@transaction.atomic
def send_letter(
    *,
    proposal: Proposal,
    codes: Collection[str],
    own_words: str,
    by: Actor,
    now: datetime,
    agreed_now: bool = False,
) -> ProposalLetter:
    """Send the proposal to whoever is asked next, with what may be told about the other person.

    `codes` are those of `shareable` that the coordinator left in; `agreed_now` notes the consent of the
    other person. Raises NotTheirTurn, AlreadySent, NotShared, TooMuchToRead.
    """
    authorise(by, Permission.PROPOSALS_ANSWER, proposal.branch_id)
    login = human(by)
    proposal = locked(proposal)
    side = side_asked(proposal)
    if not side:
        raise NotTheirTurn
    earlier = ProposalLetter.everywhere.filter(proposal=proposal, side=side).first()
    if earlier is not None:
        raise AlreadySent(earlier.sent_at)
    _reader, other = both(proposal, side)
    if agreed_now:
        give_consents(person=other, purposes=(ConsentPurpose.SHARING,), by=by, now=now)
    if not agreed_to_share(other.pk):
        raise NotShared
    shared = [fact for fact in shareable(proposal, side) if fact["code"] in codes]
    if len(shared) + bool(own_words) > MOST_SENTENCES:
        raise TooMuchToRead
    letter = ProposalLetter.everywhere.create(
        proposal=proposal, side=side, shared=shared, own_words=own_words, sent_by_id=login, sent_at=now
    )
    if proposal.told_at is None:
        proposal.told_at, proposal.told_by_id = now, login
        proposal.save(update_fields=("told_at", "told_by"))
    _ask(letter, proposal, "proposal.ask", "sent", by, now)
    record(proposal, "proposal.sent", by, now, {"side": side, "codes": [fact["code"] for fact in shared]})
    return letter


@transaction.atomic
def open_letter(*, letter: ProposalLetter, by: Actor, now: datetime) -> ProposalLetter:
    """The person pressed "read". A mail scanner that fetches the page presses nothing."""
    letter = locked_row(letter)
    if letter.opened_at is None:
        letter.opened_at = now
        letter.save(update_fields=["opened_at"])
        record(letter.proposal, "proposal.opened", by, now, {"side": letter.side})
    return letter


@transaction.atomic
def ask_to_talk_first(*, letter: ProposalLetter, by: Actor, now: datetime) -> ProposalLetter:
    """Neither yes nor no yet: somebody of the team calls by tomorrow. Raises NotTheirTurn when it is over."""
    proposal = locked(letter.proposal)
    if side_asked(proposal) != letter.side:
        raise NotTheirTurn
    letter = locked_row(letter)
    letter.talk_at = letter.talk_at or now
    letter.save(update_fields=["talk_at"])
    _for_the_team(letter, proposal, LetterStep.TALK_FIRST, 12, by, now)
    record(proposal, "proposal.talk_asked", by, now, {"side": letter.side})
    return letter


@transaction.atomic
def say_rather_not(*, letter: ProposalLetter, text: str, by: Actor, now: datetime) -> ProposalLetter:
    """Keep what somebody says about whom they would rather not meet: for the team, never for the other.

    Where the words name exactly one person of the branch in full, the two are kept apart from now on.
    Raises NotTheirTurn when the proposal is over.
    """
    proposal = locked(letter.proposal)
    if proposal.state not in OPEN_PROPOSAL_STATES:
        raise NotTheirTurn
    letter = locked_row(letter)
    letter.rather_not = text.strip()[:500]
    letter.save(update_fields=["rather_not"])
    reader, _other = both(proposal, letter.side)
    found = avoid_named(person=reader, text=letter.rather_not, by=by, now=now)
    _for_the_team(letter, proposal, LetterStep.RATHER_NOT_MEET, 14, by, now)
    facts = {"side": letter.side, "named": found is not None}
    record(proposal, "proposal.rather_not_said", by, now, facts)
    return letter


def remind(*, by: Actor, now: datetime) -> int:
    """Remind those who have had a letter for three days and said nothing; once, and safe to run twice."""
    rows = ProposalLetter.everywhere.filter(
        proposal__state__in=OPEN_PROPOSAL_STATES,
        reminded_at=None,
        talk_at=None,
        sent_at__lte=now - REMIND_AFTER,
    )
    count = 0
    with each_apart() as apart:
        for letter in rows.order_by("pk"):
            with apart.one(letter):
                count += _remind(letter, by, now)
    return count


@transaction.atomic
def _remind(letter: ProposalLetter, by: Actor, now: datetime) -> bool:
    proposal = locked(letter.proposal)
    letter = locked_row(letter)
    if letter.reminded_at is not None or side_asked(proposal) != letter.side:
        return False
    letter.reminded_at = now
    letter.save(update_fields=["reminded_at"])
    _ask(letter, proposal, "proposal.reminder", "reminded", by, now)
    record(proposal, "proposal.reminded", by, now, {"side": letter.side})
    return True


def _ask(letter: ProposalLetter, proposal: Proposal, kind: str, event: str, by: Actor, now: datetime) -> None:
    """Tell the reader, with a link of their own that opens this letter and nothing else."""
    reader, _other = both(proposal, letter.side)
    ends_at = now + timedelta(days=LINK_DAYS)
    secret = make_link(
        right=RIGHT,
        subject_type="proposalletter",
        subject_id=letter.pk,
        scope=proposal.branch_id,
        now=now,
        ends_at=ends_at,
    )
    values = {
        "first_name": reader.first_name,
        "branch": proposal.branch.name,
        "link": address_of(secret),
    }
    tell(
        branch=proposal.branch,
        kind=kind,
        event=f"letter:{letter.pk}:{event}",
        values=values,
        by=by,
        now=now,
        person=reader,
        not_after=ends_at,
    )


def _for_the_team(
    letter: ProposalLetter, proposal: Proposal, kind: LetterStep, rank: int, by: Actor, now: datetime
) -> None:
    reader, _other = both(proposal, letter.side)
    branch: Branch = proposal.branch
    open_step(
        branch=branch,
        kind=kind,
        key=f"{kind}:{letter.pk}",
        by=by,
        now=now,
        person=reader,
        due_on=local_day(branch, now) + timedelta(days=1),
        owner=proposal.proposed_by,
        rank=rank,
        subject_type="proposal",
        subject_id=proposal.pk,
    )


__all__ = [
    "LINK_DAYS",
    "AlreadySent",
    "NotShared",
    "NotTheirTurn",
    "TooMuchToRead",
    "ask_to_talk_first",
    "open_letter",
    "remind",
    "say_rather_not",
    "send_letter",
]
