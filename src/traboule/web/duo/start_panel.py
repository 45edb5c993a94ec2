"""The start of a duo on the own place of the two: the first meeting, and the agreement."""

from dataclasses import dataclass

from django.utils.translation import get_language

from traboule.apps.duos.actions.first_meetings import said_when
from traboule.apps.duos.enums import AgreementState
from traboule.apps.duos.queries.agreements import agreement_in_hand, planned_first_meeting, signature_of
from traboule.core.languages import HOUSE
from traboule.web.duo.panels import Panel, Standing


@dataclass(frozen=True, slots=True)
class Start:
    """What is due at the start."""

    when: str
    place: str
    says: str
    agreement: bool
    waits: bool
    all_signed: bool


def start_panel(standing: Standing) -> Panel | None:
    """Show the first meeting while it is ahead, and the agreement to sign or to read again."""
    at_hand = standing.at_hand
    meeting = planned_first_meeting(standing.duo.pk) if at_hand.first_meeting else None
    agreement = agreement_in_hand(standing.person.pk, standing.duo.pk) if at_hand.agreement else None
    if meeting is None and agreement is None:
        return None
    own = signature_of(standing.person.pk, agreement) if agreement is not None else None
    zone = standing.duo.branch.timezone
    shown = Start(
        when=said_when(meeting.starts_at, zone, get_language() or HOUSE) if meeting else "",
        place=meeting.place if meeting else "",
        says=getattr(meeting, f"{standing.side}_says") if meeting else "",
        agreement=agreement is not None,
        waits=own is not None and own.signed_at is None,
        all_signed=agreement is not None and agreement.state == AgreementState.SIGNED,
    )
    return Panel("duo/panel_start.html", shown)
