"""Ending a duo: done, before its day, or by a change of mentor, which is a normal act."""

from datetime import date, datetime

from django.db import transaction

from traboule.apps.duos.actions import close_duo
from traboule.apps.duos.actions.redating import withdraw_open_agreements
from traboule.apps.duos.enums import CloseReason
from traboule.apps.duos.models import Duo
from traboule.apps.endings.actions._writing import tell_side
from traboule.apps.endings.actions.certificates import issue_certificates
from traboule.apps.endings.actions.choices import ask_choice
from traboule.apps.endings.actions.extensions import drop_extension
from traboule.apps.endings.actions.talks import drop_talk
from traboule.apps.endings.actions.words import ask_words
from traboule.apps.people.actions import log_note
from traboule.apps.people.actions.avoiding import keep_apart
from traboule.core.actors import Actor

TOLD: dict[str, tuple[str, str]] = {  # reason → what the mentee and what the mentor is told
    CloseReason.COMPLETED: ("ending.done", "ending.done"),
    CloseReason.CHANGE_OF_MENTOR: ("ending.mentee_change", "ending.mentor_change"),
}
EARLY = ("ending.early", "ending.early")


@transaction.atomic
def end_duo(
    *,
    duo: Duo,
    reason: CloseReason,
    closed_on: date,
    by: Actor,
    now: datetime,
    wait_again: bool = False,
    certify: bool = True,
) -> Duo:
    """End a duo; both are told in plain words, meetings and what waits for signatures stop.

    Before its day each side is asked why, apart from the other. Done: the mentor is asked what comes next;
    otherwise the clock does so two weeks later. Raises IllegalMove, WrongDates.
    """
    changes = reason == CloseReason.CHANGE_OF_MENTOR
    row = close_duo(
        duo=duo,
        reason=reason,
        closed_on=closed_on,
        by=by,
        now=now,
        wait_again=wait_again or changes,
        comes_first=changes,
    )
    withdraw_open_agreements(duo=row, by=by, now=now)
    drop_extension(duo=row, by=by, now=now)
    drop_talk(duo=row, by=by, now=now)
    for person, kind in zip((row.mentee, row.mentor), TOLD.get(reason, EARLY), strict=True):
        tell_side(row, person, kind, f"duo:{row.pk}:ended", by, now)
    if certify:
        issue_certificates(duo=row, by=by, now=now)
    if reason == CloseReason.COMPLETED:
        ask_choice(duo=row, by=by, now=now)
    else:
        ask_words(duo=row, by=by, now=now)
    return row


@transaction.atomic
def change_mentor(
    *,
    duo: Duo,
    closed_on: date,
    by: Actor,
    now: datetime,
    apart: bool = True,
    learned: str = "",
    certify: bool = True,
) -> Duo:
    """The mentee gets another mentor: back in the pool at once, before those who wait for a first one.

    What was learned goes along: the two are not proposed to each other again (`apart`), `learned` is a note
    of the team on the mentee, goals and plan are hers anyway. The mentor has the place back.
    """
    row = end_duo(
        duo=duo,
        reason=CloseReason.CHANGE_OF_MENTOR,
        closed_on=closed_on,
        by=by,
        now=now,
        certify=certify,
    )
    if apart:
        keep_apart(person=row.mentee, other=row.mentor, by=by, now=now)
    if learned.strip():
        log_note(person=row.mentee, text=learned.strip(), by=by, now=now)
    return row
