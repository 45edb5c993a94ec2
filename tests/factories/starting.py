"""Letters, first meetings and agreements, made by the real actions."""

from datetime import timedelta
from typing import Any

from tests.factories import pairing
from tests.factories.people import NOW
from traboule.apps.duos.actions.agreements import draft_agreement, send_for_signature
from traboule.apps.duos.actions.first_meetings import book_first_meeting
from traboule.apps.duos.models import Agreement, Duo, FirstMeeting, Signature
from traboule.apps.messages.models import Message
from traboule.apps.pairing.actions.letters import send_letter
from traboule.apps.pairing.models import Proposal, ProposalLetter
from traboule.apps.people.models import Person
from traboule.core.actors import Actor

FIELDS = {"hours": 2, "weekday": 1, "place": "La Duchère"}


def proposal(mentee: Person, mentor: Person, by: Actor, **more: Any) -> Proposal:
    """An open proposal that nobody was told of."""
    return pairing.proposal(mentee, mentor, by, **more)


def letter(asked: Proposal, by: Actor, **more: Any) -> ProposalLetter:
    """The letter to whoever is asked next; the other person agreed a moment ago."""
    fields: dict[str, Any] = {"codes": ["both_speak"], "own_words": "", "agreed_now": True, "now": NOW}
    return send_letter(proposal=asked, by=by, **fields | more)


def meeting(duo: Duo, by: Actor, **more: Any) -> FirstMeeting:
    """A first meeting in three days."""
    fields: dict[str, Any] = {"starts_at": NOW + timedelta(days=3), "place": "La Duchère", "now": NOW}
    return book_first_meeting(duo=duo, by=by, **fields | more)


def agreement(duo: Duo, by: Actor, *, sent: bool = True, **more: Any) -> Agreement:
    """An agreement of three that waits for its signatures."""
    now = more.pop("now", NOW)
    draft = draft_agreement(duo=duo, fields=FIELDS, by=by, now=now, **more)
    return send_for_signature(agreement=draft, by=by, now=now) if sent else draft


def signature(row: Agreement, party: str) -> Signature:
    """The place of one of the signatories."""
    return row.signatures.select_related("person", "agreement__duo").get(party=party)


def link_of(person: Person, kind: str) -> str:
    """The path of the link in the latest message of a kind."""
    found = Message.everywhere.filter(person=person, kind=kind).order_by("-pk")[0]
    return f"/l/{found.body.split('/l/')[1].split('/')[0]}/"
